//! Finding what a person at a terminal means: an employee, a role, a device, a piece of work.
//!
//! Nothing is chosen by chance. What is named must be the only one that fits; otherwise those that
//! fit are listed.

use halyard_domain::id::DocumentId;
use halyard_domain::normalize::normalize;
use halyard_domain::record::Record as _;
use halyard_domain::records::{Common, Employee, Role};
use halyard_domain::rights::shipped_roles;
use halyard_protocol::envelope::relay_employee;

use super::failure::{Failure, FailureCode};
use crate::relay::PersonName;

/// How many possibilities a message lists.
const LISTED: usize = 8;

/// With fewer letters a slip of the hand would name something.
const LEAST_LETTERS: usize = 4;

/// Somebody or something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The record.
    pub(super) id: DocumentId,
    /// What it is called.
    pub(super) name: String,
    /// True when the record was made by mistake, or is a duplicate of another.
    pub(super) withdrawn: bool,
}

/// Everybody who works here or did.
#[derive(Debug, Clone, Default)]
pub(super) struct People(Vec<Named>);

impl People {
    /// Everybody, from their records.
    pub(super) fn of(records: &[(DocumentId, halyard_domain::reading::Reading)]) -> Self {
        let named = |(id, reading): &(DocumentId, halyard_domain::reading::Reading)| {
            let common = Common::read(reading);
            Named {
                id: *id,
                name: Employee::read(reading).full_name(),
                withdrawn: common.withdrawn.is_some() || common.merged_into.is_some(),
            }
        };
        Self(records.iter().map(named).collect())
    }

    /// Everybody, in the order of their names.
    pub(super) fn everybody(&self) -> Vec<&Named> {
        let mut everybody: Vec<&Named> = self.0.iter().collect();
        everybody.sort_by_key(|person| normalize(&person.name).words);
        everybody
    }

    /// The name of somebody, for a list.
    pub(super) fn name(&self, id: DocumentId) -> String {
        if id == relay_employee() {
            return "the relay".to_owned();
        }
        let known = self.0.iter().find(|person| person.id == id).map(|person| person.name.clone());
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_string())
    }

    /// Somebody who is called exactly so.
    pub(super) fn called(&self, name: &PersonName) -> Option<&Named> {
        let parts = [Some(&name.surname), Some(&name.given_name), name.patronymic.as_ref()];
        let wanted: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let wanted = normalize(&wanted.join(" ")).words;
        self.0.iter().find(|person| normalize(&person.name).words == wanted)
    }

    /// The one employee meant by an id or by whole words of a name. The beginning of a word is no name: who
    /// may be meant is listed, and nobody is chosen.
    pub(super) fn find(&self, asked: &str) -> Result<Named, Failure> {
        if let Ok(id) = asked.parse()
            && let Some(person) = self.0.iter().find(|person| person.id == id)
        {
            return Ok(person.clone());
        }
        let wanted = normalize(asked).words;
        for fits in [all_words, whole_words] {
            match self.that_fit(&wanted, fits).as_slice() {
                [] => {}
                [one] => return Ok((*one).clone()),
                several => return Err(several_fit(asked, several)),
            }
        }
        let alike = self.that_fit(&wanted, beginnings);
        if !alike.is_empty() {
            return Err(only_alike(asked, &alike));
        }
        Err(Failure::new(
            FailureCode::NotFound,
            format!("There is no employee «{asked}»."),
            "Nothing was changed.",
            "Check the spelling, or make a new employee with `sync-server invite --new \"Surname Given Patronymic\" \
             --role ROLE`.",
        ))
    }
}

impl People {
    fn that_fit(&self, wanted: &str, fits: fn(&str, &str) -> bool) -> Vec<&Named> {
        self.0.iter().filter(|person| fits(&normalize(&person.name).words, wanted)).collect()
    }
}

fn all_words(name: &str, wanted: &str) -> bool {
    name == wanted
}

