//! What an Excel file unpacks to, looked at before anything of it is opened.
//!
//! An archive of some kilobytes may unpack to more than any memory holds, and its list of texts may claim more of
//! them: room is made for as many as it claims, and a program that gets none ends at once, with all that is open.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// The most bytes that the parts of a file may unpack to.
struct Limits {
    /// Of all sheets, which are read cell by cell and not kept.
    sheets: u64,
    /// Of everything else, its texts first of all.
    rest: u64,
    /// Of the styles among that: some letters of them become a whole style.
    styles: u64,
}

const MIB: u64 = 1024 * 1024;
const LIMITS: Limits = Limits { sheets: 1024 * MIB, rest: 128 * MIB, styles: 16 * MIB };
/// A number of texts with more digits is no number of texts that a file of these sizes has.
const MAX_COUNT_DIGITS: usize = 7;

/// True when an Excel file takes no more memory than it may. One that is no archive, or is damaged, is for its
/// reader to refuse.
pub(super) fn fits(bytes: &[u8]) -> bool {
    fits_in(bytes, &LIMITS)
}

fn fits_in(bytes: &[u8], limits: &Limits) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    // As its reader looks them up, which refuses a file with a name that cannot be read.
    let looked_up = |name: &str| name.replace('\\', "/").to_ascii_lowercase();
    let names = archive.file_names().map(|name| Ok(looked_up(&name?)));
    let Ok(names) = names.collect::<zip::result::ZipResult<Vec<_>>>() else { return true };
    let has_sheets = !is_book_among_sheets(&mut archive, &names);
    let (mut sheets, mut rest) = (0, 0);
    for (at, name) in names.iter().enumerate() {
        let Ok(mut part) = archive.by_index(at) else { continue };
        let left = limits.rest.saturating_sub(rest);
        let is = |file: &str| name.rsplit('/').next() == Some(file);
        if is("sharedstrings.xml") {
            let Some(read) = texts(&mut part, left) else { return false };
            rest += read;
        } else if is("styles.xml") {
            let Some(read) = unpacked(&mut part, left.min(limits.styles)) else { return false };
            rest += read;
        } else if has_sheets && name.contains("worksheets/") {
            let Some(read) = unpacked(&mut part, limits.sheets.saturating_sub(sheets)) else { return false };
            sheets += read;
        } else {
            let Some(read) = unpacked(&mut part, left) else { return false };
            rest += read;
        }
    }
    true
}

/// True where the book itself may lie among the sheets: it is kept whole, so nothing there may be as large as they.
fn is_book_among_sheets(archive: &mut ZipArchive<Cursor<&[u8]>>, names: &[String]) -> bool {
    let mut roots = names.iter().enumerate().filter(|(_, name)| *name == "_rels/.rels");
    roots.any(|(at, _)| {
        let mut text = Vec::new();
        let Ok(part) = archive.by_index(at) else { return false };
        // A part that cannot be read to its end is read no further by its reader.
        drop(part.take(MIB).read_to_end(&mut text));
        let text = String::from_utf8_lossy(&one_byte_letters(text)).to_ascii_lowercase();
        ["worksheets", "&#", SWITCH].iter().any(|hint| text.contains(hint))
    })
}

/// Switches the alphabet within a text, as nothing in XML may: letters that it hides are read all the same.
const SWITCH: &str = "\u{1b}";

/// A text that may be written in two bytes a letter.
fn one_byte_letters(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.retain(|byte| *byte != 0);
    bytes
}

/// How many bytes a part unpacks to, as far as it can be read; nothing when that is more than `most`.
fn unpacked(part: &mut impl Read, most: u64) -> Option<u64> {
    let mut part = part.take(most.saturating_add(1));
    let read = io::copy(&mut part, &mut io::sink());
    let count = most.saturating_add(1) - part.limit();
    (read.is_err() || count <= most).then_some(count)
}

