//! The explorer under any keys, at any size, on any report.

use std::sync::Arc;

use proptest::prelude::*;
use rapporteur::parse::parse;
use rapporteur::read::{Progress, Step};
use rapporteur::report::Report;
use rapporteur::search::{Index, Query};
use rapporteur::tui::{
    Answer, Effect, Found, Message, Mode, Model, Palette, draw, keys, update, view,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{built_in, column, program};

/// The explorer without its threads: searches are answered at once, or late.
pub(super) struct Explorer {
    pub(super) model: Model,
    index: Index,
    unanswered: Vec<(u64, Query)>,
    /// What was wanted of the world outside, searches apart.
    pub(super) effects: Vec<Effect>,
}

impl Explorer {
    pub(super) fn new(report: Report, cols: u16, rows: u16) -> Self {
        let index = Index::new(&report);
        let mut model = Model::new("test".into(), cols, rows, Palette::Sixteen);
        update(
            &mut model,
            Message::Answer(Answer::Opened(Arc::new(report), vec![])),
        );
        Self {
            model,
            index,
            unanswered: Vec::new(),
            effects: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, message: Message) {
        match update(&mut self.model, message) {
            Some(Effect::Search(number, query)) => self.unanswered.push((number, query)),
            effect => self.effects.extend(effect),
        }
    }

    /// Forgets what was asked for first, as a search that is given up.
    pub(super) fn lose_an_answer(&mut self) {
        if !self.unanswered.is_empty() {
            self.unanswered.remove(0);
        }
    }

    pub(super) fn answer(&mut self) {
        for (number, query) in std::mem::take(&mut self.unanswered) {
            let found = Found::new(self.index.search(&self.model.report, &query));
            self.take(Message::Answer(Answer::Found(number, Arc::new(found))));
        }
    }

    pub(super) fn press(&mut self, typed: &str) {
        for key in keys::parse(typed).expect("keys are keys") {
            if let Some(message) = self.model.keys.message(self.model.context(), key) {
                self.take(message);
                self.answer();
            }
        }
    }

    fn addresses(&self, found: bool) -> String {
        let report = &self.model.report;
        let hits = self
            .model
            .found
            .iter()
            .flat_map(|found| found.hits())
            .map(|hit| hit.unit);
        let units: Vec<_> = if found {
            hits.collect()
        } else {
            self.model.rows.units.clone()
        };
        units
            .into_iter()
            .map(|unit| report.address(unit).to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[test]
fn find_gives_what_the_explorer_shows_in_the_same_order() {
    for query in [
        "网络犯罪",
        "布达佩斯",
        "执法和调查",
        "条约 能力建设",
        "反恐委",
        "1(k)",
        "㈢",
        "新加坡",
        "2",
    ] {
        let mut explorer = Explorer::new(built_in(), 80, 24);
        explorer.press(&format!("/{query}"));
        let output = program().args(["find", "--json", query]).output().unwrap();
        let hits: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            explorer.addresses(true),
            column(&hits, "address"),
            "{query}"
        );
    }
}

#[test]
fn a_late_answer_is_dropped_and_the_last_good_one_stays() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/数据");
    let shown = explorer.addresses(false);
    explorer.take(Message::Type('控'));
    let late = explorer.unanswered.pop().unwrap();
    assert_eq!(
        explorer.addresses(false),
        shown,
        "what was found stays until there is something newer"
    );
    explorer.take(Message::Type('制'));
    explorer.unanswered.push(late);
    explorer.unanswered.rotate_right(1);
    let (number, query) = explorer.unanswered.remove(0);
    let found = Found::new(explorer.index.search(&explorer.model.report, &query));
    explorer.take(Message::Answer(Answer::Found(number, Arc::new(found))));
    assert_eq!(
        explorer.addresses(false),
        shown,
        "an answer to what is no longer typed changes nothing"
    );
    explorer.answer();
    assert_eq!(explorer.addresses(true), "1(k)(i)");
}

#[test]
fn enter_before_the_answer_waits_for_it() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/数");
    for message in [Message::Type('据'), Message::Type('控'), Message::Accept] {
        explorer.take(message);
    }
    assert!(
        matches!(explorer.model.mode, Mode::Search(_)),
        "what is found for one letter is not what was meant"
    );
    explorer.answer();
    assert!(matches!(explorer.model.mode, Mode::Reading));
    assert_eq!(explorer.addresses(true), "1(k)(i)");
    explorer.press("/");
    for message in [Message::Type('龘'), Message::Accept] {
        explorer.take(message);
    }
    explorer.answer();
    assert!(
        matches!(explorer.model.mode, Mode::Search(_)),
        "with nothing found the prompt stays"
    );
}

#[test]
fn a_filter_that_is_not_answered_yet_is_asked_for_again() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.take(Message::Recommendations);
    explorer.take(Message::Search);
    explorer.take(Message::Back);
    explorer.answer();
    assert_eq!(
        explorer.model.found.as_ref().map(|found| found.units()),
        Some(17)
    );
}

#[test]
fn an_empty_query_never_empties_the_tree() {
    for keys in [
        "/ ",
        "r:1(b)<enter>r",
        "/数据<enter>/ <enter>",
        "rr",
        "r/ <esc>r",
    ] {
        let mut explorer = Explorer::new(built_in(), 80, 24);
        explorer.press(keys);
        assert!(!explorer.model.rows.units.is_empty(), "{keys}");
    }
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("r5jr");
    let at = explorer
        .model
        .at
        .map(|at| explorer.model.report.address(at).to_string());
    assert_eq!(
        (at.as_deref(), explorer.model.rows.units.len()),
        (Some("1(f)"), 36),
        "all again, at the same place"
    );
}

#[test]
fn a_window_smaller_than_the_model_knows_can_be_drawn_on() {
    for keys in ["", "/数据", ":1(z)<enter>", "?", "<tab>"] {
        let mut explorer = Explorer::new(built_in(), 80, 24);
        explorer.press(keys);
        for (cols, rows) in [(10, 3), (1, 1), (0, 0), (200, 2), (3, 60)] {
            let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
            terminal.draw(|frame| view(&explorer.model, frame)).unwrap();
        }
    }
}

#[test]
fn another_size_keeps_the_place_one_reads_at() {
    let mut explorer = Explorer::new(built_in(), 40, 10);
    explorer.press("/隐私利益<enter>");
    for (cols, rows) in [(80, 24), (40, 10), (12, 4), (200, 60), (40, 10)] {
        explorer.take(Message::Resize(cols, rows));
        let shown: String = draw(&explorer.model).text().split_whitespace().collect();
        assert!(
            rows < 10 || shown.contains("隐私利益") || shown.contains("隐私利▌益"),
            "{cols}x{rows}:\n{shown}"
        );
    }
    let mut explorer = Explorer::new(built_in(), 40, 10);
    explorer.press("<tab>14G10j");
    let top = |explorer: &Explorer| explorer.model.top.unwrap().unit;
    let (before, at) = (top(&explorer), explorer.model.at);
    explorer.take(Message::Resize(200, 12));
    assert_eq!((top(&explorer), explorer.model.at), (before, at));
}

#[test]
fn a_pasted_book_takes_no_time() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/");
    explorer.take(Message::Paste(super::built_in_text().repeat(50)));
    explorer.answer();
    draw(&explorer.model);
    assert_eq!(explorer.addresses(true), "");
}

