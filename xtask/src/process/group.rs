//! A program together with everything it started, as far as the operating system can say.
//!
//! On Unix this is a process group, and on Linux also the orphans of it that moved to groups of their own, as
//! tests under cargo-nextest do. A daemon that began a session of its own is left alone: it is meant to stay,
//! like the server of a compiler cache.
//!
//! Elsewhere only the console itself tells a whole group of programs to stop, and it does so without us: there
//! a group is asked nothing and counts as gone with its first program.

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

    use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid};

    use super::{Child, Command, Urgency};

    /// A child of this process that it did not start: its parent has ended.
    struct Orphan {
        process: Pid,
        group: Pid,
    }

    /// The adopted children of this process in its own session. Programs in its own group are waited for by
    /// whoever started them here.
    #[cfg(target_os = "linux")]
    fn orphans() -> Vec<Orphan> {
        use std::fs;

        let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let children: String =
            tasks.flat_map(|task| fs::read_to_string(task.path().join("children"))).collect();
        children.split_whitespace().filter_map(adopted).collect()
    }

    /// The process group and session of a process, as the kernel tells them here: zero where they were begun
    /// outside the process namespace this program sees, as a container's programs often are.
    #[cfg(target_os = "linux")]
    fn group_and_session(process: &str) -> Option<(i32, i32)> {
        let status = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name of the program stands in brackets and may contain anything; then: state, parent, group, session.
        let mut numbers = status.rsplit_once(')')?.1.split_whitespace().skip(2).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    }

    #[cfg(target_os = "linux")]
    fn adopted(pid: &str) -> Option<Orphan> {
        let (group, session) = group_and_session(pid)?;
        let (own_group, own_session) = group_and_session("self")?;
        // A process that is being taken away has the group and session -1, which is no id of anything.
        if session != own_session || group == own_group {
            return None;
        }
        Some(Orphan { process: Pid::from_raw(pid.parse().ok()?)?, group: Pid::from_raw(group)? })
    }

    /// Other systems give orphans to their first process.
    #[cfg(not(target_os = "linux"))]
    fn orphans() -> Vec<Orphan> {
        Vec::new()
    }

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
            // Signals fail only where the receiver is gone, which is what was wanted.
            let _ = kill_process_group(self.0, signal);
            for orphan in orphans().into_iter().filter(|orphan| orphan.group != self.0) {
                let _ = kill_process(orphan.process, signal);
            }
            urgency.next()
        }

        /// Waits for what is left after the leader has ended.
        pub(in crate::process) fn wait_until_gone(self) {
            loop {
                let orphans = orphans();
                if orphans.is_empty() {
                    break;
                }
                for orphan in orphans {
                    // Fails only where it has been waited for already.
                    let _ = waitpid(Some(orphan.process), WaitOptions::empty());
                }
            }
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
