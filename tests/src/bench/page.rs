//! The figures as tables of a page, between two marks that stand in it: nobody copies numbers by hand.

use super::report::{Outcome, Report, names, ratio, shown};

/// Where the tables begin and end in a page.
const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";

/// The page has no place for figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the page has no place for figures: <!-- figures --> and behind it <!-- end of figures -->")]
pub struct NoPlace;

/// The page with the figures in the place of those it had.
///
/// # Errors
/// When it has no place for them.
pub fn put(report: &Report, page: &str) -> Result<String, NoPlace> {
    let (before, rest) = page.split_once(BEGIN).ok_or(NoPlace)?;
    let (_, after) = rest.split_once(END).ok_or(NoPlace)?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", tables(report)))
}

fn tables(report: &Report) -> String {
    let machine: Vec<String> = report.machine().map(|(name, value)| format!("{name} {value}")).collect();
    let mut lines = vec![format!("Measured on: {}.", machine.join(", "))];
    for (scenario, systems) in report.scenarios() {
        let finished = || systems.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Figures(_)));
        let heads: Vec<String> = finished().map(|(system, _)| format!(" `{system}` |")).collect();
        lines.push(format!("\n| `{scenario}` |{}\n|---|{}", heads.concat(), "--:|".repeat(heads.len())));
        for figure in names(systems) {
            let cells = finished().map(|(system, outcome)| {
                let Some(value) = outcome.figure(figure) else { return " |".to_owned() };
                let ratio = ratio(figure, system, value, systems);
                let ratio = ratio.map(|ratio| format!(" ({ratio:.1}x)")).unwrap_or_default();
                format!(" {}{ratio} |", shown(value))
            });
            lines.push(format!("| `{figure}` |{}", cells.collect::<String>()));
        }
        for (system, outcome) in systems {
            if let Outcome::Unfinished(why) = outcome {
                lines.push(format!("\n`{system}` did not finish `{scenario}`: {}", why.replace('\n', " ")));
            }
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bench::OURS;

    #[test]
    fn figures_take_the_place_of_older_ones_and_nothing_else_changes() {
        let mut report = Report::on(BTreeMap::from([("cores", "2".to_owned())]));
        report.add("idle_10", OURS, Outcome::Figures(vec![("wall_ms", 2.0), ("requests", 1.0)]));
        report.add("idle_10", "peer", Outcome::Figures(vec![("wall_ms", 7.0)]));
        report.add("idle_10", "other", Outcome::Unfinished("not quiet".to_owned()));
        let page = "# Benchmarks\n\n<!-- figures -->\nold\n<!-- end of figures -->\n\nLimits\n";

        let put = put(&report, page).unwrap();

        let expected = "# Benchmarks\n\n<!-- figures -->\nMeasured on: cores 2.\n\n\
            | `idle_10` | `halyard` | `peer` |\n|---|--:|--:|\n\
            | `wall_ms` | 2.00 | 7.00 (3.5x) |\n| `requests` | 1.00 | |\n\n\
            `other` did not finish `idle_10`: not quiet\n<!-- end of figures -->\n\nLimits\n";
        assert_eq!(put, expected);
    }

    #[test]
    fn a_page_without_a_place_stays_as_it_is() {
        let report = Report::on(BTreeMap::new());
        for page in ["", "<!-- figures -->", "<!-- end of figures --> <!-- figures -->"] {
            assert_eq!(put(&report, page), Err(NoPlace), "{page}");
        }
    }
}
