//! What a relay answers to the commands of its machine.

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_protocol::enrol::Standing;
use halyard_protocol::keys::{Fingerprint, PublicKey};
use halyard_protocol::time::UnixMs;

use super::administrators::Taken;
use super::failure::{Failure, FailureCode};
use super::names::{self, People};
use super::question::{
    Answer, DeviceLine, Fault, HandOver, Invitation, Invited, Question, Rebuilt, Told, Verified,
};
use super::reach::{Listening, Reach};
use super::workspace;
use crate::config::Config;
use crate::relay::{Device, OfficeReport, PeopleError, Relay, Workspace};
use crate::storage::{Stop, StopReason, StorageError};

/// Answers a question about the company of the settings, whose relay listens so.
pub(super) async fn answer(
    relay: &Relay,
    config: &Config,
    listening: Listening,
    question: Question,
) -> Result<Told, Failure> {
    let workspace = workspace::the_one(relay, &config.workspace).await?;
    let office = Office { relay, config, listening, workspace };
    let answer = office.answer(question).await?;
    Ok(Told { answer, hand_over: office.hand_over().await? })
}

/// IT's view of one company.
pub(super) struct Office<'a> {
    pub(super) relay: &'a Relay,
    config: &'a Config,
    listening: Listening,
    pub(super) workspace: Workspace,
}

