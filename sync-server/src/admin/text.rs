//! Answers of commands for people: what was done, in sentences and aligned columns.

use super::question::{
    AddressOf, Answer, ChangeLine, DecidedLine, DeviceLine, Fault, HandOver, Invitation, PersonLine, Rebuilt,
    Restored, Told, Verified, WorkDetails, WorkLine,
};
use super::table::aligned;

/// How much of a long name is enough to tell things apart in a list.
const SHORT: usize = 13;
const UNKNOWN_CHANGES: &str = "made on a state of the record that is not here: its values cannot be compared";

/// An answer for a terminal.
pub(super) fn of(told: &Told) -> String {
    let answer = answered(&told.answer);
    match told.hand_over {
        Some(hand_over) => format!("{answer}\n\n{}", handing_over(hand_over)),
        None => answer,
    }
}

fn handing_over(hand_over: HandOver) -> String {
    let under_way = "A hand-over is under way: the relay went back to a backup, devices hand over what it lacks and \
                     get nothing.";
    let next = "look at `sync-server restored status`, remove what was removed since the backup (`devices revoke`, \
                `people`), then `sync-server restored confirm`.";
    match hand_over.administrators_devices {
        0 => format!(
            "{under_way} No device of an administrator is active, so nobody brings back who joined and who left since \
             the backup: compare both lists with what you know. Next: {next}"
        ),
        _ => format!("{under_way} Wait until an administrator's device has been here. Next: {next}"),
    }
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Invited(invitation) => invited(invitation),
        Answer::Devices(devices) => list_devices(devices),
        Answer::Revoked(device) => revoked(device),
        Answer::Review(waiting) => list_review(waiting),
        Answer::Work(work) => show_work(work),
        Answer::Decided(receipts) => decided(receipts),
        Answer::People(people) => list_people(people),
        Answer::PersonChanged(person) => changed(person),
        Answer::Rebuilt(report) => rebuilt(report),
        Answer::Verified(report) => verified(report),
        Answer::Restored(state) => restored(state),
        Answer::Watermark(position) => format!(
            "The log is in a verified backup up to entry {position}. Devices learn it when they next ask, and let go \
             of other people's work up to there after 35 days."
        ),
    }
}

fn invited(invitation: &Invitation) -> String {
    let Invitation { code, expires, name, organisation, workspace, relay_key, relay, pin, link, .. } =
        invitation;
    let mut lines = vec![
        format!("Code for {name}: {code}"),
        format!("It works once, until {expires} UTC."),
        String::new(),
        "On the device choose «Join» and enter the relay's address and the code.".to_owned(),
    ];
    match relay {
        Some(relay) => {
            lines.push(format!("Relay         {relay}"));
            lines.extend(whose_address(invitation));
        }
        None => lines.push(
            "The relay speaks plain HTTP, which devices do not: set `address` to what speaks TLS in front of it."
                .to_owned(),
        ),
    }
    lines.extend(pin.iter().map(|pin| format!("Pin           {pin}")));
    lines.push(format!("Organisation  {organisation}"));
    lines.push(format!("Workspace     {workspace}"));
    lines.push(format!("Relay key     {relay_key}"));
    if pin.is_some() {
        lines.push(String::new());
        lines.push(
            "A device that is given address and code without the link may show the pin of what answers: go on only if \
             it is the one above."
                .to_owned(),
        );
    }
    lines.push(String::new());
    lines.push(
        "When the device has joined it shows a fingerprint of six digits: `sync-server devices list` must show the \
         same."
            .to_owned(),
    );
    lines.extend(link.iter().map(|link| {
        format!(
            "\nAll in one:\n{link}\n\nIn a terminal of the device, with the quotation marks (without them it is cut at \
             the first &):\nhalyard enrol \"{link}\" --name \"what this device is called\""
        )
    }));
    lines.join("\n")
}

/// Says where the address is from, where another could be meant.
fn whose_address(invitation: &Invitation) -> Option<String> {
    match (invitation.address_of, &invitation.settings_say) {
        (AddressOf::Settings, _) => Some(
            "              No relay is running: this is the address of the settings. Start it with the same ones, \
             or devices look for it in vain."
                .to_owned(),
        ),
        (AddressOf::RunningRelay, Some(settings)) => Some(format!(
            "              There the relay is running; the settings of this command say {settings}."
        )),
        (AddressOf::RunningRelay, None) => None,
    }
}

