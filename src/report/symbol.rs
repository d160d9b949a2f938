//! Cited documents in running text: the symbols of United Nations documents, `A/C.3/72/12`.
//!
//! A symbol is told by its first part, which is that of a body or series (ST/AI/189/Add.3 and its
//! successors list them), and by its last, which numbers a document: `A/C.3` names a committee and
//! `A/C.3/72` a session of it, and neither is a document. Resolutions that are cited by number are
//! in [`super::resolution`]; what else can be followed is in [`super::lead`].

use std::ops::Range;

use super::resolution::resolutions;
use super::script::half_width;

/// A document that a text cites.
pub(crate) struct Cited {
    /// The words that cite it, in bytes.
    pub(crate) range: Range<usize>,
    /// Its symbol, as catalogues write it: half-width, without spaces.
    pub(crate) symbol: String,
}

/// The documents that `text` cites by their symbols or as numbered resolutions, in order and
/// apart. Takes time in proportion to the text.
pub(crate) fn symbols(text: &str) -> Vec<Cited> {
    let mut all = resolutions(text);
    let (mut before, mut end) = (' ', 0);
    for (at, c) in text.char_indices() {
        let c = half(c);
        if at >= end
            && c.is_ascii_uppercase()
            && may_precede(before, at == end)
            && let Some(cited) = symbol(text, at)
        {
            end = cited.range.end;
            all.push(cited);
        }
        before = c;
    }
    all.sort_by_key(|cited| cited.range.start);
    all.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    all
}

/// The address of the web under which a document is found in all languages.
pub(super) fn undocs(symbol: &str) -> String {
    let mut out = String::from("https://undocs.org/");
    for byte in symbol.trim_start_matches('/').bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'('
            | b')' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A full-width letter, digit or sign as its half-width one, and any space as the usual one.
fn half(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        _ => half_width(c),
    }
}

/// The first parts of symbols. Those of other organisations (`WT/`, `CM/`) lead nowhere.
const SERIES: &str = "\
    A ACC APLC BWC CAC CAT CBD CCM CCPR CCW CD CEB CED CEDAW CEP CERD CLCS CMW CRC CRPD CTOC \
    DP E ECA ECE EB ENERGY ESCAP FCCC HRI HSP ICC-ASP ICCD ICEF IPBES ISBA JIU LC LOS MP NPT \
    OPS PBC PCNICC S SPLOS ST T TD TPNW TRADE TRANS UNCTAD UNEP UNFF UNFPA UNHCR UNICEF \
    UNIDO UNITAR UNODC UNU UNW WFP UN-HABITAT";

/// Abbreviations that stand before the number of a document.
const NUMBERED: &str = "\
    ADD AMEND CORR CRP DEC G INF L MISC NGO PRST PV R RES REV SECT SR SUM SUMMARY WP";

/// Parts that are written with small letters.
const MIXED: &str = "\
    Add Amend Corr Dec Misc Part Prot Res Rev Sect Ser Sub Summary";

/// More than any symbol has of parts and of characters in a part; bounds the work at each place.
const PARTS: usize = 12;
const LONGEST: usize = 16;