#[test]
fn a_report_that_is_still_being_read_shows_how_far_it_is() {
    let mut model = Model::new("long.txt".into(), 60, 10, Palette::Sixteen);
    for (step, done, of, shown) in [
        (Step::Bytes, 3 << 20, Some(12 << 20), "25 %"),
        (Step::Bytes, 3 << 20, None, "3 MB"),
        (Step::Pages, 120, Some(1000), "page 120 of 1,000"),
        (Step::Structure, 50, Some(100), "50 %"),
    ] {
        let progress = Progress { step, done, of };
        update(&mut model, Message::Answer(Answer::Progress(progress)));
        let screen = draw(&model).text();
        assert!(
            screen.contains("long.txt") && screen.contains(shown),
            "{screen}"
        );
    }
    assert_eq!(update(&mut model, Message::Search), None);
    assert_eq!(update(&mut model, Message::Quit), Some(Effect::Quit));
}

#[test]
fn an_empty_report_has_a_screen() {
    let mut explorer = Explorer::new(Report::default(), 60, 12);
    assert!(
        draw(&explorer.model)
            .text()
            .contains("This report has no text.")
    );
    explorer.press("jkhlgG<tab>{}nNryY:1<enter><esc>/x<enter><esc>?<esc> <enter>");
    assert!(
        draw(&explorer.model)
            .text()
            .contains("This report has no text.")
    );
}

#[test]
fn copies_are_the_units_text_and_its_citation() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press(":1(k)(iii)<enter>");
    let text = "㈢ 下令提供隐私保护程度较低的计算机数据，例如交通数据和订户数据；";
    let copied = update(&mut explorer.model, Message::CopyText);
    assert_eq!(
        copied,
        Some(Effect::Copy(text.into(), "the text of 1(k)(iii)".into()))
    );
    let copied = update(&mut explorer.model, Message::CopyCitation);
    assert_eq!(
        copied,
        Some(Effect::Copy("第1段(k)㈢".into(), "第1段(k)㈢".into()))
    );
}

