//! How the screen is shared out and pointed at, at the level of model and screen: the mouse, zoom
//! and split, the help page, and prompts edited as readline edits them.

use std::sync::Arc;

use rapporteur::parse::parse;
use rapporteur::report::Report;
use rapporteur::settings;
use rapporteur::tui::{Effect, Message, Mode, Pane, draw, keys_wished};
use rapporteur::typeset::Ruler;

use super::built_in;
use super::explorer::Explorer;

fn explorer() -> Explorer {
    Explorer::new(built_in(), 80, 24)
}

fn at(explorer: &Explorer) -> String {
    let model = &explorer.model;
    model.report.address(model.at.unwrap()).to_string()
}

/// The column and row at which this stands on the screen, in the tree where it stands twice.
fn spot(explorer: &Explorer, text: &str) -> (u16, u16) {
    let screen = draw(&explorer.model).text();
    let found = screen.lines().enumerate().find_map(|(y, line)| {
        let before = &line[..line.find(text)?];
        Some((explorer.model.ruler.cols(before) as u16, y as u16))
    });
    found.unwrap_or_else(|| panic!("{text} is not on\n{screen}"))
}

fn press(explorer: &mut Explorer, text: &str) {
    let (x, y) = spot(explorer, text);
    explorer.take(Message::Press(x, y));
    explorer.take(Message::Release);
}

#[test]
fn a_click_goes_selects_and_folds() {
    let mut explorer = explorer();
    press(&mut explorer, "(d) 会员国");
    assert_eq!(
        (at(&explorer).as_str(), explorer.model.focus),
        ("1(d)", Pane::Tree)
    );
    // In the text: one is there, and reads.
    press(&mut explorer, "(e) 许多国家、毒品和犯罪");
    assert_eq!(
        (at(&explorer).as_str(), explorer.model.focus),
        ("1(e)", Pane::Text)
    );
    // A click on the sign folds and unfolds; on the row it goes there first.
    let rows = explorer.model.rows.units.len();
    press(&mut explorer, "▾ ● (k)");
    assert_eq!(explorer.model.rows.units.len(), rows - 5);
    press(&mut explorer, "▸ ● (k)");
    assert_eq!(explorer.model.rows.units.len(), rows);
    press(&mut explorer, "执法和调查（续）   ");
    assert_eq!(
        (at(&explorer).as_str(), explorer.model.rows.units.len()),
        ("II.A", rows)
    );
    press(&mut explorer, "执法和调查（续）   ");
    assert!(
        explorer.model.rows.units.len() < rows,
        "a second click folds"
    );
}

#[test]
fn in_a_narrow_tree_too_only_the_sign_folds() {
    for (cols, rows) in [(80, 24), (40, 24), (200, 60), (64, 24)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        let before = explorer.model.rows.units.len();
        press(&mut explorer, "(k)");
        assert_eq!(
            (at(&explorer).as_str(), explorer.model.rows.units.len()),
            ("1(k)", before),
            "{cols}x{rows}: a label is no sign"
        );
        explorer.press("g");
        press(&mut explorer, "▾ ● (k)");
        assert_eq!(explorer.model.rows.units.len(), before - 5, "{cols}x{rows}");
    }
}

