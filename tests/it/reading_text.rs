//! The text, at the level of model and screen: selecting, links, the numbers of pages, text that
//! runs from right to left, and terminals that draw ambiguous characters wide.

use rapporteur::parse::parse;
use rapporteur::report::{Kind, Report, Unit};
use rapporteur::tui::{Effect, Message, Mode, draw, update, view};
use rapporteur::typeset::Ruler;
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::layout::Position;

use super::explorer::Explorer;
use super::{built_in, here};

const SHORT: &str = "I. Mandate of the group\n\n1. 网络犯罪，the quick fox (A/74/130)。\n\n(a) e\u{301}👨‍👩‍👧x;\n\n(b)\n\n2. 完。\n";

/// What is copied after these keys, from the start of the text of `SHORT` on.
fn copied(keys: &str) -> String {
    let mut explorer = Explorer::new(parse(SHORT).0, 40, 12);
    explorer.press(keys);
    match explorer.effects.pop() {
        Some(Effect::Copy(text, _)) => text,
        _ => format!("nothing: {}", explorer.model.notice),
    }
}

#[test]
fn a_run_of_text_is_selected_and_copied() {
    for (keys, text) in [
        ("vy", "M"),
        ("v<enter>", "M"),
        ("vlly", "Man"),
        ("v2ly", "Man"),
        ("v2lhy", "Ma"),
        // Words: to their ends, and to their starts.
        ("vey", "Mandate"),
        ("veey", "Mandate of"),
        ("v2ey", "Mandate of"),
        ("vwy", "Mandate o"),
        ("vwby", "M"),
        ("v$y", "Mandate of the group"),
        ("v<end>y", "Mandate of the group"),
        ("v$boy", "Mandate of the g"),
        ("v$0y", "M"),
        ("v$^y", "M"),
        ("vwoby", "Mandate o"),
        // Across units, with their labels.
        ("v$ly", "I. Mandate of the group\n1. 网"),
        ("v}y", "Mandate of the group"),
        (
            "v}}y",
            "I. Mandate of the group\n1. 网络犯罪，the quick fox (A/74/130)。",
        ),
        ("jvey", "网络犯罪"),
        ("jveey", "网络犯罪，"),
        ("jveeey", "网络犯罪，the"),
        ("jvwwy", "网络犯罪，t"),
        ("jvjy", "网络犯罪，the quick fox ("),
        (
            "jvGy",
            "1. 网络犯罪，the quick fox (A/74/130)。\n(a) e\u{301}👨‍👩‍👧x;\n(b)\n2. 完。",
        ),
        ("Gv{y", "(b)\n2. 完"),
        (
            "Gvgy",
            "I. Mandate of the group\n1. 网络犯罪，the quick fox (A/74/130)。\n(a) e\u{301}👨‍👩‍👧x;\n(b)\n2. 完",
        ),
        // Characters as a reader sees them.
        ("jjvy", "e\u{301}"),
        ("jjvly", "e\u{301}👨‍👩‍👧"),
        ("jjvllly", "e\u{301}👨‍👩‍👧x;"),
        // Up and down keep to their column, past lines that are shorter.
        ("v9lkjy", "I. Mandate of the group\n1. 网络犯罪，"),
        ("v9ljjkky", "Mandate of"),
        // A unit without text: there is nothing to copy, and one gets past it.
        ("jjjvy", "nothing: nothing is copied: no text is selected"),
        ("jjjvly", "(b)\n2. 完"),
        ("jjjvjy", "(b)\n2. 完。"),
        ("jjvjjy", "(a) e\u{301}👨‍👩‍👧x;\n(b)\n2. 完。"),
        ("Gvkky", "(a) e\u{301}👨‍👩‍👧x;\n(b)\n2. 完"),
        // The ends of the report.
        ("vhy", "M"),
        ("vky", "M"),
        ("Gvlly", "完。"),
        ("Gv}}y", "完。"),
        ("Gvwwy", "完。"),
        ("Gveey", "完。"),
        ("vbby", "M"),
        (
            "v99999wy",
            "I. Mandate of the group\n1. 网络犯罪，the quick fox (A/74/130)。\n(a) e\u{301}👨‍👩‍👧x;\n(b)\n2. 完。",
        ),
    ] {
        assert_eq!(copied(keys), text, "{keys}");
    }
}

