//! Conditions say what is meant, or what would be right.

use halyard_device::Named;
use proptest::prelude::*;

use super::super::Links;
use super::*;
use crate::clock::ThisWall;
use crate::words::Lang;

struct Nobody;

impl Links for Nobody {
    fn find(&self, _text: &str, _kind: Kind) -> Parsed<Vec<Named>> {
        Ok(Vec::new())
    }
}

fn read(kind: Kind, text: &str) -> Parsed<Filter> {
    condition(kind, text, Reader { links: &Nobody, wall: &ThisWall, lang: Lang::En })
}

#[track_caller]
fn check(kind: Kind, text: &str, expected: &str) {
    let filter = read(kind, text).unwrap();
    assert_eq!(serde_json::to_string(&filter).unwrap(), expected, "{text}");
}

#[test]
fn conditions_say_what_is_meant() {
    check(
        Kind::Visit,
        "state=new,У роботі",
        r#"{"is":"one_of","column":"state","values":["new","in_progress"]}"#,
    );
    check(Kind::ServiceCard, "priority=", r#"{"is":"is_empty","column":"priority"}"#);
    check(
        Kind::ServiceCard,
        "priority!=low",
        r#"{"is":"not","filter":{"is":"equals","column":"priority","value":"low"}}"#,
    );
    check(Kind::Customer, "name~сонях, і", r#"{"is":"contains","column":"name","text":"сонях, і"}"#);
    check(
        Kind::ServiceCard,
        "percent>=50,5%",
        r#"{"is":"between","column":"percent","from":5050,"to":null}"#,
    );
    check(
        Kind::Complaint,
        "compensation<=100",
        r#"{"is":"between","column":"compensation_minor","from":null,"to":10000}"#,
    );
    check(
        Kind::Visit,
        "customer.name~сонях",
        r#"{"is":"linked","column":"customer","filters":[{"is":"contains","column":"name","text":"сонях"}]}"#,
    );
    check(
        Kind::Visit,
        "works.volume>=2,5",
        r#"{"is":"has_row","field":"works","filters":[{"is":"between","column":"volume","from":"2.5","to":null}]}"#,
    );
}

#[test]
fn what_is_no_condition_is_told() {
    for text in ["", "priority", "priority.x=1", "percent=half", "state=flying", "specialists~a"] {
        assert_eq!(read(Kind::Visit, text).err().map(|failure| failure.exit_code()), Some(2), "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_condition_or_told(text in r#"[a-z_.]{0,12}(=|!=|>=|<=|~|!|)[0-9a-zа-я,;:%\- "]{0,20}"#) {
        for kind in Kind::ALL {
            if let Err(failure) = read(*kind, &text) {
                prop_assert!(!failure.sentence(Lang::Uk).is_empty());
            }
        }
    }
}
