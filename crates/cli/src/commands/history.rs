//! `halyard history`: everything that happened to a record, or the record as it was.

use std::io::Write;

use halyard_device::Named;
use halyard_device::domain::reading::Reading;
use halyard_device::domain::schema::row_column;
use halyard_device::domain::time::Instant;
use halyard_device::domain::value::{FieldValue as _, Scalar};
use halyard_device::records::{HistoryEntry, Written};
use serde_json::json;

use super::show::Row;
use super::{Done, print_json, show};
use crate::args::History;
use crate::clock::ThisWall;
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::unix_moment;
use crate::render::{Renderer, moment_ms};
use crate::table::Table;
use crate::words::{Tell, Usage, field, headings};

pub(super) fn run(context: &Context, args: &History, out: &mut impl Write) -> Done {
    let named = context.record(&args.record)?;
    if let Some(at) = &args.at {
        return as_it_was(context, &named, at, out);
    }
    let history = context.device.history(named.document)?;
    if context.json {
        return print_json(&history, out);
    }
    let reading = context.device.show(named.document)?.reading;
    let renderer = context.renderer();
    show::heading(context, &named, out)?;
    let heads = [
        headings::WHEN,
        headings::ARRIVED,
        headings::WHO,
        headings::DEVICE,
        headings::FIELD,
        headings::FROM,
        headings::TO,
    ];
    let mut table = Table::new(heads.map(|head| head.in_lang(context.lang)));
    for line in &history {
        let [mut place, from, to] = told(context, &renderer, &reading, &line.entry)?;
        if line.after_signature {
            place = format!("{place} ({})", headings::AFTER_SIGNATURE.in_lang(context.lang));
        }
        let who = match line.employee {
            Some(employee) => renderer.name(employee)?,
            None => headings::UNKNOWN.in_lang(context.lang).to_owned(),
        };
        table.row([
            moment_ms(line.entry.time.saturating_mul(1000), context.lang),
            line.arrived_ms.map(|ms| moment_ms(ms, context.lang)).unwrap_or_default(),
            who,
            line.device.map(|device| renderer.device(device)).unwrap_or_default(),
            place,
            from,
            to,
        ]);
    }
    Ok(table.write(out)?)
}

fn as_it_was(context: &Context, named: &Named, at: &str, out: &mut impl Write) -> Done {
    let lang = context.lang;
    let unix = unix_moment(at, &ThisWall)
        .ok_or_else(|| Failure::usage(&Usage::BadInstant { name: "--at", text: at }, lang))?;
    let then = context.device.show_at(named.document, unix)?;
    if context.json {
        let fields = then.map(|reading| reading.fields);
        return print_json(&json!({ "id": named.document, "at": unix, "fields": fields }), out);
    }
    let when = moment_ms(unix.saturating_mul(1000), lang);
    show::heading(context, named, out)?;
    writeln!(out, "{}", Tell::AsOf { when: &when }.say(lang))?;
    match then {
        Some(reading) => show::content(context, &context.renderer(), &reading, out),
        None => Ok(writeln!(out, "{}", Tell::NoneThen.say(lang))?),
    }
}

/// The place, what stood there and what was written, in words.
pub(super) fn told(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: &Reading,
    entry: &HistoryEntry,
) -> Result<[String; 3], Failure> {
    let path = &entry.path;
    let mut place = field(&path.field, context.lang).to_owned();
    if let Some(number) =
        path.row.and_then(|row| reading.rows(&path.field).iter().position(|one| one.id == row))
    {
        place = format!("{place} {}", number + 1);
    }
    if let Some(column) = &path.column {
        place = format!("{place}: {}", field(column, context.lang));
    }
    let value = |column: Option<&str>, value: &Scalar| {
        show::in_place(context, renderer, reading, (&path.field, column), value)
    };
    let (from, to) = match &entry.what {
        Written::Value { from, to } => {
            let column = path.column.as_deref();
            let from: Vec<String> = from.iter().map(|one| value(column, one)).collect::<Result<_, _>>()?;
            (from.join(" | "), value(column, to)?)
        }
        Written::Text { from, to } => (from.clone(), to.clone()),
        Written::Row { columns } => {
            let row = Row { field: &path.field, columns };
            let told = columns.iter().filter(|(name, one)| match name.as_str() {
                row_column::BY => false,
                // When it happened, where that is not when it was entered.
                row_column::AT => {
                    let at = Instant::from_scalar(one).map(Instant::unix_seconds);
                    at.is_ok_and(|at| at.div_euclid(60) != entry.time.div_euclid(60))
                }
                _ => true,
            });
            let told = told.map(|(name, one)| {
                let value = show::in_row(context, renderer, reading, &row, name, one)?;
                let said = (!value.is_empty()).then(|| format!("{}: {value}", field(name, context.lang)));
                Ok(said)
            });
            let told = told.collect::<Result<Vec<Option<String>>, Failure>>()?;
            (String::new(), told.into_iter().flatten().collect::<Vec<_>>().join("; "))
        }
    };
    Ok([place, from, to])
}
