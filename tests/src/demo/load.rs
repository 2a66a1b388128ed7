//! Brings a demo company into a relay through the write path of everybody's work.
//!
//! Every person has a device with a key of its own; each edit becomes a change, an envelope signed by its
//! author and a push that the relay judges, numbers and receipts like any other. Only the network and
//! the devices' databases are left out: a hundred thousand visits need neither.
//!
//! Records come in batches of one kind. A batch goes in rounds: in each, every record gets the edits that
//! one person made in a row, and then everybody pushes. So a push carries many envelopes, and an edit still
//! meets a relay that has what it stands on. New records are pushed by one person after the other, so that
//! equal companies get equal numbers; what comes later is pushed by all at once, as in any office.
//!
//! The records that stand before the people (directories, teams, the people themselves) are written by
//! the administrator the company was made with.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use ed25519_dalek::SigningKey;
use futures_util::future::try_join_all;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::rights::shipped_roles;
use halyard_domain::value::Scalar;
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::enrol::{EnrolRequest, Standing};
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Generation};
use halyard_protocol::keys::{PublicKey, Signature};
use halyard_protocol::push::PushRequest;
use halyard_protocol::receipt::Outcome;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::OBJECT_VERSION;
use halyard_records::{Document, Editor, seed};
use halyard_sync_server::relay::{Caller, CreateWorkspace, PersonName, Relay};

use super::{Demo, DemoRecord};

/// Envelopes of one author that go in one push.
const PUSH: usize = 200;
/// Records that are loaded together.
const BATCH: usize = 500;

/// A person's device, as far as the relay can tell.
struct Author {
    caller: Caller,
    key: SigningKey,
    actor: [u8; 16],
    incarnation: IncarnationId,
    end: Option<(u64, EnvelopeHash)>,
    waiting: Vec<Envelope>,
}

/// Loads a demo company into an empty relay.
pub struct Loader<'a> {
    relay: &'a Relay,
    workspace: WorkspaceId,
    administrator: DocumentId,
    authors: BTreeMap<DocumentId, Author>,
    /// The role of each employee.
    people: BTreeMap<DocumentId, &'static str>,
}

/// A record on its way into the relay.
struct Draft {
    record: DemoRecord,
    document: Document,
    /// How much of it was written: its birth, then each later edit.
    written: usize,
}

impl<'a> Loader<'a> {
    /// Makes the company `name` in `relay` and gets ready to load its people's work.
    ///
    /// # Errors
    /// When the relay cannot make it.
    pub async fn found(relay: &'a Relay, name: &str, demo: &Demo) -> anyhow::Result<Self> {
        let administrator = PersonName {
            surname: "Адміністратор".to_owned(),
            given_name: "Демо".to_owned(),
            patronymic: None,
        };
        let wanted = CreateWorkspace { name: name.to_owned(), demo: true, administrator };
        let created = relay.create_workspace(wanted).await?;
        let people = demo.people().iter().map(|person| (person.document, person.post.role())).collect();
        let mut loader = Self {
            relay,
            workspace: created.workspace,
            administrator: created.administrator,
            authors: BTreeMap::new(),
            people,
        };
        loader.join(created.administrator).await?;
        Ok(loader)
    }

    /// Writes every record of the demo, saying now and then how many there are.
    ///
    /// # Errors
    /// When the relay does not accept something.
    pub async fn load(&mut self, demo: &Demo, progress: &mut dyn FnMut(usize)) -> anyhow::Result<()> {
        let mut done = 0;
        let mut records = demo.records().peekable();
        while let Some(first) = records.next() {
            let kind = first.kind;
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Some(next) = records.next_if(|next| next.kind == kind)
            {
                batch.push(next);
            }
            done += batch.len();
            // The company was made with the workspace.
            if kind != Kind::Company {
                self.batch(batch).await.with_context(|| format!("loading a {kind}"))?;
            }
            progress(done);
        }
        // Whoever wrote nothing works there too.
        for employee in self.people.keys().filter(|one| !self.authors.contains_key(one)) {
            self.give_role(*employee).await?;
        }
        Ok(())
    }

