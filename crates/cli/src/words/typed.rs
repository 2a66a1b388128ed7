//! What is wrong with a command line before any command sees it, in the reader's language.
//!
//! Which mistakes there are is the parser's business; help texts are English, because they are made from
//! the declarations of the arguments.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Lang;
use super::catalogue::catalogue;

catalogue! {
    /// A mistake the parser found.
    Typed<'a>
    Unknown { arg: &'a str } =>
        "Параметра «{arg}» тут немає.",
        "There is no \"{arg}\" here.",
        "Параметра «{arg}» здесь нет.";
    UnknownCommand { name: &'a str } =>
        "Команди «{name}» немає.",
        "There is no command \"{name}\".",
        "Команды «{name}» нет.";
    Missing { names: &'a str } =>
        "Бракує: {names}.",
        "Missing: {names}.",
        "Не хватает: {names}.";
    NoCommand => "Бракує команди.", "A command is missing.", "Не хватает команды.";
    NoValue { arg: &'a str } =>
        "Після {arg} бракує значення.",
        "A value is missing after {arg}.",
        "После {arg} не хватает значения.";
    BadValue { arg: &'a str, value: &'a str } =>
        "«{value}» не підходить до {arg}.",
        "\"{value}\" does not fit {arg}.",
        "«{value}» не подходит к {arg}.";
    Clash { arg: &'a str, other: &'a str } =>
        "{arg} не можна разом із {other}.",
        "{arg} cannot stand together with {other}.",
        "{arg} нельзя вместе с {other}.";
    Twice { arg: &'a str } =>
        "{arg} сказано двічі або значень забагато чи замало.",
        "{arg} was said twice, or it has too many or too few values.",
        "{arg} сказано дважды, или значений слишком много или мало.";
    Unreadable =>
        "Командний рядок не вдалося прочитати.",
        "The command line cannot be read.",
        "Командную строку не удалось прочитать.";
    Possible { known: &'a str } => "Можливо: {known}.", "Possible: {known}.", "Возможно: {known}.";
    Meant { what: &'a str } => "Може, малося на увазі: {what}?", "Did you mean {what}?", "Может, имелось в виду: {what}?";
    Help { usage: &'a str } =>
        "Нічого не змінено. Правильно: {usage}. Докладно: --help.",
        "Nothing was changed. Right is: {usage}. More: --help.",
        "Ничего не изменено. Правильно: {usage}. Подробно: --help.";
}

/// The mistake, what would be right and where to read more.
pub(crate) fn mistyped(error: &clap::Error, lang: Lang) -> String {
    let of = |kind| said(error, kind);
    let arg = of(ContextKind::InvalidArg);
    let mut sentences = vec![mistake(error, &arg, lang)];
    let known = of(ContextKind::ValidValue);
    if !known.is_empty() {
        sentences.push(Typed::Possible { known: &known }.say(lang));
    }
    let hints = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(what) = hints.into_iter().map(of).find(|hint| !hint.is_empty()) {
        sentences.push(Typed::Meant { what: &what }.say(lang));
    }
    let usage = of(ContextKind::Usage);
    let usage = usage.trim().trim_start_matches("Usage:").split_whitespace().collect::<Vec<_>>().join(" ");
    let usage = if usage.is_empty() { "halyard [OPTIONS] <COMMAND>".to_owned() } else { usage };
    sentences.push(Typed::Help { usage: &usage }.say(lang));
    sentences.join(" ")
}

fn mistake(error: &clap::Error, arg: &str, lang: Lang) -> String {
    let value = said(error, ContextKind::InvalidValue);
    let other = said(error, ContextKind::PriorArg);
    let name = said(error, ContextKind::InvalidSubcommand);
    match error.kind() {
        ErrorKind::UnknownArgument => Typed::Unknown { arg },
        ErrorKind::InvalidSubcommand => Typed::UnknownCommand { name: &name },
        ErrorKind::MissingRequiredArgument => Typed::Missing { names: arg },
        ErrorKind::MissingSubcommand => Typed::NoCommand,
        ErrorKind::InvalidValue if value.is_empty() => Typed::NoValue { arg },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Typed::BadValue { arg, value: &value },
        ErrorKind::ArgumentConflict if !other.is_empty() => Typed::Clash { arg, other: &other },
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::ArgumentConflict => Typed::Twice { arg },
        _ => Typed::Unreadable,
    }
    .say(lang)
}

/// What the parser says of a mistake; empty when it says nothing.
fn said(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}
