//! `halyard sync`: one session with the relay, or staying in step until Ctrl+C.

use std::io::Write;
use std::sync::Arc;

use halyard_device::Device;
use halyard_device::protocol::driver::{State, Trouble};
use halyard_device::screens::status::SyncTrouble;
use halyard_device::sync::{SyncReport, Told};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::{Done, print_json, status};
use crate::args::Sync;
use crate::context::Context;
use crate::failure::Failure;
use crate::words::{self, Counted, Say, Tell, counted};

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

/// What a watcher was told last about the connection.
#[derive(Default)]
struct Connection {
    trouble: Option<Trouble>,
}

impl Connection {
    /// Tells what became of a round when it is over; a try that failed as the one before it says nothing new.
    fn tell(&mut self, context: &Context, state: Option<State>, out: &mut impl Write) -> Done {
        let now = match state {
            Some(State::Working(_)) => return Ok(()),
            Some(State::Waiting { trouble, .. }) => Some(trouble),
            Some(State::AwaitingConfirmation | State::Idle | State::Revoked) | None => None,
        };
        if now.is_some() && now == self.trouble {
            return Ok(());
        }
        let was = std::mem::replace(&mut self.trouble, now);
        if context.json {
            return status::json_line(context, self.trouble.clone().map(SyncTrouble::from), out);
        }
        let lang = context.lang;
        if let Some(trouble) = &self.trouble {
            let relay = context.device.identity().map(|identity| identity.relay_url).unwrap_or_default();
            return Ok(writeln!(out, "{}", words::trouble(trouble, &relay, lang))?);
        }
        if was.is_some() {
            writeln!(out, "{}", Tell::ConnectedAgain.say(lang))?;
        }
        status::line(context, out)
    }
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
    let (mut stopping, mut shows, mut connection) = (false, true, Connection::default());
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
                    let state = shown.borrow_and_update().as_ref().map(|status| status.state.clone());
                    connection.tell(context, state, out)?;
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
