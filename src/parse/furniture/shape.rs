//! The shapes of what is printed at the edges of pages: `A/80/55`, `2/22`, `24-06433 (E)`.
//!
//! A line is read from its start to its end as a row of such pieces; it has a shape when nothing
//! else is on it.

use crate::report::FurnitureKind;
use crate::report::numeral::parse_roman;

/// What a line wholly made of such pieces is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Shape {
    pub kind: FurnitureKind,
    /// The symbols on it.
    pub symbols: Vec<String>,
    /// The page number on it, if it says one.
    pub page: Option<u32>,
    /// True when nothing but furniture is ever printed so, wherever it stands: `*2406433*`.
    pub sure: bool,
}

/// One piece, and how many bytes it is long.
enum Piece {
    Symbol(String),
    Page(u32),
    Job { sure: bool },
    Sign,
    Overleaf,
    Date,
}

/// Longer than any line of such pieces, in bytes.
const LONGEST: usize = 240;

/// The shape of a line, if it has one.
pub(in crate::parse) fn shape(line: &str) -> Option<Shape> {
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let line = plain(line);
    let mut rest = line.trim();
    let mut found = Shape {
        kind: FurnitureKind::PageNumber,
        symbols: Vec::new(),
        page: None,
        sure: false,
    };
    let (mut jobs, mut dates, mut pieces) = (0, 0, 0);
    while !rest.is_empty() {
        let (piece, length) = piece(rest, jobs > 0)?;
        pieces += 1;
        match piece {
            Piece::Symbol(symbol) => found.symbols.push(symbol),
            // Two numbers side by side are cells of a table.
            Piece::Page(number) if found.page.replace(number).is_some() => return None,
            Piece::Page(_) => {}
            Piece::Job { sure } => {
                jobs += 1;
                found.sure |= sure;
            }
            Piece::Sign => {
                jobs += 1;
                found.sure = true;
            }
            Piece::Overleaf => found.sure = true,
            Piece::Date => dates += 1,
        }
        rest = rest[length..].trim_start();
    }
    if dates == pieces {
        return None;
    }
    found.kind = match (found.symbols.is_empty(), jobs > 0, found.page) {
        (false, ..) => FurnitureKind::RunningHead,
        (true, true, _) => FurnitureKind::JobNumber,
        (true, false, Some(_)) => FurnitureKind::PageNumber,
        (true, false, None) => FurnitureKind::RunningHead,
    };
    Some(found)
}

/// The line without signs of direction, and with the letters of bar-code and symbol fonts as the
/// characters they stand for.
pub(super) fn plain(line: &str) -> String {
    let one = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{f020}'..='\u{f07e}' => char::from_u32(u32::from(c) - 0xf000),
        '٠'..='٩' => char::from_u32(u32::from(c) - 0x660 + 0x30),
        '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + 0x30),
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c => Some(c),
    };
    line.chars().filter_map(one).collect()
}

fn piece(text: &str, behind_job: bool) -> Option<(Piece, usize)> {
    if let Some(length) = symbol(text) {
        return Some((Piece::Symbol(written(&text[..length])), length));
    }
    if let Some(found) = job(text) {
        return Some(found);
    }
    if let Some(length) = numeric_date(text) {
        return Some((Piece::Date, length));
    }
    if behind_job && let Some(length) = stamp(text) {
        return Some((Piece::Job { sure: false }, length));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| starts_with(text, sign)) {
        return Some((Piece::Sign, sign.len()));
    }
    if let Some(sign) = OVERLEAF.iter().find(|sign| text == **sign) {
        return Some((Piece::Overleaf, sign.len()));
    }
    page(text)
}

/// What is printed beside job numbers.
const SIGNS: [&str; 17] = [
    "Please recycle",
    "Accessible document",
    "Merci de recycler",
    "Document adapté",
    "Document accessible",
    "Se ruega reciclar",
    "Documento accesible",
    "Просьба отправить на вторичную переработку",
    "Документ в доступном формате",
    "请回收",
    "請回收",
    "无障碍文件",
    "الرجاء إعادة استعمال الورق",
    "الرجاء إعادة الاستعمال",
    "وثيقة ميسرة",
    "♲",
    "♻",
];

/// The sign of old documents that a text goes on overleaf.
const OVERLEAF: [&str; 4] = ["/...", "/…", "…/", ".../"];

/// True where `text` begins with `start`, in whatever case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head == start || head.to_lowercase() == start.to_lowercase())
}

