//! A program together with everything it started, as far as the operating system can say.
//!
//! On Unix this is a process group. Elsewhere only the console itself tells a whole group of programs to
//! stop, and it does so without us: there a group is asked nothing and counts as gone with its first program.

use std::process::{Child, Command};

/// How a group is told to end: each refusal makes it firmer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    Please,
    Firmly,
    AtOnce,
}

impl Urgency {
    #[cfg(unix)]
    const fn next(self) -> Self {
        match self {
            Self::Please => Self::Firmly,
            Self::Firmly | Self::AtOnce => Self::AtOnce,
        }
    }
}

#[cfg(unix)]
mod system {
    use std::os::unix::process::CommandExt as _;

    use rustix::process::{Pid, Signal, WaitOptions, kill_process_group, waitpgid};

    use super::{Child, Command, Urgency};

    /// The process group a child leads.
    #[derive(Clone, Copy)]
    pub(in crate::process) struct Group(Pid);

    impl Group {
        pub(in crate::process) fn of(leader: &Child) -> Self {
            Self(Pid::from_child(leader))
        }

        /// Signals the group and says how to ask the next time.
        pub(in crate::process) fn ask_to_end(self, urgency: Urgency) -> Urgency {
            let signal = match urgency {
                Urgency::Please => Signal::INT,
                Urgency::Firmly => Signal::TERM,
                Urgency::AtOnce => Signal::KILL,
            };
            // Fails only when the group is gone, which is what was wanted.
            let _ = kill_process_group(self.0, signal);
            urgency.next()
        }

        /// Waits for the adopted rest of the group, after its leader has ended.
        pub(in crate::process) fn wait_until_gone(self) {
            while waitpgid(self.0, WaitOptions::empty()).is_ok() {}
        }
    }

    pub(in crate::process) fn own_group(command: &mut Command) {
        command.process_group(0);
    }

    pub(in crate::process) fn adopt_orphans() {
        // Where the kernel refuses, orphans go to the first process of the system and are not waited for.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Child, Command, Urgency};

    /// The console's own group: it tells everybody in it to stop without us.
    #[derive(Clone, Copy)]
    pub(in crate::process) struct Group;

    impl Group {
        pub(in crate::process) fn of(_leader: &Child) -> Self {
            Self
        }

        pub(in crate::process) fn ask_to_end(self, urgency: Urgency) -> Urgency {
            urgency
        }

        pub(in crate::process) fn wait_until_gone(self) {}
    }

    pub(in crate::process) fn own_group(_command: &mut Command) {}

    pub(in crate::process) fn adopt_orphans() {}
}

pub(super) use self::system::{Group, adopt_orphans, own_group};
