//! Why an edit is not saved as it stands, in a person's words.

use halyard_device::domain::rules::Missing;
use halyard_device::domain::saving::{Objection, Why};
use halyard_device::domain::written::Miswritten;

use super::catalogue::catalogue;
use super::failures::place;
use super::seen::Seen;
use super::{Lang, Worded, Words, words};

const OR: Words = words(" або ", " or ", " или ");

catalogue! {
    /// What speaks against an edit.
    Objects<'a>
    NothingSaved { why: &'a str } =>
        "Нічого не збережено. {why}",
        "Nothing was saved. {why}",
        "Ничего не сохранено. {why}";
    At { place: &'a str, why: &'a str } => "«{place}»: {why}.", "\"{place}\": {why}.", "«{place}»: {why}.";
    Negative => "не може бути менше нуля", "cannot be less than zero", "не может быть меньше нуля";
    NotPositive => "має бути більше нуля", "must be more than zero", "должно быть больше нуля";
    AboveHundred => "не може бути понад 100 %", "cannot be above 100%", "не может быть больше 100 %";
    TooLarge { most: u32 } =>
        "таке велике число тут неможливе, найбільше {most}; перевірте, чи не зайві цифри",
        "so large a number is not possible here, {most} at most; check for digits too many",
        "такое большое число здесь невозможно, наибольшее {most}; проверьте, нет ли лишних цифр";
    NotARepetition =>
        "це не правило повторення; приклад: FREQ=MONTHLY;BYMONTHDAY=15",
        "this is not a rule of repetition; an example: FREQ=MONTHLY;BYMONTHDAY=15",
        "это не правило повторения; пример: FREQ=MONTHLY;BYMONTHDAY=15";
    EndsBeforeStart =>
        "кінець раніший за початок",
        "the end is before the beginning",
        "конец раньше начала";
    BoundsCrossed =>
        "найбільше значення менше за найменше; виправте одне з них",
        "the greatest value is below the least; correct one of them",
        "наибольшее значение меньше наименьшего; исправьте одно из них";
    MergedInCircle =>
        "запис не може бути дублікатом самого себе, навіть через інші записи; вкажіть запис, який лишається",
        "a record cannot be a duplicate of itself, not even by way of others; name the record that stays",
        "запись не может быть дубликатом самой себя, даже через другие записи; укажите запись, которая остаётся";
    MergedIntoWithdrawn { id: &'a str } =>
        "той запис відкликано: halyard show {id}. Вкажіть запис, який лишається, або спершу поверніть той",
        "that record is withdrawn: halyard show {id}. Name a record that stays, or bring that one back first",
        "та запись отозвана: halyard show {id}. Укажите запись, которая остаётся, или сначала верните ту";
    InFuture =>
        "цей час ще не настав; вкажіть, коли це було насправді (майбутнє вносять у план)",
        "this time is still to come; say when it really was (what lies ahead belongs into the plan)",
        "это время ещё не наступило; укажите, когда это было на самом деле (будущее вносят в план)";
    NoChoices =>
        "додайте варіанти, з яких вибирають",
        "add the choices to choose from",
        "добавьте варианты, из которых выбирают";
    AnswerUnfit =>
        "така відповідь до цього пункту не підходить; чек-лист показує, якою вона може бути",
        "this is no answer to this item; the checklist says what one looks like",
        "такой ответ к этому пункту не подходит; чек-лист показывает, каким он может быть";
    Nameless =>
        "запис треба якось назвати: вкажіть назву чи прізвище, для об'єкта досить моделі, виробника чи серійного номера",
        "the record needs a name: give a name or surname; a model, maker or serial number is enough for an object",
        "запись нужно как-то назвать: укажите название или фамилию, для объекта достаточно модели, производителя или серийного номера";
    AdministratorKeeps =>
        "роль адміністратора не втрачає прав на адміністрування й персонал: інакше нікому було б давати права",
        "the administrator's role keeps its rights to administration and staff: or nobody could give rights",
        "роль администратора не теряет прав на администрирование и персонал: иначе некому было бы давать права";
    AboutNothing =>
        "вкажіть, кого або чого це стосується: контрагента, об'єкт чи картку",
        "say whom or what this is about: a customer, an object or a card",
        "укажите, кого или чего это касается: контрагента, объект или карточку";
    CodeTaken { id: &'a str } =>
        "такий код уже має інший контрагент: halyard show {id}. Доповніть його",
        "another customer has this code already: halyard show {id}. Complete that one",
        "такой код уже есть у другого контрагента: halyard show {id}. Дополните его";
    AlreadyAnswered =>
        "на пропозицію вже відповіли, і ця відповідь лишається; якщо потрібне інше значення, змініть саме поле",
        "the proposal was answered already, and that answer stays; for another value edit the field itself",
        "на предложение уже ответили, и этот ответ остаётся; если нужно другое значение, измените само поле";
    ReasonMissing => "вкажіть причину", "give a reason", "укажите причину";
    DoesNotFollow { act: &'a str, state: &'a str } =>
        "крок «{act}» тут неможливий, бо стан зараз «{state}»",
        "the step \"{act}\" is not possible here: the state is \"{state}\"",
        "шаг «{act}» здесь невозможен: состояние сейчас «{state}»";
    NotBegun { act: &'a str } =>
        "крок «{act}» можливий після початку роботи. Спершу внесіть подію «роботу розпочато» з її часом",
        "the step \"{act}\" comes after the work was begun. First enter the event \"work started\" with its time",
        "шаг «{act}» возможен после начала работы. Сначала внесите событие «работа начата» с её временем";
    NotClosable { missing: &'a str } =>
        "закрити ще не можна. Бракує: {missing}",
        "it cannot be closed yet. Missing: {missing}",
        "закрыть ещё нельзя. Не хватает: {missing}";
    Unanswered { count: usize } =>
        "у чек-листі немає відповіді на обов'язкові пункти ({count}). Дайте їх або завершіть виїзд частково, з причиною",
        "the checklist has required items without an answer ({count}). Answer them, or complete the visit partly, with a reason",
        "в чек-листе нет ответа на обязательные пункты ({count}). Дайте их или завершите выезд частично, с причиной";
}

/// Everything that speaks against an edit.
pub(super) fn objections(all: &[Objection], lang: Lang) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|one| {
            let (place, why) = (place(&one.path, lang), why(&one.why, lang));
            Objects::At { place: &place, why: &why }.say(lang)
        })
        .collect();
    Objects::NothingSaved { why: &each.join(" ") }.say(lang)
}

fn why(why: &Why, lang: Lang) -> String {
    match why {
        Why::Miswritten(wrong) => return miswritten(wrong, lang),
        Why::Negative => Objects::Negative,
        Why::NotPositive => Objects::NotPositive,
        Why::AboveHundred => Objects::AboveHundred,
        Why::TooLarge { most } => Objects::TooLarge { most: *most },
        Why::NotARepetition { .. } => Objects::NotARepetition,
        Why::EndsBeforeStart => Objects::EndsBeforeStart,
        Why::BoundsCrossed => Objects::BoundsCrossed,
        Why::MergedInCircle => Objects::MergedInCircle,
        Why::MergedIntoWithdrawn { into } => {
            return Objects::MergedIntoWithdrawn { id: &into.to_string() }.say(lang);
        }
        Why::InFuture => Objects::InFuture,
        Why::NoChoices => Objects::NoChoices,
        Why::AnswerUnfit => Objects::AnswerUnfit,
        Why::Nameless => Objects::Nameless,
        Why::AdministratorKeeps => Objects::AdministratorKeeps,
        Why::AboutNothing => Objects::AboutNothing,
        Why::CodeTaken { by } => return Objects::CodeTaken { id: &by.to_string() }.say(lang),
        Why::AlreadyAnswered { .. } => Objects::AlreadyAnswered,
        Why::ReasonMissing => Objects::ReasonMissing,
        Why::VisitStep { act, state } => {
            Objects::DoesNotFollow { act: act.say(lang), state: state.say(lang) }
        }
        Why::CardStep { act, state } => Objects::DoesNotFollow { act: act.say(lang), state: state.say(lang) },
        Why::ComplaintStep { act, state } => {
            Objects::DoesNotFollow { act: act.say(lang), state: state.say(lang) }
        }
        Why::NotBegun { act } => Objects::NotBegun { act: act.say(lang) },
        Why::NotClosable { missing } => return not_closable(missing, lang),
        Why::Unanswered { items } => Objects::Unanswered { count: items.len() },
    }
    .say(lang)
}

fn not_closable(missing: &[Missing], lang: Lang) -> String {
    let missing: Vec<&str> = missing.iter().map(|one| one.say(lang)).collect();
    Objects::NotClosable { missing: &missing.join(", ") }.say(lang)
}

/// What is wrong with a code, a phone or an address.
pub(super) fn miswritten(wrong: &Miswritten, lang: Lang) -> String {
    match wrong {
        Miswritten::WrongLength { found, expected } => {
            let either = expected.replace(" or ", OR.in_lang(lang));
            return Seen::RowWrongLength { found: *found, expected: &either }.say(lang);
        }
        Miswritten::NotDigits => Seen::RowNotDigits,
        Miswritten::ControlDigit => Seen::RowControlDigit,
        Miswritten::NotAnIban => Seen::RowNotAnIban,
        Miswritten::NotAPhone { text } => Seen::RowNotAPhone { text },
        Miswritten::NotAnEmail { text } => Seen::RowNotAnEmail { text },
    }
    .say(lang)
}
