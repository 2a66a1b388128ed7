//! The table at the end: which stage passed, which did not run, and what each took.

use std::fmt;
use std::time::{Duration, Instant};

use super::stage::{Outcome, Stage};

/// What is known about the stages so far.
pub(super) struct Report {
    rows: Vec<Row>,
}

struct Row {
    stage: Stage,
    ended: Option<(Outcome, Duration)>,
}

impl Report {
    /// A report on which no stage has run yet.
    pub(super) fn of(stages: &[Stage]) -> Self {
        Self { rows: stages.iter().map(|&stage| Row { stage, ended: None }).collect() }
    }

    /// Runs a stage and keeps how it ended and what it took.
    pub(super) fn time(
        &mut self,
        stage: Stage,
        run: impl FnOnce() -> anyhow::Result<Outcome>,
    ) -> anyhow::Result<Outcome> {
        let start = Instant::now();
        let outcome = run()?;
        self.record(stage, outcome, start.elapsed());
        Ok(outcome)
    }

    fn record(&mut self, stage: Stage, outcome: Outcome, took: Duration) {
        for row in self.rows.iter_mut().filter(|row| row.stage == stage) {
            row.ended = Some((outcome, took));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "\n{:<10}{:<16}{:>9}", "stage", "result", "seconds")?;
        for Row { stage, ended } in &self.rows {
            let (result, took) = match ended {
                None => ("not run", None),
                Some((Outcome::Passed, took)) => ("passed", Some(took)),
                Some((Outcome::Failed, took)) => ("FAILED", Some(took)),
                Some((Outcome::Empty, took)) => ("nothing to do", Some(took)),
            };
            let seconds = took.map_or_else(|| "–".to_owned(), |took| format!("{:.1}", took.as_secs_f64()));
            writeln!(formatter, "{:<10}{result:<16}{seconds:>9}", stage.name())?;
        }
        let total: Duration = self.rows.iter().filter_map(|row| row.ended).map(|(_, took)| took).sum();
        writeln!(formatter, "{:<26}{:>9.1}", "together", total.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    //! The table shows every stage asked for, run or not.

    use super::*;

    #[test]
    fn stages_that_did_not_run_are_shown_as_such() {
        let mut report = Report::of(&[Stage::Fmt, Stage::Doctest, Stage::Clippy, Stage::Nextest]);

        report.record(Stage::Fmt, Outcome::Passed, Duration::from_millis(1_240));
        report.record(Stage::Doctest, Outcome::Empty, Duration::from_millis(40));
        report.record(Stage::Clippy, Outcome::Failed, Duration::from_secs(61));

        let expected = "
stage     result            seconds
fmt       passed                1.2
doctest   nothing to do         0.0
clippy    FAILED               61.0
nextest   not run                 –
together                       62.3
";
        assert_eq!(report.to_string(), expected);
    }
}
