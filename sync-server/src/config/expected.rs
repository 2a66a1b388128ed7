//! What belongs at a setting, in the words of the person who sets it.

use figment::error::Actual;
use serde_json::Value;

use super::Config;

/// What a value at this key has to be. The default says it, where it is no text with a form of its own.
pub(super) fn at(key: &str) -> String {
    match key {
        "listen" => return "an address and a port such as \"0.0.0.0:7420\"".to_owned(),
        "address" => return "an address such as \"https://relay.example:7420\"".to_owned(),
        "log.format" => return "\"text\" or \"json\"".to_owned(),
        "tls.mode" => return "\"auto\" or \"own\" or \"off\"".to_owned(),
        _ => {}
    }
    let defaults = Config::default();
    if let Some((_, _, range)) = defaults.limits.ranged().into_iter().find(|(of, ..)| *of == key) {
        return format!("a whole number from {} to {}", range.start(), range.end());
    }
    let defaults = serde_json::to_value(defaults).unwrap_or_default();
    // A place in a list is told as the list.
    let default = key.split('.').try_fold(&defaults, |value, part| match value {
        Value::Array(_) => Some(value),
        _ => value.get(part),
    });
    match default {
        Some(Value::Number(_)) => "a whole number".to_owned(),
        Some(Value::Bool(_)) => "true or false".to_owned(),
        Some(Value::Array(_)) => "a list such as [\"one\", \"two\"]".to_owned(),
        Some(Value::Object(_)) => format!("a group of settings, begun by a line [{key}]"),
        Some(Value::String(_) | Value::Null) | None => "text in quotation marks".to_owned(),
    }
}

/// What stands there instead.
pub(super) fn found(actual: &Actual) -> String {
    match actual {
        Actual::Bool(yes) => yes.to_string(),
        Actual::Unsigned(number) => number.to_string(),
        Actual::Signed(number) => number.to_string(),
        Actual::Float(number) => number.to_string(),
        Actual::Char(letter) => format!("the text \"{letter}\""),
        Actual::Str(text) => format!("the text \"{text}\""),
        Actual::Seq => "a list".to_owned(),
        Actual::Map | Actual::Enum => "a group of settings".to_owned(),
        Actual::Bytes(_)
        | Actual::Unit
        | Actual::Option
        | Actual::NewtypeStruct
        | Actual::UnitVariant
        | Actual::NewtypeVariant
        | Actual::TupleVariant
        | Actual::StructVariant
        | Actual::Other(_) => "something else".to_owned(),
    }
}