/// The length of the symbol at the start of `text`, with a year in brackets and the star that leads
/// to a note: `A/HRC/43/12/Add.1`, `S/RES/2776 (2025)*`.
pub(in crate::parse) fn symbol(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "./-–()".contains(c)))
        .unwrap_or(text.len());
    // Letters set apart came out of a PDF with a space before the stroke.
    let end = match text[end..].strip_prefix(" /") {
        Some(rest) if end <= 5 && !text[..end].contains('/') => {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "./-–()".contains(c)));
            end + 2 + length.unwrap_or(rest.len())
        }
        _ => end,
    };
    if !is_symbol(&written(&text[..end])) {
        return None;
    }
    let mut end = end;
    let rest = text[end..].trim_start();
    if let Some(year) = rest.strip_prefix('(')
        && year.len() >= 5
        && year.bytes().take(4).all(|b| b.is_ascii_digit())
        && year[4..].starts_with(')')
    {
        end = text.len() - rest.len() + 6;
    }
    let stars = text[end..].len() - text[end..].trim_start_matches(['*', '†']).len();
    Some(end + stars)
}

/// A symbol as catalogues write it, without the star behind it.
pub(in crate::parse) fn written(symbol: &str) -> String {
    let bare = symbol.trim_end_matches(['*', '†']).trim_end();
    bare.replace(" /", "/").replace('–', "-")
}

/// `A/74/130`, `A/HRC/43/12`, `A/C.3/72/12/Add.1`: capitals first, parts behind slashes, a digit.
fn is_symbol(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || ".-()".contains(c);
    let mut parts = text.split('/');
    let body = parts.next().is_some_and(|body| {
        body.starts_with(|c: char| c.is_ascii_uppercase())
            && body.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
    });
    let rest: Vec<_> = parts.collect();
    let shaped = !rest.is_empty()
        && rest
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(known));
    body && shaped && text.contains(|c: char| c.is_ascii_digit()) && !text.ends_with(['.', '-'])
}

/// How many ASCII digits `text` begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// `24-06433 (E)`, `GE.20-02643(E)`, `V.18-07253 (C)`, `GE.96-51477`, `*2406433*`.
fn job(text: &str) -> Option<(Piece, usize)> {
    if let Some(code) = text.strip_prefix('*') {
        let length = code.find('*')?;
        let inside = code[..length].trim();
        let coded = (6..=8).contains(&inside.len()) && digits(inside) == inside.len();
        return coded.then_some((Piece::Sign, 1 + length + 1));
    }
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let office = match text[letters..].strip_prefix('.') {
        Some(_) if (1..=3).contains(&letters) => {
            letters + 1 + (text[letters + 1..].len() - text[letters + 1..].trim_start().len())
        }
        _ => 0,
    };
    let rest = &text[office..];
    if digits(rest) != 2 {
        return None;
    }
    let after = rest[2..].strip_prefix(['-', '–'])?;
    // No more than five digits: a page number may stand right behind.
    if digits(after) < 5 {
        return None;
    }
    let mut end = text.len() - after.len() + 5;
    let behind = text[end..].trim_start_matches('*').trim_start();
    let language = ["(E)", "(F)", "(S)", "(R)", "(C)", "(A)"];
    let closing = behind.get(..3).filter(|code| language.contains(code));
    if closing.is_some() {
        // A star says that the document was issued again.
        end = text.len() - behind.len() + 3;
    }
    let sure = office > 0 || closing.is_some();
    Some((Piece::Job { sure }, end))
}

/// A date stamp behind a job number: `160126`.
fn stamp(text: &str) -> Option<usize> {
    let alone = !text[digits(text)..].starts_with(|c: char| !c.is_whitespace());
    (digits(text) == 6 && alone).then_some(6)
}

/// `16/04/2025`, as running heads of records have it.
fn numeric_date(text: &str) -> Option<usize> {
    let shaped = text.len() >= 10
        && text.bytes().take(10).enumerate().all(|(at, b)| {
            if at == 2 || at == 5 {
                b == b'/' || b == b'.'
            } else {
                b.is_ascii_digit()
            }
        });
    (shaped && digits(&text[10..]) == 0).then_some(10)
}

/// Words before a page number, in small letters.
const PAGE: [&str; 13] = [
    "page",
    "página",
    "pagina",
    "pág.",
    "pag.",
    "p.",
    "стр.",
    "страница",
    "с.",
    "صفحة",
    "الصفحة",
    "第",
    "頁",
];