    async fn batch(&mut self, records: Vec<DemoRecord>) -> anyhow::Result<()> {
        let draft =
            |record: DemoRecord| Ok(Draft { document: Document::born(record.kind)?, record, written: 0 });
        let mut drafts = records.into_iter().map(draft).collect::<anyhow::Result<Vec<_>>>()?;
        let mut are_new = true;
        while !drafts.is_empty() {
            for draft in &mut drafts {
                self.turn(draft).await?;
            }
            if std::mem::take(&mut are_new) {
                self.push_in_turn().await?;
            } else {
                self.push_at_once().await?;
            }
            drafts.retain(|draft| draft.next_author().is_some());
        }
        Ok(())
    }

    /// Writes what one person did in a row to a record.
    async fn turn(&mut self, draft: &mut Draft) -> anyhow::Result<()> {
        let Some(planned) = draft.next_author() else { return Ok(()) };
        let author = if draft.stands_before_people() { self.administrator } else { planned };
        if !self.authors.contains_key(&author) {
            self.join(author).await?;
        }
        let device = self.authors.get_mut(&author).context("the author has a device")?;
        while draft.next_author() == Some(planned) {
            device.write(self.workspace, draft, planned)?;
        }
        Ok(())
    }

    async fn push_in_turn(&mut self) -> anyhow::Result<()> {
        for author in self.authors.values_mut() {
            author.push(self.relay).await?;
        }
        Ok(())
    }

    async fn push_at_once(&mut self) -> anyhow::Result<()> {
        let relay = self.relay;
        try_join_all(self.authors.values_mut().map(|author| author.push(relay))).await.map(drop)
    }

    async fn give_role(&self, employee: DocumentId) -> anyhow::Result<()> {
        let Some(role) = self.people.get(&employee) else { return Ok(()) };
        let roles = shipped_roles().into_iter().filter(|shipped| shipped.code == *role);
        let roles: Vec<DocumentId> = roles.map(|shipped| shipped.id).collect();
        self.relay.set_roles(self.workspace, employee, &roles).await?;
        Ok(())
    }

    /// Gives an employee a role and a device.
    async fn join(&mut self, employee: DocumentId) -> anyhow::Result<()> {
        self.give_role(employee).await?;
        let code = self.relay.invite(self.workspace, employee).await?.code;
        let mut secret = [0; 32];
        ThisMachine.fill_random(&mut secret);
        let key = SigningKey::from_bytes(&secret);
        let unix_ms = u64::try_from(ThisMachine.now_ms()).unwrap_or(0);
        let device = DeviceId::new_at(unix_ms, ThisMachine.random10());
        let public = PublicKey::of(&key);
        let request = EnrolRequest { code, device, key: public, name: "demo".to_owned() };
        self.relay.enrol(request).await?;
        let mut random = [0; 8];
        ThisMachine.fill_random(&mut random);
        let author = Author {
            caller: Caller { workspace: self.workspace, device, employee, standing: Standing::Active },
            key,
            actor: ActorId::new(ActorPrefix::of(&public), random).0,
            incarnation: IncarnationId::new_at(unix_ms, ThisMachine.random10()),
            end: None,
            waiting: Vec::new(),
        };
        self.authors.insert(employee, author);
        Ok(())
    }
}

impl Draft {
    /// Who does what comes next.
    fn next_author(&self) -> Option<DocumentId> {
        match self.written.checked_sub(1) {
            None => Some(self.record.author),
            Some(later) => self.record.later.get(later).map(|edit| edit.author),
        }
    }

    fn stands_before_people(&self) -> bool {
        matches!(self.record.kind, Kind::DirectoryEntry | Kind::Team | Kind::Employee | Kind::Checklist)
    }
}