fn whole_words(name: &str, wanted: &str) -> bool {
    !wanted.is_empty() && wanted.split(' ').all(|word| name.split(' ').any(|known| known == word))
}

fn beginnings(name: &str, wanted: &str) -> bool {
    !wanted.is_empty() && wanted.split(' ').all(|word| name.split(' ').any(|known| known.starts_with(word)))
}

fn several_fit(asked: &str, several: &[&Named]) -> Failure {
    Failure::new(
        FailureCode::NotFound,
        format!("«{asked}» can mean several people: {}.", listed(several)),
        "Nothing was changed.",
        "Give more of the name, or the id in brackets.",
    )
}

fn only_alike(asked: &str, alike: &[&Named]) -> Failure {
    Failure::new(
        FailureCode::NotFound,
        format!("Nobody is called «{asked}». Names that begin so: {}.", listed(alike)),
        "Nothing was changed.",
        "Give whole words of the name, or the id in brackets.",
    )
}

fn listed(people: &[&Named]) -> String {
    let mut names: Vec<String> =
        people.iter().take(LISTED).map(|person| format!("{} ({})", person.name, person.id)).collect();
    if people.len() > LISTED {
        names.push(format!("and {} more", people.len() - LISTED));
    }
    names.join("; ")
}

/// The one role meant by its code, such as `technician`, or its name in any language.
pub(super) fn find_role(
    records: &[(DocumentId, halyard_domain::reading::Reading)],
    asked: &str,
) -> Result<DocumentId, Failure> {
    let wanted = normalize(asked).words;
    let shipped = shipped_roles();
    if let Some(role) = shipped.iter().find(|role| role.code == asked.trim().to_lowercase())
        && records.iter().any(|(id, _)| *id == role.id)
    {
        return Ok(role.id);
    }
    let called = |role: &Role| {
        [&role.name, &role.name_en, &role.name_ru]
            .into_iter()
            .flatten()
            .any(|name| normalize(name).words == wanted)
    };
    let found: Vec<DocumentId> =
        records.iter().filter(|(_, reading)| called(&Role::read(reading))).map(|(id, _)| *id).collect();
    if let [one] = found.as_slice() {
        return Ok(*one);
    }
    let names: Vec<String> =
        records.iter().map(|(id, reading)| role_name(*id, &Role::read(reading))).collect();
    let happened = match found.len() {
        0 => format!("There is no role «{asked}»."),
        several => format!("There are {several} roles «{asked}»."),
    };
    Err(Failure::new(
        FailureCode::NotFound,
        happened,
        "Nothing was changed.",
        format!("Give one of these: {}.", names.join(", ")),
    ))
}

fn role_name(id: DocumentId, role: &Role) -> String {
    let shipped =
        shipped_roles().into_iter().find(|shipped| shipped.id == id).map(|shipped| shipped.code.to_owned());
    shipped.or_else(|| role.name.clone()).unwrap_or_else(|| id.to_string())
}

/// What a role is called on a command line.
pub(super) fn role_called(
    records: &[(DocumentId, halyard_domain::reading::Reading)],
    role: DocumentId,
) -> String {
    let known = records.iter().find(|(id, _)| *id == role);
    known.map_or_else(|| role.to_string(), |(id, reading)| role_name(*id, &Role::read(reading)))
}

/// A person's name in the order surname, given name, patronymic.
pub(super) fn person(text: &str) -> Result<PersonName, Failure> {
    let mut words = text.split_whitespace().map(str::to_owned);
    match (words.next(), words.next(), words.collect::<Vec<_>>()) {
        (Some(surname), Some(given_name), rest) => {
            let patronymic = Some(rest.join(" ")).filter(|rest| !rest.is_empty());
            Ok(PersonName { surname, given_name, patronymic })
        }
        _ => Err(Failure::new(
            FailureCode::NotFound,
            format!("«{text}» is not a full name."),
            "Nothing was changed.",
            "Give the surname, the given name and, where there is one, the patronymic: \"Коваль Іван Петрович\".",
        )),
    }
}

