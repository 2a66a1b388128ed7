//! Going back to a backup, and noting that one was tried.

use halyard_protocol::hash::{Position, RunningHash};

use super::answering::{Office, failed};
use super::failure::{Failure, FailureCode};
use super::question::{Answer, Restored, RestoredStep};

impl Office<'_> {
    pub(super) async fn restored(&self, step: RestoredStep) -> Result<Answer, Failure> {
        let mut numbered = 0;
        match step {
            RestoredStep::Status => {}
            RestoredStep::Begin => {
                let begun = self.relay.begin_restored(self.id()).await;
                begun.map_err(|error| failed("beginning anew", &error))?;
            }
            RestoredStep::Confirm { sure } => {
                if !sure && self.workspace.handing_over && self.administrators_devices().await? == 0 {
                    return Err(nobody_hands_back());
                }
                let done = self.relay.confirm_restored(self.id()).await;
                numbered = done.map_err(|error| failed("ending the hand-over", &error))?.records;
                tracing::info!("IT confirmed devices and roles; the relay gives out again");
            }
        }
        let present = self.relay.workspace(self.id()).await;
        let present = present.map_err(|error| failed("reading the state", &error))?;
        Ok(Answer::Restored(Restored {
            handing_over: present.handing_over,
            numbered,
            devices: self.device_lines().await?,
            people: self.everybody().await?,
        }))
    }

    pub(super) async fn backup_verified(&self, position: u64, hash: &str) -> Result<Answer, Failure> {
        let running: RunningHash = hash.parse().map_err(|_| not_a_hash(hash))?;
        let noted = self.relay.backup_verified(self.id(), Position(position), running).await;
        if !noted.map_err(|error| failed("noting a backup", &error))? {
            return Err(Failure::new(
                FailureCode::Refused,
                format!("The log of this relay has another hash at {position}, or is shorter."),
                "Nothing was changed.",
                "The backup is of another relay, or of an earlier life of this one. Make a new one and try it.",
            ));
        }
        let present = self.relay.workspace(self.id()).await;
        Ok(Answer::Watermark(present.map_err(|error| failed("reading the state", &error))?.watermark.0))
    }
}

fn nobody_hands_back() -> Failure {
    Failure::new(
        FailureCode::Unconfirmed,
        "No device of an administrator is active, so nobody brings back who joined, who was dismissed and which device \
         was removed since the backup: whoever left would be let in again.",
        "The relay goes on taking what devices hand over, and gives nothing out.",
        "Compare both lists of `sync-server restored status` with what you know, and mend them with `devices revoke` and \
         `people`. When they are right, `sync-server restored confirm --yes`.",
    )
}

fn not_a_hash(text: &str) -> Failure {
    Failure::new(
        FailureCode::NotFound,
        format!("«{text}» is not the hash of a log: 64 hexadecimal digits."),
        "Nothing was changed.",
        "`sync-server verify` prints it for the restored copy.",
    )
}
