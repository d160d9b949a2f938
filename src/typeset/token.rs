//! What stands between two spaces: a word, a number or a symbol; and the words that go with
//! numbers in the languages of the United Nations.

/// What a token is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters: `law-enforcement`, `and/or`.
    #[default]
    Word,
    /// A number, with its sign, or the address of a paragraph: `60%`, `US$5.3`, `1(k)(iii)`.
    Number,
    /// The symbol of a document, an address of the net: `A/C.3/72/12`, `undocs.org`.
    Symbol,
}

/// A run of narrow characters without a space.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Token {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// The token that begins at `at` and ends where `stops` says so; at least one character.
    pub(super) fn at(text: &str, at: usize, stops: impl Fn(char) -> bool) -> Self {
        let rest = &text[at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let len = rest[first..]
            .find(&stops)
            .map_or(rest.len(), |len| first + len);
        Self {
            start: at,
            end: at + len,
            kind: kind(&rest[..len]),
        }
    }

    /// A wide character, by itself.
    pub(super) fn one(at: usize, c: char) -> Self {
        Self {
            start: at,
            end: at + c.len_utf8(),
            kind: Kind::Word,
        }
    }

    /// Its bytes.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    /// What of it stands in `before`, a start of the text; nothing where it is too long to be told.
    pub(super) fn text<'a>(&self, before: &'a str) -> &'a str {
        let token = before.get(self.start..).unwrap_or("");
        if token.len() > 40 { "" } else { token }
    }
}

fn kind(token: &str) -> Kind {
    let (mut digit, mut letter, mut lower, mut slash, mut dotted, mut sign, mut money) =
        (false, false, false, false, false, false, false);
    let mut depth = 0_usize;
    let mut before = [' '; 2];
    for c in token.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '/' => slash = true,
            '@' | '_' | '=' | '&' => sign = true,
            '$' | '€' | '£' | '¥' | '₽' => money = true,
            _ if c.is_numeric() => digit = true,
            _ if c.is_alphabetic() => {
                letter |= depth == 0;
                lower |= c.is_lowercase();
                dotted |= before[1] == '.' && before[0].is_alphanumeric();
                // http://
                sign |= before == ['/', '/'];
            }
            _ => {}
        }
        before = [before[1], c];
    }
    if digit && (!letter || money) {
        Kind::Number
    } else if letter && (digit || sign || dotted) || slash && !lower {
        Kind::Symbol
    } else {
        Kind::Word
    }
}

/// True where a text begins with what follows `para.` or `chapter`: digits, or a Roman number.
pub(super) fn is_number(text: &str) -> bool {
    let roman = text.find(|c| !"IVXLC".contains(c)).unwrap_or(text.len());
    let ends = |c: char| !c.is_alphanumeric();
    text.starts_with(|c: char| c.is_numeric() && !c.is_alphabetic())
        || roman > 0 && text[roman..].chars().next().is_none_or(ends)
}

/// True where a text begins with a step of an address: `(k)`, `(iii)`, `（三）`, `(12)`.
pub(super) fn is_group(text: &str) -> bool {
    group(text).is_some()
}

/// True where a text ends with one.
pub(super) fn ends_with_group(text: &str) -> bool {
    text.ends_with([')', '）'])
        && text
            .char_indices()
            .rev()
            .take(7)
            .find(|(_, c)| "(（".contains(*c))
            .is_some_and(|(at, _)| group(&text[at..]) == Some(text.len() - at))
}

/// How many bytes the step takes that a text begins with.
fn group(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['(', '（'])?;
    let (len, close) = inner
        .char_indices()
        .take(6)
        .find(|(_, c)| ")）".contains(*c))?;
    let inner = &inner[..len];
    let first = inner.chars().next()?;
    let all = |of: &str| inner.chars().all(|c| of.contains(c));
    let doubled = first.is_alphabetic() && inner.chars().all(|c| c == first);
    let step = doubled && inner.chars().count() <= 2
        || all("0123456789")
        || all("ivxlc")
        || all("IVXLC")
        || all("一二三四五六七八九十");
    let open = text.chars().next().map_or(0, char::len_utf8);
    step.then_some(open + len + close.len_utf8())
}