#[test]
fn what_is_selected_can_be_let_go() {
    for keys in ["v<esc>", "vv", "vq", "vww<esc>"] {
        let mut explorer = Explorer::new(built_in(), 80, 24);
        explorer.press(keys);
        assert!(matches!(explorer.model.mode, Mode::Reading), "{keys}");
        assert!(explorer.effects.is_empty(), "{keys}");
    }
    let mut empty = Explorer::new(Report::default(), 80, 24);
    empty.press("v");
    assert!(matches!(empty.model.mode, Mode::Reading));
}

#[test]
fn selecting_begins_where_one_reads() {
    let long = format!("1. {}\n\n2. 完\n", "网络犯罪的挑战，".repeat(60));
    let mut explorer = Explorer::new(parse(&long).0, 40, 10);
    explorer.press("<tab>jjjjjj");
    let top = explorer.model.top.unwrap();
    let start = explorer.model.flow().lines(top.unit)[top.line].span.start;
    assert!(start > 0);
    explorer.press("v");
    let Mode::Select(selection) = &explorer.model.mode else {
        panic!("selecting");
    };
    assert_eq!(selection.caret.at, start);
    assert_eq!(explorer.model.top, Some(top), "nothing moved");
    // The caret is seen at every size, and the same is selected.
    explorer.press("wwj");
    let selected = explorer.model.mode.clone();
    for (cols, rows) in [(80, 24), (20, 6), (200, 60), (12, 8), (40, 10)] {
        explorer.take(Message::Resize(cols, rows));
        assert!(caret(&explorer).is_some(), "{cols}x{rows}");
        assert_eq!(explorer.model.mode, selected);
    }
}

/// Where the caret is on the screen.
fn caret(explorer: &Explorer) -> Option<Position> {
    let nowhere = Position::new(999, 999);
    let area = explorer.model.area;
    let mut terminal = Terminal::new(TestBackend::new(area.width, area.height)).unwrap();
    terminal.backend_mut().set_cursor_position(nowhere).unwrap();
    terminal.draw(|frame| view(&explorer.model, frame)).unwrap();
    let caret = terminal.backend_mut().get_cursor_position().unwrap();
    Some(caret).filter(|caret| *caret != nowhere)
}

#[test]
fn the_caret_stands_on_its_character() {
    for (cols, rows) in [(80, 24), (40, 10), (24, 8), (200, 60)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press(":1(a)<enter>v");
        for _ in 0..150 {
            let Mode::Select(selection) = explorer.model.mode else {
                panic!("selecting");
            };
            let text = explorer.model.report.unit(selection.caret.unit).text;
            let character = text[selection.caret.at..].chars().next().unwrap();
            let caret = caret(&explorer).expect("the caret is on the screen");
            let screen = draw(&explorer.model).text();
            let line = screen.lines().nth(caret.y.into()).unwrap();
            let mut before = Ruler::NARROW
                .graphemes(line)
                .scan(0, |cols, (at, _, wide)| {
                    *cols += wide;
                    Some((*cols - wide, at))
                });
            let shown = before.find(|(cols, _)| *cols == usize::from(caret.x));
            let shown = shown.map(|(_, at)| line[at..].chars().next().unwrap());
            // A space at the end of a line is not drawn.
            assert!(
                shown == Some(character) || character == ' ',
                "{cols}x{rows}: {character} in {line}"
            );
            explorer.press("l");
        }
    }
}

#[test]
fn marks_of_a_search_are_seen_under_a_selection() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/数据<enter>vj");
    let both = draw(&explorer.model).styles();
    explorer.press("<esc>");
    assert_ne!(both, draw(&explorer.model).styles());
    assert!(explorer.model.found.is_some());
}

