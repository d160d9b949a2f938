//! Which characters the bytes of a text are.
//!
//! What the reader wishes comes first, then a byte order mark, then UTF-8 where the bytes are that
//! (an accident would be rare), then UTF-16 and UTF-32 without a mark, then what a page says of
//! itself, and at last a guess by what is likely in a language.

use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs as known;

use super::manuscript::Remark;
use super::wide;

/// An encoding by name, as [`--encoding`](super::Options) takes it.
///
/// ```
/// use rapporteur::read::Encoding;
/// let name = |label: &str| label.parse::<Encoding>().map(|encoding| encoding.name());
/// assert_eq!(name("latin1").unwrap(), "windows-1252");
/// assert_eq!(name("GBK").unwrap(), "GB18030");
/// assert!(name("klingon").unwrap_err().contains("GB18030"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Known(&'static known::Encoding),
    Utf32 { big: bool },
}

/// Those that reports are in, for who asks for one that is none.
const USUAL: &str = "UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5, windows-1251, windows-1252, windows-1256, \
ISO-8859-1, KOI8-R, Shift_JIS, EUC-KR";

impl Encoding {
    pub(super) const UTF_8: Self = Self(Kind::Known(known::UTF_8));
    pub(super) const UTF_16LE: Self = Self(Kind::Known(known::UTF_16LE));
    pub(super) const UTF_16BE: Self = Self(Kind::Known(known::UTF_16BE));
    pub(super) const UTF_32LE: Self = Self(Kind::Utf32 { big: false });
    pub(super) const UTF_32BE: Self = Self(Kind::Utf32 { big: true });

    fn of(found: &'static known::Encoding) -> Self {
        // GB18030 is GBK with the characters that GBK lacks.
        let wider = if found == known::GBK {
            known::GB18030
        } else {
            found
        };
        Self(Kind::Known(wider))
    }

    /// The one that goes by this name, of those a page may be in.
    pub(super) fn labelled(label: &[u8]) -> Option<Self> {
        known::Encoding::for_label_no_replacement(label).map(Self::of)
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Known(known) if known == known::GB18030 => "GB18030",
            Kind::Known(known) => known.name(),
            Kind::Utf32 { big: false } => "UTF-32LE",
            Kind::Utf32 { big: true } => "UTF-32BE",
        }
    }

    /// True when a character takes two or four bytes, of which any may be zero.
    pub(super) fn is_wide(self) -> bool {
        match self.0 {
            Kind::Known(known) => known == known::UTF_16LE || known == known::UTF_16BE,
            Kind::Utf32 { .. } => true,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        // People put hyphens where the standard has none, and leave them out where it has some.
        let bare = label.trim().to_ascii_lowercase().replace('_', "-");
        let close = bare.replace(['-', ' '], "");
        let found = match close.as_str() {
            "utf16" | "utf16le" => Some(Self::UTF_16LE),
            "utf16be" => Some(Self::UTF_16BE),
            "utf32" | "utf32le" => Some(Self::UTF_32LE),
            "utf32be" => Some(Self::UTF_32BE),
            _ => Self::labelled(bare.as_bytes()).or_else(|| Self::labelled(close.as_bytes())),
        };
        found.ok_or_else(|| format!("no encoding has this name; the usual ones are {USUAL}"))
    }
}

/// How it is known which encoding bytes are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// The reader says so.
    Wished,
    /// A byte order mark says so, this long.
    Marked(usize),
    /// They are UTF-8, all of them or all but a few.
    Utf8,
    /// The page says so, and they can be.
    Stated,
    /// It is likely.
    Guessed,
}

/// Chooses the encoding of a text.
pub(super) fn choose(bytes: &[u8], wish: Option<Encoding>) -> (Encoding, Ground) {
    if let Some(wish) = wish {
        return (wish, Ground::Wished);
    }
    for (mark, encoding) in MARKS {
        if bytes.starts_with(mark) {
            return (encoding, Ground::Marked(mark.len()));
        }
    }
    if let Some(wide) = wide::guess(bytes) {
        return (wide, Ground::Guessed);
    }
    if is_mostly_utf8(bytes) {
        return (Encoding::UTF_8, Ground::Utf8);
    }
    let stated = stated(bytes);
    if let Some(stated @ Encoding(Kind::Known(known))) = stated
        && !stated.is_wide()
        && known != known::UTF_8
        && decodes(bytes, known)
    {
        return (stated, Ground::Stated);
    }
    (guess(bytes), Ground::Guessed)
}

