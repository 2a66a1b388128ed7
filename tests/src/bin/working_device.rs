//! A device whose person works without a pause: `working-device FOLDER NAME RECORDS`.
//!
//! The tests of kills run it as a process of its own. It writes so many customers, says `saved ID` after
//! each that the device has saved, and syncs all the while. It ends by itself when everything is sent.
#![expect(clippy::print_stdout, reason = "it is read by the test that started it")]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use halyard_device::Device;
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_tests::harness::TestDevice;

/// Writes customers on a device and syncs all the while.
#[derive(Parser)]
struct Arguments {
    /// Where the devices are
    folder: PathBuf,
    /// Whose device
    name: String,
    /// How many customers to write
    records: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { folder, name, records } = Arguments::parse();
    let device = TestDevice::open(&folder, &name)?.device;
    let written = Arc::new(AtomicBool::new(false));
    let writing = {
        let (device, written) = (Arc::clone(&device), Arc::clone(&written));
        tokio::task::spawn_blocking(move || {
            let outcome = write(&device, records);
            written.store(true, Ordering::SeqCst);
            outcome
        })
    };
    loop {
        let all = written.load(Ordering::SeqCst);
        device.sync().await?;
        if all && device.status()?.unsent == 0 {
            break;
        }
    }
    writing.await?
}

fn write(device: &Device, records: usize) -> anyhow::Result<()> {
    for number in 0..records {
        let saved = device.create(Kind::Customer, vec![Customer::NAME.set(&format!("Замовник {number}"))])?;
        println!("saved {saved}");
    }
    Ok(())
}