#[test]
fn the_wheel_takes_the_caret_along() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("v");
    for (rows, times) in [(3, 40), (-3, 80)] {
        for _ in 0..times {
            explorer.take(Message::Wheel(60, 10, rows));
            assert!(caret(&explorer).is_some());
        }
        let at = explorer.model.at.unwrap().index();
        assert_eq!(at > 0, rows > 0);
    }
}

#[test]
fn links_are_listed_and_opened() {
    let report = || {
        parse(
            "I. One\n\n1. See A/74/130 and https://www.un.org/x.\n\n(a) A/C.3/72/12;\n\n2. Nothing.\n\n3. A/RES/65/230.\n",
        )
        .0
    };
    let opened = |keys: &str| {
        let mut explorer = Explorer::new(report(), 80, 24);
        explorer.press(keys);
        let model = &explorer.model;
        let at = model.report.address(model.at.unwrap()).to_string();
        match explorer.effects.pop() {
            Some(Effect::Open(address)) => format!("{at} {address}"),
            _ => format!(
                "{at}: {}",
                model
                    .choice()
                    .map_or(model.notice.clone(), |choice| format!(
                        "{} rows",
                        choice.rows.len()
                    ))
            ),
        }
    };
    for (keys, there) in [
        ("Go", "3 https://undocs.org/A/RES/65/230"),
        (
            ":2<enter>o",
            "2: no link, no reference and no cited document here: O lists all",
        ),
        (":1(a)<enter>o", "1(a) https://undocs.org/A/C.3/72/12"),
        (":1<enter>o", "1: 3 rows"),
        (":1<enter>o<enter>", "1 https://undocs.org/A/74/130"),
        (":1<enter>o<down><enter>", "1 https://www.un.org/x"),
        // It opens, and goes to where it stands.
        (":1<enter>oG<enter>", "1(a) https://undocs.org/A/C.3/72/12"),
        (":1<enter>o3G<enter>", "1(a) https://undocs.org/A/C.3/72/12"),
        (":1<enter>o<esc>", "1: "),
        ("O", "I: 4 rows"),
        // In the list of all, Enter goes to where it stands and o opens it.
        ("OG<enter>", "3: "),
        ("OGo", "3 https://undocs.org/A/RES/65/230"),
        ("O2j<enter>", "1(a): "),
        ("O2jo", "1(a) https://undocs.org/A/C.3/72/12"),
        ("O<ctrl-d>o", "3 https://undocs.org/A/RES/65/230"),
        ("OG<ctrl-u>o", "1 https://undocs.org/A/74/130"),
        ("OGggko", "1 https://undocs.org/A/74/130"),
    ] {
        assert_eq!(opened(keys), there, "{keys}");
    }
    // The page-foot link of the built-in report, and a report that leads nowhere.
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("O");
    let screen = draw(&explorer.model).text();
    assert!(screen.contains("A/C.3/72/12"), "{screen}");
    let mut none = Explorer::new(parse("1. Nothing.\n").0, 80, 24);
    none.press("O");
    assert!(draw(&none.model).text().contains("This report has no link"));
    none.press("<enter>");
    assert!(none.effects.is_empty());
}

#[test]
fn every_link_of_the_test_reports_can_be_opened() {
    let mut opened = 0;
    for entry in std::fs::read_dir(here("tests/reports")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let mut explorer = Explorer::new(parse(&text).0, 80, 24);
        explorer.press("O");
        let rows = explorer.model.choice().unwrap().rows.clone();
        explorer.press("<esc>");
        for (row, offer) in rows.iter().enumerate() {
            explorer.press(&format!("O{}G", row + 1));
            draw(&explorer.model);
            explorer.press("y");
            let Some(Effect::Copy(copied, _)) = explorer.effects.pop() else {
                panic!("{} of {} cannot be copied", offer.shown, path.display());
            };
            explorer.press("o");
            let Some(Effect::Open(address)) = explorer.effects.pop() else {
                panic!("{} of {} opens nothing", offer.shown, path.display());
            };
            assert!(address.starts_with("http"), "{address}");
            assert_eq!(copied, address);
            let unit = explorer.model.report.unit(explorer.model.at.unwrap());
            let links = rapporteur::report::follow(&unit);
            assert!(
                links
                    .iter()
                    .any(|lead| lead.target.replace("http://undocs", "https://undocs") == address),
                "{address}"
            );
            opened += 1;
        }
    }
    assert!(opened > 4, "{opened}");
}

