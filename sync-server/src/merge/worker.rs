//! The worker's process: `sync-server merge-worker`.
//!
//! Reads requests from its input and writes answers to its output, each as four bytes of length and
//! CBOR, until the input ends. Before the first it gives away what it does not need: address space
//! beyond 1 GiB, core dumps, files, sockets. Documents are worked on in a thread with a stack that deep
//! nesting does not exhaust within the limits of a change.

use std::io::{Read, Write};
use std::process::ExitCode;

use rlimit::Resource;
use rustix::time::{ClockId, clock_gettime};

use super::job::{Answer, Request};
use super::judge;

/// The stack documents are worked on with.
const STACK_BYTES: usize = 64 << 20;
/// All the memory a worker may ever map.
const MEMORY_BYTES: u64 = 1 << 30;
/// Processor time one request may use before the kernel ends the process. Less than the time a request may
/// take, so that what burns it dies of it, and only a busy machine is slow.
pub(super) const SECONDS_A_REQUEST: u64 = 4;
/// The largest request or answer.
pub(super) const MOST_BYTES: usize = 256 << 20;

/// Serves requests until the input ends.
#[must_use]
pub fn run() -> ExitCode {
    if give_away().is_err() {
        return ExitCode::from(2);
    }
    // What a hostile document says in a panic belongs in no log.
    std::panic::set_hook(Box::new(|_| {}));
    let served = std::thread::Builder::new().name("merge".to_owned()).stack_size(STACK_BYTES).spawn(serve);
    match served.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn give_away() -> std::io::Result<()> {
    rlimit::setrlimit(Resource::AS, MEMORY_BYTES, MEMORY_BYTES)?;
    rlimit::setrlimit(Resource::CORE, 0, 0)?;
    rlimit::setrlimit(Resource::FSIZE, 0, 0)?;
    allow_one_request()?;
    // Input, output and errors are open; nothing else can be, neither file nor socket.
    rlimit::setrlimit(Resource::NOFILE, 3, 3)
}

fn serve() -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    while let Some(request) = read_frame(&mut input)? {
        allow_one_request()?;
        let request: Request = ciborium::from_reader(request.as_slice()).map_err(std::io::Error::other)?;
        let answer = judge::answer(request);
        write_frame(&mut output, &answer)?;
    }
    Ok(())
}

/// Moves the limit of processor time ahead of what was used so far.
fn allow_one_request() -> std::io::Result<()> {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let (_, most) = rlimit::getrlimit(Resource::CPU)?;
    rlimit::setrlimit(Resource::CPU, used.saturating_add(SECONDS_A_REQUEST).min(most), most)
}

fn read_frame(input: &mut impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(end) if end.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > MOST_BYTES {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut frame = vec![0; length];
    input.read_exact(&mut frame)?;
    Ok(Some(frame))
}

fn write_frame(output: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    output.write_all(&frame(answer)?)?;
    output.flush()
}

/// A value as it travels between the relay and its worker.
pub(super) fn frame(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut frame = vec![0; 4];
    ciborium::into_writer(value, &mut frame).map_err(std::io::Error::other)?;
    let length = u32::try_from(frame.len() - 4).map_err(std::io::Error::other)?;
    for (place, byte) in frame.iter_mut().zip(length.to_be_bytes()) {
        *place = byte;
    }
    Ok(frame)
}
