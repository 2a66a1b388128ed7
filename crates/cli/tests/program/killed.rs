//! The real program dies in the middle of an import, at many chosen writes: the import is whole or never
//! was, what was there before stays, and doing it again or taking it back works as if nothing had happened.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::Bench;

/// Customers in the file, each with an object; one more row is refused.
const ROWS: usize = 60;
/// Longest wait for something that may never come.
const LONGEST: Duration = Duration::from_secs(60);

/// How the program dies.
#[derive(Debug, Clone, Copy)]
enum Death {
    /// By the system at the write that makes a file longer than so many KiB.
    AtKib(u64),
    /// By `kill -9` once the write-ahead log has so many bytes.
    Killed(u64),
}

/// What stands after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Nothing,
    All,
}

struct Importing {
    bench: Bench,
    file: PathBuf,
    before: [Vec<Value>; 2],
}

impl Importing {
    fn new() -> Self {
        let bench = Bench::enrolled();
        for name in ["ТОВ «Моє»", "ТОВ «Наше»"] {
            bench.new_record(&["customer", &format!("name={name}")]);
        }
        let row = |at: usize| format!("ТОВ «Замовник {at}»;Котел;SN-{at}\n");
        let rows: String = (0..ROWS).map(row).collect();
        let file = format!("Назва;Обладнання;Серійний номер;Телефон\n{rows}ТОВ «Помилка»;;;не телефон\n");
        let file = bench.file("customers.csv", file.as_bytes());
        let before = Self::standing(&bench);
        Self { bench, file, before }
    }

    /// Every customer and every object, as lists show them.
    fn standing(bench: &Bench) -> [Vec<Value>; 2] {
        [["customer", "label,phones"], ["equipment", "label,serial,customer"]].map(|[kind, columns]| {
            let listed = bench.json(&["list", kind, "--columns", columns, "--limit", "1000"]);
            listed["rows"].as_array().unwrap().clone()
        })
    }

    fn unsent(&self) -> u64 {
        self.bench.json(&["status"])["unsent"].as_u64().unwrap()
    }

    fn args(&self) -> [&str; 3] {
        ["import", self.file.to_str().unwrap(), "--apply"]
    }

    fn database(&self) -> PathBuf {
        self.bench.profile().join("device.db")
    }

    fn log(&self) -> PathBuf {
        self.bench.profile().join("device.db-wal")
    }

    fn refused(&self) -> PathBuf {
        self.file.with_file_name("customers-refused.csv")
    }

    /// Imports until the program dies, and says whether it died.
    fn dies(&self, death: Death) -> bool {
        match death {
            Death::AtKib(kib) => {
                let mut shell = Command::new("bash");
                shell.args(["-c", "ulimit -c 0; ulimit -f \"$0\"; exec \"$@\"", &kib.to_string()]);
                let program = self.bench.command(&self.args());
                shell.arg(program.get_program()).args(program.get_args()).stdin(Stdio::null());
                shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
                shell.output().unwrap().status.code().is_none()
            }
            Death::Killed(bytes) => {
                let mut child = self.bench.command(&self.args()).spawn().unwrap();
                let deadline = Instant::now() + LONGEST;
                while length(&self.log()) < bytes && child.try_wait().unwrap().is_none() {
                    assert!(Instant::now() < deadline, "neither so long a log nor an end");
                    std::thread::yield_now();
                }
                child.kill().unwrap();
                child.wait().unwrap().code().is_none()
            }
        }
    }

    /// What the next start finds: all or nothing, and everything that was there before.
    fn found(&self, death: Death) -> Stands {
        let after = Self::standing(&self.bench);
        assert!(self.unsent() >= 2, "something typed before waits no more, {death:?}");
        if after == self.before {
            return Stands::Nothing;
        }
        for (before, after) in self.before.iter().zip(&after) {
            assert_eq!(after.len(), before.len() + ROWS, "half an import stands, {death:?}");
            assert!(before.iter().all(|row| after.contains(row)), "something of before is gone, {death:?}");
        }
        assert!(self.unsent() >= 2 + 2 * ROWS as u64, "the import waits for nothing, {death:?}");
        Stands::All
    }

    fn undo(&self) -> Value {
        self.bench.json(&["import", "undo"])
    }
}

fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

#[test]
fn an_import_killed_at_any_write_is_whole_or_never_was() {
    let importing = Importing::new();
    // Once to its end: its write-ahead log is longer than what the database grew by.
    let whole = Importing::new();
    let before = length(&whole.database());
    whole.bench.json(&whole.args());
    assert_eq!(whole.found(Death::Killed(0)), Stands::All);
    let grown = length(&whole.database()) - before;

    let kib = grown / 1024;
    let at = [0, 1, 4, 12, kib / 5, kib / 3, kib / 2, kib * 3 / 4, kib * 9 / 10, kib - 2].map(Death::AtKib);
    assert!(kib > 100, "{kib}");
    let killed = [1, grown / 7, grown / 2, grown].map(Death::Killed);
    let mut ends = Vec::new();
    for death in at.into_iter().chain(killed) {
        let died = importing.dies(death);
        let stands = importing.found(death);
        ends.push((died, stands));
        assert!(died || stands == Stands::All, "it ended by itself and did nothing, {death:?}");
        match stands {
            Stands::Nothing => {
                let undone = importing.bench.run(&["import", "undo", "--lang", "en"]);
                assert!(undone.err.contains("There is no import to take back"), "{death:?}: {}", undone.err);
            }
            Stands::All => {
                assert_eq!(importing.undo()["withdrawn"], 2 * ROWS, "{death:?}");
            }
        }
    }
    assert!(ends.iter().filter(|end| **end == (true, Stands::Nothing)).count() >= 8, "{ends:?}");

    // Whatever happened, the same command once more does the whole of it, with its refused row in a file.
    if importing.refused().exists() {
        std::fs::remove_file(importing.refused()).unwrap();
    }
    let done = importing.bench.json(&importing.args());
    assert_eq!(done["preview"]["refused"].as_array().unwrap().len(), 1);
    assert_eq!(importing.found(Death::Killed(0)), Stands::All);
    assert!(std::fs::read_to_string(importing.refused()).unwrap().contains("ТОВ «Помилка»"));
}
