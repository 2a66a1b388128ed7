//! Many measurements of the same thing, and what is told of them.

use std::time::Duration;

use super::report::Figures;

/// Measurements, in milliseconds.
#[derive(Debug, Clone, Default)]
pub(super) struct Samples(Vec<f64>);

impl Samples {
    /// Adds one.
    pub(super) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1000.0);
    }

    /// The smallest value that `percent` of a hundred measurements do not exceed (nearest rank);
    /// nothing measured gives 0.
    #[must_use]
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or(0.0)
    }

    /// How many fit into a second, one after the other.
    #[must_use]
    pub(super) fn per_second(&self) -> f64 {
        let total: f64 = self.0.iter().sum();
        if total > 0.0 {
            f64::from(u32::try_from(self.0.len()).unwrap_or(u32::MAX)) * 1000.0 / total
        } else {
            0.0
        }
    }
}

/// The median of each figure over repetitions of a scenario, in the order of the first.
#[must_use]
pub(super) fn medians(rounds: &[Figures]) -> Figures {
    let Some(first) = rounds.first() else { return Figures::new() };
    let median = |name: &'static str| {
        let values = rounds.iter().flatten().filter(|(figure, _)| *figure == name);
        Samples(values.map(|(_, value)| *value).collect()).percentile(50)
    };
    first.iter().map(|(name, _)| (*name, median(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(milliseconds: impl IntoIterator<Item = u64>) -> Samples {
        let mut samples = Samples::default();
        milliseconds.into_iter().for_each(|ms| samples.add(Duration::from_millis(ms)));
        samples
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "a percentile is one of the measurements")]
    fn a_percentile_is_the_nearest_rank() {
        let check = |samples: &Samples, percent, expected: f64| {
            assert_eq!(samples.percentile(percent), expected, "p{percent}");
        };

        let hundred = samples((1..=100).rev());
        check(&hundred, 50, 50.0);
        check(&hundred, 99, 99.0);
        check(&hundred, 100, 100.0);
        check(&samples([7]), 99, 7.0);
        check(&samples([10, 20, 30]), 50, 20.0);
        check(&samples([]), 99, 0.0);
    }

    #[test]
    fn a_rate_counts_the_time_spent() {
        assert!((samples([5, 15]).per_second() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_median_of_rounds_is_taken_figure_by_figure() {
        let rounds = [
            vec![("wall_ms", 3.0), ("bytes_up", 10.0)],
            vec![("wall_ms", 1.0), ("bytes_up", 30.0)],
            vec![("wall_ms", 2.0), ("bytes_up", 20.0)],
        ];
        assert_eq!(medians(&rounds), [("wall_ms", 2.0), ("bytes_up", 20.0)]);
    }
}