/// As [`unpacked`], of the list of texts; nothing too when it claims to have too many of them.
fn texts(part: &mut impl Read, most: u64) -> Option<u64> {
    let mut bytes = Vec::new();
    // A part that cannot be read to its end is read no further by its reader.
    drop(part.take(most.saturating_add(1)).read_to_end(&mut bytes));
    let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let bytes = one_byte_letters(bytes);
    let is_honest = !bytes.windows(SWITCH.len()).any(|part| part == SWITCH.as_bytes());
    let is_honest = is_honest && !claims(&bytes).any(is_too_many);
    (count <= most && is_honest).then_some(count)
}

/// What stands behind each `uniqueCount`.
fn claims(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const NAME: &[u8] = b"uniqueCount";
    let places = bytes.windows(NAME.len()).enumerate().filter(|(_, part)| *part == NAME);
    places.filter_map(|(at, _)| bytes.get(at + NAME.len()..))
}

fn is_too_many(claim: &[u8]) -> bool {
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    let number = claim.iter().skip_while(|byte| b" \t\r\n=\"'+0".contains(byte));
    number.take_while(is_digit).take(MAX_COUNT_DIGITS + 1).count() > MAX_COUNT_DIGITS
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const OUTSIDE: &str = "<Relationship Target=\"xl/workbook.xml\"/>";

    #[track_caller]
    fn check_parts(parts: &[(&str, &str)], fits: bool) {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let limits = Limits { sheets: 2_000, rest: 1_000, styles: 100 };
        assert_eq!(
            fits_in(&bytes, &limits),
            fits,
            "{:?}",
            parts.iter().map(|part| part.0).collect::<Vec<_>>()
        );
    }

    #[test]
    fn each_kind_of_part_has_its_limit_and_sheets_have_the_highest() {
        let [long, short] = [1_500, 500].map(|count| " ".repeat(count));
        let (long, short) = (long.as_str(), short.as_str());
        let root = ("_rels/.rels", OUTSIDE);
        check_parts(&[root, ("xl/workbook.xml", short), ("xl/worksheets/sheet1.xml", long)], true);
        check_parts(&[root, ("xl/worksheets/a.xml", long), ("xl/worksheets/b.xml", long)], false);
        check_parts(&[root, ("xl/workbook.xml", short), ("xl/sharedStrings.xml", short)], false);
        check_parts(&[root, ("xl/sharedStrings.xml", short), ("xl/styles.xml", " ")], true);
        check_parts(&[root, ("xl/styles.xml", short)], false);
        check_parts(&[root, ("xl\\STYLES.XML", short)], false);
        for among in ["xl/worksheets/workbook.xml", "xl/work&#115;heets/workbook.xml"] {
            let root = ("_rels/.rels", among);
            check_parts(&[root, ("xl/worksheets/workbook.xml", long)], false);
        }
    }

    #[track_caller]
    fn check_texts(written: &str, fits: bool) {
        let two_bytes: Vec<u8> = written.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [written.as_bytes(), &two_bytes] {
            let count = texts(&mut Cursor::new(bytes), 1_000);
            assert_eq!(count.is_some(), fits, "{written}");
        }
    }

    #[test]
    fn a_list_of_texts_that_claims_more_than_any_file_has_is_not_opened() {
        check_texts("<sst count=\"9\" uniqueCount=\"2\"><si><t>99999999999</t></si></sst>", true);
        check_texts("<sst uniqueCount=\"0009999999\"/>", true);
        check_texts("<sst uniqueCount=\"99999999999\"/>", false);
        check_texts("<sst uniqueCount='1' xmlns='a'/><sst uniqueCount = '00010000000'/>", false);
        check_texts(&format!("<sst>{}</sst>", "<si/>".repeat(200)), false);
        assert_eq!(texts(&mut Cursor::new(b"<sst unique\x1b(BCount='1'/>"), 1_000), None);
    }

    #[test]
    fn what_a_part_unpacks_to_is_counted_up_to_the_limit() {
        assert_eq!(unpacked(&mut Cursor::new([0; 10]), 10), Some(10));
        assert_eq!(unpacked(&mut Cursor::new([0; 11]), 10), None);
        assert_eq!(unpacked(&mut io::repeat(0), 1_000_000), None);
        assert_eq!(unpacked(&mut Cursor::new([0; 1]), 0), None);
    }
}
