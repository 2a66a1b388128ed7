//! Making a company, and what IT does with its people from the relay's command line.
//!
//! The relay writes records here as its own author, through the same edits and the same log as
//! everybody: a company, its shipped roles and its first administrator are ordinary records.

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DocumentId, EpochId, IncarnationId, Ref, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::records::{Common, Company, Employee};
use halyard_domain::rights::shipped_roles;
use halyard_protocol::chunk;
use halyard_protocol::control::ControlEvent;
use halyard_protocol::envelope::{Chunk, relay_employee};
use halyard_protocol::hash::Generation;
use halyard_records::seed::seeds_of;
use halyard_records::{Document, DocumentError, EditError, Editor};
use serde_bytes::ByteBuf;

use super::open_work::open_work;
use super::{OfficeReport, Relay, RelayError, Workspace};
use crate::merge::job::Merged;
use crate::notary::Notary;
use crate::storage::{
    Commit, Committed, DocumentAfter, Expected, LinkedBy, NewWorkspace, OwnWrite, Person, StorageError,
    StoredChange, Work,
};

/// A company to be made.
#[derive(Debug, Clone)]
pub struct CreateWorkspace {
    /// The name of the organisation.
    pub name: String,
    /// True for a company made of invented people.
    pub demo: bool,
    /// Who gets the role of administrator.
    pub administrator: PersonName,
}

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
}

/// A company that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// The company.
    pub workspace: WorkspaceId,
    /// The first administrator's record.
    pub administrator: DocumentId,
}

