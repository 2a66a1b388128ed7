//! `halyard import`: looking at what a file would do, doing it, taking it back.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use halyard_device::import::plan::Stays;
use halyard_device::import::preview::{Outcome, Preview, Tally};
use halyard_device::import::refused_file;
use halyard_device::import::table::Table as FileTable;
use serde_json::json;

use super::{Done, print_json};
use crate::args::Import;
use crate::context::Context;
use crate::failure::Failure;
use crate::new_file::write_new;
use crate::table::Table;
use crate::words::{Counted, Lang, Say, Tell, Worded, column_of_file, counted, headings, refused_cell};

/// The word that takes the last import back.
const UNDO: &str = "undo";
/// How many refused rows are told on the screen; the file has them all.
const MOST_TOLD: usize = 20;

pub(super) fn run(context: &Context, args: &Import, out: &mut impl Write) -> Done {
    if args.file == Path::new(UNDO) {
        return undo(context, out);
    }
    let table = FileTable::read(&args.file, args.sheet.as_deref())?;
    if let Some(path) = args.refused.as_deref().filter(|path| path.exists()) {
        let path = path.display().to_string();
        return Err(Failure::refused("file", &Say::FileThere { path: &path }, context.lang));
    }
    let planned = context.device.plan_import(&table)?;
    // A preview of what would be refused whole would promise what nobody gets.
    context.device.may_import(&planned.plan)?;
    let apply = args.apply && !planned.plan.edits.is_empty();
    if apply {
        let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
        context.device.import(&planned.plan, &name.unwrap_or_default(), |_| ())?;
    }
    let written = write_refused(context, args, &table, &planned.preview, apply)?;
    let records = planned.plan.edits.len();
    if context.json {
        let done = json!({
            "applied": apply,
            "records": records,
            "refused_file": written,
            "sheet": table.sheet,
            "other_sheets": table.other_sheets,
            "preview": planned.preview,
        });
        return print_json(&done, out);
    }
    if let Some(sheet) = table.sheet.as_deref().filter(|_| !table.other_sheets.is_empty()) {
        let others = table.other_sheets.join(", ");
        writeln!(out, "{}\n", Tell::SheetRead { sheet, others: &others }.say(context.lang))?;
    }
    if !apply {
        lines(context, &planned.preview, out)?;
    }
    summary(context, &planned.preview, out)?;
    refused(context, &planned.preview, written.as_deref(), out)?;
    let records = counted(context.lang, Counted::Record, u64::try_from(records).unwrap_or(u64::MAX));
    let told = match (apply, planned.plan.edits.is_empty()) {
        (true, _) => Tell::Imported { records: &records },
        (false, true) => nothing(&planned.preview),
        (false, false) => Tell::Preview,
    };
    Ok(writeln!(out, "\n{}", told.say(context.lang))?)
}

/// Why a file brings nothing.
fn nothing(preview: &Preview) -> Tell<'static> {
    match (preview.lines.is_empty(), preview.refused.is_empty()) {
        (true, true) => Tell::NoRowsInFile,
        (true, false) => Tell::NothingTaken,
        (false, _) => Tell::NothingToImport,
    }
}

fn undo(context: &Context, out: &mut impl Write) -> Done {
    let why = Tell::UndoneWhy.say(context.lang);
    let undone = context.device.undo_import(None, &why)?;
    if context.json {
        return print_json(&undone, out);
    }
    let lang = context.lang;
    let count = |number: usize| counted(lang, Counted::Record, u64::try_from(number).unwrap_or(u64::MAX));
    let told = Tell::ImportUndone {
        file: &undone.file,
        withdrawn: &count(undone.withdrawn),
        changed_back: &count(undone.changed_back),
    };
    writeln!(out, "{}", told.say(lang))?;
    if undone.left.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", Tell::ImportStays { count: &count(undone.left.len()) }.say(lang))?;
    let renderer = context.renderer();
    for left in undone.left.iter().take(MOST_TOLD) {
        let why = match left.why {
            Stays::Changed => Tell::StaysChanged,
            Stays::Named => Tell::StaysNamed,
            Stays::Gone => Tell::StaysGone,
        };
        let name = renderer.name(left.document)?;
        writeln!(out, "  {} {name} ({}): {}", left.kind.say(lang), left.document, why.say(lang))?;
    }
    Ok(())
}

/// Every row that is taken, and what it does.
fn lines(context: &Context, preview: &Preview, out: &mut impl Write) -> Done {
    let lang = context.lang;
    if preview.lines.is_empty() {
        return Ok(());
    }
    let heads = [headings::LINE, headings::PART, headings::LABEL, headings::OUTCOME];
    let mut table = Table::new(heads.map(|head| head.in_lang(lang)));
    for line in &preview.lines {
        for part in &line.parts {
            table.row([
                line.line.to_string(),
                part.part.say(lang).to_owned(),
                part.label.clone(),
                outcome(&part.outcome, lang),
            ]);
        }
    }
    table.write(out)?;
    Ok(writeln!(out)?)
}

