//! Numbers as automatic numbering prints them, by the names of WordprocessingML's formats.

/// `number` in a format; digits where the format is not known or has no sign for it.
pub(super) fn numeral(format: &str, number: u32) -> String {
    let digits = || number.to_string();
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => repeated(ALPHABET, number),
        "lowerLetter" => repeated(ALPHABET, number).to_lowercase(),
        "russianUpper" => repeated(RUSSIAN, number),
        "russianLower" => repeated(RUSSIAN, number).to_lowercase(),
        "arabicAlpha" => repeated(ARABIC, number),
        "arabicAbjad" => repeated(ABJAD, number),
        "hebrew2" => repeated(HEBREW, number),
        "hebrew1" => hebrew(number),
        "thaiLetters" => repeated(THAI, number),
        "chicago" => repeated("*†‡§", number),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        "cardinalText" => word(&CARDINAL, number),
        "ordinalText" => word(&ORDINAL, number),
        "numberInDash" => format!("- {number} -"),
        "hex" => format!("{number:X}"),
        "decimalFullWidth" | "decimalFullWidth2" => digit_by_digit("０１２３４５６７８９", number),
        "hindiNumbers" => digit_by_digit("٠١٢٣٤٥٦٧٨٩", number),
        "thaiNumbers" => digit_by_digit("๐๑๒๓๔๕๖๗๘๙", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            row(&[('①', 20), ('㉑', 15), ('㊱', 15)], number)
        }
        "decimalEnclosedParen" => row(&[('⑴', 20)], number),
        "decimalEnclosedFullstop" => row(&[('⒈', 20)], number),
        "ideographEnclosedCircle" => row(&[('㊀', 10)], number),
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", number),
        "ideographZodiacTraditional" => match number {
            0 => digits(),
            _ => {
                let stem = one_of("甲乙丙丁戊己庚辛壬癸", (number - 1) % 10 + 1);
                stem + &one_of("子丑寅卯辰巳午未申酉戌亥", (number - 1) % 12 + 1)
            }
        },
        "ideographDigital" | "japaneseDigitalTenThousand" => {
            digit_by_digit("〇一二三四五六七八九", number)
        }
        "taiwaneseDigital" => digit_by_digit("○一二三四五六七八九", number),
        "koreanDigital" => digit_by_digit("영일이삼사오육칠팔구", number),
        "koreanDigital2" => digit_by_digit("零一二三四五六七八九", number),
        // These two count in words up to 99 only.
        "chineseCounting" if number > 99 => digit_by_digit("○一二三四五六七八九", number),
        "taiwaneseCounting" if number > 99 => digit_by_digit("○一二三四五六七八九", number),
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand" => counted(number, &HAN, false),
        "japaneseCounting" => counted(number, &JAPANESE, false),
        "koreanCounting" => counted(number, &KOREAN, false),
        "chineseLegalSimplified" => counted(number, &LEGAL_SIMPLIFIED, true),
        "ideographLegalTraditional" => counted(number, &LEGAL_TRADITIONAL, true),
        "japaneseLegal" => counted(number, &LEGAL_JAPANESE, true),
        "aiueo" | "aiueoFullWidth" => one_of(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
            number,
        ),
        "iroha" | "irohaFullWidth" => one_of(
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
            number,
        ),
        "ganada" => one_of("가나다라마바사아자차카타파하", number),
        "chosung" => one_of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", number),
        _ => digits(),
    }
}

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Without ё, й, ъ and ь, as Word counts.
const RUSSIAN: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ";
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";
const THAI: &str = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ";

/// More of the same letter than this is nobody's number.
const MOST_REPEATED: u32 = 30;

/// `C` for 3, `CC` for 29: the letter again for each time round.
fn repeated(letters: &str, number: u32) -> String {
    let count = letters.chars().count() as u32;
    match number.checked_sub(1) {
        Some(index) if index / count < MOST_REPEATED => {
            let letter = letters.chars().nth((index % count) as usize);
            letter
                .into_iter()
                .cycle()
                .take((index / count + 1) as usize)
                .collect()
        }
        _ => number.to_string(),
    }
}

/// The sign for a number among as many as there are.
fn one_of(signs: &str, number: u32) -> String {
    let sign = number
        .checked_sub(1)
        .and_then(|index| signs.chars().nth(index as usize));
    sign.map_or_else(|| number.to_string(), String::from)
}

/// The sign for a number among signs that follow each other in Unicode.
fn row(rows: &[(char, u32)], number: u32) -> String {
    let mut rest = number;
    for &(first, count) in rows {
        if (1..=count).contains(&rest) {
            return char::from_u32(first as u32 + rest - 1).map_or_else(String::new, String::from);
        }
        rest = rest.saturating_sub(count);
    }
    number.to_string()
}

fn digit_by_digit(signs: &str, number: u32) -> String {
    let sign = |digit: u8| signs.chars().nth(usize::from(digit - b'0'));
    number.to_string().bytes().filter_map(sign).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=32_767).contains(&number) {
        return number.to_string();
    }
    let (mut rest, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const CARDINAL: [&str; 20] = [
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
    "Twenty",
];
const ORDINAL: [&str; 20] = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
    "Twentieth",
];

fn word(words: &[&str; 20], number: u32) -> String {
    let word = number
        .checked_sub(1)
        .and_then(|index| words.get(index as usize));
    word.map_or_else(|| number.to_string(), |word| (*word).into())
}

