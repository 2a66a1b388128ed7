//! Prepares the window's build: the configuration, the permissions and the screens it contains.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

const SCREENS: &str = "../ui/dist/index.html";
/// Set by `cargo xtask test`: the code is checked as it is compiled for a phone, without a phone's toolchain.
const AS_FOR_A_PHONE: &str = "HALYARD_AS_FOR_A_PHONE";
/// Where Cargo says which system is built for. `desktop` and `mobile` follow from it.
const SYSTEM: &str = "CARGO_CFG_TARGET_OS";
const PHONE: &str = "android";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={SCREENS}");
    if !Path::new(SCREENS).is_file() {
        println!(
            "cargo::error=the screens are not built, and the window contains them. Build both with `cargo xtask run` \
             or `cargo xtask test`, or the screens alone with `npm ci` and `npm run build` in ui/"
        );
        return ExitCode::FAILURE;
    }
    println!("cargo::rerun-if-env-changed={AS_FOR_A_PHONE}");
    if env::var_os(AS_FOR_A_PHONE).is_some() && env::var_os(SYSTEM).is_some_and(|system| system != PHONE) {
        return as_for_a_phone();
    }
    tauri_build::build();
    ExitCode::SUCCESS
}

/// Does the same again for another system: a program cannot safely change what it was told of its own.
fn as_for_a_phone() -> ExitCode {
    let again = env::current_exe().and_then(|program| Command::new(program).env(SYSTEM, PHONE).status());
    match again {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("cargo::error=the build as for a phone could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