/// A report of three pages.
fn paged() -> Report {
    let unit = |nth: u32| {
        let mut unit = Unit::new(Kind::Paragraph, &format!("{nth}."), Some(nth), "网络犯罪。");
        unit.page = 1 + nth / 4;
        unit
    };
    Report::new((1..=9).map(unit), vec![], None)
}

#[test]
fn the_number_of_a_page_is_told_where_it_begins_and_nowhere_twice() {
    for (cols, rows) in [(80, 40), (40, 40), (200, 60), (66, 40), (30, 40)] {
        let mut explorer = Explorer::new(paged(), cols, rows);
        explorer.press("<tab>");
        let screen = draw(&explorer.model).text();
        for page in 2..=3 {
            assert_eq!(
                screen.matches(&format!("p. {page}")).count(),
                1,
                "{cols}x{rows}:\n{screen}"
            );
        }
        // Beside or above the paragraph that begins it.
        let lines: Vec<_> = screen.lines().collect();
        let told = lines.iter().position(|line| line.contains("p. 2")).unwrap();
        let begins = lines
            .iter()
            .position(|line| line.contains("4. 网络"))
            .unwrap();
        assert!(told == begins || told + 1 == begins, "{screen}");
    }
    let mut alone = Explorer::new(parse(SHORT).0, 200, 40);
    alone.press("<tab>");
    assert!(!draw(&alone.model).text().contains("p. 1"));
}

const ARABIC: &str = "I. مقدمة\n\n1. يشجع الفريق الدول الأعضاء على التعاون في مكافحة الجريمة السيبرانية (A/74/130) وعلى بناء القدرات.\n\n\
    (a) ينبغي للدول أن تعتمد تشريعات جديدة بشأن الأدلة الإلكترونية؛\n\n(b) وأن تتعاون.\n";

#[test]
fn text_from_right_to_left_is_whole_ends_at_the_right_and_has_its_label_first() {
    for (cols, rows) in [(80, 40), (40, 40), (24, 60), (200, 60), (12, 99), (7, 200)] {
        for ambiguous in [false, true] {
            let mut explorer = Explorer::new(parse(ARABIC).0, cols, rows);
            explorer.take(Message::Ambiguous(ambiguous));
            explorer.press("<tab>");
            let model = &explorer.model;
            let panes = model.panes();
            let screen = draw(model).text();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let body: Vec<String> = screen
                .lines()
                .skip(panes.text.y.into())
                .take(panes.text.height.into())
                .map(|line| match line.split_once('│') {
                    Some((_, text)) => text.to_string(),
                    None => line.to_string(),
                })
                .collect();
            let all = bare(&body.join("").replace(['▌', '─'], ""));
            for id in model.report.ids() {
                let unit = model.report.unit(id);
                let said = bare(&format!("{}{}", unit.label, unit.text));
                assert!(all.contains(&said), "{cols}x{rows} {said}\n{screen}");
            }
            // Each line ends where the column of the text does, less its indent.
            let right = usize::from(panes.text.x + 2 + panes.measure);
            let lines = screen.lines().skip(panes.text.y.into());
            let placed = model.flow().from(model.top.unwrap());
            for ((place, line), drawn) in placed.zip(lines) {
                let unit = model.report.unit(place.unit);
                let Some(line) = line else { continue };
                let text = unit.text[line.span.clone()].trim_end();
                let from = line.label.unwrap_or(line.indent);
                let reading = match line.label {
                    Some(_) => bare(&format!("{}{text}", unit.label)),
                    None => bare(text),
                };
                assert!(bare(drawn).ends_with(&reading), "{reading} in {drawn}");
                assert_eq!(
                    model.ruler.cols(drawn) + from,
                    right,
                    "{cols}x{rows}, wide {ambiguous}: {drawn}"
                );
            }
        }
    }
}