/// Why something about people or the company was not done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// There is no such employee.
    #[error("there is no such employee")]
    NoSuchEmployee,
    /// There is no such role.
    #[error("there is no role {0}")]
    NoSuchRole(DocumentId),
    /// A record could not be written.
    #[error("a record could not be written")]
    Record(#[from] EditError),
    /// The relay could not do it.
    #[error(transparent)]
    Relay(#[from] RelayError),
}

impl From<StorageError> for PeopleError {
    fn from(error: StorageError) -> Self {
        Self::Relay(error.into())
    }
}

impl From<DocumentError> for PeopleError {
    fn from(error: DocumentError) -> Self {
        Self::Record(error.into())
    }
}

/// A record the relay makes.
struct Birth {
    document: DocumentId,
    kind: Kind,
    intents: Vec<Intent>,
}

impl Relay {
    /// Makes a company with its shipped roles and its first administrator.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn create_workspace(&self, wanted: CreateWorkspace) -> Result<Created, PeopleError> {
        let id = WorkspaceId::new_at(self.clock.unix_ms(), self.chance.bytes());
        let new = NewWorkspace {
            id,
            name: wanted.name.clone(),
            demo: wanted.demo,
            epoch: EpochId::new_at(self.clock.unix_ms(), self.chance.bytes()),
            incarnation: IncarnationId::new_at(self.clock.unix_ms(), self.chance.bytes()),
            signing_seed: SigningKey::from_bytes(&self.chance.bytes()).to_bytes(),
            cursor_key: self.chance.bytes(),
            now: self.now(),
        };
        self.storage.create_workspace(new).await?;
        let workspace = self.workspace(id).await?;
        let mut births = vec![Birth {
            document: self.new_document(),
            kind: Kind::Company,
            intents: vec![Company::NAME.set(&wanted.name)],
        }];
        let roles = shipped_roles();
        births.extend(roles.iter().map(|role| Birth {
            document: role.id,
            kind: Kind::Role,
            intents: role.intents(),
        }));
        let administrator = self.new_document();
        births.push(employee(administrator, &wanted.administrator));
        let role = roles.iter().find(|role| role.code == "administrator").map(|role| role.id);
        let event = ControlEvent::RolesChanged { employee: administrator, roles: role.into_iter().collect() };
        self.bear(&workspace, births, Some(event)).await?;
        Ok(Created { workspace: id, administrator })
    }

    /// Makes an employee with roles.
    ///
    /// # Errors
    /// When a role is unknown, or storage fails.
    pub async fn hire(
        &self,
        workspace: WorkspaceId,
        name: &PersonName,
        roles: &[DocumentId],
    ) -> Result<DocumentId, PeopleError> {
        self.roles_exist(workspace, roles).await?;
        let present = self.workspace(workspace).await?;
        let document = self.new_document();
        let event = ControlEvent::RolesChanged { employee: document, roles: roles.to_vec() };
        self.bear(&present, vec![employee(document, name)], Some(event)).await?;
        Ok(document)
    }

    /// Gives an employee exactly these roles.
    ///
    /// # Errors
    /// When the employee or a role is unknown, or storage fails.
    pub async fn set_roles(
        &self,
        workspace: WorkspaceId,
        employee: DocumentId,
        roles: &[DocumentId],
    ) -> Result<(), PeopleError> {
        self.is_employee(workspace, employee).await?;
        self.roles_exist(workspace, roles).await?;
        let present = self.workspace(workspace).await?;
        Ok(self
            .control(&present, None, ControlEvent::RolesChanged { employee, roles: roles.to_vec() })
            .await?)
    }

    /// Ends an employee's rights. What their devices still send waits in the review queue.
    ///
    /// # Errors
    /// When the employee is unknown, or storage fails.
    pub async fn dismiss(&self, workspace: WorkspaceId, employee: DocumentId) -> Result<(), PeopleError> {
        self.is_employee(workspace, employee).await?;
        let present = self.workspace(workspace).await?;
        Ok(self.control(&present, None, ControlEvent::Dismissed { employee }).await?)
    }

    /// What somebody may do now, and the roles held.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn person(&self, workspace: WorkspaceId, employee: DocumentId) -> Result<Person, RelayError> {
        Ok(self.storage.person(workspace, employee).await?)
    }

    /// Every record of a kind and what it says.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn records_of(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
    ) -> Result<Vec<(DocumentId, Reading)>, RelayError> {
        Ok(self.storage.readings(workspace, kind).await?)
    }

    /// Makes the office tables of a company anew.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn rebuild_office(&self, workspace: WorkspaceId) -> Result<OfficeReport, RelayError> {
        self.workspace(workspace).await?;
        Ok(self.storage.rebuild_office(workspace).await?)
    }

    /// How many records have their office rows, and which do not.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn office_report(&self, workspace: WorkspaceId) -> Result<OfficeReport, RelayError> {
        Ok(self.storage.office_report(workspace).await?)
    }

    async fn is_employee(&self, workspace: WorkspaceId, employee: DocumentId) -> Result<(), PeopleError> {
        match self.storage.reading(workspace, employee).await? {
            Some(reading) if reading.kind == Kind::Employee => Ok(()),
            Some(_) | None => Err(PeopleError::NoSuchEmployee),
        }
    }

    async fn roles_exist(&self, workspace: WorkspaceId, roles: &[DocumentId]) -> Result<(), PeopleError> {
        for role in roles {
            let known = self.storage.reading(workspace, *role).await?;
            if known.is_none_or(|reading| reading.kind != Kind::Role) {
                return Err(PeopleError::NoSuchRole(*role));
            }
        }
        Ok(())
    }

    fn new_document(&self) -> DocumentId {
        DocumentId::new_at(self.clock.unix_ms(), self.chance.bytes())
    }

    /// Commits new records of the relay's own, and what is said about people with them.
    async fn bear(
        &self,
        workspace: &Workspace,
        births: Vec<Birth>,
        event: Option<ControlEvent>,
    ) -> Result<(), PeopleError> {
        let notary = Self::notary(workspace);
        let now = self.now();
        let (mut work, mut documents, mut expected) = (Vec::new(), Vec::new(), Expected::default());
        for birth in births {
            let (own, after) = self.birth(&notary, &birth, now.seconds())?;
            expected.documents.push((birth.document, None));
            work.push(Work::Write(Box::new(own)));
            documents.push(after);
        }
        work.extend(event.map(|event| Work::Control { by: None, event }));
        match self.commit(Commit { notary, now, expected, work, documents }).await? {
            Committed::Done { .. } => Ok(()),
            Committed::Moved => Err(PeopleError::Relay(RelayError::Busy)),
        }
    }

    fn birth(
        &self,
        notary: &Notary,
        birth: &Birth,
        time: i64,
    ) -> Result<(OwnWrite, DocumentAfter), PeopleError> {
        let actor = self.fresh_actor(notary);
        let mut same_actor = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut same_actor, time };
        let mut document = Document::born(birth.kind)?;
        let mut intents = vec![Common::AUTHOR.set(&Ref::to(relay_employee()))];
        intents.extend(birth.intents.iter().cloned());
        let made = document.edit_at_birth(&mut editor, &intents)?;
        let seeds = seeds_of(birth.kind).iter().map(|seed| seed.bytes.clone());
        let chunks = seeds.chain(made.into_iter().map(|change| change.chunk));
        let changes: Vec<StoredChange> = chunks.filter_map(stored).collect();
        let merged = Merged {
            kind: birth.kind,
            heads: document.heads(),
            max_op: document.max_op(),
            snapshot: ByteBuf::from(document.snapshot()?),
            reading: document.reading()?,
        };
        let own = OwnWrite {
            document: birth.document,
            generation: Generation::default(),
            kind: birth.kind,
            changes,
            heads: merged.heads.clone(),
        };
        let after = DocumentAfter {
            document: birth.document,
            generation: Generation::default(),
            open_work: open_work(&merged.reading),
            merged,
            linked_by: LinkedBy::Office,
        };
        Ok((own, after))
    }
}

fn employee(document: DocumentId, name: &PersonName) -> Birth {
    let mut intents = vec![Employee::SURNAME.set(&name.surname), Employee::GIVEN_NAME.set(&name.given_name)];
    intents.extend(name.patronymic.as_ref().map(|patronymic| Employee::PATRONYMIC.set(patronymic)));
    Birth { document, kind: Kind::Employee, intents }
}

/// A change of the relay's own making, which always reads.
fn stored(bytes: Vec<u8>) -> Option<StoredChange> {
    let header = chunk::parse(&bytes).ok()?;
    Some(StoredChange { hash: header.hash, actor: header.actor, seq: header.seq, chunk: Chunk(bytes) })
}
