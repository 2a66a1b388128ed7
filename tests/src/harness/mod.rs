//! Real relay processes and real devices for system tests: free ports of the loopback, folders of
//! their own, nothing left running.

mod bridge;
mod clock;
mod device;
mod office;
mod programs;
mod relay;
mod wire;

pub use bridge::Bridge;
pub use clock::MovableClock;
pub use device::TestDevice;
pub use office::Office;
pub use programs::program;
pub use relay::{Relay, RelayFolder};
pub use wire::{Ahead, Halted, PULL, PUSH, Place, Wire};
