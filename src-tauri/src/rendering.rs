//! How the page is drawn where there is no graphics card.
//!
//! WebKitGTK composes pages by OpenGL whatever the machine, and where no card does that, a slow imitation on the
//! processor does it. Drawing without OpenGL is then several times faster (docs/adr/0021). WebKit knows only the
//! environment it was started in, so the program starts itself once more with what it needs there.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// What WebKit is told by.
const WITHOUT_OPENGL: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
/// Where the kernel shows what can draw.
const CARDS: &str = "/dev/dri";
/// How what draws without a screen is called there: every card that programs may use has it.
const DRAWS: &[u8] = b"renderD";

/// Goes on without OpenGL where no card does it, unless somebody said how to draw.
pub(crate) fn suit_this_machine() {
    if std::env::var_os(WITHOUT_OPENGL).is_some() || draws(Path::new(CARDS)) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // The same process goes on; it comes back from here only when that could not be.
    let mut again = Command::new(program);
    let error = again.args(std::env::args_os().skip(1)).env(WITHOUT_OPENGL, "1").exec();
    tracing::warn!(%error, "the page is drawn by a slow OpenGL");
}

/// Whether something in the folder draws. What cannot be looked into is taken to.
fn draws(cards: &Path) -> bool {
    match fs::read_dir(cards) {
        Ok(entries) => entries.flatten().any(|entry| is_a_drawer(&entry.file_name())),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

fn is_a_drawer(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(DRAWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_programs_may_draw_with_counts() {
        let cards = tempfile::tempdir().unwrap();
        assert!(!draws(&cards.path().join("none")));
        assert!(!draws(cards.path()));
        fs::write(cards.path().join("card0"), []).unwrap();
        assert!(!draws(cards.path()));
        fs::write(cards.path().join("renderD128"), []).unwrap();
        assert!(draws(cards.path()));
        assert!(draws(&cards.path().join("card0")), "a file is not a folder without a card");
    }
}