fn is_one_of(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// True where a symbol can begin behind `c`: not inside a word, an address of the web, or another
/// symbol, but right behind one (`A/79/876-S/2025/230`).
fn may_precede(c: char, behind_symbol: bool) -> bool {
    behind_symbol || !(c.is_ascii_alphanumeric() || "/_@.#%=&".contains(c))
}

/// The symbol that begins at `at`.
fn symbol(text: &str, at: usize) -> Option<Cited> {
    let series: String = ahead(text, at)
        .map(|(_, c)| c)
        .take_while(|c| c.is_ascii_uppercase() || *c == '-')
        .take(LONGEST)
        .collect();
    if !is_one_of(SERIES, &series) {
        return None;
    }
    let mut end = skip(text, at, series.len());
    let mut parts = vec![series];
    let mut best = None;
    let mut numbers = 0;
    while parts.len() < PARTS && peek(text, end) == Some('/') {
        let Some(part) = part(text, skip(text, end, 1), &parts) else {
            break;
        };
        // Working parties of the Economic Commission for Europe: ECE/TRANS/WP.29.
        let party = parts[0] == "ECE" && part.text.starts_with("WP.");
        end = part.end;
        let document = match part.number {
            Some(number) => {
                numbers += 1;
                numbers > 1 || is_document(number, part.text.len(), &parts)
            }
            None => part.numbered && !party,
        };
        parts.push(part.text);
        if document {
            best = Some((end, parts.len()));
        }
    }
    let (end, count) = best?;
    let mut following = ahead(text, end).map(|(_, c)| c);
    match following.next() {
        Some(c) if c.is_ascii_alphanumeric() => return None,
        // A path that goes on as no symbol does.
        Some('/') if following.next().is_some_and(|c| c.is_ascii_lowercase()) => return None,
        _ => {}
    }
    let mut symbol = parts[..count].join("/");
    let mut end = end;
    if let Some((behind, volume)) = volume(text, end, &parts[1]) {
        symbol.push_str(&volume);
        end = behind;
    }
    Some(Cited {
        range: at..end,
        symbol,
    })
}

/// Whether the first number in a symbol is that of a document, not of a session or a year.
fn is_document(number: u32, digits: usize, before: &[String]) -> bool {
    let year = digits == 4 && (1946..2100).contains(&number);
    match before {
        // Symbols of the early years, and of bodies that number through: S/23501, TD/500.
        [series] => match series.as_str() {
            "A" | "S" | "E" | "T" => digits >= 3 && !year,
            "TD" | "CD" | "CLCS" | "SPLOS" => digits >= 2 && !year,
            _ => false,
        },
        [series, .., last] if series == "S" && last == "RES" => true,
        [series, rest @ ..] if series == "A" => {
            // Bodies that number their own documents through, and special sessions: S-32, ES-10.
            let own = |part: &String| {
                ["AC.", "CN.", "CONF.", "S-", "ES-"]
                    .iter()
                    .any(|start| part.starts_with(start))
            };
            !year && (number >= 100 || rest.iter().any(own))
        }
        _ => !year,
    }
}

/// One part of a symbol.
struct Part {
    end: usize,
    text: String,
    /// Its number, where it is one.
    number: Option<u32>,
    /// True for `L.72`, `Add.1` and the like.
    numbered: bool,
}

fn part(text: &str, at: usize, before: &[String]) -> Option<Part> {
    match peek(text, at)? {
        '0'..='9' => number(text, at, before),
        'A'..='Z' => word(text, at),
        _ => None,
    }
}

/// `72`, `75A`; `2-3` behind letters, where it counts periods (`CRPD/C/NIC/CO/1-3`); `2178(2014)`.
fn number(text: &str, at: usize, before: &[String]) -> Option<Part> {
    let digits = run(text, at, |c| c.is_ascii_digit());
    let mut end = skip(text, at, digits.len());
    let mut own = digits.clone();
    let next = ahead(text, end).map(|(_, c)| c).take(2).collect::<String>();
    let mut next = next.chars();
    match (next.next(), next.next()) {
        (Some(letter @ 'A'..='Z'), other) if !other.is_some_and(|c| c.is_ascii_alphanumeric()) => {
            own.push(letter);
            end = skip(text, end, 1);
        }
        (Some('-'), Some('0'..='9'))
            if before
                .last()
                .is_some_and(|last| last.chars().all(|c| c.is_ascii_uppercase())) =>
        {
            let more = run(text, skip(text, end, 1), |c| c.is_ascii_digit());
            end = skip(text, end, 1 + more.len());
            own = format!("{own}-{more}");
        }
        _ => {}
    }
    if let Some((behind, brackets)) = brackets(text, end) {
        own.push_str(&brackets);
        end = behind;
    }
    Some(Part {
        end,
        number: Some(digits.parse().unwrap_or(u32::MAX)),
        text: own,
        numbered: false,
    })
}

/// `RES`, `C.3`, `C.I`, `MP.PP`, `ES-10`, `COP(14)`, `L.72`, `Rev.1`.
fn word(text: &str, at: usize) -> Option<Part> {
    let letters = run(text, at, |c| c.is_ascii_alphanumeric());
    let upper = |word: &str| {
        word.chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    if !upper(&letters) && !is_one_of(MIXED, &letters) {
        return None;
    }
    let mut end = skip(text, at, letters.len());
    let mut own = letters.clone();
    let mut numbered = false;
    if let Some(sign @ ('.' | '-')) = peek(text, end) {
        let more = run(text, skip(text, end, 1), |c| c.is_ascii_alphanumeric());
        let digits = !more.is_empty() && more.chars().all(|c| c.is_ascii_digit());
        // A hyphen before letters stands between two symbols, or words.
        if digits || (sign == '.' && !more.is_empty() && upper(&more)) {
            end = skip(text, end, 1 + more.len());
            own = format!("{own}{sign}{more}");
            let letters = letters.to_ascii_uppercase();
            numbered = digits && sign == '.' && is_one_of(NUMBERED, &letters);
        }
    }
    if let Some((behind, brackets)) = brackets(text, end) {
        own.push_str(&brackets);
        end = behind;
    }
    Some(Part {
        end,
        text: own,
        number: None,
        numbered,
    })
}

/// `(2014)`, `(14)`, `(V)`, `(SUPP)` right behind a part: where they end, half-width.
fn brackets(text: &str, at: usize) -> Option<(usize, String)> {
    if peek(text, at)? != '(' {
        return None;
    }
    let inside = run(text, skip(text, at, 1), |c| {
        c.is_ascii_uppercase() || c.is_ascii_digit()
    });
    let end = skip(text, at, 1 + inside.len());
    (!inside.is_empty() && peek(text, end) == Some(')'))
        .then(|| (skip(text, end, 1), format!("({inside})")))
}

/// What belongs to a symbol though a space stands before it: `(2014)` behind a resolution of the
/// Security Council, `(Vol. I)`, `(Part II)`, `(Sect. 13)`.
fn volume(text: &str, at: usize, second: &str) -> Option<(usize, String)> {
    let mut at = at;
    if peek(text, at) == Some(' ') {
        at = skip(text, at, 1);
    }
    if peek(text, at)? != '(' {
        return None;
    }
    let inside = run(text, skip(text, at, 1), |c| {
        c.is_ascii_alphanumeric() || c == '.' || c == ' '
    });
    let end = skip(text, at, 1 + inside.chars().count());
    let close = peek(text, end) == Some(')');
    let year = second == "RES" && inside.len() == 4 && inside.chars().all(|c| c.is_ascii_digit());
    let named = ["Vol.", "Vol ", "Part ", "Part. ", "Sect.", "SUPP", "Supp."];
    let volume = named.iter().any(|name| inside.starts_with(name));
    (close && (year || volume))
        .then(|| (skip(text, end, 1), format!("({})", inside.replace(' ', ""))))
}

/// The characters from `at` on, half-width, with their places.
fn ahead(text: &str, at: usize) -> impl Iterator<Item = (usize, char)> {
    let chars = text[at..].char_indices();
    chars.map(move |(place, c)| (at + place, half(c)))
}

pub(super) fn peek(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next().map(half)
}

/// The place `count` characters behind `at`.
pub(super) fn skip(text: &str, at: usize, count: usize) -> usize {
    let place = text[at..].char_indices().nth(count);
    place.map_or(text.len(), |(place, _)| at + place)
}

/// The characters from `at` on that `belong`, half-width, no more than a part of a symbol has.
pub(super) fn run(text: &str, at: usize, belongs: impl Fn(char) -> bool) -> String {
    let chars = ahead(text, at).map(|(_, c)| c);
    chars.take_while(|&c| belongs(c)).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text, and what it cites.
    const CASES: &str = "\
A/C.3/72/12 | A/C.3/72/12
见大会第65/230号决议和文件A/C.3/72/12，附件 | 65/230 = A/RES/65/230; A/C.3/72/12
see A/74/130. | A/74/130
(A/74/130) | A/74/130
[A/74/130], | A/74/130
“A/74/130” | A/74/130
A/74/130, annex; A/74/131 and A/74/132 | A/74/130; A/74/131; A/74/132
草案（A/C.3/72/12，附件） | A/C.3/72/12
文件A/74/130号 | A/74/130
A/74/130号文件所载 | A/74/130
A／C.3／72／12 | A／C.3／72／12 = A/C.3/72/12
Ａ／７４／１３０ | Ａ／７４／１３０ = A/74/130
документ A/74/130, пункт 5 | A/74/130
الوثيقة A/74/130، | A/74/130
A/RES/74/247 | A/RES/74/247
A/RES/48/75A | A/RES/48/75A
A/RES/S-32/1 and A/ES-10/L.22 | A/RES/S-32/1; A/ES-10/L.22
E/CN.15/2019/30 | E/CN.15/2019/30
E/CN.4/Sub.2/2000/1 | E/CN.4/Sub.2/2000/1
UNODC/CCPCJ/EG.4/2017/3 | UNODC/CCPCJ/EG.4/2017/3
S/RES/2178(2014) | S/RES/2178(2014)
S/RES/2178 (2014) of | S/RES/2178 (2014) = S/RES/2178(2014)
S/RES/2178（2014） | S/RES/2178（2014） = S/RES/2178(2014)
S/RES/2019 (2011) | S/RES/2019 (2011) = S/RES/2019(2011)
S/RES/2776 | S/RES/2776
S/2019/1 | S/2019/1
S/23501 | S/23501
S/PV.8000 and S/PRST/2019/1 | S/PV.8000; S/PRST/2019/1
A/AC.109/L.1745 | A/AC.109/L.1745
CTOC/COP/2018/L.2 | CTOC/COP/2018/L.2
A/73/10 and Corr.1 | A/73/10
A/73/10/Corr.1 | A/73/10/Corr.1
A/66/9 (Vol. I) | A/66/9 (Vol. I) = A/66/9(Vol.I)
A/74/6 (Sect. 13) and | A/74/6 (Sect. 13) = A/74/6(Sect.13)
A/56/1 (Part II) | A/56/1 (Part II) = A/56/1(PartII)
A/74/130 (see below) | A/74/130
A/CONF.234/16 | A/CONF.234/16
A/CONF.157/23 | A/CONF.157/23
A/CONF.192/PC/L.3 | A/CONF.192/PC/L.3
CCPR/C/GC/34 | CCPR/C/GC/34
CRPD/C/NIC/CO/1-3. | CRPD/C/NIC/CO/1-3
CRPD/C/AUT/CO/2-3/Corr.1) | CRPD/C/AUT/CO/2-3/Corr.1
CRPD/C/31/D/91/2021 | CRPD/C/31/D/91/2021
CRPD/C/5 | CRPD/C/5
ST/SG/AC.10/1/Rev.19 | ST/SG/AC.10/1/Rev.19
ST/SGB/2019/2 | ST/SGB/2019/2
FCCC/CP/2015/10/Add.1 | FCCC/CP/2015/10/Add.1
ICCD/COP(14)/2 | ICCD/COP(14)/2
ICC-ASP/18/1 | ICC-ASP/18/1
E/2019/INF/2 | E/2019/INF/2
TD/B/C.I/CLP/55 | TD/B/C.I/CLP/55
TD/B/WG.6/Misc.8 | TD/B/WG.6/Misc.8
TD/500 | TD/500
TPNW/MSP/2025/11/Rev.1 | TPNW/MSP/2025/11/Rev.1
A/HRC/WG.6/34/ITA/3 | A/HRC/WG.6/34/ITA/3
HRI/GEN/1/Rev.9 | HRI/GEN/1/Rev.9
A/79/876-S/2025/230 | A/79/876; S/2025/230
A/79/876–S/2025/230 | A/79/876; S/2025/230
CRPD/C/28/D/67/2019-CRPD/C/28/D/68/2019. | CRPD/C/28/D/67/2019; CRPD/C/28/D/68/2019
A/74/1-2 | A/74/1
A/80/590/Add.1-3 | A/80/590/Add.1
A/79/L.72. | A/79/L.72
A/CN.4/98 and A/CN.9/WG.III/WP.149 | A/CN.4/98; A/CN.9/WG.III/WP.149
E/C.12/GC/24 | E/C.12/GC/24
CCPR/C/120/D/2345/2014 | CCPR/C/120/D/2345/2014
ECE/TRANS/WP.29/343 | ECE/TRANS/WP.29/343
UNEP/EA.4/Res.10 | UNEP/EA.4/Res.10
NPT/CONF.2020/PC.III/WP.9 | NPT/CONF.2020/PC.III/WP.9
A/78/744/Add.11). | A/78/744/Add.11
A/74/130/ | A/74/130";

    /// What is cited and its symbol; one word where both are the same.
    fn found(text: &str) -> String {
        let show = |cited: Cited| {
            let words = &text[cited.range];
            if words == cited.symbol {
                words.to_owned()
            } else {
                format!("{words} = {}", cited.symbol)
            }
        };
        symbols(text)
            .into_iter()
            .map(show)
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn symbols_are_found_wherever_they_stand() {
        for row in CASES.lines() {
            let (text, cited) = row.split_once(" |").expect("text | what it cites");
            let cited = cited.trim_start();
            assert_eq!(found(text), cited, "{text}");
        }
    }

    #[test]
    fn what_is_no_document_is_not_found() {
        let none = "and/or; I/O; km/h; 1/2; 24/7;\
            his/her; UN/ECE; A/B; A/B/C; A/;\
            A//1; S/N; Т/1234; 2023/24; 16/04/2025;\
            A/C.3; A/C.3/72; A/74; A/RES/74; A/HRC/43;\
            A/AC.109; E/2019; S/2019; E/CN.15/2019; TPNW/MSP/2025;\
            TD/B; ECE/TRANS/WP.29; NPT/CONF.2020; decision 2/CMA.3; 1/CP.21; WT/MIN(24)/DEC/1; CM/ResCMN(2020)8;\
            ITC/UNCTAD/WTO; GATT/WTO; https://undocs.org/A/74/130; undocs.org/A/74/130; www.un.org/A/74/130/foo;\
            xA/74/130; A/74/130x; A/74/130/index.html; path/A/74/130; a/74/130;\
            DNA/74/130; IS/IT/74/130";
        for text in none.split(';').map(str::trim) {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn an_address_holds_nothing_that_is_not_of_an_address() {
        for (symbol, wanted) in [
            ("A/C.3/72/12", "https://undocs.org/A/C.3/72/12"),
            ("S/RES/2178(2014)", "https://undocs.org/S/RES/2178(2014)"),
            (
                "/A/1 b\x1b\"网",
                "https://undocs.org/A/1%20b%1B%22%E7%BD%91",
            ),
        ] {
            assert_eq!(undocs(symbol), wanted);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn citations_are_in_order_apart_and_whole_characters(text in "([A-EST]|A/|CRPD/C/|/|／|7[0-9]|[0-9]{1,4}|Rev\\.|L\\.|\\.|-|\\(|\\)|（2014）| |大会第|号决议|、|和|resolution |74/247| and |S/RES/|é|网|\\PC){0,30}") {
            let mut end = 0;
            for cited in symbols(&text) {
                prop_assert!(cited.range.start >= end && cited.range.start < cited.range.end);
                prop_assert!(text.is_char_boundary(cited.range.start) && text.is_char_boundary(cited.range.end));
                prop_assert!(cited.symbol.is_ascii() && !cited.symbol.contains(' '));
                end = cited.range.end;
            }
        }
    }

    #[test]
    fn long_texts_take_time_in_proportion() {
        for piece in [
            "A/74/130 ",
            "A/",
            "A/A",
            "A/74/",
            "CRPD/C/",
            "大会第74/247号、",
            "resolution 74/247, ",
            "resolutions 74/247, ",
            "resolutions 74/247, and 74/247, ",
            "第74/247、",
            "第",
            "A/1-",
        ] {
            let text = piece.repeat(200_000 / piece.len());
            let start = std::time::Instant::now();
            symbols(&text);
            assert!(
                start.elapsed().as_secs() < 5,
                "{piece}: {:?}",
                start.elapsed()
            );
        }
    }
}
