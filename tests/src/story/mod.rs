//! The story: a technician's offline work reaches the office database.
//!
//! Told once, for people by `cargo xtask run` and for us by a test: three devices write one visit at the
//! same time without a network, the relay dies in the middle of the syncing, and afterwards everybody
//! who may see it sees the same record, with everybody's work in it.

mod acts;
mod cut;
mod outcome;
mod scene;

use std::path::Path;

use anyhow::Context;
use halyard_device::Surroundings;
use halyard_domain::id::DocumentId;
use halyard_domain::time::TimeWindow;

use crate::harness::{Office, Relay, RelayFolder, Wire};

pub use acts::{OFFICE_FINDINGS, RECOMMENDATION, TECHNICIAN_FINDINGS, helper_works};
pub use cut::Cut;
pub use outcome::{Copy, Outcome};
pub use scene::{Cast, Scene};

/// The company, its relay and its people, before anything happens. Everybody is in step.
pub struct Opening {
    /// The relay's folder and address.
    pub address: RelayFolder,
    /// The relay.
    pub relay: Relay,
    /// The first technician's way to the relay.
    pub wire: Wire,
    /// Who is in the story.
    pub cast: Cast,
    /// What it is about.
    pub scene: Scene,
}

/// Makes the demo company of `size` in `folder`, which must be empty, and the story's people and records in
/// it, saying each step to `say`.
///
/// # Errors
/// When the relay does not start or a device cannot save or sync.
pub async fn open(folder: &Path, size: &str, say: &mut dyn FnMut(&str)) -> anyhow::Result<Opening> {
    let address = RelayFolder::without_tls(&folder.join("relay"), "Тепло Сервіс")?;
    say(&format!("The {size} demo company is made: its people write months of work, the relay takes it in."));
    address.fill_with_demo(size, say)?;
    say("The relay starts on it, with an embedded SQLite as the office database.");
    let relay = address.start()?;
    say("Four people join by a code: an administrator, a dispatcher and two technicians.");
    let wire = Wire::to(&address).await?;
    let cast = Cast::enrol(folder, &address, &wire).await?;
    say(
        "The office makes a customer, a boiler, a service card with three planned works, and a visit for today.",
    );
    let scene = scene::build(&cast, cast.dispatcher.clock.now())?;
    cast.administrator.sync().await?;
    cast.dispatcher.sync().await?;
    cast.first.sync().await?;
    cast.second.sync().await?;
    Ok(Opening { address, relay, wire, cast, scene })
}

/// Tells the story in `folder`, which must be empty, at the demo company of `size`, saying each step to
/// `say`.
///
/// # Errors
/// When a step fails. What the steps lead to is in the answer, for the listener to judge.
pub async fn tell(folder: &Path, size: &str, say: &mut dyn FnMut(&str)) -> anyhow::Result<(Outcome, Cut)> {
    let Opening { address, relay, wire, cast, scene } = open(folder, size, say).await?;
    say("Both technicians lose the signal.");
    say(
        "The first technician travels, arrives, works two hours, ticks the checklist, enters three volumes, writes \
         findings, files a complaint and finishes. Every step is saved on the tablet.",
    );
    let complaint = acts::technician_works(&cast, &scene)?;
    say("The second technician, offline too, adds a work row to the same visit.");
    helper_works(&cast.second, &scene)?;
    say("Meanwhile the office moves the planned end, raises the priority and edits the same findings.");
    let moved = acts::office_works(&cast, &scene)?;
    say("The dispatcher gives the visit to the second technician before the first is back.");
    acts::dispatcher_reassigns(&cast, &scene)?;
    cast.dispatcher.sync().await?;

    let (relay, cut) = cut::relay_dies(relay, &wire, &cast, &scene, say).await?;
    say("Everybody syncs until nothing is left.");
    let outcome = end(&address, &cast, &scene, complaint, moved).await?;
    drop(relay);
    Ok((outcome, cut))
}

/// Lets everybody sync until nothing is left, and gives what it all led to.
///
/// # Errors
/// When a device does not come to rest, or a record of the story is missing somewhere.
pub async fn end(
    address: &RelayFolder,
    cast: &Cast,
    scene: &Scene,
    complaint: DocumentId,
    planned: TimeWindow,
) -> anyhow::Result<Outcome> {
    settle(cast).await?;
    let verified = address.admin(&["verify"])?;
    Outcome::gather(cast, scene, complaint, planned, &Office::in_folder(address.data())?, verified)
}

/// Rounds of syncing until no device has anything to send or take.
async fn settle(cast: &Cast) -> anyhow::Result<()> {
    for _ in 0..8 {
        let mut busy = false;
        for person in cast.everybody() {
            let report = person.sync().await.with_context(|| format!("syncing {}", person.name))?;
            busy |= report.accepted > 0 || report.received > 0;
        }
        if !busy {
            return Ok(());
        }
    }
    anyhow::bail!("the devices did not come to rest in 8 rounds")
}
