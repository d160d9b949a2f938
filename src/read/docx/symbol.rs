//! Signs of fonts that have signs where letters should be, as characters.

/// True for a font that has signs for letters.
pub(super) fn is_font(name: &str) -> bool {
    let name = name.to_lowercase();
    ["symbol", "wingdings", "webdings", "zapfdingbats"]
        .iter()
        .any(|font| name.starts_with(font))
}

/// What a sign of such a font is; `None` where no character is known for it.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    // The codes of these fonts stand in Unicode's private area too.
    let low = match code {
        0xf000..=0xf0ff => code - 0xf000,
        code => code,
    };
    let table: &[(u32, char)] = match font.to_lowercase().as_str() {
        "symbol" => {
            let greek = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
            let small = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
            match low {
                0x41..=0x5a => return greek.chars().nth(low as usize - 0x41),
                0x61..=0x7a => return small.chars().nth(low as usize - 0x61),
                0x20..=0x3f if !matches!(low, 0x22 | 0x24 | 0x27 | 0x2a | 0x2d) => {
                    return char::from_u32(low);
                }
                _ => &SYMBOL,
            }
        }
        "wingdings" => &WINGDINGS,
        _ if (0xf000..=0xf8ff).contains(&code) => return None,
        _ => return char::from_u32(code).filter(|c| !c.is_control()),
    };
    table
        .iter()
        .find(|(there, _)| *there == low)
        .map(|(_, sign)| *sign)
}

const SYMBOL: [(u32, char); 26] = [
    (0x22, '∀'),
    (0x24, '∃'),
    (0x27, '∋'),
    (0x2a, '∗'),
    (0x2d, '−'),
    (0x5b, '['),
    (0x5d, ']'),
    (0x7b, '{'),
    (0x7c, '|'),
    (0x7d, '}'),
    (0x7e, '∼'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xac, '←'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xd6, '√'),
    (0xde, '⇒'),
    (0xe5, '∑'),
];

const WINGDINGS: [(u32, char); 17] = [
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// What is printed for a bullet: signs of special fonts, and letters that stand for them, are `•`.
pub(super) fn bullet(text: &str, signs: bool) -> String {
    let private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    // Courier's letter o is a bullet as well.
    if signs || text.chars().any(private) || text == "o" {
        return "•".into();
    }
    text.trim().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_special_fonts_are_characters() {
        for (font, code, printed) in [
            ("Symbol", 0xf0b7, Some('•')),
            ("Symbol", 0x61, Some('α')),
            ("Symbol", 0xf0b3, Some('≥')),
            ("Wingdings", 0xf0fc, Some('✓')),
            ("Wingdings", 0xf021, None),
            ("Times New Roman", 0x2013, Some('–')),
            ("Webdings", 0xf061, None),
            ("Times New Roman", 0x1b, None),
        ] {
            assert_eq!(sign(font, code), printed, "{font} {code:x}");
        }
    }
}