impl Author {
    /// Writes what comes next to a record, `planned` for somebody who may be somebody else.
    fn write(
        &mut self,
        workspace: WorkspaceId,
        draft: &mut Draft,
        planned: DocumentId,
    ) -> anyhow::Result<()> {
        let Draft { record, document, written } = draft;
        let later = written.checked_sub(1).map(|later| record.later.get(later).context("a later edit"));
        let later = later.transpose()?;
        let at = later.map_or(record.at, |edit| edit.at);
        let intents = match later {
            None => instead_of(planned, self.caller.employee, &record.births),
            Some(edit) => instead_of(planned, self.caller.employee, &edit.intents_at(&document.heads())),
        };
        let time = at.unix_seconds();
        let actor = self.actor;
        let mut fresh = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut fresh, time };
        let runs: Vec<Vec<Vec<u8>>> = if later.is_none() {
            let mut chunks: Vec<Vec<u8>> =
                seed::seeds_of(record.kind).iter().map(|seed| seed.bytes.clone()).collect();
            chunks.extend(
                document.edit_at_birth(&mut editor, &intents)?.into_iter().map(|change| change.chunk),
            );
            vec![chunks]
        } else {
            let changes = document.edit(&mut editor, &intents)?;
            let runs = changes.chunk_by(|one, next| one.owners == next.owners);
            runs.map(|run| run.iter().map(|change| change.chunk.clone()).collect()).collect()
        };
        *written += 1;
        for chunks in runs {
            self.seal(workspace, record.document, record.kind, UnixMs(time * 1000), chunks)?;
        }
        Ok(())
    }

    /// Sends everything that waits.
    async fn push(&mut self, relay: &Relay) -> anyhow::Result<()> {
        let envelopes = std::mem::take(&mut self.waiting);
        for part in envelopes.chunks(PUSH) {
            let request = PushRequest { envelopes: part.to_vec(), ..PushRequest::default() };
            let answer = relay.push(self.caller, request).await?;
            let refused = answer.receipts.iter().find(|receipt| receipt.outcome != Outcome::Accepted);
            ensure!(refused.is_none(), "the relay did not accept {refused:?}");
            ensure!(answer.receipts.len() == part.len(), "the relay stopped before the end of a push");
        }
        Ok(())
    }

    fn seal(
        &mut self,
        workspace: WorkspaceId,
        document: DocumentId,
        kind: Kind,
        time: UnixMs,
        chunks: Vec<Vec<u8>>,
    ) -> anyhow::Result<()> {
        if chunks.is_empty() {
            return Ok(());
        }
        let mut envelope = Envelope {
            v: OBJECT_VERSION,
            workspace,
            document,
            generation: Generation(0),
            kind: kind.into(),
            employee: self.caller.employee,
            device: self.caller.device,
            incarnation: self.incarnation,
            sequence: self.end.map_or(1, |(sequence, _)| sequence + 1),
            previous: self.end.map(|(_, hash)| hash),
            time,
            replaces: Vec::new(),
            changes: chunks.into_iter().map(Chunk).collect(),
            signature: Signature::missing(),
        };
        let hash = envelope.sign(&self.key)?;
        self.end = Some((envelope.sequence, hash));
        self.waiting.push(envelope);
        Ok(())
    }
}

/// The same intents in another's name.
fn instead_of(planned: DocumentId, author: DocumentId, intents: &[Intent]) -> Vec<Intent> {
    if planned == author {
        return intents.to_vec();
    }
    let (planned, author) = (Scalar::Text(planned.to_string()), Scalar::Text(author.to_string()));
    let swap = |value: &Scalar| if *value == planned { author.clone() } else { value.clone() };
    let rename = |intent: &Intent| match intent {
        Intent::Set { path, value } => Intent::Set { path: path.clone(), value: swap(value) },
        Intent::AddRow { field, row, columns } => Intent::AddRow {
            field: field.clone(),
            row: *row,
            columns: columns.iter().map(|(name, value)| (name.clone(), swap(value))).collect(),
        },
        Intent::EditText { .. } => intent.clone(),
    };
    intents.iter().map(rename).collect()
}