#[test]
fn the_line_above_what_is_nearly_so_is_no_row() {
    let mut explorer = explorer();
    explorer.press("/执法和调查<enter><tab>");
    let screen = draw(&explorer.model).text();
    assert!(explorer.model.rows.is_divided(), "{screen}");
    let was = explorer.model.at;
    press(&mut explorer, "── nearly so");
    assert_eq!(explorer.model.at, was);
    let (x, y) = spot(&explorer, "── nearly so");
    explorer.take(Message::Press(x, y + 1));
    let below = explorer.model.rows.units[explorer.model.rows.tree];
    assert_eq!(explorer.model.at, Some(below));
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_the_keys_stay_where_they_are() {
    for focus in ["", "<tab>"] {
        let mut explorer = explorer();
        explorer.press(focus);
        let had = explorer.model.focus;
        explorer.take(Message::Wheel(5, 10, 3));
        assert_eq!(
            (at(&explorer).as_str(), explorer.model.focus),
            ("1(a)", had),
            "rows of the tree"
        );
        explorer.press("g");
        let first = explorer.model.top.unwrap();
        explorer.take(Message::Wheel(60, 10, 3));
        let scrolled = explorer
            .model
            .flow()
            .between(first, explorer.model.top.unwrap());
        assert_eq!(
            (scrolled, explorer.model.focus),
            (3, had),
            "lines of the text"
        );
        // Between the panes, above and below them, it turns nothing.
        let was = (explorer.model.at, explorer.model.top);
        let rule = explorer.model.panes().rule;
        for (x, y) in [(rule.x, 10), (5, 0), (5, 23), (200, 200)] {
            explorer.take(Message::Wheel(x, y, 3));
            assert_eq!((explorer.model.at, explorer.model.top), was, "{x},{y}");
        }
    }
    let mut small = Explorer::new(built_in(), 40, 10);
    small.press("<tab>");
    small.take(Message::Wheel(20, 5, 3));
    assert!(small.model.top.unwrap().line > 0 || small.model.top.unwrap().unit.index() > 0);
    let mut help = explorer();
    help.press("?");
    help.take(Message::Wheel(20, 5, 3));
    assert_eq!(help.model.mode, Mode::Help(3));
    help.take(Message::Press(20, 5));
    assert_eq!(help.model.mode, Mode::Help(3));
    let mut list = explorer();
    list.press(":");
    list.take(Message::Wheel(5, 5, 3));
    assert_eq!(list.model.choice().unwrap().chosen, 3);
}

#[test]
fn a_click_on_a_row_of_a_list_takes_it() {
    for (cols, rows) in [(80, 24), (40, 10)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press(":会议安排");
        press(&mut explorer, "四. 会议安排");
        assert_eq!(at(&explorer), "IV");
        explorer.press(":");
        explorer.take(Message::Press(3, explorer.model.panes().tree.y));
        assert!(
            matches!(explorer.model.mode, Mode::Command(..)),
            "the title is no row"
        );
    }
}

#[test]
fn the_border_is_moved_by_the_mouse_within_limits() {
    for (cols, rows) in [(80, 24), (200, 60), (64, 24), (133, 40)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        let drag = |explorer: &mut Explorer, to: u16| {
            let rule = explorer.model.panes().rule;
            explorer.take(Message::Press(rule.x, rule.y + 2));
            explorer.take(Message::Drag(to, 5));
            explorer.take(Message::Release);
            draw(&explorer.model);
            explorer.model.panes().rule.x
        };
        for to in [25, 30, 40, cols / 2, cols - 25] {
            let x = drag(&mut explorer, to);
            assert!(x.abs_diff(to) <= 1, "{cols}: dragged to {to}, is at {x}");
        }
        for (to, limit) in [(0, 20), (u16::MAX, cols - 20)] {
            let x = drag(&mut explorer, to);
            assert!(
                x.abs_diff(limit) <= cols / 10,
                "{cols}: dragged to {to}, is at {x}"
            );
            let panes = explorer.model.panes();
            assert!(
                panes.tree.width >= 18 && panes.text.width >= 18,
                "{panes:?}"
            );
        }
        // Let go, it stays.
        let was = explorer.model.panes();
        explorer.take(Message::Drag(40, 5));
        assert_eq!(explorer.model.panes(), was);
    }
}

#[test]
fn the_split_is_moved_by_keys_and_says_where_it_ends() {
    for cols in [64, 80, 200] {
        let mut explorer = Explorer::new(built_in(), cols, 24);
        for (key, most) in [("<lt>", "narrow"), (">", "wide")] {
            let mut widths = vec![explorer.model.panes().tree.width];
            for _ in 0..30 {
                explorer.press(key);
                widths.push(explorer.model.panes().tree.width);
            }
            assert_eq!(
                explorer.model.notice,
                format!("the tree is as {most} as it gets")
            );
            // Each key is seen at once, from the other limit too.
            let moved = widths.windows(2).take_while(|two| two[0] != two[1]).count();
            widths.dedup();
            assert_eq!(widths.len(), moved + 1, "{cols}: {widths:?}");
            assert!(moved >= 1);
        }
    }
    let mut small = Explorer::new(built_in(), 40, 10);
    small.press(">");
    assert!(small.model.notice.starts_with("one pane is shown"));
    small.press("z>");
    assert!(small.model.notice.starts_with("one pane is shown"));
}

#[test]
fn each_pane_can_have_the_screen_and_both_come_back() {
    for (cols, rows) in [(80, 24), (200, 60), (40, 10), (64, 16)] {
        for focus in ["", "<tab>"] {
            let mut explorer = Explorer::new(built_in(), cols, rows);
            explorer.press(focus);
            explorer.press("5j");
            let was = explorer.model.panes();
            let place = explorer.model.at;
            explorer.press("z");
            let panes = explorer.model.panes();
            let alone = |pane: Pane| match pane {
                Pane::Tree => panes.text.is_empty() && panes.tree.width == cols,
                Pane::Text => panes.tree.is_empty() && panes.text.width > cols / 3,
            };
            assert!(alone(explorer.model.focus), "{cols}x{rows} {panes:?}");
            draw(&explorer.model);
            explorer.press("<tab>");
            assert_ne!(
                explorer.model.panes().tree.is_empty(),
                panes.tree.is_empty()
            );
            explorer.press("<tab>z");
            assert_eq!(explorer.model.panes(), was);
            assert_eq!(explorer.model.at, place);
        }
    }
    // The text stays at the words one reads.
    let mut explorer = explorer();
    explorer.press("<tab>12j");
    let words = |explorer: &Explorer| {
        let top = explorer.model.top.unwrap();
        let lines = explorer.model.flow().lines(top.unit);
        (top.unit, lines.get(top.line).map(|line| line.span.clone()))
    };
    let (unit, before) = words(&explorer);
    let before = before.unwrap().start;
    for keys in ["z", ">>>", "<lt><lt><lt><lt><lt>", "z"] {
        explorer.press(keys);
        let (now, span) = words(&explorer);
        let span = span.unwrap();
        assert!(
            now == unit && span.start <= before,
            "{keys}: {before} in {span:?}"
        );
    }
}

#[test]
fn alone_on_a_wide_screen_the_text_stands_in_the_middle() {
    for measure in [20u16, 60, 80, 120, 200] {
        for cols in [40, 80, 120, 200, 300] {
            let mut explorer = Explorer::new(built_in(), cols, 40);
            explorer.model.layout.measure = measure;
            explorer.press("<tab>z");
            let panes = explorer.model.panes();
            assert!(panes.measure <= measure && panes.measure <= cols);
            let (left, right) = (
                panes.text.x,
                cols - (panes.text.x + 2 + panes.measure).min(cols),
            );
            assert!(
                left.abs_diff(right) <= 10,
                "{measure} of {cols}: {left} and {right}"
            );
            let screen = draw(&explorer.model).text();
            let wide = screen
                .lines()
                .map(|line| explorer.model.ruler.cols(line))
                .max();
            assert!(wide.unwrap() <= usize::from(cols));
        }
    }
}

#[test]
fn the_help_page_tells_the_keys_as_they_are_bound_and_what_is_wrong_with_them() {
    let (settings, _) = settings::read("[keys]\nfind = [\"ctrl-f\", \"F\"]\nzoom = []\n");
    let (keys, _) = keys_wished(&settings);
    let mut explorer = explorer();
    explorer.model.keys = Arc::new(keys);
    explorer.model.mistakes = vec!["settings.toml, line 3: no action is called dwon".into()];
    explorer.take(Message::Help);
    let mut page = String::new();
    for _ in 0..12 {
        page.push_str(&draw(&explorer.model).text());
        explorer.press("<pgdn>");
    }
    assert!(page.contains("^f F"), "{page}");
    assert!(
        !page.contains("this pane alone"),
        "what has no key is not told"
    );
    assert!(page.contains("no action is called dwon"), "{page}");
}

#[test]
fn the_help_page_is_read_to_its_end_on_a_small_screen() {
    for (cols, rows) in [(40, 10), (20, 6), (80, 24), (12, 4)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press("?");
        let mut seen = 0;
        loop {
            let before = explorer.model.mode.clone();
            explorer.press("j");
            if explorer.model.mode == before {
                break;
            }
            seen += 1;
        }
        let end = draw(&explorer.model).text();
        assert!(seen > 20 && !end.contains(" more"), "{cols}x{rows}:\n{end}");
        explorer.press("g");
        assert_eq!(explorer.model.mode, Mode::Help(0));
        explorer.press("G");
        assert_eq!(draw(&explorer.model).text(), end);
        explorer.press("q");
        assert_eq!(explorer.model.mode, Mode::Reading);
    }
}

#[test]
fn prompts_are_edited_as_readline_edits() {
    for (typed, text, before) in [
        ("abc", "abc", "abc"),
        ("abc<left><left>x", "axbc", "ax"),
        ("abc<ctrl-b><ctrl-f>", "abc", "abc"),
        ("abc<ctrl-a>x", "xabc", "x"),
        ("abc<home><end>x", "abcx", "abcx"),
        ("abc<home><ctrl-e>x", "abcx", "abcx"),
        ("ab cd<ctrl-w>", "ab ", "ab "),
        ("ab cd<alt-backspace>", "ab ", "ab "),
        ("ab cd  <ctrl-w>", "ab ", "ab "),
        ("ab cd<alt-b><ctrl-w>", "cd", ""),
        ("ab cd<alt-b><alt-b><alt-d>", " cd", ""),
        ("ab cd<alt-b><alt-b><alt-f>x", "abx cd", "abx"),
        ("ab cd<alt-b><ctrl-k>", "ab ", "ab "),
        ("ab cd<alt-b><ctrl-u>", "cd", ""),
        ("ab cd<alt-b><ctrl-u><ctrl-e><ctrl-y>", "cdab ", "cdab "),
        ("ab cd<ctrl-w><ctrl-y><ctrl-y>", "ab cdcd", "ab cdcd"),
        ("abc<left><ctrl-d>", "ab", "ab"),
        ("abc<left><delete>", "ab", "ab"),
        ("abc<ctrl-h>", "ab", "ab"),
        ("网络<left>x", "网x络", "网x"),
        ("网络 犯罪<alt-b>x", "网络 x犯罪", "网络 x"),
        ("网络犯罪<backspace>", "网络犯", "网络犯"),
        ("ｊ：、", "ｊ：、", "ｊ：、"),
        ("?jqG", "?jqG", "?jqG"),
        ("abc<home><backspace>", "abc", ""),
        ("abc<home><left>", "abc", ""),
    ] {
        for sign in ["/", ":"] {
            let mut explorer = explorer();
            explorer.press(&format!("{sign}{typed}"));
            let prompt = match &explorer.model.mode {
                Mode::Search(prompt) | Mode::Command(prompt, _) => prompt.clone(),
                mode => panic!("{sign}{typed}: {mode:?}"),
            };
            assert_eq!(
                (prompt.text(), prompt.before()),
                (text, before),
                "{sign}{typed}"
            );
        }
    }
}

#[test]
fn bare_reports_take_the_mouse_too() {
    for report in [Report::default(), parse("1. 网\n").0] {
        let mut explorer = Explorer::new(report, 80, 24);
        for y in 0..25 {
            for x in [0, 1, 2, 31, 32, 33, 40, 79, 80] {
                explorer.take(Message::Press(x, y));
                explorer.take(Message::Drag(x / 2, y));
                explorer.take(Message::Wheel(x, y, -3));
                explorer.take(Message::Release);
                draw(&explorer.model);
            }
        }
    }
}

#[test]
fn drawing_the_mouse_over_text_selects_it() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    // Where a word is drawn.
    let place = |explorer: &Explorer, word: &str| -> (u16, u16) {
        let screen = draw(&explorer.model).text();
        let mut lines = screen.lines().enumerate();
        let (row, line) = lines.find(|(_, line)| line.contains(word)).unwrap();
        let before = &line[..line.find(word).unwrap()];
        (Ruler::NARROW.cols(before) as u16, row as u16)
    };
    let (from, to) = (
        place(&explorer, "会员国在会上题"),
        place(&explorer, "议程项目 2"),
    );
    explorer.take(Message::Press(from.0, from.1));
    explorer.take(Message::Drag(from.0, from.1));
    assert!(matches!(explorer.model.mode, Mode::Reading), "nothing yet");
    explorer.take(Message::Drag(to.0 + 2, to.1));
    explorer.take(Message::Release);
    assert!(matches!(explorer.model.mode, Mode::Select(_)));
    explorer.press("y");
    let Some(Effect::Copy(text, _)) = explorer.effects.pop() else {
        panic!("nothing is copied");
    };
    assert_eq!(text, "会员国在会上题为“执法和调查”的议程");
    // A click lets go of what is selected; drawing over the end of a line takes no more than it.
    explorer.take(Message::Press(from.0, from.1));
    explorer.take(Message::Drag(200, from.1));
    explorer.take(Message::Drag(200, 200));
    explorer.take(Message::Press(from.0, from.1));
    assert!(matches!(explorer.model.mode, Mode::Reading));
}

