//! The commands the page may give. The device library lists its calls once; each becomes a command of the
//! same name, one line long. Beside them there is what only a desktop has ([`desk`]).

mod desk;

use std::sync::Arc;

use halyard_device::calls;
use halyard_device::life::Life;
use halyard_device::screens::ScreenError;
use halyard_device::{with_calls, with_life_calls};
use tauri::State;
use tauri::ipc::Invoke;

/// Every command there is.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    let (of_the_app, of_the_life) = (of_the_app::handler(), of_the_life::handler());
    move |invoke| {
        let of_app = calls::NAMES.contains(&invoke.message.command());
        if of_app { of_the_app(invoke) } else { of_the_life(invoke) }
    }
}

/// What a command answers.
type Answer<T> = Result<T, ScreenError>;

macro_rules! commands_of_the_life {
    ($(life $name:ident($question:ty) -> $answer:ty = $function:path;)*) => {
        mod of_the_life {
            use super::{Answer, Arc, Life, State};

            $(
                #[tauri::command]
                pub(super) async fn $name(life: State<'_, Arc<Life>>, asked: $question) -> Answer<$answer> {
                    $function(&life, asked).await
                }
            )*

            /// Handles these commands and those of the desktop.
            pub(super) fn handler() -> impl Fn(super::Invoke) -> bool + Send + Sync + 'static {
                tauri::generate_handler![
                    $($name,)*
                    super::desk::take_link, super::desk::open_link, super::desk::speak, super::desk::keep_file
                ]
            }
        }
    };
}

macro_rules! commands_of_the_app {
    ($($kind:ident $name:ident($question:ty) -> $answer:ty = $function:path;)*) => {
        mod of_the_app {
            use super::{Answer, Arc, Life, State, calls};

            $(
                #[tauri::command]
                pub(super) async fn $name(life: State<'_, Arc<Life>>, asked: $question) -> Answer<$answer> {
                    calls::$name(&life.app()?, asked).await
                }
            )*

            /// Handles the commands of the app.
            pub(super) fn handler() -> impl Fn(super::Invoke) -> bool + Send + Sync + 'static {
                tauri::generate_handler![$($name),*]
            }
        }
    };
}

with_life_calls!(commands_of_the_life);
with_calls!(commands_of_the_app);
