//! Everything that can happen to the explorer, in any order: a long walk of random messages over
//! odd reports, with what must hold after each.

use std::sync::Arc;

use rapporteur::parse::parse;
use rapporteur::report::Report;
use rapporteur::report::UnitId;
use rapporteur::shelf::Entry;
use rapporteur::shelf::{Memory, Pane as KeptPane};
use rapporteur::tui::keys::{self, ACTIONS};
use rapporteur::tui::{Answer, Message, Mode, Model, Palette, draw, update, view};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::built_in;
use super::explorer::Explorer;

/// Numbers that look random and are the same in every run (xorshift, after Marsaglia).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.throw(all.len())].clone()
    }
}

/// Reports of every shape, by name.
fn reports() -> Vec<(&'static str, Report)> {
    let parsed = |text: &str| parse(text).0;
    let flat: String = (1..=2_000)
        .map(|nth| format!("{nth}. 第{nth}段，the quick 网络犯罪 fox, see A/74/{nth}.\n\n"))
        .collect();
    let deep: String = (1..60)
        .map(|nth| {
            format!("I. 序{nth}\n\nA. 甲\n\n{nth}. 乙：\n\n(a) 丙：\n\n(i) 丁；\n\n(ii) 戊。\n\n")
        })
        .collect();
    let long = "网络犯罪，而不是 the quick fox. ".repeat(7_500);
    vec![
        ("built in", built_in()),
        ("empty", Report::default()),
        ("one line", parsed("1. 网\n")),
        ("flat", parsed(&flat)),
        ("deep", parsed(&deep)),
        ("one paragraph", parsed(&format!("1. {long}\n"))),
        ("Arabic", parsed(ARABIC)),
        ("odd characters", parsed(ODD)),
    ]
}

const ARABIC: &str = "I. مقدمة\n\n1. يشجع الدول على التعاون (A/74/130) في مكافحة الجريمة.\n\n\
    (أ) أولا؛\n\n2. عبارة طويلة جدا عن الجريمة السيبرانية والتعاون الدولي بين الدول الأعضاء.\n";

const ODD: &str = "I. One\n\n1. a\u{301}\u{200b}\x1b[31m\u{202e}👨‍👩‍👧 \u{301}\u{301}é 🇫🇷🇫🇷🇫 ﷽\n\n\
    (a)\n\n(b) 𠮷\u{e0100}“”…—\n\n2.\n";

const PASTES: [&str; 8] = [
    "",
    "网络\n犯罪\r\n",
    "\x1b[31m\x07\u{202e}q\n",
    "1(k)(iii)",
    "\u{301}\u{301}",
    "👨‍👩‍👧🇫🇷",
    "((((''''\"\"\"||||!!!!^^$$",
    "in:II is:rec page:2",
];

const SIZES: [(u16, u16); 14] = [
    (80, 24),
    (80, 24),
    (40, 10),
    (200, 60),
    (63, 24),
    (64, 16),
    (20, 8),
    (0, 0),
    (1, 1),
    (2, 3),
    (0, 24),
    (80, 0),
    (5, 200),
    (300, 3),
];

/// Sizes that take long to draw, and are soon left again.
const GIANTS: [(u16, u16); 2] = [(65_535, 1), (1, 65_535)];