impl Office<'_> {
    async fn answer(&self, question: Question) -> Result<Answer, Failure> {
        match question {
            Question::Invite(invited) => self.invite(invited).await,
            Question::Devices => self.devices().await,
            Question::Revoke { device, sure } => self.revoke(&device, sure).await,
            Question::Review => self.review().await,
            Question::ShowWork { work } => self.show_work(&work).await,
            Question::Decide { work, by, verdict } => self.decide(&work, &by, verdict).await,
            Question::People => self.list_people().await,
            Question::GiveRoles { employee, roles, sure } => self.give_roles(&employee, &roles, sure).await,
            Question::Dismiss { employee, sure } => self.dismiss(&employee, sure).await,
            Question::RebuildOffice => self.rebuild().await,
            Question::Verify => self.verify().await,
            Question::Restored(step) => self.restored(step).await,
            Question::BackupVerified { position, hash } => self.backup_verified(position, &hash).await,
        }
    }

    /// Tells of a hand-over while one is under way.
    async fn hand_over(&self) -> Result<Option<HandOver>, Failure> {
        let present = self.relay.workspace(self.id()).await;
        let present = present.map_err(|error| failed("reading the state", &error))?;
        if !present.handing_over {
            return Ok(None);
        }
        Ok(Some(HandOver { administrators_devices: self.administrators_devices().await? }))
    }

    pub(super) fn id(&self) -> WorkspaceId {
        self.workspace.id
    }

    pub(super) async fn records(&self, kind: Kind) -> Result<Vec<(DocumentId, Reading)>, Failure> {
        self.relay.records_of(self.id(), kind).await.map_err(|error| failed("reading records", &error))
    }

    pub(super) async fn people(&self) -> Result<People, Failure> {
        Ok(People::of(&self.records(Kind::Employee).await?))
    }

    async fn invite(&self, invited: Invited) -> Result<Answer, Failure> {
        let reach = Reach::of(self.relay, self.config, self.listening).await?;
        let employee = match invited {
            Invited::Known(asked) => self.people().await?.find(&asked)?.id,
            Invited::New { name, role } => self.hire(&name, &role).await?,
        };
        let made = self.relay.invite(self.id(), employee).await.map_err(people_failed)?;
        Ok(Answer::Invited(Invitation {
            link: reach.link(&made.code).map(|link| link.to_string()),
            code: made.code.to_string(),
            relay: reach.relay.as_ref().map(ToString::to_string),
            address_of: self.listening.address_of(),
            settings_say: None,
            pin: reach.pin.as_ref().map(ToString::to_string),
            expires: time(made.expires),
            employee: employee.to_string(),
            name: self.people().await?.name(employee),
            workspace: self.id().to_string(),
            organisation: self.workspace.name.clone(),
            relay_key: self.relay_key().to_string(),
        }))
    }

    /// A second `invite --new` of the same person is a mistake more often than a namesake.
    async fn hire(&self, name: &str, role: &str) -> Result<DocumentId, Failure> {
        let role = names::find_role(&self.records(Kind::Role).await?, role)?;
        let name = names::person(name)?;
        if let Some(known) = self.people().await?.called(&name) {
            return Err(Failure::new(
                FailureCode::Refused,
                format!("There is an employee of that name already: {} ({}).", known.name, known.id),
                "Nothing was changed.",
                format!(
                    "For another device of the same person: `sync-server invite {}`. For a namesake add something \
                         that tells the two apart to the name.",
                    known.id
                ),
            ));
        }
        self.relay.hire(self.id(), &name, &[role]).await.map_err(people_failed)
    }

    async fn devices(&self) -> Result<Answer, Failure> {
        Ok(Answer::Devices(self.device_lines().await?))
    }

    async fn revoke(&self, asked: &str, sure: bool) -> Result<Answer, Failure> {
        let devices = self.all_devices().await?;
        let device = names::by_beginning("device", "devices list", asked, devices, |one| one.id.to_string())?;
        if device.standing == Standing::Revoked {
            return Err(Failure::new(
                FailureCode::Refused,
                format!("The device {} was removed already.", device.id),
                "It can only hand over its unsent work.",
                "There is nothing to do.",
            ));
        }
        self.stays_administered(Taken::Device(device.id), sure).await?;
        let revoked = self.relay.revoke(self.id(), device.id).await;
        let revoked = revoked.map_err(|error| failed("removing a device", &error))?;
        tracing::info!(device.id = %revoked.id, "a device was removed");
        Ok(Answer::Revoked(self.line(&revoked, &self.people().await?, 0)))
    }

    async fn rebuild(&self) -> Result<Answer, Failure> {
        let report = self.relay.rebuild_office(self.id()).await;
        let OfficeReport { records, failures } =
            report.map_err(|error| failed("making the office tables", &error))?;
        let fault =
            |(record, problem): (DocumentId, String)| Fault { place: format!("record {record}"), problem };
        Ok(Answer::Rebuilt(Rebuilt { records, failures: failures.into_iter().map(fault).collect() }))
    }

    async fn verify(&self) -> Result<Answer, Failure> {
        let found =
            self.relay.verify(self.id()).await.map_err(|error| failed("checking what is stored", &error))?;
        let faults = found.findings.iter().map(|finding| {
            let said = finding.to_string();
            let (place, problem) = said.split_once(": ").unwrap_or((said.as_str(), ""));
            Fault { place: place.to_owned(), problem: problem.to_owned() }
        });
        Ok(Answer::Verified(Verified {
            documents: found.documents,
            changes: found.changes,
            envelopes: found.envelopes,
            entries: found.log_entries,
            position: found.position.0,
            hash: found.running.to_string(),
            faults: faults.collect(),
        }))
    }

    pub(super) async fn all_devices(&self) -> Result<Vec<Device>, Failure> {
        self.relay.devices(self.id()).await.map_err(|error| failed("listing devices", &error))
    }

    /// A line for every device.
    pub(super) async fn device_lines(&self) -> Result<Vec<DeviceLine>, Failure> {
        let people = self.people().await?;
        let behind = self.relay.behind(self.id()).await;
        let behind = behind.map_err(|error| failed("counting what devices lack", &error))?;
        let behind = |device: &Device| behind.get(&device.id).copied().unwrap_or_default();
        let devices = self.all_devices().await?;
        Ok(devices.iter().map(|device| self.line(device, &people, behind(device))).collect())
    }

    fn line(&self, device: &Device, people: &People, behind: u64) -> DeviceLine {
        DeviceLine {
            device: device.id.to_string(),
            label: device.name.clone(),
            fingerprint: Fingerprint::of(&self.relay_key(), &device.key).to_string(),
            employee: device.employee.to_string(),
            name: people.name(device.employee),
            standing: word(&device.standing),
            enrolled: time(device.enrolled),
            seen: device.seen.map(time),
            clock_ahead_ms: device.seen.map(|_| device.clock_ahead_ms),
            revoked: device.revoked.map(time),
            behind,
        }
    }

    fn relay_key(&self) -> PublicKey {
        PublicKey::of(&ed25519_dalek::SigningKey::from_bytes(&self.workspace.signing_seed))
    }
}