#[test]
fn where_ambiguous_characters_are_wide_nothing_is_lost_or_overlaps() {
    for (cols, rows) in [(80, 24), (40, 10), (200, 60), (64, 20)] {
        let mut read = Vec::new();
        for wide in [false, true] {
            let mut explorer = Explorer::new(built_in(), cols, rows);
            explorer.take(Message::Ambiguous(wide));
            explorer.press("<tab>");
            read.push(text_on_screen(&mut explorer));
        }
        assert_eq!(read[0], read[1], "{cols}x{rows}");
    }
}

/// All the text as it stands on a screen as high as it is long, compared with the report's.
fn text_on_screen(explorer: &mut Explorer) -> String {
    let (cols, rows) = (explorer.model.area.width, 3_000);
    explorer.take(Message::Resize(cols, rows));
    let model = &explorer.model;
    let (panes, report) = (model.panes(), &model.report);
    let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
    let frame = terminal.draw(|frame| view(model, frame)).unwrap();
    let end = (panes.text.x + 2 + panes.measure).min(panes.text.right());
    let mut text = String::new();
    let lines = model.flow().from(model.top.unwrap());
    for (y, (_, line)) in (panes.text.y..).zip(lines) {
        if panes.rule.width > 0 {
            assert_eq!(frame.buffer[(panes.rule.x, y)].symbol(), "│", "row {y}");
        }
        let mut x = panes.text.x + 2;
        while x < end && line.is_some() {
            let symbol = frame.buffer[(x, y)].symbol();
            text.push_str(symbol);
            // A wide character's second cell is never drawn on by another.
            let wide = model.ruler.cols(symbol).max(1) as u16;
            for behind in x + 1..x + wide {
                let behind = frame.buffer[(behind, y)].symbol();
                assert_eq!(behind, "", "{symbol} at {x},{y}");
            }
            x += wide;
        }
    }
    // The number of the first page stands beside its first line.
    let bare = |text: &str| {
        let bare = text.split_whitespace().collect::<String>();
        bare.replacen("p.1", "", 1)
    };
    let said = report.ids().map(|id| report.unit(id));
    let said: String = said.map(|unit| unit.to_string()).collect();
    assert_eq!(bare(&text), bare(&said));
    bare(&text)
}

#[test]
fn copying_a_unit_after_selecting_is_as_before() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press(":8<enter>vw<esc>");
    assert!(matches!(
        update(&mut explorer.model, Message::CopyText),
        Some(Effect::Copy(_, name)) if name == "the text of 8"
    ));
}

#[test]
fn words_that_begin_inside_of_a_character_do_not_part_it() {
    let mut explorer = Explorer::new(parse("1. 网 \u{301}络 a\n").0, 40, 12);
    for (keys, copied) in [
        ("vwy", "网 \u{301}络"),
        ("vey", "网 \u{301}络"),
        ("v$by", "网 \u{301}络 a"),
    ] {
        explorer.press(keys);
        let Some(Effect::Copy(text, _)) = explorer.effects.pop() else {
            panic!("{keys} copies");
        };
        assert!(copied.starts_with(&text), "{keys}: {text:?}");
        assert!(!text.ends_with(' ') && !text.is_empty(), "{keys}: {text:?}");
    }
}

#[test]
fn in_a_very_long_paragraph_selecting_takes_no_time() {
    let long = "网络犯罪，而不是 the quick fox. ".repeat(7_500);
    let mut explorer = Explorer::new(parse(&format!("1. {long}\n")).0, 40, 10);
    explorer.press("v");
    for keys in [
        "99999l", "99999h", "99999w", "99999e", "99999b", "9999j", "9999k", "G", "g", "Gy",
    ] {
        let start = std::time::Instant::now();
        explorer.press(keys);
        draw(&explorer.model);
        let took = start.elapsed();
        assert!(took.as_secs() < 5, "{keys}: {took:?}");
    }
    assert!(matches!(explorer.effects.pop(), Some(Effect::Copy(..))));
}
