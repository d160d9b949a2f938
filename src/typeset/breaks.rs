//! Where a line may end, and what is torn where it ends elsewhere.
//!
//! Unicode Annex 14 (by `unicode-linebreak`) says where any script lets a line end. Careful printing
//! is stricter (no number torn from its unit, symbols and addresses whole) and, beside quotation
//! marks in Chinese, freer. Filling lines is left to [`super::lines`].

use unicode_linebreak::{BreakClass, BreakOpportunity, break_property, linebreaks};
use unicode_width::UnicodeWidthChar;

use super::token::{
    Kind, Token, ends_with_group, is_cent, is_counter, is_group, is_number, is_unit,
};
use super::width::Ruler;

/// What a line end costs, the least first; a line ends at the cheapest place it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// The line ends here, full or not.
    Must,
    /// Nothing is torn.
    Free,
    /// A number from its unit or sign, or the parts of an address.
    Tie,
    /// A symbol, an address of the net or a compound behind one of its marks: `A/C.3/|72/12`.
    Part,
    /// A word.
    Word,
    /// The digits of a number, the letters of a symbol.
    Number,
    /// Punctuation: what closes from what it closes, what opens from what it opens.
    Mark,
    /// A space or a mark without width from what it follows.
    Never,
}

/// A character as a reader sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Where it begins, in bytes.
    pub at: usize,
    /// How wide it is drawn.
    pub cols: usize,
    /// True for white space, which may hang over the end of a line.
    pub space: bool,
    /// What it costs to end a line before it.
    pub end: End,
}

/// The characters of a text, each with what a line end before it costs. Looks at each place once
/// and never far around it, so the time is linear.
pub(super) fn pieces(ruler: Ruler, text: &str) -> impl Iterator<Item = Piece> {
    let mut allowed = linebreaks(text).peekable();
    let mut scan = Scan::new(text);
    characters(ruler, text).map(move |(at, grapheme, cols)| {
        let mut annex = None;
        while let Some((_, kind)) = allowed.next_if(|(place, _)| *place <= at) {
            annex = Some(kind);
        }
        let next = scan.see(at, grapheme, cols);
        let end = match annex {
            Some(BreakOpportunity::Mandatory) => End::Must,
            annex => scan.end(at, &next, annex.is_some()),
        };
        scan.pass(at + grapheme.len(), next);
        Piece {
            at,
            cols,
            space: next.space,
            end,
        }
    })
}

/// What [`Ruler::graphemes`] gives, sooner: most characters of most texts stand by themselves, and
/// need not be looked up.
fn characters(ruler: Ruler, text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut at = 0;
    let mut looked_up = None;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let (grapheme, cols) = match plain(first) {
            Some(cols) if chars.next().is_none_or(|next| plain(next).is_some()) => {
                looked_up = None;
                (&rest[..first.len_utf8()], cols)
            }
            _ => {
                let looked_up = looked_up.get_or_insert_with(|| ruler.graphemes(rest));
                let (_, grapheme, cols) = looked_up.next()?;
                (grapheme, cols)
            }
        };
        at += grapheme.len();
        Some((at - grapheme.len(), grapheme, cols))
    })
}

/// The columns of a character that joins no other before it, whatever the terminal: printed ASCII,
/// Chinese characters, and what is full-width.
fn plain(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3000}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

impl Kind {
    /// What it costs to end a line anywhere in it.
    fn torn(self) -> End {
        match self {
            Self::Word => End::Word,
            Self::Number | Self::Symbol => End::Number,
        }
    }
}

/// What is remembered of a character.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Its base, without the marks upon it.
    c: char,
    class: BreakClass,
    role: Role,
    wide: bool,
    space: bool,
    /// False for what has no width.
    drawn: bool,
}

/// What a quotation mark or a dash does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Opens,
    Closes,
}

