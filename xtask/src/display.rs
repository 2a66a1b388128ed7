//! Whether a window could be seen here: a display is named, and something answers where it says.
//!
//! A session that has ended leaves the name of its display behind in terminals, containers and services. Whether
//! the display then lets a window in is the window's own to find out.

use std::env;
use std::ffi::OsString;

/// Where windows could be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Display {
    /// There is a display.
    Answers,
    /// None is named.
    Unnamed,
    /// Those named, as `DISPLAY=:0`, and nothing answers at any of them.
    Dead(String),
}

impl Display {
    /// Of this machine. Other systems than Linux have a display whenever somebody works there.
    pub(crate) fn here() -> Self {
        if cfg!(target_os = "linux") { Self::looked_for(|name| env::var_os(name)) } else { Self::Answers }
    }

    fn looked_for(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let named = |name| variable(name).filter(|value| !value.is_empty());
        let (wayland, x) = (named("WAYLAND_DISPLAY"), named("DISPLAY"));
        let wayland_answers =
            wayland.as_ref().is_some_and(|name| sockets::wayland(name, named("XDG_RUNTIME_DIR")));
        if wayland_answers || x.as_ref().and_then(|name| name.to_str()).is_some_and(sockets::x) {
            return Self::Answers;
        }
        let all = [("WAYLAND_DISPLAY", wayland), ("DISPLAY", x)].into_iter();
        let all: Vec<_> =
            all.filter_map(|(name, value)| Some(format!("{name}={}", value?.display()))).collect();
        if all.is_empty() { Self::Unnamed } else { Self::Dead(all.join(", ")) }
    }
}

#[cfg(target_os = "linux")]
mod sockets {
    use std::ffi::{OsStr, OsString};
    use std::net::{TcpStream, ToSocketAddrs as _};
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::net::{SocketAddr, UnixStream};
    use std::path::PathBuf;
    use std::time::Duration;

    /// The longest a display on another machine may take to answer.
    const PATIENCE: Duration = Duration::from_secs(3);
    /// Display 0 of X over the network; the others follow.
    const FIRST_PORT: u16 = 6000;

    /// Whether a Wayland display of this name answers: a path, or a name in the session's folder.
    pub(super) fn wayland(name: &OsStr, folder: Option<OsString>) -> bool {
        // An absolute name takes the folder's place.
        let socket = PathBuf::from(folder.unwrap_or_default()).join(name);
        socket.is_absolute() && UnixStream::connect(socket).is_ok()
    }

    /// Whether an X display of this name answers: `:0`, `unix:0.0`, `localhost:10.0`.
    pub(super) fn x(name: &str) -> bool {
        let Some((machine, display)) = name.rsplit_once(':') else { return false };
        let number = display.split_once('.').map_or(display, |(number, _)| number);
        let Ok(number) = number.parse() else { return false };
        match machine.split_once('/').unwrap_or((machine, machine)) {
            ("" | "unix", _) => x_here(number),
            (_, machine) => x_over_network(machine, number),
        }
    }

    fn x_here(number: u16) -> bool {
        let path = format!("/tmp/.X11-unix/X{number}");
        let abstract_name = SocketAddr::from_abstract_name(&path);
        abstract_name.is_ok_and(|name| UnixStream::connect_addr(&name).is_ok())
            || UnixStream::connect(path).is_ok()
    }

    fn x_over_network(machine: &str, number: u16) -> bool {
        let Some(port) = FIRST_PORT.checked_add(number) else { return false };
        let Ok(addresses) = (machine, port).to_socket_addrs() else { return false };
        addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
    }
}

#[cfg(not(target_os = "linux"))]
mod sockets {
    use std::ffi::{OsStr, OsString};

    pub(super) fn wayland(_name: &OsStr, _folder: Option<OsString>) -> bool {
        true
    }

    pub(super) fn x(_name: &str) -> bool {
        true
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpListener;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn look(variables: &[(&str, &str)]) -> Display {
        Display::looked_for(|wanted| {
            variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.into())
        })
    }

    fn dead(names: &str) -> Display {
        Display::Dead(names.to_owned())
    }

    #[test]
    fn a_display_that_nobody_named_is_none_and_one_that_is_gone_is_told_by_its_name() {
        assert_eq!(look(&[]), Display::Unnamed);
        assert_eq!(look(&[("DISPLAY", ""), ("XDG_RUNTIME_DIR", "/run")]), Display::Unnamed);
        for gone in [":59876", "unix:59876.0", "unix/here:59876", ":99999", ":", "here", "127.0.0.1:59876"] {
            assert_eq!(look(&[("DISPLAY", gone)]), dead(&format!("DISPLAY={gone}")), "{gone}");
        }
        let both = look(&[("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":59876")]);
        assert_eq!(both, dead("WAYLAND_DISPLAY=wayland-0, DISPLAY=:59876"));
    }

    #[test]
    fn a_display_is_there_as_long_as_somebody_listens() {
        let run = tempfile::tempdir().unwrap();
        let folder = run.path().to_str().unwrap();
        let wayland = [("XDG_RUNTIME_DIR", folder), ("WAYLAND_DISPLAY", "wayland-7"), ("DISPLAY", ":59876")];
        let listening = UnixListener::bind(run.path().join("wayland-7")).unwrap();
        assert_eq!(look(&wayland), Display::Answers);
        drop(listening);
        assert_ne!(look(&wayland), Display::Answers);

        let (listening, number) = (0..500)
            .find_map(|number| Some((TcpListener::bind(("127.0.0.1", 6100 + number)).ok()?, 100 + number)))
            .unwrap();
        let far = format!("127.0.0.1:{number}.0");
        assert_eq!(look(&[("DISPLAY", &far)]), Display::Answers);
        drop(listening);
        assert_eq!(look(&[("DISPLAY", &far)]), dead(&format!("DISPLAY={far}")));
    }
}