/// The only one of `known` that begins as asked, by four letters or more.
pub(super) fn by_beginning<T>(
    what: &str,
    list: &str,
    asked: &str,
    known: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> String,
) -> Result<T, Failure> {
    let asked = asked.trim().to_lowercase();
    if asked.chars().count() < LEAST_LETTERS {
        return Err(Failure::new(
            FailureCode::NotFound,
            format!("«{asked}» is too little to tell which {what} is meant."),
            "Nothing was changed.",
            format!("Give {LEAST_LETTERS} letters or more; `sync-server {list}` shows them."),
        ));
    }
    let mut found: Vec<T> = known.into_iter().filter(|one| name(one).starts_with(&asked)).collect();
    match (found.pop(), found.len()) {
        (Some(one), 0) => Ok(one),
        (None, _) => Err(Failure::new(
            FailureCode::NotFound,
            format!("No {what} begins with «{asked}»."),
            "Nothing was changed.",
            format!("`sync-server {list}` shows what there is."),
        )),
        (Some(_), others) => Err(Failure::new(
            FailureCode::NotFound,
            format!("{} of them begin with «{asked}».", others + 1),
            "Nothing was changed.",
            format!("Give more letters; `sync-server {list}` shows them all."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> People {
        let named = |name: &&str| Named {
            id: DocumentId::made_by_rule(name),
            name: (*name).to_owned(),
            withdrawn: false,
        };
        People(names.iter().map(named).collect())
    }

    #[test]
    fn who_is_meant() {
        let people = people(&["Коваль Іван Петрович", "Коваль Іванна Степанівна", "Ґудзь Марія"]);
        check(&people, "коваль іванна", Some("Коваль Іванна Степанівна"));
        check(&people, "Іван", Some("Коваль Іван Петрович"));
        check(&people, "гудзь", Some("Ґудзь Марія"));
        check(&people, "Мар", None);
        check(&people, "м", None);
        check(&people, "Коваль", None);
        check(&people, "Шевченко", None);
        check(&people, "", None);
    }

    #[track_caller]
    fn check(people: &People, asked: &str, expected: Option<&str>) {
        let found = people.find(asked).ok().map(|person| person.name);
        assert_eq!(found.as_deref(), expected, "{asked}");
    }

    #[test]
    fn the_beginning_of_a_name_chooses_nobody_and_lists_who_may_be_meant() {
        let people = people(&["Коваль Іван Петрович", "Ґудзь Марія"]);
        let said = people.find("м").unwrap_err();
        assert!(
            said.happened.contains("Ґудзь Марія (") && !said.happened.contains("Коваль"),
            "{}",
            said.happened
        );
    }

    #[test]
    fn an_employee_is_found_by_id() {
        let people = people(&["Коваль Іван Петрович"]);
        let id = DocumentId::made_by_rule("Коваль Іван Петрович");
        assert_eq!(people.find(&id.to_string()).unwrap().id, id);
    }

    #[test]
    fn a_full_name_has_two_words_or_three_or_more() {
        assert!(person("Коваль").is_err());
        assert_eq!(person("Коваль  Іван").unwrap().patronymic, None);
        assert_eq!(person("Коваль Іван Петрович").unwrap().patronymic.as_deref(), Some("Петрович"));
        assert_eq!(person("Алієв Руслан Мамед огли").unwrap().patronymic.as_deref(), Some("Мамед огли"));
    }

    #[test]
    fn the_first_letters_are_enough_when_nothing_else_begins_so() {
        let known = ["abcd1", "abce2", "abce3"];
        let find =
            |asked: &str| by_beginning("device", "devices list", asked, known, |one| (*one).to_owned());
        assert_eq!(find("ABCD").unwrap(), "abcd1");
        assert!(find("abcd").is_ok() && find("abc").is_err(), "three letters name nothing");
        assert!(find("abce").unwrap_err().happened.starts_with('2'));
        assert!(find("xxxx").is_err());
        assert!(find("").is_err());
    }
}
