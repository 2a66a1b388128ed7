//! `halyard sync`: one session with the relay, or staying in step until Ctrl+C.

use std::io::Write;
use std::sync::Arc;

use halyard_device::Device;
use halyard_device::sync::{SyncReport, Told};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::{Done, print_json, status};
use crate::args::Sync;
use crate::context::Context;
use crate::failure::Failure;
use crate::words::{Counted, Say, Tell, counted};

/// Where sessions run.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

pub(super) fn run(context: &Context, args: &Sync, out: &mut impl Write) -> Done {
    let runtime = runtime()?;
    if args.watch {
        return runtime.block_on(watch(context, out));
    }
    let synced = runtime.block_on(async {
        tokio::select! {
            synced = context.device.sync() => Some(synced),
            _ = tokio::signal::ctrl_c() => None,
        }
    });
    match synced {
        Some(report) => told(context, &report?, out),
        None => Err(Failure::refused("stopped", &Say::SyncBroke, context.lang)),
    }
}

fn told(context: &Context, report: &SyncReport, out: &mut impl Write) -> Done {
    if context.json {
        return print_json(report, out);
    }
    let lang = context.lang;
    let count = |what, number: usize| counted(lang, what, u64::try_from(number).unwrap_or(u64::MAX));
    let (sent, received) = (count(Counted::Change, report.accepted), count(Counted::Record, report.received));
    writeln!(out, "{}", Tell::Synced { sent: &sent, received: &received }.say(lang))?;
    if report.refused > 0 {
        let count = count(Counted::Record, report.refused);
        writeln!(out, "{}", Tell::SomeRefused { count: &count }.say(lang))?;
    }
    let status = context.device.status()?;
    if status.undecided > 0 {
        writeln!(out, "{}", status::undecided(&status, lang))?;
    }
    Ok(())
}

/// Stays in step; each time something changed, a line says how this device stands.
async fn watch(context: &Context, out: &mut impl Write) -> Done {
    let lang = context.lang;
    if !context.json {
        writeln!(out, "{}", Tell::Watching.say(lang))?;
        out.flush()?;
    }
    let (waker, told) = Device::waker();
    let (status, mut shown) = watch::channel(None);
    let mut session = tokio::spawn(Arc::clone(&context.device).stay_in_step(told, status));
    // One listener for the whole time, asked first: a Ctrl+C between two lines must not be missed.
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(interrupted);
    let (mut stopping, mut shows) = (false, true);
    loop {
        tokio::select! {
            biased;
            _ = &mut interrupted, if !stopping => {
                stopping = true;
                waker.tell(Told::Stop);
            }
            ended = &mut session => {
                ended.map_err(|_| Failure::refused("sync", &Say::SyncBroke, lang))??;
                break;
            }
            changed = shown.changed(), if shows => match changed {
                Ok(()) => {
                    status::line(context, out)?;
                    out.flush()?;
                }
                Err(_) => shows = false,
            },
        }
    }
    if !context.json {
        writeln!(out, "{}", Tell::Stopped.say(lang))?;
    }
    Ok(())
}
