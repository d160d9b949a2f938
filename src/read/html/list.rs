//! What a browser would print before the entries of a list.

/// A list that is open.
#[derive(Debug)]
pub(super) struct List {
    style: Style,
    next: i64,
    step: i64,
    /// The label of the entry that is open, until its text comes.
    pub pending: Option<String>,
}

/// How entries are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Not at all.
    None,
    Bullet,
    Decimal,
    Letter {
        capital: bool,
    },
    Roman {
        capital: bool,
    },
    Han,
    ArabicIndic,
}

impl Style {
    /// By the `type` of a list, which tells `a` from `A`.
    pub fn of_type(name: &str) -> Option<Self> {
        Some(match name.trim() {
            "1" => Self::Decimal,
            "a" => Self::Letter { capital: false },
            "A" => Self::Letter { capital: true },
            "i" => Self::Roman { capital: false },
            "I" => Self::Roman { capital: true },
            "disc" | "circle" | "square" => Self::Bullet,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// By `list-style-type` or `list-style` among the styles of an element.
    pub fn of_css(styles: &str) -> Option<Self> {
        let value = styles
            .split(';')
            .filter_map(|style| style.split_once(':'))
            .rfind(|(name, _)| name.trim().to_ascii_lowercase().starts_with("list-style"))?
            .1
            .to_ascii_lowercase();
        value.split_whitespace().find_map(|word| {
            Some(match word {
                "none" => Self::None,
                "disc" | "circle" | "square" => Self::Bullet,
                "decimal" => Self::Decimal,
                "lower-alpha" | "lower-latin" => Self::Letter { capital: false },
                "upper-alpha" | "upper-latin" => Self::Letter { capital: true },
                "lower-roman" => Self::Roman { capital: false },
                "upper-roman" => Self::Roman { capital: true },
                "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Self::Han,
                "arabic-indic" => Self::ArabicIndic,
                _ => return None,
            })
        })
    }

    fn label(self, number: i64) -> String {
        // As in browsers, what has no letters or Roman numerals is counted in digits.
        match (self, u32::try_from(number)) {
            (Self::None, _) => String::new(),
            (Self::Bullet, _) => "•".into(),
            (Self::Letter { capital }, Ok(number @ 1..)) => {
                format!("{}.", letters(number, capital))
            }
            (Self::Roman { capital }, Ok(number @ 1..=3999)) => {
                format!("{}.", roman(number, capital))
            }
            (Self::Han, Ok(number @ 1..=99)) => format!("{}、", han(number)),
            (Self::ArabicIndic, Ok(number)) => {
                let digit = |c: char| {
                    c.to_digit(10)
                        .and_then(|digit| char::from_u32(0x660 + digit))
                };
                format!(
                    "{}.",
                    number
                        .to_string()
                        .chars()
                        .filter_map(digit)
                        .collect::<String>()
                )
            }
            _ => format!("{number}."),
        }
    }
}

impl List {
    /// A list that is counted in this way from `start`.
    pub fn new(style: Style, start: i64, reversed: bool) -> Self {
        Self {
            style,
            next: start,
            step: if reversed { -1 } else { 1 },
            pending: None,
        }
    }

    /// Begins an entry, which may have a number and a way of counting of its own.
    pub fn begin(&mut self, value: Option<i64>, style: Option<Style>) {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        self.pending = Some(style.unwrap_or(self.style).label(number));
    }
}

fn letters(mut number: u32, capital: bool) -> String {
    let first = if capital { b'A' } else { b'a' };
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(char::from(first + (number % 26) as u8));
        number /= 26;
    }
    out.into_iter().rev().collect()
}

fn roman(mut number: u32, capital: bool) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (step, sign) in STEPS {
        while number >= step {
            out.push_str(sign);
            number -= step;
        }
    }
    if capital {
        out.to_ascii_uppercase()
    } else {
        out
    }
}

fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS[digit as usize];
    match number {
        0..=9 => digit(number).into(),
        10..=19 => format!("十{}", digit(number - 10)),
        _ => format!("{}十{}", digit(number / 10), digit(number % 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_counted_as_a_browser_counts() {
        for (style, number, label) in [
            (Style::Decimal, 1, "1."),
            (Style::Decimal, -3, "-3."),
            (Style::Letter { capital: false }, 28, "ab."),
            (Style::Letter { capital: true }, 26, "Z."),
            (Style::Letter { capital: true }, 0, "0."),
            (Style::Roman { capital: false }, 14, "xiv."),
            (Style::Roman { capital: true }, 49, "XLIX."),
            (Style::Roman { capital: true }, 4000, "4000."),
            (Style::Han, 12, "十二、"),
            (Style::Han, 30, "三十、"),
            (Style::ArabicIndic, 25, "٢٥."),
            (Style::Bullet, 5, "•"),
            (Style::None, 5, ""),
        ] {
            assert_eq!(style.label(number), label);
        }
    }
}
