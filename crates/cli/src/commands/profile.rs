//! `halyard profile`: whose profile this is and where it lives; and mending a damaged database.

use std::io::Write;

use halyard_device::DeviceError;
use halyard_device::domain::kind::Kind;
use halyard_device::protocol::pin::Pin;
use halyard_device::store::StoreError;
use halyard_device::store::profile::{self, Opened};
use halyard_device::tables::list::ListQuery;
use serde_json::json;

use super::{Done, print_json};
use crate::args::{Common, Profile};
use crate::context::{Context, folder, open_profile};
use crate::failure::Failure;
use crate::parse::invitation::{address, pin};
use crate::render::Renderer;
use crate::table::pairs;
use crate::words::{Counted, Lang, Tell, counted, headings};

pub(super) fn run(common: &Common, args: &Profile, lang: Lang, out: &mut impl Write) -> Done {
    if args.repair {
        return repair(common, lang, out);
    }
    let context = Context::open(common, lang)?;
    if args.relay.is_some() || args.pin.is_some() || args.no_pin {
        move_relay(&context, args)?;
    }
    let identity = context.device.identity();
    let mut records = 0;
    for kind in Kind::ALL {
        records += context.device.count(&ListQuery::of(*kind, &[], 1))?;
    }
    if context.json {
        return print_json(
            &json!({
                "folder": context.folder,
                "demo": context.is_demo,
                "organisation": identity.as_ref().map(|one| &one.organisation),
                "relay": identity.as_ref().map(|one| &one.relay_url),
                "pin": identity.as_ref().and_then(|one| one.relay_pin).map(Pin),
                "device": identity.as_ref().map(|one| one.device),
                "employee": identity.as_ref().map(|one| one.employee),
                "records": records,
            }),
            out,
        );
    }
    let protection = if context.is_demo { headings::BY_DEMO_KEY } else { headings::BY_PASSPHRASE };
    let mut lines = vec![
        (headings::PROFILE, context.folder.display().to_string()),
        (headings::PROTECTION, protection.in_lang(lang).to_owned()),
    ];
    if let Some(identity) = identity {
        let renderer: Renderer<'_> = context.renderer();
        lines.push((headings::ORGANISATION, identity.organisation));
        lines.push((headings::EMPLOYEE, renderer.name(identity.employee)?));
        lines.push((headings::RELAY, identity.relay_url));
        lines.extend(identity.relay_pin.map(|pin| (headings::PIN, Pin(pin).to_string())));
        lines.push((headings::DEVICE, identity.device.to_string()));
    }
    lines.push((headings::RECORDS, records.to_string()));
    pairs(out, lines.into_iter().map(|(name, value)| (name.in_lang(lang), value)))?;
    if context.is_demo {
        writeln!(out, "{}", Tell::DemoProfile.say(lang))?;
    }
    Ok(())
}

/// What is not named stays as it is.
fn move_relay(context: &Context, args: &Profile) -> Result<(), Failure> {
    let identity = context.device.identity().ok_or(DeviceError::NotEnrolled)?;
    let relay = address(args.relay.as_deref().unwrap_or(&identity.relay_url), context.lang)?;
    let pin = match &args.pin {
        Some(typed) => Some(pin(typed, context.lang)?),
        None => identity.relay_pin.map(Pin).filter(|_| !args.no_pin),
    };
    Ok(context.device.move_relay(&relay, pin)?)
}

fn repair(common: &Common, lang: Lang, out: &mut impl Write) -> Done {
    let folder = folder(common, lang)?;
    // Whoever asks has a reason to doubt: what nothing has read yet is looked at too.
    if profile::is_there(&folder).map_err(StoreError::File)? {
        profile::doubt(&folder)?;
    }
    let damaged = match open_profile(&folder, lang)?.0 {
        Opened::Damaged(damaged) => damaged,
        Opened::Fresh(_) | Opened::Ready(_) => {
            if common.json {
                return print_json(&json!({ "damaged": false }), out);
            }
            return Ok(writeln!(out, "{}", Tell::Whole.say(lang))?);
        }
    };
    let aside = damaged.set_aside()?;
    let is_known = aside.store.identity()?.is_some();
    if common.json {
        return print_json(
            &json!({
                "damaged": true,
                "kept": aside.kept,
                "complete": aside.rescued.complete,
                "changes": aside.rescued.changes,
                "enrolled": is_known,
            }),
            out,
        );
    }
    match &aside.kept {
        Some(kept) => {
            let changes = u64::try_from(aside.rescued.changes).unwrap_or(u64::MAX);
            let (path, changes) = (kept.display().to_string(), counted(lang, Counted::Change, changes));
            writeln!(out, "{}", Tell::Repaired { path: &path, changes: &changes }.say(lang))?;
            if !aside.rescued.complete {
                writeln!(out, "{}", Tell::RepairedPartly.say(lang))?;
            }
        }
        None => writeln!(out, "{}", Tell::Renewed.say(lang))?,
    }
    let next = if is_known { Tell::RepairedSync } else { Tell::RepairedEnrol };
    Ok(writeln!(out, "{}", next.say(lang))?)
}
