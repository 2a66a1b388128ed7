//! The relay's program.

fn main() -> std::process::ExitCode {
    halyard_sync_server::admin::run()
}