fn list_devices(devices: &[DeviceLine]) -> String {
    if devices.is_empty() {
        return "No device has joined yet. Make a code with `sync-server invite`.".to_owned();
    }
    let rows: Vec<_> = devices
        .iter()
        .map(|device| {
            [
                device.device.clone(),
                device.name.clone(),
                device.label.clone(),
                device.fingerprint.clone(),
                device.standing.clone(),
                device.seen.clone().unwrap_or_else(|| "never".to_owned()),
                clock(device.clock_ahead_ms),
                device.behind.to_string(),
            ]
        })
        .collect();
    let heads =
        ["DEVICE", "EMPLOYEE", "MACHINE", "FINGERPRINT", "STANDING", "LAST CONTACT (UTC)", "CLOCK", "BEHIND"];
    let table = aligned(heads, &rows);
    if devices.iter().any(|device| device.clock_ahead_ms.is_some_and(is_remarkable)) {
        return format!(
            "{table}\n\n! A clock that is wrong: + is ahead of the relay, - behind it. Nothing is lost by it, but times \
             entered there are wrong. Set date, time and time zone on the device."
        );
    }
    table
}

/// How far a device's clock is from the relay's.
fn clock(ahead_ms: Option<i64>) -> String {
    let Some(ahead_ms) = ahead_ms else { return "unknown".to_owned() };
    let sign = if ahead_ms < 0 { '-' } else { '+' };
    let minutes = (ahead_ms.unsigned_abs() + 30_000) / 60_000;
    let mark = if is_remarkable(ahead_ms) { " !" } else { "" };
    match minutes {
        0 => "right".to_owned(),
        few @ ..120 => format!("{sign}{few} min{mark}"),
        some @ ..2_880 => format!("{sign}{} h{mark}", some / 60),
        many => format!("{sign}{} d{mark}", many / 1_440),
    }
}

/// A clock that is off by so much makes wrong times in records.
fn is_remarkable(ahead_ms: i64) -> bool {
    ahead_ms.unsigned_abs() >= 5 * 60_000
}

fn revoked(device: &DeviceLine) -> String {
    format!(
        "Removed {} ({}, {}).\n\
         From now on it can only hand over its unsent work, which waits in `sync-server review list`; then it \
         deletes what it holds.",
        device.device, device.name, device.label
    )
}

fn list_people(people: &[PersonLine]) -> String {
    let rows: Vec<_> =
        people.iter().map(|person| [person.employee.clone(), person.name.clone(), rights(person)]).collect();
    aligned(["EMPLOYEE", "NAME", "ROLES"], &rows)
}

fn changed(person: &PersonLine) -> String {
    let PersonLine { name, dismissed, .. } = person;
    if *dismissed {
        return format!(
            "{name} has no rights any more. What {name}'s devices still send waits in `sync-server review list`."
        );
    }
    format!("{name} now holds: {}.", rights(person))
}

fn rights(person: &PersonLine) -> String {
    let held = match (person.dismissed, person.roles.as_slice()) {
        (true, _) => "dismissed".to_owned(),
        (false, []) => "none".to_owned(),
        (false, roles) => roles.join(", "),
    };
    if person.withdrawn { format!("{held} (record withdrawn)") } else { held }
}

fn list_review(waiting: &[WorkLine]) -> String {
    if waiting.is_empty() {
        return "Nothing waits for a decision.".to_owned();
    }
    let rows: Vec<_> = waiting
        .iter()
        .map(|work| {
            [
                shortened(&work.work),
                work.arrived.clone(),
                work.name.clone(),
                work.kind.clone(),
                work.document.clone(),
                work.blocked.to_string(),
                reason(work),
            ]
        })
        .collect();
    let table = aligned(["WORK", "ARRIVED (UTC)", "AUTHOR", "KIND", "RECORD", "BEHIND IT", "REASON"], &rows);
    format!(
        "{table}\n\nWhat one would change: `sync-server review show WORK`. Decide with `sync-server review accept WORK \
         --by EMPLOYEE`, or `decline`."
    )
}

fn reason(work: &WorkLine) -> String {
    match &work.path {
        Some(path) => format!("{} ({path})", work.reason),
        None => work.reason.clone(),
    }
}