#[test]
fn a_pasted_line_end_runs_nothing() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/");
    explorer.take(Message::Paste("数据\n控制者\n".into()));
    explorer.answer();
    assert!(matches!(explorer.model.mode, Mode::Search(_)));
    assert_eq!(explorer.addresses(true), "1(k)(i)");
    explorer.press("<esc>");
    explorer.take(Message::Paste("q/x".into()));
    assert!(
        matches!(explorer.model.mode, Mode::Reading),
        "outside a prompt a paste is no command"
    );
}

fn reports() -> impl Strategy<Value = usize> {
    0usize..4
}

fn report(which: usize) -> Report {
    match which {
        0 => built_in(),
        1 => Report::default(),
        2 => parse(&"1. 网络犯罪网络犯罪，the quick fox。\n\n(a) 合作；\n\n(b) x\n\n".repeat(30)).0,
        _ => {
            parse(&format!(
                "I. One\n\n1. {}\n\n(a) a\u{301}\u{200b}\x1b[31m\u{202e}👨‍👩‍👧\n",
                "网".repeat(400)
            ))
            .0
        }
    }
}

/// Keys of every kind, those that open something a little oftener.
fn typed() -> impl Strategy<Value = String> {
    prop::sample::select(
        "j k h l g G 5 9 0 / / : r n N y Y ? { } q 网 数 据 1 ( a ) x <tab> <enter> <enter> <esc> <esc> <space> <up> <down> \
         <left> <right> <home> <end> <pgup> <pgdn> <backspace> <c-d> <c-u> <c-n> <c-p> <c-w> <c-a> <c-e> <c-z> <c-c>"
            .split(' ')
            .map(String::from)
            .collect::<Vec<_>>(),
    )
}

#[derive(Debug, Clone)]
enum Act {
    Key(String),
    Resize(u16, u16),
    Answer,
    Paste(String),
}

fn act() -> impl Strategy<Value = Act> {
    let side = || prop_oneof![0u16..5, 5u16..90, 100u16..210];
    prop_oneof![
        12 => typed().prop_map(Act::Key),
        2 => (side(), side()).prop_map(|(cols, rows)| Act::Resize(cols, rows)),
        3 => Just(Act::Answer),
        1 => "\\PC{0,5}".prop_map(Act::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_can_be_drawn(which in reports(), acts in prop::collection::vec(act(), 1..60)) {
        let mut explorer = Explorer::new(report(which), 80, 24);
        for act in acts {
            match act {
                Act::Key(key) => {
                    for key in keys::parse(&key).unwrap() {
                        if let Some(message) = explorer.model.keys.message(explorer.model.context(), key) {
                            explorer.take(message);
                        }
                    }
                }
                Act::Resize(cols, rows) => explorer.take(Message::Resize(cols, rows)),
                Act::Answer => explorer.answer(),
                Act::Paste(text) => explorer.take(Message::Paste(text)),
            }
            draw(&explorer.model);
            let model = &explorer.model;
            prop_assert_eq!(model.at.is_none(), model.report.is_empty());
            prop_assert!(model.at.is_none_or(|at| at.index() < model.report.len()));
            let (tree, below) = model.rows.units.split_at(model.rows.tree);
            prop_assert!(tree.is_sorted() && below.is_sorted());
            prop_assert!(model.found.is_none() || !model.query.is_empty());
            prop_assert!(model.row().is_none_or(|row| row < model.rows.units.len()));
        }
    }

    #[test]
    fn letting_a_search_go_leaves_everything_as_it_was(
        before in prop::collection::vec(typed(), 0..8),
        query in "[网数据合作犯罪条约a(1)]{1,4}",
        then in prop::collection::vec(prop::sample::select(vec!["j", "k", "h", "l", "n", "N", "<space>", "<tab>", "<c-d>", "g", "G"]), 0..10),
    ) {
        let mut explorer = Explorer::new(built_in(), 80, 24);
        let before: String = before.into_iter().filter(|key| !["q", "<c-c>", "<c-z>"].contains(&key.as_str())).collect();
        explorer.press(&before);
        // Whatever was opened is closed; filters that were kept may stay.
        explorer.press("<esc>");
        prop_assume!(matches!(explorer.model.mode, Mode::Reading));
        let was = format!("{:?} {:?} {:?} {:?} {:?}", explorer.model.at, explorer.model.top, explorer.model.query, explorer.model.rows, explorer.model.focus);
        explorer.press(&format!("/<c-u>{query}<enter>"));
        if matches!(explorer.model.mode, Mode::Reading) {
            explorer.press(&then.concat());
        }
        explorer.press("<esc>");
        let is = format!("{:?} {:?} {:?} {:?} {:?}", explorer.model.at, explorer.model.top, explorer.model.query, explorer.model.rows, explorer.model.focus);
        prop_assert_eq!(is, was);
    }
}
