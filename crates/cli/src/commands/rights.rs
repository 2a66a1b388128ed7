//! `halyard rights`: what the employee of this device may see and do.

use std::io::Write;

use halyard_device::domain::kind::Kind;
use halyard_device::domain::rights::may_create;
use serde_json::{Value, json};

use super::{Done, print_json};
use crate::context::Context;
use crate::table::{Table, pairs};
use crate::words::{Tell, Worded, headings};

pub(super) fn run(context: &Context, out: &mut impl Write) -> Done {
    let lang = context.lang;
    let employee = context.device.employee()?;
    let Some(access) = context.device.access()? else {
        if context.json {
            return print_json(&json!({ "employee": employee, "known": false }), out);
        }
        return Ok(writeln!(out, "{}", Tell::RightsUnknown.say(lang))?);
    };
    let roles = context.device.me()?.map(|me| me.roles).unwrap_or_default();
    let makes: Vec<Kind> =
        Kind::ALL.iter().copied().filter(|kind| may_create(&access, *kind).is_ok()).collect();
    if context.json {
        let sections: serde_json::Map<String, Value> = access
            .sections()
            .iter()
            .map(|(section, rights)| (section.name().to_owned(), json!(rights)))
            .collect();
        let abilities: Vec<&str> = access.abilities().iter().map(|ability| ability.name()).collect();
        return print_json(
            &json!({
                "employee": employee,
                "known": true,
                "roles": roles,
                "sections": sections,
                "makes": makes,
                "abilities": abilities,
            }),
            out,
        );
    }
    let renderer = context.renderer();
    let roles: Vec<String> = roles.into_iter().map(|role| renderer.name(role)).collect::<Result<_, _>>()?;
    let lines = [(headings::EMPLOYEE, renderer.name(employee)?), (headings::ROLES, roles.join(", "))];
    pairs(out, lines.map(|(name, value)| (name.in_lang(lang), value)))?;
    writeln!(out)?;
    let heads = [headings::SECTION, headings::READS, headings::WRITES];
    let mut table = Table::new(heads.map(|head| head.in_lang(lang)));
    for (section, rights) in access.sections() {
        let writes: Vec<&str> = rights.write.iter().map(|group| group.say(lang)).collect();
        table.row([section.say(lang), rights.reach.say(lang), &writes.join(", ")]);
    }
    table.write(out)?;
    let makes: Vec<&str> = makes.iter().map(|kind| kind.say(lang)).collect();
    if !makes.is_empty() {
        writeln!(out, "\n{}: {}", headings::MAKES.in_lang(lang), makes.join(", "))?;
    }
    let abilities: Vec<&str> = access.abilities().iter().map(|ability| ability.say(lang)).collect();
    if !abilities.is_empty() {
        writeln!(out, "{}: {}", headings::MAY.in_lang(lang), abilities.join(", "))?;
    }
    Ok(())
}
