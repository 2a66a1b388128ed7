//! `halyard search`: records of any kind, by words.

use std::io::Write;

use super::{Done, print_json};
use crate::args::Search;
use crate::context::Context;
use crate::table::Table;
use crate::words::{Tell, Worded, headings};

pub(super) fn run(context: &Context, args: &Search, out: &mut impl Write) -> Done {
    let hits = context.device.search(&args.words.join(" "), args.limit)?;
    if context.json {
        return print_json(&hits, out);
    }
    let lang = context.lang;
    if hits.is_empty() {
        return Ok(writeln!(out, "{}", Tell::Nothing.say(lang))?);
    }
    let heads = [headings::KIND, headings::LABEL, headings::TITLE, headings::ID];
    let mut table = Table::new(heads.map(|head| head.in_lang(lang)));
    for hit in hits {
        let title = if hit.title == hit.label { "" } else { &hit.title };
        table.row([hit.kind.say(lang), &hit.label, title, &hit.document.to_string()]);
    }
    Ok(table.write(out)?)
}
