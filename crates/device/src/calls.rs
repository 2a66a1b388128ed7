//! Every call a window may make, declared once.
//!
//! `with_calls!` is the list: it hands every line to a macro of the caller's. Here it becomes one
//! function a call (`calls::today(&app, asked)`, what a Tauri command consists of), the dispatch by name
//! that the test bridge uses, and the TypeScript interface `Calls`. A new call is one line in the list.
//!
//! A `local` call answers from this device and runs off the event loop; a `relay` call asks the office and
//! may take as long as the network does.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::screens::ScreenError;

/// Hands the list of calls to `$make!`. Each line: `local` or `relay`, the name, the question, the answer,
/// and the function that answers.
#[macro_export]
macro_rules! with_calls {
    ($make:ident) => {
        $make! {
            local today($crate::screens::today::DayAsked) -> $crate::screens::today::Today
                = $crate::screens::today::today;
            local visit_page($crate::screens::visit::PageOf) -> $crate::screens::visit::VisitPage
                = $crate::screens::visit::visit_page;
            local sync_status($crate::screens::status::Nothing) -> $crate::screens::status::SyncView
                = $crate::screens::status::sync_status;
            local me($crate::screens::status::Nothing) -> $crate::screens::status::Me
                = $crate::screens::status::me;
            local take_visit_step($crate::actions::visit_steps::StepToTake) -> $crate::actions::Done
                = $crate::actions::visit_steps::take_visit_step;
            local undo_visit_step($crate::actions::visit_steps::StepToUndo) -> $crate::actions::Done
                = $crate::actions::visit_steps::undo_visit_step;
            local add_work($crate::actions::visit_facts::WorkToAdd) -> $crate::actions::Done
                = $crate::actions::visit_facts::add_work;
            local correct_work($crate::actions::visit_facts::WorkToCorrect) -> $crate::actions::Done
                = $crate::actions::visit_facts::correct_work;
            local withdraw_row($crate::actions::visit_facts::RowToWithdraw) -> $crate::actions::Done
                = $crate::actions::visit_facts::withdraw_row;
            local answer_checklist($crate::actions::visit_facts::AnswerToGive) -> $crate::actions::Done
                = $crate::actions::visit_facts::answer_checklist;
            local edit_text($crate::actions::visit_facts::TextEdited) -> $crate::actions::Done
                = $crate::actions::visit_facts::edit_text;
            local undo($crate::actions::Done) -> $crate::actions::Done
                = $crate::actions::undo::undo;
            local journal($crate::tables::list::ListQuery) -> $crate::screens::journal::JournalPage
                = $crate::screens::journal::journal;
            local journal_total($crate::tables::list::ListQuery) -> $crate::screens::journal::JournalTotal
                = $crate::screens::journal::journal_total;
            local journal_groups($crate::screens::journal::GroupsAsked)
                -> ::std::vec::Vec<$crate::screens::journal::JournalGroup>
                = $crate::screens::journal::journal_groups;
            local journal_columns($crate::screens::journal::KindAsked)
                -> ::std::vec::Vec<$crate::screens::journal::ColumnView>
                = $crate::screens::journal::journal_columns;
            local card_page($crate::screens::visit::PageOf) -> $crate::screens::card::CardPage
                = $crate::screens::card::card_page;
            local customer_page($crate::screens::visit::PageOf) -> $crate::screens::customer::CustomerPage
                = $crate::screens::customer::customer_page;
            local equipment_page($crate::screens::visit::PageOf) -> $crate::screens::customer::EquipmentPage
                = $crate::screens::customer::equipment_page;
            local complaint_page($crate::screens::visit::PageOf) -> $crate::screens::complaint::ComplaintPage
                = $crate::screens::complaint::complaint_page;
            local timeline($crate::screens::history::RecordAsked)
                -> ::std::vec::Vec<$crate::screens::history::TimelineEntry>
                = $crate::screens::history::timeline;
            local card_history($crate::screens::card_history::CardHistoryAsked)
                -> $crate::screens::card_history::CardHistory
                = $crate::screens::card_history::card_history;
            local not_accepted($crate::screens::status::Nothing)
                -> ::std::vec::Vec<$crate::screens::history::RefusedWork>
                = $crate::screens::history::not_accepted;
            local notices($crate::screens::status::Nothing)
                -> ::std::vec::Vec<$crate::kept_notices::NoticeLine>
                = $crate::kept_notices::notices;
            local notices_seen($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::kept_notices::notices_seen;
            local saved_views($crate::screens::journal::KindAsked)
                -> ::std::vec::Vec<$crate::saved_views::ViewOfJournal>
                = $crate::saved_views::saved_views;
            local keep_view($crate::saved_views::ViewToKeep)
                -> ::std::vec::Vec<$crate::saved_views::ViewOfJournal>
                = $crate::saved_views::keep_view;
            local order_views($crate::saved_views::ViewsToOrder)
                -> ::std::vec::Vec<$crate::saved_views::ViewOfJournal>
                = $crate::saved_views::order_views;
            local forget_view($crate::saved_views::ViewToForget)
                -> ::std::vec::Vec<$crate::saved_views::ViewOfJournal>
                = $crate::saved_views::forget_view;
            local put_away($crate::screens::history::WorkRead)
                -> ::std::vec::Vec<$crate::screens::history::RefusedWork>
                = $crate::screens::history::put_away;
            local put_back($crate::screens::history::WorkRead)
                -> ::std::vec::Vec<$crate::screens::history::RefusedWork>
                = $crate::screens::history::put_back;
            local choices($crate::screens::directory::ChoicesAsked)
                -> ::std::vec::Vec<$crate::screens::directory::PickerChoice>
                = $crate::screens::directory::choices;
            local search($crate::screens::finding::WordsAsked)
                -> ::std::vec::Vec<$crate::screens::finding::Found>
                = $crate::screens::finding::search;
            local open_form($crate::screens::form::FormToOpen) -> $crate::screens::form::FormView
                = $crate::screens::form::open_form;
            local check_form($crate::screens::form::FormToCheck) -> $crate::screens::form::FormChecked
                = $crate::screens::form::check_form;
            local create_record($crate::actions::records::RecordToMake) -> $crate::actions::Done
                = $crate::actions::records::create_record;
            local edit_record($crate::actions::records::RecordToEdit) -> $crate::actions::Done
                = $crate::actions::records::edit_record;
            local edit_records($crate::actions::records::RecordsToEdit) -> $crate::actions::Done
                = $crate::actions::records::edit_records;
            local withdraw_record($crate::actions::withdrawing::RecordToWithdraw) -> $crate::actions::Done
                = $crate::actions::withdrawing::withdraw_record;
            local restore_record($crate::actions::withdrawing::RecordToRestore) -> $crate::actions::Done
                = $crate::actions::withdrawing::restore_record;
            local merge_records($crate::actions::withdrawing::RecordsToMerge) -> $crate::actions::Done
                = $crate::actions::withdrawing::merge_records;
            local assign_visits($crate::actions::planning::VisitsToAssign) -> $crate::actions::Done
                = $crate::actions::planning::assign_visits;
            local move_visits($crate::actions::planning::VisitsToMove) -> $crate::actions::Done
                = $crate::actions::planning::move_visits;
            local decide_conflict($crate::actions::deciding::ConflictToDecide) -> $crate::actions::Done
                = $crate::actions::deciding::decide_conflict;
            local propose($crate::actions::deciding::Wish) -> $crate::actions::Done
                = $crate::actions::deciding::propose;
            local answer_proposal($crate::actions::deciding::WishToAnswer) -> $crate::actions::Done
                = $crate::actions::deciding::answer_proposal;
            local take_complaint_step($crate::actions::complaints::ComplaintStep) -> $crate::actions::Done
                = $crate::actions::complaints::take_complaint_step;
            local take_card_step($crate::actions::complaints::CardStep) -> $crate::actions::Done
                = $crate::actions::complaints::take_card_step;
            local add_photo($crate::actions::files::PhotoToAdd) -> $crate::actions::Done
                = $crate::actions::files::add_photo;
            local photo($crate::actions::files::PhotoAsked)
                -> ::std::option::Option<$crate::actions::files::PhotoContent>
                = $crate::actions::files::photo;
            local keep_draft($crate::actions::files::DraftOfForm) -> $crate::screens::status::Nothing
                = $crate::actions::files::keep_draft;
            local draft($crate::actions::files::FormAsked)
                -> ::std::option::Option<$crate::actions::files::DraftView>
                = $crate::actions::files::draft;
            local drafts($crate::screens::status::Nothing)
                -> ::std::vec::Vec<$crate::actions::files::DraftView>
                = $crate::actions::files::drafts;
            local drop_draft($crate::actions::files::FormAsked) -> $crate::screens::status::Nothing
                = $crate::actions::files::drop_draft;
            local look_at_import($crate::actions::importing::FileToImport)
                -> $crate::actions::importing::ImportLook
                = $crate::actions::importing::look_at_import;
            local import_file($crate::actions::importing::FileToImport)
                -> $crate::actions::importing::Imported
                = $crate::actions::importing::import_file;
            local refused_of_import($crate::actions::importing::FileToImport)
                -> ::std::vec::Vec<$crate::import::refusal::RefusedRow>
                = $crate::actions::importing::refused_of_import;
            local imports($crate::screens::status::Nothing)
                -> ::std::vec::Vec<$crate::actions::importing::ImportView>
                = $crate::actions::importing::imports;
            local undo_import($crate::actions::importing::ImportToUndo)
                -> $crate::actions::importing::ImportUndone
                = $crate::actions::importing::undo_import;
            local desk_queue($crate::screens::status::Nothing) -> $crate::screens::desk::DeskQueue
                = $crate::screens::desk::desk_queue;
            relay review_queue($crate::screens::review::ReviewAsked) -> $crate::screens::review::ReviewPage
                = $crate::screens::review::review_queue;
            relay decide_review($crate::screens::review::ReviewDecision) -> $crate::screens::review::Decided
                = $crate::screens::review::decide_review;
            relay sync_now($crate::screens::status::Nothing) -> $crate::screens::status::SyncView
                = $crate::screens::status::sync_now;
        }
    };
}

macro_rules! answer {
    (local $app:ident $asked:ident $function:path) => {{
        let app = Arc::clone($app);
        off_the_loop(move || $function(&app, &$asked)).await
    }};
    (relay $app:ident $asked:ident $function:path) => {
        $function($app, &$asked).await
    };
}

macro_rules! functions {
    ($($kind:ident $name:ident($question:ty) -> $answer:ty = $function:path;)*) => {
        $(
            #[doc = concat!("Answers the call `", stringify!($name), "`.")]
            ///
            /// # Errors
            /// As the function it stands for.
            pub async fn $name(app: &Arc<App>, asked: $question) -> Result<$answer, ScreenError> {
                answer!($kind app asked $function)
            }
        )*

        /// The names of all calls.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Answers a call by its name, JSON in and out.
        ///
        /// # Errors
        /// When there is no such call, the question cannot be read, or as the call itself.
        pub async fn call(app: &Arc<App>, name: &str, question: Value) -> Result<Value, ScreenError> {
            match name {
                $(stringify!($name) => written(&$name(app, read(question)?).await?),)*
                _ => Err(ScreenError::WrongQuestion { detail: format!("there is no call {name:?}") }),
            }
        }
    };
}

with_calls!(functions);

pub(crate) fn read<T: DeserializeOwned>(question: Value) -> Result<T, ScreenError> {
    serde_json::from_value(question).map_err(|error| ScreenError::WrongQuestion { detail: error.to_string() })
}

pub(crate) fn written<T: Serialize>(answer: &T) -> Result<Value, ScreenError> {
    serde_json::to_value(answer).map_err(|error| ScreenError::Unexpected { detail: error.to_string() })
}

/// Database and document work happens off the event loop.
pub(crate) async fn off_the_loop<T, F>(work: F) -> Result<T, ScreenError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, ScreenError> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ScreenError::Unexpected { detail: error.to_string() })?
}