/// True for a word that names what a number counts, or an abbreviation of one: `para.`, `No.`.
pub(super) fn is_counter(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[', '"', '\'', '“', '‘', '«']);
    !word.is_empty() && word.len() <= 24 && has(COUNTERS, &word.to_lowercase())
}

/// True where a text begins with a unit of measure, `per cent` or a month, as a word of its own.
pub(super) fn is_unit(text: &str) -> bool {
    let end = text
        .char_indices()
        .find(|(at, c)| *at > 40 || !c.is_alphabetic())
        .map_or(text.len(), |(at, _)| at);
    let word = &text[..end];
    if matches!(word, "per" | "pour" | "por") {
        return is_cent(&text[end..]);
    }
    has(UNITS, word) || end <= 24 && has(MONTHS, &word.to_lowercase())
}

/// True where a text begins with what follows `per`, `pour` and `por` behind a number.
pub(super) fn is_cent(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{a0}']);
    text.starts_with("cent") || text.starts_with("ciento")
}

fn has(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

const COUNTERS: &str = "no no. nos. no° n° nº n.º № para. paras. paragraph paragraphs subparagraph \
    subparagraphs sub-paragraph art. arts. article articles p. pp. page pages vol. vols. chap. ch. \
    chapter chapters sect. sec. section sections fig. figs. figure figures table tables annex item \
    items rule rules resolution resolutions decision decisions part add. rev. corr. add rev corr \
    usd eur gbp chf cny rmb jpy rub \
    par. paragraphe paragraphes chapitre annexe résolution décision règle tableau \
    párr. párrs. párrafo párrafos artículo artículos art capítulo sección anexo resolución decisión \
    núm. núms. pág. págs. cuadro regla tema \
    п. пп. пункт пункта пункте пунктом пункты пунктов ст. статья статьи статье статьей глава главы \
    главе раздел раздела разделе стр. табл. рис. резолюция резолюции резолюцией правило \
    المادة الفقرة الفقرات القرار الفصل رقم";

const UNITS: &str = "km m cm mm nm μm µm ha kg g mg μg µg t l ml h min ms Hz kHz MHz GHz W kW MW GW TW kWh MWh \
    GWh TWh kV kJ MJ GJ Pa hPa kPa MPa kB KB MB GB TB PB kbps Mbps Gbps a.m p.m am pm \
    bn mn million millions billion billions trillion thousand millones mil milliard milliards \
    км м см мм га кг г мг т л ч мин с млн млрд тыс долл евро руб год года году годов гг процент процента \
    процентов";

const MONTHS: &str = "january february march april may june july august september october november december \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря \
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_by_its_characters() {
        let kind = |token: &str| Token::at(token, 0, char::is_whitespace).kind;
        for word in [
            "law-enforcement",
            "and/or",
            "States’",
            "(cyber)",
            "——",
            "закон",
        ] {
            assert_eq!(kind(word), Kind::Word, "{word}");
        }
        for number in [
            "7",
            "60%",
            "US$5.3",
            "1(k)(iii)",
            "74/247",
            "2017–2018",
            "٣",
            "–5°",
        ] {
            assert_eq!(kind(number), Kind::Number, "{number}");
        }
        for symbol in [
            "A/C.3/72/12",
            "A/RES",
            "COVID-19",
            "undocs.org",
            "http://undocs/zh",
            "secretariat@unodc",
        ] {
            assert_eq!(kind(symbol), Kind::Symbol, "{symbol}");
        }
    }

    #[test]
    fn steps_of_an_address_are_short() {
        for step in ["(k)", "(aa)", "(iii)", "（三）", "(12)", "（k）"] {
            assert!(is_group(step) && ends_with_group(step), "{step}");
        }
        for text in [
            "",
            "(",
            "()",
            "(the)",
            "(EU)",
            "(2017 年)",
            "k)",
            "（网络）",
        ] {
            assert!(!is_group(text) && !ends_with_group(text), "{text}");
        }
        assert!(is_group("(k)项") && ends_with_group("第1段(k)"));
    }

    #[test]
    fn words_that_go_with_numbers_are_known_whole() {
        assert!(is_counter("Para.") && is_counter("(No.") && is_counter("пункте"));
        assert!(!is_counter("parapet") && !is_counter("") && !is_counter("end."));
        assert!(is_unit("km away") && is_unit("per cent") && is_unit("September 2017"));
        assert!(!is_unit("kmh") && !is_unit("per person") && !is_unit(""));
        assert!(is_number("12") && is_number("II") && is_number("IV, B"));
        assert!(!is_number("In") && !is_number("") && !is_number("一"));
    }
}