/// Goes through a text once.
struct Scan<'a> {
    text: &'a str,
    /// The character before, whatever it is.
    last: Option<Seen>,
    /// The nearest before that is seen, and where it ends.
    bare: Option<Seen>,
    bare_end: usize,
    /// The word, number or symbol that `bare` is of.
    token: Token,
    /// Whether a straight `"`, and a straight `'`, is open.
    open: [bool; 2],
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            last: None,
            bare: None,
            bare_end: 0,
            token: Token::default(),
            open: [false; 2],
        }
    }

    fn see(&mut self, at: usize, grapheme: &str, cols: usize) -> Seen {
        let c = grapheme.chars().next().unwrap_or(' ');
        let class = break_property(c.into());
        let following = || self.text[at + grapheme.len()..].chars().next();
        Seen {
            c,
            class,
            role: match c {
                '“' | '‘' | '«' | '‹' => Role::Opens,
                '”' | '’' | '»' | '›' => Role::Closes,
                '"' | '\'' | '—' | '–' | '―' => self.role(c, following()),
                _ => Role::None,
            },
            wide: is_wide(c),
            // A mark on a space is seen.
            space: grapheme.chars().all(char::is_whitespace),
            drawn: cols > 0,
        }
    }

    /// What a mark does that is printed the same at both ends.
    fn role(&mut self, c: char, following: Option<char>) -> Role {
        let begins = self.last.is_none_or(|last| last.space || opens(&last));
        let ends = following
            .is_none_or(|next| next.is_whitespace() || (closes(next, break_property(next.into()))));
        let quote = match c {
            '"' => 0,
            '\'' => 1,
            _ if begins && !ends => return Role::Opens,
            _ => return Role::None,
        };
        let letter = |c: char| c.is_alphanumeric() && !is_wide(c);
        if c == '\''
            && self.last.is_some_and(|last| letter(last.c))
            && following.is_some_and(letter)
        {
            return Role::None;
        }
        let opening = if begins == ends {
            !self.open[quote]
        } else {
            begins
        };
        self.open[quote] = opening;
        if opening { Role::Opens } else { Role::Closes }
    }

    /// Goes on behind `seen`, which ends at `end`.
    fn pass(&mut self, end: usize, seen: Seen) {
        if seen.drawn && !seen.space {
            self.bare = Some(seen);
            self.bare_end = end;
        }
        self.last = Some(seen);
    }

    /// What it costs to end a line before `next`, which begins at `at`.
    fn end(&mut self, at: usize, next: &Seen, annex: bool) -> End {
        if next.space {
            return End::Never;
        }
        if !next.drawn {
            let hangs = self.last.is_some_and(|last| last.space);
            return match self.bare {
                Some(bare) if hangs && !opens(&bare) => End::Number,
                _ if hangs => End::Mark,
                _ => End::Never,
            };
        }
        let before = self.token;
        if at >= before.end {
            self.token = if next.wide {
                Token::one(at, next.c)
            } else {
                Token::at(self.text, at, |c| c.is_whitespace() || is_wide(c))
            };
        }
        let within = at < before.end && at == self.bare_end;
        if within
            && next.c.is_ascii_alphabetic()
            && self.bare.is_some_and(|it| it.c.is_ascii_alphabetic())
        {
            // So it is nearly everywhere in a Latin text.
            return before.kind.torn();
        }
        let (Some(last), Some(bare)) = (self.last, self.bare) else {
            // Rather than a line of nothing but space.
            return End::Mark;
        };
        let starts = match next.role {
            Role::Opens => false,
            Role::Closes => true,
            // A dash between two spaces belongs to what it follows.
            Role::None => closes(next.c, next.class) || next.c == '–' && last.space,
        };
        if starts || opens(&bare) {
            return End::Mark;
        }
        if is_glue(last.class) || is_glue(next.class) {
            return if last.space { End::Tie } else { End::Number };
        }
        if self.tied(at, &bare, next, before) {
            return End::Tie;
        }
        if last.space || last.class == BreakClass::ZeroWidthSpace {
            return End::Free;
        }
        // Annex 14 cannot know which way a quotation mark looks; in Chinese text it is plain.
        let quoted = next.role == Role::Opens
            && (bare.wide || bare.role == Role::Closes || "—…".contains(bare.c))
            || bare.role == Role::Closes && next.wide;
        if quoted {
            return End::Free;
        }
        // Annex 14 has a sum stay with a comma before it (CL × PR), but not as Chinese prints them.
        if bare.wide && closes(bare.c, bare.class) {
            return End::Free;
        }
        if bare.wide || next.wide {
            let word = is_full_letter(bare.c) && is_full_letter(next.c);
            return match annex {
                true if word => End::Number,
                true => End::Free,
                false => End::Number,
            };
        }
        self.inside(before, &last, &bare, next, annex)
    }

    /// What it costs within a word, a number or a symbol.
    fn inside(&self, token: Token, last: &Seen, bare: &Seen, next: &Seen, annex: bool) -> End {
        use BreakClass::{After, BeforeAndAfter};
        let mark_at = self.bare_end - bare.c.len_utf8().min(self.bare_end);
        let before = self.text[token.start..].get(..mark_at.saturating_sub(token.start));
        let before = before.and_then(|text| text.chars().next_back());
        let whole = token.kind.torn();
        if "-‐".contains(bare.c) && token.kind == Kind::Word {
            // Words tied by a hyphen: law-|enforcement.
            return match before {
                Some(c) if c.is_alphabetic() && next.c.is_alphabetic() => End::Free,
                _ => whole,
            };
        }
        let dash = matches!(last.class, After | BeforeAndAfter) && !last.c.is_ascii();
        if dash && annex && (token.kind == Kind::Word || !"–‐".contains(last.c)) {
            return End::Free;
        }
        let part = match token.kind {
            Kind::Number => "/-‐–",
            _ => "/.-‐–?&=_#:;,@",
        };
        let between = before.is_some() && !part.contains(next.c);
        if part.contains(bare.c) && between {
            End::Part
        } else {
            whole
        }
    }

    /// True where a number stands with its unit or sign, or an address goes on.
    fn tied(&self, at: usize, bare: &Seen, next: &Seen, token: Token) -> bool {
        let (before, after) = (&self.text[..self.bare_end], &self.text[at..]);
        let spaced = at > self.bare_end;
        let digit = is_digit(bare.c);
        let number = token.kind == Kind::Number && !bare.wide;
        let plain = bare.wide && !digit && !is_ringed(bare.c) && bare.c != '）';
        if plain && !"第제段款项項条條目".contains(bare.c) {
            return false;
        }
        // 第 12 段, 第(a)项, 제12조.
        if bare.c == '第' || bare.c == '제' && !spaced {
            return is_digit(next.c) || is_ringed(next.c) || is_group(after);
        }
        // 第1段(k)㈢, 1 (k) (iii), 1（k）（三）.
        let goes_on = is_ringed(next.c) || matches!(next.c, '(' | '（') && is_group(after);
        if goes_on {
            let from = plain && !spaced || digit && (number || bare.wide);
            return from || ends_with_group(before) || is_counter(token.text(before));
        }
        if plain {
            return false;
        }
        if is_letter_of_its_own(next) {
            // 2017 年, 1(k)段; and behind a letter or a ring only what counts: (k)项, ㈢段.
            let begins = token.text(before).starts_with(|c: char| c.is_ascii_digit());
            return digit && (number || bare.wide) && !is_digit(next.c)
                || number && begins && bare.c == ')'
                || COUNTED.contains(next.c)
                    && (is_ringed(bare.c) || ")）".contains(bare.c) && ends_with_group(before));
        }
        if !spaced {
            return false;
        }
        if is_number(after) {
            // US$ 5, § 3, No. 5, para. 3, 10 000.
            let thousands = digit && number && token.len() <= 3 && is_three_digits(after);
            return bare.class == BreakClass::Prefix
                || "§¶#≈×".contains(bare.c)
                || thousands
                || is_counter(token.text(before));
        }
        if matches!(token.text(before), "per" | "pour" | "por") {
            return is_cent(after);
        }
        // 3 °C, 5 km, 60 per cent, 11 September.
        digit
            && number
            && (matches!(next.class, BreakClass::Postfix | BreakClass::Prefix) || is_unit(after))
    }
}

