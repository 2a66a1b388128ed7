//! Prepares the window's build: the configuration, the permissions and the screens it contains.

use std::path::Path;
use std::process::ExitCode;

const SCREENS: &str = "../ui/dist/index.html";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={SCREENS}");
    if !Path::new(SCREENS).is_file() {
        println!(
            "cargo::error=the screens are not built, and the window contains them. Build both with `cargo xtask run` \
             or `cargo xtask test`, or the screens alone with `npm ci` and `npm run build` in ui/"
        );
        return ExitCode::FAILURE;
    }
    tauri_build::build();
    ExitCode::SUCCESS
}