#[test]
fn back_at_the_width_it_was_the_text_is_where_it_was() {
    for lines in [3, 5, 8, 11, 17, 40] {
        let mut explorer = explorer();
        explorer.press(&format!("<tab>{lines}j"));
        let top = explorer.model.top;
        for keys in ["zz", ":x<esc>", ">><lt><lt>", "z:<esc>z"] {
            explorer.press(keys);
            assert_eq!(explorer.model.top, top, "{lines}j{keys}");
        }
        for (cols, rows) in [(40, 24), (200, 24), (9, 24), (80, 24)] {
            explorer.take(Message::Resize(cols, rows));
        }
        assert_eq!(explorer.model.top, top, "{lines}j, other sizes");
    }
}

#[test]
fn drawn_over_the_edge_the_text_comes_on() {
    let mut explorer = explorer();
    let text = explorer.model.panes().text;
    let (x, first) = (text.x + 8, explorer.model.top);
    explorer.take(Message::Press(x, text.y));
    explorer.take(Message::Drag(x, text.bottom() - 1));
    assert_eq!(explorer.model.top, first, "not before the edge");
    for _ in 0..5 {
        explorer.take(Message::Drag(x, text.bottom()));
    }
    assert!(explorer.model.top > first);
    for _ in 0..9 {
        explorer.take(Message::Drag(x, text.y - 1));
    }
    assert_eq!(explorer.model.top, first);
}