/// What in Chinese, Japanese and Korean is counted by a letter or a ringed number.
const COUNTED: &str = "段款项項条條目节節点點分号號조항호";

/// Closing punctuation, which never begins a line.
fn closes(c: char, class: BreakClass) -> bool {
    use BreakClass::{
        CloseParenthesis, ClosePunctuation, ConditionalJapaneseStarter, Exclamation,
        InfixSeparator, Inseparable, NonStarter,
    };
    matches!(
        class,
        CloseParenthesis
            | ClosePunctuation
            | ConditionalJapaneseStarter
            | Exclamation
            | InfixSeparator
            | Inseparable
            | NonStarter
    ) || "”’»›—·．%％‰‱℃℉～－٪ๆฯໆ".contains(c)
}

/// Opening punctuation, which never ends a line; so do the vowels that Thai and Lao write first.
fn opens(seen: &Seen) -> bool {
    seen.class == BreakClass::OpenPunctuation
        || seen.role == Role::Opens
        || matches!(seen.c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}')
}

fn is_glue(class: BreakClass) -> bool {
    matches!(class, BreakClass::NonBreakingGlue | BreakClass::WordJoiner)
}

/// True for what Chinese, Japanese and Korean text is made of, whatever the terminal's ruler.
fn is_wide(c: char) -> bool {
    // Nothing before the Hangul letters is.
    c >= '\u{1100}' && (break_property(c.into()) == BreakClass::Ideographic || c.width() == Some(2))
}

/// True for a wide character that is no punctuation.
fn is_letter_of_its_own(seen: &Seen) -> bool {
    use BreakClass::{HangulLJamo, HangulLvSyllable, HangulLvtSyllable, Ideographic};
    matches!(
        seen.class,
        Ideographic | HangulLvSyllable | HangulLvtSyllable | HangulLJamo
    ) && seen.c.is_alphabetic()
}

fn is_digit(c: char) -> bool {
    break_property(c.into()) == BreakClass::Numeric || ('０'..='９').contains(&c)
}

/// ㈠, ①, ⑴.
fn is_ringed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | '\u{3220}'..='\u{3229}' | '\u{3280}'..='\u{3289}')
}

/// A full-width letter or digit: １２, ＡＢ.
fn is_full_letter(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn is_three_digits(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).take(4).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn characters_are_the_same_looked_up_or_not(text in "([a网，　～ ]|👍🏽|🇨|\u{301}|\u{302a}|\u{fe00}|\u{200d}|\u{11941}|[가\u{11a8}]|\r|\n|\\PC){0,40}") {
            for ruler in [Ruler::NARROW, Ruler::WIDE] {
                let fast: Vec<_> = characters(ruler, &text).collect();
                prop_assert_eq!(fast, ruler.graphemes(&text).collect::<Vec<_>>());
            }
        }
    }
}
