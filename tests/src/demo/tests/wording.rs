//! Every sentence of the company reads as somebody would have written it.

use serde_json::Value;

use super::super::phrases::form_with;
use super::*;

/// Words that are counted: with one (in each case they stand in), with two to four, with more.
const COUNTED: [(&[&str], &str, &str); 14] = [
    (&["день"], "дні", "днів"),
    (&["хвилина", "хвилину"], "хвилини", "хвилин"),
    (&["секунда", "секунду"], "секунди", "секунд"),
    (&["година", "годину"], "години", "годин"),
    (&["місяць"], "місяці", "місяців"),
    (&["рік"], "роки", "років"),
    (&["відсоток"], "відсотки", "відсотків"),
    (&["крапля", "краплю"], "краплі", "крапель"),
    (&["аварія", "аварію"], "аварії", "аварій"),
    (&["перехід"], "переходи", "переходів"),
    (&["акумулятор"], "акумулятори", "акумуляторів"),
    (&["товар"], "товари", "товарів"),
    (&["людина", "людину"], "людини", "людей"),
    (&["тисяча", "тисячу"], "тисячі", "тисяч"),
];
/// Behind these a word stands in another case: one and its genitive, or many.
const OF: [&str; 8] = ["близько", "протягом", "менше", "більше", "до", "від", "після", "понад"];

/// What nobody would have written so.
fn oddities(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare =
        |at: usize| words.get(at).map_or("", |word| word.trim_matches(|one: char| !one.is_alphanumeric()));
    let mut odd = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
        if *word == "№" && number(at + 1).is_some() && number(at + 2).is_some() {
            odd.push(format!("{word} {} {}", bare(at + 1), bare(at + 2)));
        }
        if word.chars().count() > 2 && *word == bare(at + 1) {
            odd.push(format!("{word} {word}"));
        }
        let genitive =
            at.checked_sub(1).is_some_and(|before| OF.contains(&bare(before).to_lowercase().as_str()));
        let (Some(number), false) = (number(at), genitive) else { continue };
        let next = bare(at + 1);
        let wrong = COUNTED.iter().any(|(one, few, many)| {
            let right = [*one, std::slice::from_ref(few), std::slice::from_ref(many)];
            let is_one_of_them = right.iter().any(|forms| forms.contains(&next));
            is_one_of_them && !right[form_with(number)].contains(&next)
        });
        if wrong {
            odd.push(format!("{number} {next}"));
        }
    }
    odd
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn oddities_are_found() {
    assert_eq!(oddities("Відповідь дамо за 1 дні."), ["1 дні"]);
    assert_eq!(oddities("Орієнтовно 5 дні, черга на 21 людей"), ["5 дні", "21 людей"]);
    assert_eq!(oddities("Цех № 2 2"), ["№ 2 2"]);
    assert_eq!(oddities("Насос насос не працює, насос насос."), ["насос насос"]);
    assert_eq!(
        oddities("За 1 день, 22 хвилини, близько 21 краплі, до 24 годин; Цех № 2"),
        Vec::<String>::new()
    );
}

#[test]
fn numbers_go_with_their_words_and_nothing_is_said_twice() {
    for demo in [Demo::new(7, Size::Medium, now()), small(8)] {
        for record in demo.records() {
            let mut said = Vec::new();
            every_intent(&record).for_each(|intent| texts(&serde_json::to_value(intent).unwrap(), &mut said));
            for text in said {
                assert_eq!(oddities(&text), Vec::<String>::new(), "{text}");
            }
        }
    }
}
