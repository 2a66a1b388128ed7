//! What `cargo xtask run` opens where there is a display.
#![cfg(target_os = "linux")]

use std::process::Stdio;
use std::time::Duration;

use halyard_tests::harness::program;
use halyard_window_tests::{Desktop, frame, until};
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_windows_open_on_the_demo_company_and_ctrl_c_ends_everything() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let mut demo = desktop.command(&program("windows").unwrap());
    demo.arg("--folder").arg(desktop.folder().join("demo")).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut demo = tokio::process::Command::from(demo).kill_on_drop(true).spawn().unwrap();
    let mut said = BufReader::new(demo.stdout.take().unwrap()).lines();
    let mut told = Vec::new();
    while let Some(line) = said.next_line().await.unwrap() {
        told.push(line);
        if told.iter().any(|line| line.contains("Both windows are open")) {
            break;
        }
    }
    assert!(told.iter().any(|line| line.contains("Both windows are open")), "{told:?}");
    until("both windows are seen", async || Ok(frame::seen(&desktop)? == 2)).await.unwrap();

    let process = Pid::from_raw(demo.id().unwrap().try_into().unwrap()).unwrap();
    kill_process(process, Signal::INT).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(60), demo.wait()).await;
    assert!(ended.expect("the demo went on running").unwrap().success());
    let mut last = Vec::new();
    while let Some(line) = said.next_line().await.unwrap() {
        last.push(line);
    }
    assert!(last.iter().any(|line| line.contains("Nothing is left running")), "{last:?}");
    until("no window is left", async || Ok(frame::seen(&desktop)? == 0)).await.unwrap();
}
