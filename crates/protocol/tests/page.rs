//! `docs/SYNC.md` says what the code does: every problem, reason, limit and signing context.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

use std::collections::BTreeSet;

use halyard_protocol::certificate::{Certificate, Revocation};
use halyard_protocol::control::Control;
use halyard_protocol::envelope::EnvelopeHeader;
use halyard_protocol::problem::ErrorCode;
use halyard_protocol::pull::Replaced;
use halyard_protocol::receipt::Receipt;
use halyard_protocol::review::Decision;
use halyard_protocol::signed::Signed;

const PAGE: &str = include_str!("../../../docs/SYNC.md");

/// The cells of the table rows of a section.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let section = PAGE.split_once(heading).unwrap_or_else(|| panic!("no section {heading:?}")).1;
    let end = section.find("\n## ").unwrap_or(section.len());
    let (section, _) = section.split_at(end);
    let rows = section.lines().filter(|line| line.starts_with("| ") || line.starts_with("| `"));
    rows.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

/// The words in backquotes that begin a line of a source's table of names.
fn quoted_after(source: &str, marks: &[&str]) -> BTreeSet<String> {
    let strings = source.lines().filter(|line| marks.iter().any(|mark| line.contains(mark)));
    strings.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

#[test]
fn the_page_lists_every_problem_with_its_status() {
    let listed: BTreeSet<(String, String)> = rows("\n## Problems")
        .into_iter()
        .filter(|row| row.first().is_some_and(|name| name != "name"))
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let known: BTreeSet<(String, String)> =
        ErrorCode::ALL.iter().map(|code| (code.name().to_owned(), code.status().to_string())).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_page_lists_every_reason() {
    let source = include_str!("../src/reason.rs");
    let known = quoted_after(source, &["=> \"", ", \"malformed_"]);
    let known: BTreeSet<String> = known.into_iter().filter(|code| code != "malformed").collect();
    let listed: BTreeSet<String> =
        rows("sent. Reasons:").into_iter().map(|row| row[0].clone()).filter(|code| code != "code").collect();
    assert_eq!(listed, known);
}

#[test]
fn the_page_gives_every_limit_as_it_is() {
    let source = include_str!("../src/limits.rs");
    let known: BTreeSet<(String, u128)> = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "))
        .map(|line| {
            let (name, rest) = line.split_once(':').unwrap();
            let value = rest.split_once('=').unwrap().1.trim_end_matches(';');
            (name.to_owned(), evaluate(value))
        })
        .collect();
    let listed: BTreeSet<(String, u128)> = rows("\n## Limits")
        .into_iter()
        .filter(|row| row[0] != "what")
        .map(|row| (row[2].clone(), row[1].split(' ').next().unwrap().parse().unwrap()))
        .collect();
    assert_eq!(listed, known);
}

/// A product or a shifted 1, as limits are written.
fn evaluate(text: &str) -> u128 {
    let text = text.replace('_', "");
    match text.split_once("<<") {
        Some((one, shift)) => one.trim().parse::<u128>().unwrap() << shift.trim().parse::<u32>().unwrap(),
        None => text.split('*').map(|factor| factor.trim().parse::<u128>().unwrap()).product(),
    }
}

#[test]
fn the_page_gives_every_signing_context() {
    let known: BTreeSet<String> = [
        EnvelopeHeader::CONTEXT,
        Receipt::CONTEXT,
        Certificate::CONTEXT,
        Revocation::CONTEXT,
        Control::CONTEXT,
        Decision::CONTEXT,
        Replaced::CONTEXT,
    ]
    .map(str::to_owned)
    .into();
    let listed: BTreeSet<String> = rows("\n## Signatures over objects")
        .into_iter()
        .map(|row| row[1].clone())
        .filter(|cell| cell.starts_with("halyard"))
        .collect();
    assert_eq!(listed, known);
}
