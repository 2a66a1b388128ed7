//! The relay's program.

fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("merge-worker") => halyard_sync_server::merge::worker::run(),
        _ => std::process::ExitCode::FAILURE,
    }
}