/// A value of one word, as it travels.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// A moment in UTC, to the second.
pub(super) fn time(at: UnixMs) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(at.0);
    moment.map_or_else(|| at.to_string(), |moment| moment.format("%Y-%m-%d %H:%M:%S").to_string())
}

pub(super) fn failed(doing: &str, error: &(dyn std::error::Error + 'static)) -> Failure {
    let mut cause = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref::<StorageError>() {
            Some(StorageError::Stopped(stop)) => return stopped(stop),
            Some(StorageError::Busy) => return busy(),
            Some(StorageError::Damaged { what }) => return damaged(what),
            Some(StorageError::Query(_) | StorageError::Bug) | None => cause = error.source(),
        }
    }
    Failure::internal(doing, error)
}

fn stopped(stop: &Stop) -> Failure {
    let (why, next) = match stop.reason {
        StopReason::Damaged => return damaged(&stop.detail),
        StopReason::DiskFull => (
            "the disk has no room left",
            "Make room on the disk, then start the relay again and run `sync-server verify`.",
        ),
        StopReason::DiskFailed => (
            "a write to the disk failed",
            "See that the disk is in order, then start the relay again and run `sync-server verify`.",
        ),
        StopReason::NoWriter => ("it is going down", "Start the relay again."),
    };
    Failure::new(
        FailureCode::Data,
        format!("The relay has stopped writing, because {why}: {stop}."),
        "Everything it had acknowledged is stored. Devices keep working and keep what they have not sent.",
        next,
    )
}

fn busy() -> Failure {
    Failure::new(
        FailureCode::Data,
        "Another program is writing into the relay's database.",
        "Nothing was changed. Devices keep what they have not sent and try again by themselves.",
        "End that program (a `sqlite3` shell with an open transaction?), then give the command again.",
    )
}

fn damaged(what: &str) -> Failure {
    Failure::new(
        FailureCode::Damaged,
        format!("What is stored is damaged: {what}."),
        "Nothing was changed. Devices keep working, and hold what they wrote.",
        "Run `sync-server verify` and keep its output; docs/OPERATING.md says how to go back to a backup.",
    )
}

pub(super) fn people_failed(error: PeopleError) -> Failure {
    match error {
        PeopleError::NoSuchEmployee => Failure::new(
            FailureCode::NotFound,
            "There is no such employee.",
            "Nothing was changed.",
            "Check the name or id.",
        ),
        PeopleError::NoSuchRole(role) => Failure::new(
            FailureCode::NotFound,
            format!("There is no role {role}."),
            "Nothing was changed.",
            "Give another role.",
        ),
        other @ (PeopleError::Record(_) | PeopleError::Relay(_)) => failed("writing about people", &other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_what_to_do_by_what_stopped_the_writing() {
        check(StopReason::DiskFull, FailureCode::Data, "Make room on the disk");
        check(StopReason::DiskFailed, FailureCode::Data, "See that the disk is in order");
        check(StopReason::Damaged, FailureCode::Damaged, "go back to a backup");
        check(StopReason::NoWriter, FailureCode::Data, "Start the relay again");
    }

    #[track_caller]
    fn check(reason: StopReason, code: FailureCode, next: &str) {
        let stop = Stop { reason, detail: "as the system said it".to_owned() };
        let told = failed("counting devices", &StorageError::Stopped(stop));
        assert_eq!(told.code, code);
        assert!(told.happened.contains("as the system said it"), "{told}");
        assert!(told.next.contains(next), "{told}");
    }
}
