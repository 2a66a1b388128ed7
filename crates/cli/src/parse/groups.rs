//! Groups of values that are one scalar: JSON for all of them, short forms for the common ones.

use halyard_device::domain::records::values::{Coordinates, Periodicity};
use halyard_device::domain::value::{FieldValue, Scalar, ScalarType};

/// What a value of a group looks like.
pub(crate) fn example(group: &str) -> &'static str {
    match group {
        "blob" => r#"{"bytes":1024,"media_type":"image/jpeg","sha256":"…"}"#,
        "coordinates" => "50.450100, 30.523400",
        "periodicity" => r#"once, {"repeats":"calendar","rule":"FREQ=MONTHLY","start":"2026-03-01"}"#,
        "working_hours" => r#"{"monday":[{"from_minute":540,"to_minute":1080}]}"#,
        "section_rights" => r#"{"reach":"own","write":["technician"]}"#,
        "proposed_value" => r#"{"value":"high"}"#,
        _ => "{}",
    }
}

/// The canonical scalar of a group; `None` when it cannot be read.
pub(crate) fn group(name: &'static str, text: &str) -> Option<Scalar> {
    let short = match name {
        "periodicity" if text.trim() == "once" => Some(Periodicity::Once.to_scalar()),
        "coordinates" => coordinates(text).map(|place| place.to_scalar()),
        _ => None,
    };
    if short.is_some() {
        return short;
    }
    // Through a `Value`, whose maps are sorted, as documents have them; what a group adds of itself
    // (an empty day, say) is added by reading and writing it once.
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let scalar = Scalar::Text(value.to_string());
    let whole = match name {
        "working_hours" => {
            type Hours = halyard_device::domain::records::values::WorkingHours;
            Hours::from_scalar(&scalar).ok()?.to_scalar()
        }
        "section_rights" => {
            type Rights = halyard_device::domain::rights::SectionRights;
            Rights::from_scalar(&scalar).ok()?.to_scalar()
        }
        _ => scalar,
    };
    ScalarType::Group(name).check(&whole).is_ok().then_some(whole)
}

/// Latitude and longitude in degrees, with points.
fn coordinates(text: &str) -> Option<Coordinates> {
    let (latitude, longitude) = text.split_once([',', ';', ' '])?;
    let millionths = |text: &str, most: u32| {
        let degrees: rust_decimal::Decimal = text.trim().parse().ok()?;
        let scaled = degrees.checked_mul(rust_decimal::Decimal::from(1_000_000))?.round();
        let whole = i32::try_from(i64::try_from(scaled).ok()?).ok()?;
        (whole.unsigned_abs() <= most.saturating_mul(1_000_000)).then_some(whole)
    };
    Some(Coordinates { latitude_e6: millionths(latitude, 90)?, longitude_e6: millionths(longitude, 180)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &'static str, text: &str, expected: Option<&str>) {
        assert_eq!(group(name, text), expected.map(|text| Scalar::Text(text.to_owned())), "{name} {text}");
    }

    #[test]
    fn groups_are_read_from_short_forms_and_json() {
        check("periodicity", "once", Some(r#"{"repeats":"once"}"#));
        check("coordinates", "50.4501, 30.5234", Some(r#"{"latitude_e6":50450100,"longitude_e6":30523400}"#));
        check("coordinates", "91, 0", None);
        check("coordinates", "-2147.483648, 0", None);
        check(
            "periodicity",
            r#"{"start":"2026-03-01","rule":"FREQ=MONTHLY","repeats":"calendar"}"#,
            Some(r#"{"repeats":"calendar","rule":"FREQ=MONTHLY","start":"2026-03-01"}"#),
        );
        check("section_rights", r#"{"reach":"own","write":[]}"#, Some(r#"{"reach":"own","write":[]}"#));
        check("section_rights", r#"{"reach":"everywhere","write":[]}"#, None);
        check("blob", "сміття", None);
    }
}