/// Units with tens, and hundreds of the Hebrew numerals; 15 and 16 are written 9+6 and 9+7.
fn hebrew(number: u32) -> String {
    if !(1..=499).contains(&number) {
        return number.to_string();
    }
    let sign = |index: u32| HEBREW.chars().nth(index as usize - 1);
    let mut out = String::new();
    out.extend((number >= 100).then(|| sign(18 + number / 100)).flatten());
    match number % 100 {
        0 => {}
        15 => out.push_str("טו"),
        16 => out.push_str("טז"),
        rest => {
            out.extend((rest >= 10).then(|| sign(9 + rest / 10)).flatten());
            out.extend((rest % 10 > 0).then(|| sign(rest % 10)).flatten());
        }
    }
    out
}

/// How a language counts: its digits from 0, and its words for 10, 100 and 1,000.
struct Counting {
    digits: &'static str,
    places: [&'static str; 3],
    /// True where 100 is written without its one.
    bare_hundred: bool,
    /// True where a place that is empty is written as nought.
    says_nought: bool,
}

const fn counting(
    digits: &'static str,
    places: [&'static str; 3],
    bare_hundred: bool,
    says_nought: bool,
) -> Counting {
    Counting {
        digits,
        places,
        bare_hundred,
        says_nought,
    }
}

const HAN: Counting = counting("零一二三四五六七八九", ["十", "百", "千"], false, true);
const JAPANESE: Counting = counting("〇一二三四五六七八九", ["十", "百", "千"], true, false);
const KOREAN: Counting = counting("영일이삼사오육칠팔구", ["십", "백", "천"], true, false);
const LEGAL_SIMPLIFIED: Counting =
    counting("零壹贰叁肆伍陆柒捌玖", ["拾", "佰", "仟"], false, true);
const LEGAL_TRADITIONAL: Counting =
    counting("零壹貳參肆伍陸柒捌玖", ["拾", "佰", "仟"], false, true);
const LEGAL_JAPANESE: Counting = counting("〇壱弐参四伍六七八九", ["拾", "百", "阡"], false, false);

/// A number below 10,000 in words; `full` writes the one before ten.
fn counted(number: u32, language: &Counting, full: bool) -> String {
    if !(1..=9999).contains(&number) {
        return number.to_string();
    }
    let mut out = String::new();
    let mut nought = false;
    for place in (0..4).rev() {
        let digit = number / 10u32.pow(place) % 10;
        if digit == 0 {
            nought = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut nought) && language.says_nought {
            out.extend(language.digits.chars().next());
        }
        let bare = match place {
            0 => false,
            1 => !full && (out.is_empty() || language.bare_hundred),
            _ => language.bare_hundred,
        };
        if digit > 1 || !bare {
            out.extend(language.digits.chars().nth(digit as usize));
        }
        if let Some(index) = (place as usize).checked_sub(1) {
            out.push_str(language.places[index]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        for (format, printed) in [
            ("decimal", "1 2 10 11 20 27 29 100 105"),
            ("decimalZero", "01 02 10 11 20 27 29 100 105"),
            ("upperRoman", "I II X XI XX XXVII XXIX C CV"),
            ("lowerLetter", "a b j k t aa cc vvvv aaaaa"),
            ("russianLower", "а б к л ф э я нннн тттт"),
            ("arabicAlpha", "أ ب ر ز ف و أأ طططط قققق"),
            ("arabicAbjad", "أ ب ي ك ر ظ أأ عععع شششش"),
            ("hebrew1", "א ב י יא כ כז כט ק קה"),
            ("ordinal", "1st 2nd 10th 11th 20th 27th 29th 100th 105th"),
            (
                "chineseCounting",
                "一 二 十 十一 二十 二十七 二十九 一○○ 一○五",
            ),
            (
                "chineseCountingThousand",
                "一 二 十 十一 二十 二十七 二十九 一百 一百零五",
            ),
            (
                "japaneseCounting",
                "一 二 十 十一 二十 二十七 二十九 百 百五",
            ),
            (
                "ideographDigital",
                "一 二 一〇 一一 二〇 二七 二九 一〇〇 一〇五",
            ),
            ("ideographTraditional", "甲 乙 癸 11 20 27 29 100 105"),
            (
                "chineseLegalSimplified",
                "壹 贰 壹拾 壹拾壹 贰拾 贰拾柒 贰拾玖 壹佰 壹佰零伍",
            ),
            ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉗ ㉙ 100 105"),
            (
                "decimalFullWidth",
                "１ ２ １０ １１ ２０ ２７ ２９ １００ １０５",
            ),
            ("ganada", "가 나 차 카 20 27 29 100 105"),
            ("cardinalText", "One Two Ten Eleven Twenty 27 29 100 105"),
            ("a format of the future", "1 2 10 11 20 27 29 100 105"),
        ] {
            let numbers = [1, 2, 10, 11, 20, 27, 29, 100, 105];
            let written = numbers.map(|number| numeral(format, number)).join(" ");
            assert_eq!(written, printed, "{format}");
        }
        assert_eq!(numeral("none", 3) + &numeral("bullet", 3), "");
        assert_eq!(numeral("lowerLetter", 0), "0");
        assert_eq!(numeral("hebrew1", 15), "טו");
        assert_eq!(numeral("lowerLetter", u32::MAX), u32::MAX.to_string());
    }
}
