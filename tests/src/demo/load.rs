//! Brings a demo company into a relay through the write path of everybody's work.
//!
//! Every person has a device with a key of its own; each edit becomes a change, an envelope signed by its
//! author and a push that the relay judges, numbers and receipts like any other. Only the network and
//! the devices' databases are left out: a hundred thousand visits need neither.
//!
//! The records that stand before the people (directories, teams, the people themselves) are written by
//! the administrator the company was made with.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use ed25519_dalek::SigningKey;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::rights::shipped_roles;
use halyard_domain::time::Instant;
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
    /// Employees whose records exist and who have no device yet.
    people: BTreeMap<DocumentId, &'static str>,
    /// Documents with envelopes that were not pushed yet.
    touched: BTreeSet<DocumentId>,
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
            touched: BTreeSet::new(),
        };
        loader.join(created.administrator).await?;
        Ok(loader)
    }

    /// Writes every record of the demo, saying after each how many there are.
    ///
    /// # Errors
    /// When the relay does not accept something.
    pub async fn load(&mut self, demo: &Demo, progress: &mut dyn FnMut(usize)) -> anyhow::Result<()> {
        for (done, record) in demo.records().enumerate() {
            // The company was made with the workspace.
            if record.kind != Kind::Company {
                self.record(&record).await.with_context(|| format!("loading a {}", record.kind))?;
            }
            progress(done + 1);
        }
        self.push_everybody().await
    }

    async fn record(&mut self, record: &DemoRecord) -> anyhow::Result<()> {
        let stands_before_people =
            matches!(record.kind, Kind::DirectoryEntry | Kind::Team | Kind::Employee | Kind::Checklist);
        let author = if stands_before_people { self.administrator } else { record.author };
        let births = instead_of(record.author, author, &record.births);
        let mut document = Document::born(record.kind)?;
        let seeds = seed::seeds_of(record.kind).iter().map(|seed| seed.bytes.clone()).collect();
        self.edit(author, record.document, record.at, &mut document, &births, Some(seeds)).await?;
        for later in &record.later {
            let author = if stands_before_people { self.administrator } else { later.author };
            let intents = instead_of(later.author, author, &later.intents_at(&document.heads()));
            self.edit(author, record.document, later.at, &mut document, &intents, None).await?;
        }
        Ok(())
    }

    /// Makes the changes of one edit and puts them into envelopes. Work of different people on one
    /// record is pushed in between, so that the relay has what the next depends on.
    async fn edit(
        &mut self,
        who: DocumentId,
        id: DocumentId,
        at: Instant,
        document: &mut Document,
        intents: &[Intent],
        birth: Option<Vec<Vec<u8>>>,
    ) -> anyhow::Result<()> {
        if self.touched.contains(&id) && self.last_author_of(id) != Some(who) {
            self.push_everybody().await?;
        }
        if !self.authors.contains_key(&who) {
            self.push_everybody().await?;
            self.join(who).await?;
        }
        let author = self.authors.get_mut(&who).context("the author has a device")?;
        let time = at.unix_seconds();
        let actor = author.actor;
        let mut fresh = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut fresh, time };
        let runs: Vec<Vec<Vec<u8>>> = if let Some(mut chunks) = birth {
            chunks
                .extend(document.edit_at_birth(&mut editor, intents)?.into_iter().map(|change| change.chunk));
            vec![chunks]
        } else {
            let changes = document.edit(&mut editor, intents)?;
            let runs = changes.chunk_by(|one, next| one.owners == next.owners);
            runs.map(|run| run.iter().map(|change| change.chunk.clone()).collect()).collect()
        };
        for chunks in runs {
            author.seal(self.workspace, id, document.kind(), UnixMs(time * 1000), chunks)?;
        }
        self.touched.insert(id);
        if author.waiting.len() >= PUSH {
            self.push_everybody().await?;
        }
        Ok(())
    }

    fn last_author_of(&self, id: DocumentId) -> Option<DocumentId> {
        let waits = |author: &Author| author.waiting.iter().any(|envelope| envelope.document == id);
        self.authors.iter().find(|(_, author)| waits(author)).map(|(who, _)| *who)
    }

    async fn push_everybody(&mut self) -> anyhow::Result<()> {
        self.touched.clear();
        for author in self.authors.values_mut() {
            let envelopes = std::mem::take(&mut author.waiting);
            for part in envelopes.chunks(PUSH) {
                let request = PushRequest { envelopes: part.to_vec(), ..PushRequest::default() };
                let answer = self.relay.push(author.caller, request).await?;
                let refused = answer.receipts.iter().find(|receipt| receipt.outcome != Outcome::Accepted);
                ensure!(refused.is_none(), "the relay did not accept {refused:?}");
                ensure!(answer.receipts.len() == part.len(), "the relay stopped before the end of a push");
            }
        }
        Ok(())
    }

    /// Gives an employee a role and a device.
    async fn join(&mut self, employee: DocumentId) -> anyhow::Result<()> {
        if let Some(role) = self.people.get(&employee) {
            let roles = shipped_roles().into_iter().filter(|shipped| shipped.code == *role);
            let roles: Vec<DocumentId> = roles.map(|shipped| shipped.id).collect();
            self.relay.set_roles(self.workspace, employee, &roles).await?;
        }
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

impl Author {
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
