//! Codes, devices and numbers.

use halyard_domain::id::DeviceId;
use halyard_domain::kind::Kind;
use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::enrol::{EnrolRequest, Standing};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::pull::PullRequest;
use halyard_protocol::time::UnixMs;
use halyard_sync_server::relay::EnrolError;

use super::world::{Tablet, World};

fn request(tablet: &Tablet<'_>, code: EnrolmentCode) -> EnrolRequest {
    EnrolRequest {
        code, device: tablet.device, key: PublicKey::of(&tablet.key), name: "планшет".to_owned()
    }
}

#[tokio::test]
async fn a_code_makes_one_device_and_asking_again_gives_the_same_answer() {
    let world = World::new().await;
    let employee = world.hire("Коваль", "technician").await;
    let invitation = world.relay.invite(world.workspace, employee).await.unwrap();
    let (one, other) = (Tablet::blank(&world, employee), Tablet::blank(&world, employee));

    let joined = world.relay.enrol(request(&one, invitation.code.clone())).await.unwrap();
    let again = world.relay.enrol(request(&one, invitation.code.clone())).await.unwrap();
    let second = world.relay.enrol(request(&other, invitation.code)).await;

    assert_eq!(joined, again);
    assert_eq!(joined.standing, Standing::Active);
    assert!(joined.certificate.is_some());
    assert!(matches!(second, Err(EnrolError::Expired)));
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    let world = World::new().await;
    let employee = world.hire("Коваль", "technician").await;
    let invitation = world.relay.invite(world.workspace, employee).await.unwrap();
    let tablet = Tablet::blank(&world, employee);

    world.wait_ms(10 * 60 * 1000);

    let late = world.relay.enrol(request(&tablet, invitation.code)).await;
    assert!(matches!(late, Err(EnrolError::Expired)));
}

#[tokio::test]
async fn five_wrong_codes_end_an_invitation() {
    let world = World::new().await;
    let employee = world.hire("Коваль", "technician").await;
    let invitation = world.relay.invite(world.workspace, employee).await.unwrap();
    let tablet = Tablet::blank(&world, employee);
    let right = invitation.code.as_str();
    let last = if right.ends_with('0') { "1" } else { "0" };
    let wrong: EnrolmentCode = format!("{}{last}", &right[..7]).parse().unwrap();

    for _ in 0..5 {
        let refused = world.relay.enrol(request(&tablet, wrong.clone())).await;
        assert!(matches!(refused, Err(EnrolError::WrongCode)));
    }

    let refused = world.relay.enrol(request(&tablet, invitation.code)).await;
    assert!(matches!(refused, Err(EnrolError::WrongCode)));
}

#[tokio::test]
async fn a_code_is_kept_nowhere() {
    let world = World::new().await;
    let employee = world.hire("Коваль", "technician").await;
    let invitation = world.relay.invite(world.workspace, employee).await.unwrap();
    let mut bytes = std::fs::read(world.folder.path().join("relay.db")).unwrap();
    bytes.extend(std::fs::read(world.folder.path().join("relay.db-wal")).unwrap());

    let code = invitation.code.as_str().as_bytes();

    assert!(!bytes.windows(code.len()).any(|window| window == code));
}

#[tokio::test]
async fn nobody_takes_over_a_device_by_its_id() {
    let world = World::new().await;
    let victim = world.tablet_of("Бондар", "dispatcher").await;
    let thief = Tablet::blank(&world, world.hire("Ткач", "technician").await);
    let invitation = world.relay.invite(world.workspace, thief.employee).await.unwrap();

    let mut request = request(&thief, invitation.code);
    request.device = victim.device;
    let refused = world.relay.enrol(request).await;

    assert!(matches!(refused, Err(EnrolError::WrongCode)));
    let devices = world.relay.devices(world.workspace).await.unwrap();
    let keys: Vec<(DeviceId, PublicKey)> = devices.iter().map(|one| (one.id, one.key)).collect();
    assert_eq!(keys, [(victim.device, PublicKey::of(&victim.key))]);
}

#[tokio::test]
async fn numbers_are_given_at_arrival_without_gaps_and_without_twins() {
    let world = World::new().await;
    let mut tablets = Vec::new();
    for name in ["Бондар", "Ткач", "Гриценко", "Мороз"] {
        tablets.push(world.tablet_of(name, "dispatcher").await);
    }
    for tablet in &mut tablets {
        for _ in 0..5 {
            tablet.make(Kind::Visit, &[]);
            tablet.make(Kind::Complaint, &[]);
        }
    }

    let [a, b, c, d] = &mut tablets[..] else { panic!("four tablets") };
    tokio::join!(a.push_well(), b.push_well(), c.push_well(), d.push_well());
    let mut reader = world.tablet(world.administrator).await;
    reader.pull().await;

    for (kind, prefix) in [(Kind::Visit, "V"), (Kind::Complaint, "CP")] {
        let made = reader.documents.iter().filter(|(_, document)| document.kind() == kind);
        let mut numbers: Vec<String> = made.map(|(id, _)| reader.number(*id).unwrap()).collect();
        numbers.sort();
        let expected: Vec<String> = (1..=20).map(|at| format!("{prefix}-2026-{at:05}")).collect();
        assert_eq!(numbers, expected);
    }
}

#[tokio::test]
async fn refused_records_use_up_no_number() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;

    // A technician makes no cards; the office's next card still gets the first number.
    technician.make(Kind::ServiceCard, &[]);
    assert_eq!(technician.push().await[0].outcome, halyard_protocol::receipt::Outcome::Quarantined);
    let site = office.make_card();
    office.push_well().await;
    office.pull().await;

    assert_eq!(office.number(site.card).as_deref(), Some("SC-2026-00001"));
}

#[tokio::test]
async fn a_devices_clock_is_noted_as_it_says_and_forgotten_when_it_is_right() {
    let world = World::new().await;
    let tablet = world.tablet_of("Коваль", "technician").await;
    let minute = 60_000;
    for (ahead, noted) in
        [(None, 0), (Some(3 * minute), 3 * minute), (Some(-90 * minute), -90 * minute), (Some(900), 0)]
    {
        let clock = ahead.map(|ahead| UnixMs(world.now_ms()).plus_ms(ahead));
        world.relay.pull(tablet.caller(), PullRequest { clock, ..PullRequest::default() }).await.unwrap();
        let device = world.relay.device(world.workspace, tablet.device).await.unwrap().unwrap();
        assert_eq!(device.clock_ahead_ms, noted, "{ahead:?}");
    }
}
