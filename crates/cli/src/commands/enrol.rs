//! `halyard enrol`: makes the profile and gives the code to the relay.

use std::fs::DirEntry;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use halyard_device::protocol::enrol::Standing;
use halyard_device::protocol::join::JoinLink;
use halyard_device::protocol::problem::ErrorCode;
use halyard_device::store::profile::{self, OpenError, Opened};
use halyard_device::store::{Store, StoreError, Unlock};
use halyard_device::sync::{CallError, Distrust, Enrolled, SyncError};
use serde_json::json;

use super::{Done, print_json};
use crate::args::{Common, Enrol};
use crate::context::{Context, folder};
use crate::failure::Failure;
use crate::parse::invitation::invitation;
use crate::passphrase;
use crate::words::{Lang, Say, Tell, Usage};

/// The code of a try whose outcome only the relay knows.
const ANSWER_LOST: &str = "answer_lost";

pub(super) fn run(common: &Common, args: &Enrol, lang: Lang, out: &mut impl Write) -> Done {
    let invitation = invitation(args, lang)?;
    let name = args.name.as_deref().ok_or_else(|| Failure::usage(&Usage::NoDeviceName, lang))?;
    let folder = folder(common, lang)?;
    let was_empty = is_empty(&folder);
    let missing = missing(&folder);
    let unlock = if args.demo_key {
        Unlock::DemoKeyFile
    } else if was_empty {
        Unlock::Passphrase(passphrase::new(lang)?)
    } else {
        Unlock::Passphrase(passphrase::known(lang)?)
    };
    let joined = opened(&folder, &unlock, lang).and_then(|store| {
        let context = Context::on(store, folder.clone(), lang, common.json, args.demo_key)?;
        let enrolled = enrol(&context, &invitation, name)?;
        Ok((context, enrolled))
    });
    match joined {
        Ok((context, enrolled)) => told(&context, &enrolled, out),
        Err(failure) => {
            // Nothing is in it yet, and a second try may choose another passphrase. What another program makes
            // there is that program's, and what the relay may have taken for a device is needed again.
            if was_empty && !is_in_use(&failure) && !is_answer_lost(&failure) {
                clear(&folder, &missing);
            }
            Err(failure)
        }
    }
}

fn opened(folder: &Path, unlock: &Unlock, lang: Lang) -> Result<Store, Failure> {
    match profile::open(folder, unlock)? {
        Opened::Fresh(store) | Opened::Ready(store) => Ok(store),
        Opened::Damaged(damaged) => Err(Failure::damaged(&damaged, lang)),
    }
}

fn enrol(context: &Context, invitation: &JoinLink, name: &str) -> Result<Enrolled, Failure> {
    if context.device.identity().is_some() {
        return Err(SyncError::AlreadyEnrolled.into());
    }
    let runtime = super::sync::runtime()?;
    let address = invitation.relay.as_str();
    runtime.block_on(context.device.enrol(invitation, name)).map_err(|error| match error {
        lost if lost.leaves_open() => {
            Failure::refused(ANSWER_LOST, &Say::EnrolAnswerLost { address }, context.lang)
        }
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
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

fn is_in_use(failure: &Failure) -> bool {
    matches!(failure, Failure::Open(error) if matches!(**error, OpenError::Store(StoreError::InUse { .. })))
}

fn is_answer_lost(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { code: ANSWER_LOST, .. })
}

/// A folder and those it stands in, as far as they are not there: the deepest first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let here = |one: &&Path| !one.as_os_str().is_empty() && !one.exists();
    folder.ancestors().take_while(here).map(Path::to_owned).collect()
}

/// Takes away what a try made that came to nothing: the profile's files, and the folders that were missing.
/// What somebody else laid there meanwhile stays, and what cannot be taken away too: the failure that is told is
/// the one before.
fn clear(folder: &Path, missing: &[PathBuf]) {
    let is_of_profile = |entry: &DirEntry| entry.file_name().to_string_lossy().starts_with("device.");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(is_of_profile) {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let remove = if is_folder { std::fs::remove_dir_all } else { std::fs::remove_file };
        remove(entry.path()).ok();
    }
    for folder in missing {
        std::fs::remove_dir(folder).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_try_made_is_taken_away() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/profile");
        let missing = missing(&folder);
        std::fs::create_dir_all(folder.join("device.files")).unwrap();
        let letter = folder.join("letter.txt");
        for file in [&folder.join("device.db"), &letter] {
            std::fs::write(file, "x").unwrap();
        }

        clear(&folder, &missing);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "the letter is nobody's to take");

        std::fs::remove_file(letter).unwrap();
        clear(&folder, &missing);
        assert!(!place.path().join("a").exists());
    }
}
