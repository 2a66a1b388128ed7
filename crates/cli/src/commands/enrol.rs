//! `halyard enrol`: makes the profile and gives the code to the relay.

use std::io::Write;
use std::path::Path;

use halyard_device::protocol::enrol::Standing;
use halyard_device::protocol::join::JoinLink;
use halyard_device::protocol::problem::ErrorCode;
use halyard_device::store::Unlock;
use halyard_device::store::profile::{self, Opened};
use halyard_device::sync::{CallError, Distrust, Enrolled, SyncError};
use serde_json::json;

use super::{Done, print_json};
use crate::args::{Common, Enrol};
use crate::context::{Context, folder};
use crate::failure::Failure;
use crate::parse::invitation::invitation;
use crate::passphrase;
use crate::words::{Lang, Say, Tell, Usage};

pub(super) fn run(common: &Common, args: &Enrol, lang: Lang, out: &mut impl Write) -> Done {
    let invitation = invitation(args, lang)?;
    let name = args.name.as_deref().ok_or_else(|| Failure::usage(&Usage::NoDeviceName, lang))?;
    let folder = folder(common, lang)?;
    let was_empty = is_empty(&folder);
    let unlock = if args.demo_key {
        Unlock::DemoKeyFile
    } else if was_empty {
        Unlock::Passphrase(passphrase::new(lang)?)
    } else {
        Unlock::Passphrase(passphrase::known(lang)?)
    };
    let store = match profile::open(&folder, &unlock)? {
        Opened::Fresh(store) | Opened::Ready(store) => store,
        Opened::Damaged(damaged) => return Err(Failure::damaged(&damaged, lang)),
    };
    let context = Context::on(store, folder, lang, common.json, args.demo_key)?;
    match enrol(&context, &invitation, name) {
        Ok(enrolled) => told(&context, &enrolled, out),
        Err(failure) => {
            let folder = context.folder.clone();
            drop(context);
            if was_empty {
                // Nothing is in it yet, and a second try may choose another passphrase.
                std::fs::remove_dir_all(&folder)?;
            }
            Err(failure)
        }
    }
}

fn enrol(context: &Context, invitation: &JoinLink, name: &str) -> Result<Enrolled, Failure> {
    if context.device.identity().is_some() {
        return Err(SyncError::AlreadyEnrolled.into());
    }
    let runtime = super::sync::runtime()?;
    let address = invitation.relay.as_str();
    runtime.block_on(context.device.enrol(invitation, name)).map_err(|error| match error {
        SyncError::Call(CallError::Unreachable(error)) if !error.is_builder() => {
            Failure::refused("unreachable", &Say::EnrolUnreachable { address }, context.lang)
        }
        SyncError::Call(CallError::Distrusted(Distrust::NotKnown { shown })) => {
            let shown = shown.to_string();
            Failure::refused("not_known", &Say::EnrolNotKnown { address, shown: &shown }, context.lang)
        }
        SyncError::Call(CallError::Distrusted(Distrust::OtherKey { shown })) => {
            let shown = shown.to_string();
            Failure::refused("other_key", &Say::EnrolOtherKey { address, shown: &shown }, context.lang)
        }
        SyncError::Call(CallError::Problem(problem)) if problem.code == ErrorCode::StorageFull => {
            Failure::refused("relay_full", &Say::EnrolRelayFull, context.lang)
        }
        SyncError::Call(CallError::Problem(problem)) if problem.code == ErrorCode::ReadOnly => {
            Failure::refused("relay_read_only", &Say::EnrolRelayReadOnly, context.lang)
        }
        other => other.into(),
    })
}

fn told(context: &Context, enrolled: &Enrolled, out: &mut impl Write) -> Done {
    let fingerprint = enrolled.fingerprint.to_string();
    if context.json {
        let employee = context.device.employee()?;
        return print_json(
            &json!({
                "organisation": enrolled.organisation,
                "fingerprint": fingerprint,
                "standing": enrolled.standing,
                "employee": employee,
                "profile": context.folder,
            }),
            out,
        );
    }
    let lang = context.lang;
    writeln!(out, "{}", Tell::Enrolled { organisation: &enrolled.organisation }.say(lang))?;
    writeln!(out, "{}", Tell::Fingerprint { digits: &fingerprint }.say(lang))?;
    let next = match enrolled.standing {
        Standing::Active => Tell::Next,
        Standing::Accepted | Standing::Revoked => Tell::WaitForIt,
    };
    Ok(writeln!(out, "{}", next.say(lang))?)
}

fn is_empty(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}