/// Any message at all, or none for an answer: those of the keys as they are typed, more rarely
/// others in a mode that has no key for them, and what comes from outside.
fn message(dice: &mut Dice, model: &Model) -> Option<Message> {
    let spot = |dice: &mut Dice| {
        let (cols, rows) = (model.area.width, model.area.height);
        match dice.throw(10) {
            0 => (u16::MAX, u16::MAX),
            1 => (cols, rows),
            _ => (
                dice.throw(usize::from(cols) + 2) as u16,
                dice.throw(usize::from(rows).min(200) + 2) as u16,
            ),
        }
    };
    if model.area.width.max(model.area.height) > 1_000 && dice.throw(2) == 0 {
        return Some(Message::Resize(80, 24));
    }
    if dice.throw(500) == 0 {
        let (cols, rows) = dice.pick(&GIANTS);
        return Some(Message::Resize(cols, rows));
    }
    Some(match dice.throw(100) {
        0..50 => {
            let here = model.context();
            let fits = |row: &&keys::Bound| row.action.contexts.contains(&here);
            let rows: Vec<_> = model.keys.rows.iter().filter(fits).collect();
            if rows.is_empty() || dice.throw(5) == 0 {
                let typed = dice.pick(&[
                    'a', 'k', '1', '9', '(', ')', '网', '数', '据', '\'', ' ', 'é', '\u{301}', '🇫',
                    'Ａ', 'z', '、',
                ]);
                let key = keys::parse(&typed.to_string()).ok()?;
                return model.keys.message(here, *key.first()?);
            }
            match dice.pick(&rows).action.message.clone() {
                // Leaving is rarer, so that something happens in each mode.
                Message::Back if dice.throw(3) > 0 => return None,
                message => message,
            }
        }
        50..60 => ACTIONS[dice.throw(ACTIONS.len())].message.clone(),
        60..64 => Message::Digit(dice.throw(10) as u32),
        64..70 => Message::Type(dice.pick(&['a', '1', '网', '\'', '犯', '\u{200d}'])),
        70..73 => Message::Paste(dice.pick(&PASTES).into()),
        73..77 => {
            let (x, y) = spot(dice);
            Message::Press(x, y)
        }
        77..80 => {
            let (x, y) = spot(dice);
            Message::Drag(x, y)
        }
        80..81 => Message::Release,
        81..86 => {
            let (x, y) = spot(dice);
            Message::Wheel(x, y, dice.pick(&[3, -3, 1, i16::MAX, i16::MIN, 0]))
        }
        86..91 => {
            let (cols, rows) = dice.pick(&SIZES);
            Message::Resize(cols, rows)
        }
        91..93 => Message::Ambiguous(dice.throw(2) == 0),
        93..95 => Message::DarkGround(dice.throw(2) == 0),
        95..97 => Message::Notice(dice.pick(&PASTES).into()),
        97 => match dice.throw(4) {
            0 => {
                let file = String::from("/a.txt");
                let entry = Entry {
                    file,
                    ..Entry::default()
                };
                Message::OnShelf(vec![entry; dice.throw(3)].into())
            }
            1 => Message::Edited(UnitId::from(dice.throw(50)), dice.pick(&PASTES).into()),
            2 => Message::Kept(dice.throw(9) as u64, Ok(Vec::new())),
            _ => Message::Kept(dice.throw(9) as u64, Err("no space".into())),
        },
        _ => return None,
    })
}

/// What holds after every message.
fn check(model: &Model, caret: Option<Position>) {
    let report = &model.report;
    assert_eq!(model.at.is_none(), report.is_empty(), "at is a unit");
    assert!(model.at.is_none_or(|at| at.index() < report.len()));
    if let Some(top) = model.top {
        assert!(top.unit.index() < report.len());
        let last = model.flow().last_line(top.unit);
        assert!(top.line <= last, "the top is a line: {top:?} of {last}");
    }
    let (tree, below) = model.rows.units.split_at(model.rows.tree);
    assert!(tree.is_sorted() && below.is_sorted(), "rows are in order");
    assert!(model.row().is_none_or(|row| row < model.rows.units.len()));
    assert!(model.tree_top <= model.rows.units.len());
    assert!(model.found.is_none() || !model.query.is_empty());
    for &unit in model.bookmarks.values() {
        assert!(unit.index() < report.len());
    }
    if let Some(choice) = model.choice() {
        assert!(choice.chosen < choice.rows.len().max(1), "a row is chosen");
    }
    if let Mode::Select(selection) = &model.mode {
        for point in [selection.anchor, selection.caret] {
            let text = report.unit(point.unit).text;
            let mut borders = text.grapheme_indices(true).map(|(at, _)| at);
            assert!(
                point.at == 0 || borders.any(|at| at == point.at),
                "{point:?} is a character of {text:.80}"
            );
        }
        assert_eq!(model.at, Some(selection.caret.unit));
        let text = model.panes().text;
        if text.height > 0 && text.width > 10 {
            assert!(
                caret.is_some_and(|caret| text.contains(caret)),
                "the caret of {selection:?} is at {caret:?}, not in {text}, from {:?} on",
                model.top
            );
        }
    }
    let screen = Rect {
        x: 0,
        y: 0,
        ..model.area
    };
    assert!(caret.is_none_or(|caret| screen.contains(caret)));
}

