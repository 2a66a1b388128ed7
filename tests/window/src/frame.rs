//! The window as the display has it: whether it is seen, and its frame's cross.

use anyhow::Context;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window as Id,
};
use x11rb::rust_connection::RustConnection;

use crate::Desktop;

const TITLE: &[u8] = b"Halyard";

/// Presses the cross of the window's frame.
///
/// # Errors
/// When no window is seen.
pub fn press_cross(desktop: &Desktop) -> anyhow::Result<()> {
    let (display, root) = connected(desktop)?;
    let window = *shown(&display, root)?.first().context("no window is seen")?;
    let atom = |name: &[u8]| -> anyhow::Result<Atom> { Ok(display.intern_atom(false, name)?.reply()?.atom) };
    let asked = [atom(b"WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
    let event = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, asked);
    display.send_event(false, window, EventMask::NO_EVENT, event)?.check()?;
    Ok(())
}

/// How many windows are seen.
///
/// # Errors
/// When the display does not answer.
pub fn seen(desktop: &Desktop) -> anyhow::Result<usize> {
    let (display, root) = connected(desktop)?;
    Ok(shown(&display, root)?.len())
}

fn connected(desktop: &Desktop) -> anyhow::Result<(RustConnection, Id)> {
    let (display, screen) = x11rb::connect(Some(desktop.display())).context("the display is not there")?;
    let root = display.setup().roots.get(screen).context("the display has no screen")?.root;
    Ok((display, root))
}

/// The windows that are seen. Without a window manager they lie on the root itself.
fn shown(display: &RustConnection, root: Id) -> anyhow::Result<Vec<Id>> {
    let mut shown = Vec::new();
    for window in display.query_tree(root)?.reply()?.children {
        let title = display.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?;
        let attributes = display.get_window_attributes(window)?;
        // One may go while they are looked at.
        let (Ok(title), Ok(attributes)) = (title.reply(), attributes.reply()) else { continue };
        if title.value == TITLE && attributes.map_state == MapState::VIEWABLE {
            shown.push(window);
        }
    }
    Ok(shown)
}