/// The longer before those they begin with.
const MARKS: [(&[u8], Encoding); 5] = [
    (b"\xff\xfe\0\0", Encoding::UTF_32LE),
    (b"\0\0\xfe\xff", Encoding::UTF_32BE),
    (b"\xef\xbb\xbf", Encoding::UTF_8),
    (b"\xff\xfe", Encoding::UTF_16LE),
    (b"\xfe\xff", Encoding::UTF_16BE),
];

/// True for UTF-8 with so few wrong bytes that it is damaged rather than something else, where
/// sequences of two bytes and more are right by accident now and then.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0u64, 0u64);
    for chunk in bytes.utf8_chunks() {
        let starts = |byte: &&u8| **byte >= 0xc0;
        right += chunk.valid().as_bytes().iter().filter(starts).count() as u64;
        wrong += u64::from(!chunk.invalid().is_empty());
    }
    wrong == 0 || right >= 3 * wrong
}

fn guess(bytes: &[u8]) -> Encoding {
    /// More tells nothing new.
    const ENOUGH: usize = 4 << 20;
    // What is before the first unusual byte tells nothing either, but for the word it is in.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let from = first.saturating_sub(64);
    let part = &bytes[from..bytes.len().min(from + ENOUGH)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(part, part.len() == bytes.len() - from);
    Encoding::of(detector.guess(None, Utf8Detection::Deny))
}

/// The encoding that a page states near its head, in `<meta charset>` or in the prolog of XML.
fn stated(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let is_page = |needle: &[u8]| memchr::memmem::find(&head, needle).is_some();
    let name = if head.trim_ascii_start().starts_with(b"<?xml") {
        "encoding="
    } else {
        "charset="
    };
    if !is_page(b"<meta") && name == "charset=" {
        return None;
    }
    let at = memchr::memmem::find(&head, name.as_bytes())
        .or_else(|| memchr::memmem::find(&head, b"charset="))?;
    let equals = at + head[at..].iter().position(|&byte| byte == b'=')? + 1;
    let value = head[equals..].trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or(value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value.iter().position(|byte| {
        matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/' | b'?') || byte.is_ascii_whitespace()
    })?;
    Encoding::labelled(&value[..end])
}

fn decodes(bytes: &[u8], known: &'static known::Encoding) -> bool {
    let mut decoder = known.new_decoder_without_bom_handling();
    let mut room = String::with_capacity(STEP * 3);
    let mut rest = bytes;
    loop {
        room.clear();
        let step = &rest[..rest.len().min(STEP)];
        let last = step.len() == rest.len();
        let (_, read, wrong) = decoder.decode_to_string(step, &mut room, last);
        if wrong {
            return false;
        }
        rest = &rest[read..];
        if last && rest.is_empty() {
            return true;
        }
    }
}

/// So many bytes are decoded between two words of progress.
const STEP: usize = 1 << 20;

/// The text that bytes are in an encoding, with what is to be said of that. What cannot be decoded
/// stands as U+FFFD.
pub(super) fn decode(
    mut bytes: Vec<u8>,
    (encoding, ground): (Encoding, Ground),
    progress: &mut dyn FnMut(u64, u64),
) -> (String, Vec<Remark>) {
    let mark = match ground {
        Ground::Marked(length) => length,
        Ground::Wished if encoding == Encoding::UTF_8 && bytes.starts_with(b"\xef\xbb\xbf") => 3,
        Ground::Wished if encoding == Encoding::UTF_16LE && bytes.starts_with(b"\xff\xfe") => 2,
        Ground::Wished if encoding == Encoding::UTF_16BE && bytes.starts_with(b"\xfe\xff") => 2,
        _ => 0,
    };
    bytes.drain(..mark);
    let (text, wrong) = match encoding.0 {
        Kind::Known(known) if known == known::UTF_8 => match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        },
        Kind::Known(known) => of_known(&bytes, known, progress),
        Kind::Utf32 { big } => wide::of_utf32(&bytes, big),
    };
    let mut remarks = Vec::new();
    let how = match ground {
        _ if encoding == Encoding::UTF_8 => None,
        Ground::Wished | Ground::Utf8 => None,
        Ground::Marked(_) => Some("its first bytes say so"),
        Ground::Stated => Some("the page says so"),
        Ground::Guessed => Some("guessed; --encoding NAME says otherwise"),
    };
    if let Some(how) = how {
        remarks.push(Remark {
            line: 0,
            page: 0,
            text: format!("read as {encoding} ({how})"),
            misread: false,
        });
    }
    if wrong {
        remarks.push(undecoded(&text, encoding));
    }
    (text, remarks)
}

fn of_known(
    bytes: &[u8],
    known: &'static known::Encoding,
    progress: &mut dyn FnMut(u64, u64),
) -> (String, bool) {
    let mut decoder = known.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut at, mut any_wrong) = (0, false);
    loop {
        let step = &bytes[at..bytes.len().min(at + STEP)];
        let last = at + step.len() == bytes.len();
        // So much that a step always fits.
        text.reserve(step.len() * 3 + 16);
        let (_, read, wrong) = decoder.decode_to_string(step, &mut text, last);
        at += read;
        any_wrong |= wrong;
        progress(at as u64, bytes.len() as u64);
        if last && at == bytes.len() {
            return (text, any_wrong);
        }
    }
}

