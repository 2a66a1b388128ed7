//! Who could still administer the company once something is done.
//!
//! The rules keep the role itself; its last holder, and the last device of its holders, only people can
//! take away, and then knowingly. This command line can always give the role again.

use halyard_domain::id::{DeviceId, DocumentId};
use halyard_domain::rights::Ability;
use halyard_protocol::enrol::Standing;

use super::answering::{Office, failed};
use super::failure::{Failure, FailureCode};
use super::names::Named;
use crate::relay::Device;

/// What a command would take away.
#[derive(Clone, Copy)]
pub(super) enum Taken {
    /// Somebody's right to administer.
    Person(DocumentId),
    /// A device.
    Device(DeviceId),
}

impl Office<'_> {
    /// Refuses what would leave the company without an administrator or without an administrator's device,
    /// until IT says that this is meant.
    pub(super) async fn stays_administered(&self, taken: Taken, sure: bool) -> Result<(), Failure> {
        if sure {
            return Ok(());
        }
        let administrators = self.administrators().await?;
        let devices = self.devices_of(&administrators).await?;
        match taken {
            Taken::Person(person) => match administrators.iter().find(|one| one.id == person) {
                Some(last) if administrators.len() == 1 => Err(last_administrator(last)),
                Some(one)
                    if devices.iter().all(|device| device.employee == person) && !devices.is_empty() =>
                {
                    Err(last_device(&one.name))
                }
                Some(_) | None => Ok(()),
            },
            Taken::Device(device) => match devices.as_slice() {
                [last] if last.id == device => Err(last_device(&self.people().await?.name(last.employee))),
                _ => Ok(()),
            },
        }
    }

    /// How many devices of administrators are active.
    pub(super) async fn administrators_devices(&self) -> Result<usize, Failure> {
        Ok(self.devices_of(&self.administrators().await?).await?.len())
    }

    async fn administrators(&self) -> Result<Vec<Named>, Failure> {
        let mut found = Vec::new();
        for person in self.people().await?.everybody() {
            let known = self.relay.person(self.id(), person.id).await;
            let rights = known.map_err(|error| failed("reading an employee's rights", &error))?.rights;
            if rights.access.can(Ability::AssignRoles) && !rights.dismissed {
                found.push(person.clone());
            }
        }
        Ok(found)
    }

    async fn devices_of(&self, people: &[Named]) -> Result<Vec<Device>, Failure> {
        let mut devices = self.all_devices().await?;
        devices.retain(|device| {
            device.standing == Standing::Active && people.iter().any(|one| one.id == device.employee)
        });
        Ok(devices)
    }
}

fn last_administrator(last: &Named) -> Failure {
    Failure::new(
        FailureCode::Unconfirmed,
        format!(
            "{} is the last administrator. Without one nobody could give roles or let devices join from a device, \
             and nobody's device would bring back who joined and who left after the relay was restored.",
            last.name
        ),
        "Nothing was changed.",
        "Give somebody else the role first: `sync-server people roles EMPLOYEE --role administrator`. If it is meant, \
         repeat the command with --yes.",
    )
}

fn last_device(name: &str) -> Failure {
    Failure::new(
        FailureCode::Unconfirmed,
        format!(
            "This takes away the last device of an administrator ({name}). Without one nobody's device would bring \
             back who joined and who left after the relay was restored."
        ),
        "Nothing was changed.",
        "Let another device of an administrator join first: `sync-server invite EMPLOYEE`. If it is meant, because \
         the device is lost for one, repeat the command with --yes.",
    )
}
