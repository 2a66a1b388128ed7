//! What pushes and decisions do alike: judge a document's envelopes, and commit.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::rights::Responsible;
use halyard_protocol::actor::{ActorId, ActorPrefix};

use super::case::{Case, Incoming};
use super::numbers::Series;
use super::open_work::open_work;
use super::{Relay, RelayError};
use crate::merge::job::RelayHand;
use crate::notary::Notary;
use crate::storage::{Commit, Committed, DocumentAfter, LinkedBy, Situation, Work};

/// How often one push or decision is judged anew with cards looked up; an honest device moves a record once
/// or twice in a push. After that the judge's word stands, and the office looks at what it refused.
const LOOKUPS: usize = 8;

/// Cards to look up beside those the records were under, and how often that was asked for.
#[derive(Default)]
pub(super) struct Lookups {
    pub(super) cards: BTreeSet<DocumentId>,
    rounds: usize,
}

impl Lookups {
    /// True when everything is to be judged again with these cards looked up too.
    pub(super) fn take(&mut self, unknown: BTreeSet<DocumentId>) -> bool {
        let again = !unknown.is_empty() && self.rounds < LOOKUPS;
        if again {
            self.rounds += 1;
            self.cards.extend(unknown);
        }
        again
    }
}

/// What judging one document's envelopes told beside their answers.
pub(super) struct Told {
    /// After which of them the record names whom as responsible, where that changed.
    pub(super) named: Vec<(usize, Responsible)>,
    /// Cards nobody looked up, and with which a refusal might have been none.
    pub(super) unknown: BTreeSet<DocumentId>,
}

impl Relay {
    /// Judges one document's envelopes and adds what came of it to a commit.
    pub(super) async fn judge_document(
        &self,
        situation: &Situation,
        document: DocumentId,
        incoming: &[(usize, Incoming)],
        series: &mut Series,
        commit: &mut Commit,
        work: &mut BTreeMap<(usize, usize), Work>,
    ) -> Told {
        let kind = situation.before.as_ref().map(|before| before.kind);
        let kind = kind.or_else(|| incoming.iter().find_map(|(_, one)| one.envelope.kind.known()));
        let numbered = situation.before.as_ref().is_some_and(|before| before.numbered);
        let hand = RelayHand {
            number: kind.filter(|_| !numbered).and_then(|kind| Some((kind, series.next(kind)?))),
            actor: self.fresh_actor(&commit.notary),
            time: commit.now.seconds(),
        };
        let mut case = Case::new(self, document, situation);
        case.judge(incoming, &hand).await;
        if let Some(kind) = kind.filter(|_| case.numbered) {
            series.take(kind);
        }
        commit.expected.documents.push((document, case.before.as_ref().map(|before| before.version)));
        let mut at = incoming.first().map_or(0, |(index, _)| *index);
        for (place, (index, one)) in case.work.into_iter().enumerate() {
            at = index.unwrap_or(at);
            work.insert((at, place), one);
        }
        if let Some(merged) = case.merged {
            commit.documents.push(DocumentAfter {
                document,
                generation: situation.before.as_ref().map(|before| before.generation).unwrap_or_default(),
                open_work: open_work(&merged.reading),
                merged,
                linked_by: LinkedBy::Office,
            });
        }
        Told { named: case.named, unknown: case.unknown }
    }

    /// An actor of the relay that was never used.
    pub(super) fn fresh_actor(&self, notary: &Notary) -> [u8; 16] {
        let prefix = ActorPrefix::of(&notary.public_key());
        ActorId::new(prefix, self.chance.bytes()).0
    }

    /// Commits, and tells those it concerns.
    pub(super) async fn commit(&self, commit: Commit) -> Result<Committed, RelayError> {
        let (workspace, epoch) = (commit.notary.workspace(), commit.notary.epoch());
        let committed = self.storage.commit(commit).await?;
        if let Committed::Done { head, concerned, .. } = &committed {
            self.hints.tell(workspace, epoch, *head, concerned);
        }
        Ok(committed)
    }
}