/// `2/22`, `- 3 -`, `Page 3`, `第 3 页`, `3 of 12`, `3`, `iii`.
fn page(text: &str) -> Option<(Piece, usize)> {
    let lower = text.to_lowercase();
    let word = (lower.len() == text.len())
        .then(|| PAGE.iter().find(|word| lower.starts_with(**word)))
        .flatten();
    let dashed = text.starts_with(['-', '–', '—']);
    let start = match word {
        Some(word) => word.len(),
        None if dashed => text.chars().next().map_or(0, char::len_utf8),
        None => 0,
    };
    let rest = text[start..].trim_start();
    let count = digits(rest);
    if count == 0 || count > 4 {
        return roman_page(text);
    }
    let number = rest[..count].parse().ok()?;
    let mut end = text.len() - rest.len() + count;
    let behind = text[end..].trim_start();
    if dashed {
        let closing = behind.chars().next().filter(|c| "-–—".contains(*c))?;
        end = text.len() - behind.len() + closing.len_utf8();
    } else if word == Some(&"第") {
        let closing = behind.chars().next().filter(|c| "页頁".contains(*c))?;
        end = text.len() - behind.len() + closing.len_utf8();
    } else if let Some(total) = of_total(behind) {
        end = text.len() - behind.len() + total;
    }
    let separate = text[end..].chars().next().is_none_or(char::is_whitespace);
    separate.then_some((Piece::Page(number), end))
}

/// The length of `/22` or `of 22`, which says how many pages there are.
fn of_total(text: &str) -> Option<usize> {
    let rest = ["/", "of ", "sur ", "de ", "из "]
        .iter()
        .find_map(|word| text.strip_prefix(word))?
        .trim_start();
    let count = digits(rest);
    (1..=4)
        .contains(&count)
        .then(|| text.len() - rest.len() + count)
}

/// A page number in front of the text proper: `iii`.
fn roman_page(text: &str) -> Option<(Piece, usize)> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let small = text[..end].bytes().all(|b| b"ivxlc".contains(&b));
    let number = parse_roman(&text[..end]).filter(|&number| small && number < 100)?;
    Some((Piece::Page(number), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_page_edges_are_told_by_their_shape() {
        for (line, kind, page) in [
            ("A/99/321", "running head", None),
            ("A/HRC/43/12/Add.1", "running head", None),
            ("S/RES/2999 (2025)*", "running head", None),
            ("A /99/PV.12      16/04/2025", "running head", None),
            ("A/99/55        3/24", "running head", Some(3)),
            ("3/24   24-06433", "job number", Some(3)),
            ("24-064333/24", "job number", Some(3)),
            ("24-06433 (E)    010424    020424", "job number", None),
            ("24-06433* (E)", "job number", None),
            ("24-06433\u{8}3/24", "job number", Some(3)),
            ("/...", "running head", None),
            ("GE.20-02643(E)", "job number", None),
            ("V.18-07253 (C)", "job number", None),
            ("GE.25-05162 (E) 060525 080525 iii", "job number", Some(3)),
            ("2 GE.25-05162", "job number", Some(2)),
            ("*2406433*", "job number", None),
            (
                "\u{f02a}\u{f031}\u{f039}\u{f032}\u{f032}\u{f035}\u{f037}\u{f033}\u{f02a} ",
                "job number",
                None,
            ),
            ("Please recycle", "job number", None),
            ("2/22", "page number", Some(2)),
            ("- 3 -", "page number", Some(3)),
            ("Page 3", "page number", Some(3)),
            ("página 3", "page number", Some(3)),
            ("第 3 页", "page number", Some(3)),
            ("Стр. 12", "page number", Some(12)),
            ("\u{202b}12/14\u{202c}", "page number", Some(12)),
            ("٣", "page number", Some(3)),
            ("3 of 12", "page number", Some(3)),
            ("iv", "page number", Some(4)),
        ] {
            let found = shape(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.kind.name(), found.page), (kind, page), "{line}");
        }
    }

    #[test]
    fn text_has_no_such_shape() {
        for line in [
            "A/99/321, annex.",
            "See A/99/321",
            "107 101",
            "1 April 2025",
            "Option 1",
            "[…]",
            "and/or 3",
            "3.",
            "(3)",
            "12 345",
            "16/04/2025",
            "Page 3 of the report",
            "第3条",
            "160126",
        ] {
            assert_eq!(shape(line), None, "{line}");
        }
    }
}