fn show_work(work: &WorkDetails) -> String {
    let WorkDetails { line, written, behind, changes } = work;
    let mut lines = vec![
        format!("Work     {}", line.work),
        format!("Author   {} ({})", line.name, line.employee),
        format!("Device   {}", line.device),
        format!("Record   {} {}", line.kind, line.document),
        format!("Signed   {written} UTC by the device's clock"),
        format!("Arrived  {} UTC", line.arrived),
        format!("Waits    {}: {}", line.outcome, reason(line)),
    ];
    lines.extend(behind.iter().map(|hash| format!("Behind   {hash}")));
    let changes = match changes {
        Some(changes) => {
            let rows: Vec<_> = changes.iter().map(change_row).collect();
            aligned(["FIELD", "NOW", "WANTED"], &rows)
        }
        None => UNKNOWN_CHANGES.to_owned(),
    };
    let short = shortened(&line.work);
    format!(
        "{}\n\n{changes}\n\nDecide with `sync-server review accept {short} --by EMPLOYEE`, or `decline`.",
        lines.join("\n")
    )
}

fn change_row(change: &ChangeLine) -> [String; 3] {
    let said = |values: &[String]| values.join(" | ").replace(['\n', '\r'], " ");
    [change.field.clone(), said(&change.now), said(&change.wanted)]
}

fn decided(receipts: &[DecidedLine]) -> String {
    let rows: Vec<_> = receipts
        .iter()
        .map(|line| [shortened(&line.work), line.outcome.clone(), line.reason.clone().unwrap_or_default()])
        .collect();
    format!(
        "{}\n\nThe author's devices learn it when they next ask.",
        aligned(["WORK", "OUTCOME", "REASON"], &rows)
    )
}

fn rebuilt(report: &Rebuilt) -> String {
    let done = format!("Made the office tables again from {} records.", report.records);
    if report.failures.is_empty() {
        return done;
    }
    format!(
        "{done}\nThe rows of {} could not be written; the records themselves are safe.\n\n{}",
        count(report.failures.len(), "record", "records"),
        faults(&report.failures)
    )
}

fn verified(report: &Verified) -> String {
    let Verified { documents, changes, envelopes, entries, position, hash, faults: found } = report;
    let checked = format!(
        "Checked {documents} records with {changes} changes, {envelopes} signed pieces of work and {entries} log entries."
    );
    if found.is_empty() {
        return format!(
            "{checked}\nEverything loads, and the office tables agree with the records.\n\
             The log ends at {position} with the hash {hash}."
        );
    }
    format!("{checked}\nFound {}:\n\n{}", count(found.len(), "fault", "faults"), faults(found))
}

fn restored(state: &Restored) -> String {
    let devices = list_devices(&state.devices);
    let people = list_people(&state.people);
    let numbered = match state.numbered {
        0 => String::new(),
        records => format!(" Records that got a new number, because theirs was lost: {records}."),
    };
    let said = if state.handing_over {
        String::new()
    } else {
        format!("\n\nThe relay gives out as usual.{numbered}")
    };
    format!("{devices}\n\n{people}{said}")
}

fn faults(found: &[Fault]) -> String {
    let rows: Vec<_> = found.iter().map(|fault| [fault.place.clone(), fault.problem.clone()]).collect();
    aligned(["WHERE", "WHAT"], &rows)
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn shortened(name: &str) -> String {
    name.chars().take(SHORT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawn_record_of_an_employee_is_marked() {
        let person = |withdrawn| PersonLine {
            employee: String::new(),
            name: "Коваль Іван".to_owned(),
            roles: vec!["technician".to_owned()],
            dismissed: false,
            withdrawn,
        };
        let [stands, withdrawn] = [false, true].map(person);
        let said = list_people(&[stands, withdrawn]);
        let marked = said.lines().map(|line| line.ends_with("technician (record withdrawn)"));
        assert_eq!(marked.collect::<Vec<_>>(), [false, false, true], "{said}");
    }

    #[test]
    fn a_clock_is_told_with_its_sign_and_marked_when_it_is_wrong() {
        let minute = 60_000;
        for (ahead_ms, said) in [
            (None, "unknown"),
            (Some(0), "right"),
            (Some(3 * minute - 40), "+3 min"),
            (Some(-4 * minute), "-4 min"),
            (Some(5 * minute), "+5 min !"),
            (Some(-119 * minute), "-119 min !"),
            (Some(3 * 60 * minute), "+3 h !"),
            (Some(-365 * 24 * 60 * minute), "-365 d !"),
        ] {
            assert_eq!(clock(ahead_ms), said, "{ahead_ms:?}");
        }
    }
}