/// Says how much could not be decoded, and where that begins.
fn undecoded(text: &str, encoding: Encoding) -> Remark {
    let count = text.matches('\u{fffd}').count();
    let first = text.find('\u{fffd}').unwrap_or(0);
    let line = 1 + super::text::line_ends(&text[..first]).count() as u32;
    let what = match count {
        1 => "one place is not".to_string(),
        _ => format!("{count} places, of which this is the first, are not"),
    };
    Remark {
        line,
        page: 0,
        text: format!("{what} {encoding}: the characters there are lost"),
        misread: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text of our own in the languages of reports, 30 characters and a few.
    const SAMPLES: [(&str, &[&str]); 9] = [
        (
            "各国应加强国际合作，打击网络犯罪，保护证据，并向委员会报告。",
            &["GB18030", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"],
        ),
        (
            "各國應加強國際合作，打擊網路犯罪，保護證據，並向委員會報告。",
            &["Big5", "UTF-16LE", "UTF-16BE"],
        ),
        (
            "Государствам следует укреплять сотрудничество в борьбе.",
            &["windows-1251", "KOI8-U", "UTF-16LE", "UTF-16BE", "UTF-32LE"],
        ),
        (
            "ينبغي للدول أن تعزز التعاون الدولي في مكافحة الجريمة.",
            &["windows-1256", "UTF-16LE", "UTF-16BE"],
        ),
        (
            "Les États devraient coopérer davantage à cet égard, déjà.",
            &["windows-1252", "UTF-16LE", "UTF-16BE"],
        ),
        (
            "Los Estados deberían reforzar la cooperación en español.",
            &["windows-1252", "UTF-16LE", "UTF-16BE"],
        ),
        (
            "States should act.\r\nThey should report each year.",
            &["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"],
        ),
        (
            "各国は国際協力を強化し、サイバー犯罪と戦うべきである。",
            &["Shift_JIS", "EUC-JP", "UTF-16LE"],
        ),
        (
            "각국은 국제 협력을 강화하고 위원회에 보고하여야 한다.",
            &["EUC-KR", "UTF-16BE"],
        ),
    ];

    fn encoded(text: &str, encoding: &str) -> Vec<u8> {
        match encoding {
            "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "UTF-32LE" => text
                .chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect(),
            "UTF-32BE" => text
                .chars()
                .flat_map(|c| u32::from(c).to_be_bytes())
                .collect(),
            name => {
                let known = known::Encoding::for_label(name.as_bytes()).unwrap();
                let (bytes, _, wrong) = known.encode(text);
                assert!(!wrong, "{text} in {name}");
                bytes.into_owned()
            }
        }
    }

    fn read(bytes: &[u8], wish: Option<Encoding>) -> (&'static str, String, Vec<Remark>) {
        let chosen = choose(bytes, wish);
        let (text, remarks) = decode(bytes.to_vec(), chosen, &mut |_, _| ());
        (chosen.0.name(), text, remarks)
    }

    #[test]
    fn short_texts_in_every_language_are_known_by_their_bytes() {
        for (text, encodings) in SAMPLES {
            let (name, read_as, remarks) = read(text.as_bytes(), None);
            assert_eq!((name, read_as.as_str(), remarks.len()), ("UTF-8", text, 0));
            for encoding in encodings {
                let (name, read_as, remarks) = read(&encoded(text, encoding), None);
                assert_eq!((name, read_as.as_str()), (*encoding, text));
                assert!(remarks[0].text.contains("guessed") && !remarks[0].misread);
            }
        }
    }

    #[test]
    fn a_mark_settles_it_and_is_no_text() {
        for (text, encodings) in SAMPLES {
            for encoding in encodings.iter().filter(|name| name.starts_with("UTF")) {
                let (name, read_as, remarks) =
                    read(&encoded(&format!("\u{feff}{text}"), encoding), None);
                assert_eq!((name, read_as.as_str()), (*encoding, text));
                assert!(
                    remarks[0].text.contains("its first bytes"),
                    "{}",
                    remarks[0].text
                );
            }
        }
        assert_eq!(read("\u{feff}网络".as_bytes(), None).1, "网络");
    }

    #[test]
    fn what_a_page_says_of_itself_is_heeded_if_it_can_be_so() {
        let page = |charset: &str, text: &str, encoding: &str| {
            let page = format!(
                "<html><head><META http-equiv='Content-Type' content=\"text/html; charset={charset}\"></head>{text}"
            );
            read(&encoded(&page, encoding), None).0
        };
        // Too short to guess.
        assert_eq!(page("windows-1251", "Да", "windows-1251"), "windows-1251");
        assert_eq!(page("gb2312", "是", "GBK"), "GB18030");
        assert_eq!(page("iso-8859-1", SAMPLES[0].0, "UTF-8"), "UTF-8");
        assert_eq!(page("utf-8", SAMPLES[2].0, "windows-1251"), "windows-1251");
        assert_eq!(page("big5", SAMPLES[2].0, "KOI8-R"), "KOI8-U");
        assert_eq!(page("klingon", SAMPLES[2].0, "KOI8-R"), "KOI8-U");
    }

    #[test]
    fn damaged_utf_8_stays_utf_8_and_is_said() {
        let mut bytes = format!("ok\n{}\n", SAMPLES[0].0).into_bytes();
        let at = bytes.len() - 4;
        bytes[at] = 0xff;
        let (name, text, remarks) = read(&bytes, None);
        assert_eq!((name, remarks.len()), ("UTF-8", 1));
        assert!(text.contains("各国应") && text.contains('\u{fffd}'));
        assert!(remarks[0].misread && remarks[0].line == 2, "{remarks:?}");
        // Cut in the middle of a character.
        let cut = &SAMPLES[2].0.as_bytes()[..SAMPLES[2].0.len() - 2];
        assert_eq!(read(cut, None).0, "UTF-8");
    }

    #[test]
    fn a_wish_outranks_everything_and_what_it_cannot_read_is_counted() {
        let bytes = encoded(SAMPLES[2].0, "windows-1251");
        let wish = |label: &str| Some(label.parse().unwrap());
        assert_eq!(read(&bytes, wish("Windows-1251")).1, SAMPLES[2].0);
        assert_ne!(read(&bytes, wish("koi8-r")).1, SAMPLES[2].0);
        let (name, _, remarks) = read(&[b"ok\r", &bytes[..]].concat(), wish("utf8"));
        assert_eq!(
            (name, remarks.len(), remarks[0].line, remarks[0].misread),
            ("UTF-8", 1, 2, true)
        );
        for (label, name) in [
            ("latin1", "windows-1252"),
            ("GBK", "GB18030"),
            ("gb_18030", "GB18030"),
            ("UTF16LE", "UTF-16LE"),
            ("utf-32", "UTF-32LE"),
            ("cp1256", "windows-1256"),
            ("ISO_8859-1", "windows-1252"),
            ("big5", "Big5"),
        ] {
            assert_eq!(
                label.parse::<Encoding>().map(Encoding::name),
                Ok(name),
                "{label}"
            );
        }
        assert!(
            "hz-gb-2312".parse::<Encoding>().is_err(),
            "it is known only to be refused"
        );
    }
}
