//! Digests of what somebody holds, for offers: 256 buckets of `(document, heads)`.
//!
//! Both ends compute the same, so equal digests mean equal holdings. The bucket of a document is the first
//! byte of SHA-256 of its id: ids made on one day would otherwise crowd into one bucket.

use halyard_domain::id::DocumentId;
use sha2::{Digest, Sha256};

use crate::hash::{BucketDigest, Heads};
use crate::offer::{BucketList, Held};

/// How many buckets there are.
pub const BUCKETS: usize = 256;

/// The bucket of a document.
#[must_use]
pub fn bucket_of(document: DocumentId) -> u8 {
    Sha256::digest(document.as_bytes()).first().copied().unwrap_or_default()
}

/// The digest of one bucket: SHA-256 over its documents by id, each with its number of heads and its heads
/// in order. The empty bucket has the digest of nothing.
#[must_use]
pub fn digest<'a>(documents: impl IntoIterator<Item = (DocumentId, &'a Heads)>) -> BucketDigest {
    let mut sorted: Vec<_> = documents.into_iter().collect();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    for (document, heads) in sorted {
        let heads = heads.as_slice();
        hash.update(document.as_bytes());
        hash.update(u32::try_from(heads.len()).unwrap_or(u32::MAX).to_be_bytes());
        for head in heads {
            hash.update(head.0);
        }
    }
    BucketDigest(hash.finalize().into())
}

/// Sorts what is held into its 256 buckets.
#[must_use]
pub fn buckets(held: impl IntoIterator<Item = Held>) -> Vec<BucketList> {
    let mut lists: Vec<BucketList> =
        (0..=u8::MAX).map(|bucket| BucketList { bucket, documents: Vec::new() }).collect();
    for entry in held {
        if let Some(list) = lists.get_mut(usize::from(bucket_of(entry.document))) {
            list.documents.push(entry);
        }
    }
    for list in &mut lists {
        list.documents.sort_unstable();
    }
    lists
}

/// The digests of all buckets, in order.
#[must_use]
pub fn digests(lists: &[BucketList]) -> Vec<BucketDigest> {
    lists.iter().map(|list| digest(list.documents.iter().map(|held| (held.document, &held.heads)))).collect()
}

/// The buckets in which two sides differ. A side that sent another number of digests differs everywhere.
#[must_use]
pub fn differing(ours: &[BucketDigest], theirs: &[BucketDigest]) -> Vec<u8> {
    (0..=u8::MAX)
        .filter(|bucket| {
            let at = usize::from(*bucket);
            theirs.len() != BUCKETS || ours.get(at) != theirs.get(at)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::ChangeHash;
    use proptest::prelude::*;

    fn held(number: u32, head: u8) -> Held {
        Held {
            document: DocumentId::made_by_rule(&number.to_string()),
            heads: Heads::new(vec![ChangeHash([head; 32])]),
        }
    }

    fn digests_of(documents: Vec<Held>) -> Vec<BucketDigest> {
        digests(&buckets(documents))
    }

    proptest! {
        #[test]
        fn equal_holdings_have_equal_digests_in_any_order(count in 0_u32..200, seed in any::<u64>()) {
            let documents: Vec<_> = (0..count).map(|n| held(n, 1)).collect();
            let mut shuffled = documents.clone();
            shuffled.sort_by_key(|held| Sha256::digest([held.document.as_bytes().as_slice(), &seed.to_be_bytes()].concat()));
            prop_assert_eq!(digests_of(documents), digests_of(shuffled));
        }

        #[test]
        fn exactly_the_buckets_of_what_differs_differ(count in 1_u32..200, changed in 0_u32..200, missing in 0_u32..200) {
            let theirs: Vec<_> = (0..count).map(|n| held(n, 1)).collect();
            let ours: Vec<_> = (0..count).filter(|n| *n != missing).map(|n| held(n, if n == changed { 2 } else { 1 })).collect();
            let mut expected: Vec<u8> = (0..count)
                .filter(|n| *n == changed || *n == missing)
                .map(|n| bucket_of(held(n, 1).document))
                .collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(differing(&digests_of(ours), &digests_of(theirs)), expected);
        }
    }

    #[test]
    fn a_head_moved_to_the_next_document_is_a_difference() {
        let (a, b) = (ChangeHash([1; 32]), ChangeHash([2; 32]));
        let (one, two) = (DocumentId::made_by_rule("1"), DocumentId::made_by_rule("2"));
        let both = digest([(one, &Heads::new(vec![a, b])), (two, &Heads::default())]);
        let each = digest([(one, &Heads::new(vec![a])), (two, &Heads::new(vec![b]))]);
        assert_ne!(both, each);
    }

    #[test]
    fn a_device_with_too_few_digests_is_asked_for_everything() {
        let ours = digests_of(Vec::new());
        assert_eq!(differing(&ours, &ours[1..]).len(), BUCKETS);
        assert_eq!(differing(&ours, &ours), Vec::<u8>::new());
    }
}
