//! The chance the demo company is made by: equal on every machine and in every version.
//!
//! SplitMix64, written out here because a library may change its stream. Every record has dice of its
//! own ([`Dice::of`]), so records can be made one at a time and in any order.

/// A stream of chance.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of thing number `index` of what `about` names.
    pub(super) fn of(seed: u64, about: &str, index: usize) -> Self {
        let named = about.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut dice =
            Self(seed ^ named.rotate_left(17) ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        // The first draws of neighbours are alike; the second are not.
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `count`. 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.next()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = usize::try_from(most.saturating_sub(least)).unwrap_or(0);
        least + i64::try_from(self.below(span + 1)).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len());
        #[expect(clippy::indexing_slicing, reason = "below the length; the lists of the demo are not empty")]
        &list[at]
    }

    /// One of a list, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        self.pick(list).1
    }

    /// Ten random bytes, for an id.
    pub(super) fn id_bytes(&mut self) -> [u8; 10] {
        let [high, low] = [self.next(), self.next()].map(u64::to_be_bytes);
        let mut bytes = [0; 10];
        bytes.iter_mut().zip(high.into_iter().chain(low)).for_each(|(byte, random)| *byte = random);
        bytes
    }

    /// A few different places below `count`, in order.
    pub(super) fn some_below(&mut self, count: usize, wanted: usize) -> Vec<usize> {
        let mut left = wanted.min(count);
        let mut chosen = Vec::with_capacity(left);
        for place in 0..count {
            if self.below(count - place) < left {
                chosen.push(place);
                left -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut dice = Dice::of(7, "visit", 42);
        let drawn: Vec<usize> = (0..6).map(|_| dice.below(1_000)).collect();
        assert_eq!(drawn, [146, 129, 719, 931, 932, 392]);
    }

    #[test]
    fn every_value_of_a_range_is_drawn_about_as_often() {
        let mut dice = Dice::of(1, "range", 0);
        let mut drawn = [0; 7];
        for _ in 0..7_000 {
            drawn[usize::try_from(dice.between(-3, 3) + 3).unwrap()] += 1;
        }
        assert!(drawn.iter().all(|count| (850..1_150).contains(count)), "{drawn:?}");
    }

    #[test]
    fn chosen_places_are_different_and_in_order() {
        let chosen = Dice::of(1, "places", 0).some_below(10, 4);
        assert_eq!(chosen.len(), 4);
        assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]), "{chosen:?}");
    }
}