/// What is drawn in several columns has them to itself, and lies on the screen.
fn check_cells(model: &Model, screen: &Buffer) {
    let area = screen.area;
    for y in 0..area.height.min(300) {
        let mut x = 0;
        while x < area.width {
            let symbol = screen[(x, y)].symbol();
            let wide = model.ruler.cols(symbol).max(1) as u16;
            assert!(x + wide <= area.width, "{symbol} at {x},{y} of {area}");
            for behind in x + 1..x + wide {
                let behind = screen[(behind, y)].symbol();
                assert_eq!(behind, "", "{behind} stands on {symbol} at {x},{y}");
            }
            x += wide;
        }
    }
}

/// Where nothing ever puts the caret, to see whether anything did.
const NOWHERE: Position = Position {
    x: u16::MAX,
    y: u16::MAX,
};

/// Goes so many steps in each report; a tenth of them where each takes ten times as long.
fn walk(most: usize, seed: u64) {
    for (name, report) in reports() {
        let long = report.printed() > 100_000;
        let steps = if long { most / 10 } else { most };
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut explorer = Explorer::new(report, 80, 24);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut last: Vec<Message> = Vec::new();
        for step in 0..steps {
            let message = message(&mut dice, &explorer.model);
            last.extend(message.clone());
            last.drain(..last.len().saturating_sub(30));
            let answered = dice.throw(4) > 0;
            let run = std::panic::AssertUnwindSafe(|| {
                match message {
                    Some(message) => explorer.take(message),
                    None if answered => explorer.answer(),
                    None => explorer.lose_an_answer(),
                }
                let model = &explorer.model;
                let backend = terminal.backend_mut();
                backend.resize(model.area.width, model.area.height);
                backend.set_cursor_position(NOWHERE).unwrap();
                let frame = terminal.draw(|frame| view(model, frame)).unwrap();
                if step % 8 == 0 {
                    check_cells(model, frame.buffer);
                }
                let caret = terminal.backend_mut().get_cursor_position().unwrap();
                check(model, Some(caret).filter(|caret| *caret != NOWHERE));
            });
            if let Err(why) = std::panic::catch_unwind(run) {
                eprintln!("{name}, seed {seed}, step {step}, after {last:?}");
                std::panic::resume_unwind(why);
            }
        }
    }
}

#[test]
fn whatever_happens_before_the_report_is_read_does_no_harm() {
    let mut dice = Dice(77);
    for nth in 0..40 {
        let mut model = Model::new("test".into(), 80, 24, Palette::Sixteen);
        for _ in 0..50 {
            // Only who cannot read a report shows the shelf instead.
            let message = message(&mut dice, &model);
            if let Some(message) = message.filter(|one| !matches!(one, Message::OnShelf(_))) {
                update(&mut model, message);
            }
            draw(&model);
            assert!(matches!(model.mode, Mode::Loading(..)));
        }
        // What was kept is of another report, or of no report at all.
        let memory = Memory {
            at: Some(["1(k)", "99", "", "II"][nth % 4].into()),
            line: [0, 3, usize::MAX][nth % 3],
            folded: vec!["1".into(), "\u{1b}".into(), "II".into()],
            split: [None, Some(0), Some(50), Some(u16::MAX)][nth % 4],
            zoom: (nth % 3 == 0).then_some(KeptPane::Tree),
            pane: Some(KeptPane::Text),
            searches: vec!["\u{202e}".into(), String::new()],
            ..Memory::default()
        };
        let (_, report) = reports().swap_remove(nth % 4);
        for answer in [
            Answer::Remembered(Arc::new(memory), None),
            Answer::Opened(Arc::new(report), vec![]),
        ] {
            update(&mut model, Message::Answer(answer));
            draw(&model);
        }
        check(&model, None);
    }
}

/// `RAPPORTEUR_STEPS=100000 RAPPORTEUR_SEED=7` goes further, and elsewhere.
#[test]
fn whatever_happens_in_whatever_order_there_is_a_screen() {
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    walk(
        number("RAPPORTEUR_STEPS").unwrap_or(4_000) as usize,
        number("RAPPORTEUR_SEED").unwrap_or(1),
    );
}