fn outcome(outcome: &Outcome, lang: Lang) -> String {
    match outcome {
        Outcome::Made => headings::MADE.in_lang(lang).to_owned(),
        Outcome::AlreadyThere => headings::THERE.in_lang(lang).to_owned(),
        Outcome::Completed(columns) => {
            let names: Vec<&str> =
                columns.iter().map(|column| column_of_file(*column).in_lang(lang)).collect();
            format!("{}: {}", headings::COMPLETED.in_lang(lang), names.join(", "))
        }
    }
}

fn summary(context: &Context, preview: &Preview, out: &mut impl Write) -> Done {
    let lang = context.lang;
    let tallies = [
        (Counted::Customer, preview.customers),
        (Counted::Address, preview.addresses),
        (Counted::Contact, preview.contacts),
        (Counted::Equipment, preview.equipment),
    ];
    for (what, Tally { made, completed, unchanged }) in tallies {
        let all = made + completed + unchanged;
        if all > 0 {
            let what = counted(lang, what, u64::try_from(all).unwrap_or(u64::MAX));
            writeln!(out, "{what}: {}", Tell::Tally { made, completed, unchanged }.say(lang))?;
        }
    }
    if !preview.unknown_columns.is_empty() {
        let names = preview.unknown_columns.join(", ");
        writeln!(out, "{}", Tell::UnknownColumns { names: &names }.say(lang))?;
    }
    for one in &preview.differs {
        let told = Tell::Differs {
            line: one.line,
            column: column_of_file(one.column).in_lang(lang),
            label: &one.label,
            kept: &one.kept,
            offered: &one.offered,
        };
        writeln!(out, "{}", told.say(lang))?;
    }
    for one in &preview.left_out {
        let column = column_of_file(one.column).in_lang(lang);
        writeln!(out, "{}", Tell::LeftOut { line: one.line, column, text: &one.text }.say(lang))?;
    }
    Ok(())
}

fn refused(context: &Context, preview: &Preview, written: Option<&Path>, out: &mut impl Write) -> Done {
    let lang = context.lang;
    if preview.refused.is_empty() {
        return Ok(());
    }
    let rows = u64::try_from(preview.refused.len()).unwrap_or(u64::MAX);
    writeln!(out, "\n{}", Tell::RowsRefused { rows: &counted(lang, Counted::Row, rows) }.say(lang))?;
    for row in preview.refused.iter().take(MOST_TOLD) {
        let reasons: Vec<String> = row.refusals.iter().map(|one| refused_cell(one, lang)).collect();
        let line = Tell::LineOf { line: row.line }.say(lang);
        writeln!(out, "  {line}: {}", reasons.join("; "))?;
    }
    if let Some(path) = written {
        let path = path.display().to_string();
        writeln!(out, "{}", Tell::RefusedFile { path: &path }.say(lang))?;
    }
    Ok(())
}

/// Writes refused rows where they were asked for, and beside the file when the rest was imported.
fn write_refused(
    context: &Context,
    args: &Import,
    table: &FileTable,
    preview: &Preview,
    applied: bool,
) -> Result<Option<PathBuf>, Failure> {
    if preview.refused.is_empty() || (args.refused.is_none() && !args.apply) {
        return Ok(None);
    }
    let heading = headings::REASONS.in_lang(context.lang);
    let text =
        refused_file::write(&table.header, &preview.refused, heading, |one| refused_cell(one, context.lang));
    let written = |path: &Path| match write_new(path, text.as_ref()) {
        Ok(()) => Ok(true),
        // An earlier file of refused rows, which may be half mended.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && args.refused.is_none() => Ok(false),
        Err(_) => {
            let path = &path.display().to_string();
            let said = if applied { Say::RefusedUnwritable { path } } else { Say::FileUnwritable { path } };
            Err(Failure::refused("file", &said, context.lang))
        }
    };
    let mut names: Box<dyn Iterator<Item = PathBuf>> = match &args.refused {
        Some(path) => Box::new(std::iter::once(path.clone())),
        None => Box::new((1..).map(|number| refused_beside(&args.file, number))),
    };
    names.find_map(|path| written(&path).map(|done| done.then_some(path)).transpose()).transpose()
}

/// The names beside the imported file that its refused rows may have.
fn refused_beside(file: &Path, number: u32) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(match number {
        1 => format!("{stem}-refused.csv"),
        more => format!("{stem}-refused-{more}.csv"),
    })
}
