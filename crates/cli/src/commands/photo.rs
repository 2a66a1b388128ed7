//! `halyard photo`: keeping a photo with a record, and saving one into a file.

use std::io::Write;
use std::path::Path;

use halyard_device::domain::record::typed;
use halyard_device::domain::records::values::Blob;
use halyard_device::domain::records::{PhotoMoment, Visit};
use halyard_device::domain::value::{FieldValue as _, ScalarType};
use halyard_device::{NewPhoto, PhotoError};
use serde_json::json;

use super::{Done, print_json};
use crate::args::{self, PhotoCommand};
use crate::context::Context;
use crate::failure::Failure;
use crate::new_file::write_new;
use crate::parse::row_of;
use crate::words::{Say, Tell, Usage};

pub(super) fn run(context: &Context, args: &args::Photo, out: &mut impl Write) -> Done {
    match &args.command {
        PhotoCommand::Add { record, file, caption, moment } => {
            add(context, record, file, (caption.as_deref(), moment.as_deref()), out)
        }
        PhotoCommand::Save { record, number, file } => save(context, record, number, file, out),
    }
}

fn add(
    context: &Context,
    record: &str,
    file: &Path,
    (caption, moment): (Option<&str>, Option<&str>),
    out: &mut impl Write,
) -> Done {
    let lang = context.lang;
    let named = context.standing(record)?;
    let moment =
        moment.map(|text| context.reader().value("moment", ScalarType::Choice(PhotoMoment::NAMES), text));
    let moment = moment.transpose()?.and_then(|scalar| PhotoMoment::from_scalar(&scalar).ok());
    let content = std::fs::read(file).map_err(|_| Failure::refused("file", &Say::FileUnreadable, lang))?;
    let media_type = media_type(&content).ok_or_else(|| Failure::refused("file", &Say::NotAPhoto, lang))?;
    let photo = NewPhoto {
        content,
        media_type: media_type.to_owned(),
        thumbnail: None,
        caption: caption.map(ToOwned::to_owned),
        moment,
    };
    let saved = context.device.keep_photo(named.document, photo).map_err(|error| match error {
        PhotoError::NoPhotos(_) => Failure::usage(&Usage::NoPhotos, lang),
        PhotoError::Size => Failure::refused("file", &Say::PhotoTooLarge, lang),
        PhotoError::Device(error) => error.into(),
    })?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    Ok(writeln!(out, "{}", Tell::Saved { label: &named.label }.say(lang))?)
}

fn save(context: &Context, record: &str, number: &str, file: &Path, out: &mut impl Write) -> Done {
    let lang = context.lang;
    let named = context.record(record)?;
    let (reading, field) = (context.device.show(named.document)?.reading, Visit::PHOTOS.name);
    let row = row_of(&reading, field, number).and_then(|row| reading.row(field, row));
    let text = format!("{field}/{number}");
    let row = row.ok_or_else(|| Failure::usage(&Usage::BadRow { text: &text }, lang))?;
    let image = typed::<Blob>(row.value("image"));
    let content = image.map(|image| context.device.photo_file(image.sha256.as_str())).transpose()?.flatten();
    let content = content.ok_or_else(|| Failure::refused("file", &Say::PhotoElsewhere, lang))?;
    let path = file.display().to_string();
    let unwritable = |_| Failure::refused("file", &Say::FileUnwritable { path: &path }, lang);
    write_new(file, &content).map_err(unwritable)?;
    if context.json {
        return print_json(&json!({ "file": path, "bytes": content.len() }), out);
    }
    Ok(writeln!(out, "{}", Tell::PhotoSaved { path: &path }.say(lang))?)
}

/// What a picture is, by its first bytes.
fn media_type(content: &[u8]) -> Option<&'static str> {
    match content {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
