//! Finding one's way, at the level of model and screen: walking, jumps, bookmarks and the command
//! line.

use std::time::{Duration, Instant};

use rapporteur::report::{Kind, Report, Unit};
use rapporteur::tui::keys::{ACTIONS, Context};
use rapporteur::tui::{Effect, Message, Mode, What, draw};

use super::built_in;
use super::explorer::Explorer;

pub(super) fn explorer() -> Explorer {
    Explorer::new(built_in(), 80, 24)
}

pub(super) fn at(explorer: &Explorer) -> String {
    let model = &explorer.model;
    let at = model.at.map(|at| model.report.address(at).to_string());
    at.unwrap_or_default()
}

/// Where one is after these keys, and what is said, if anything.
fn after(keys: &str) -> String {
    let mut explorer = explorer();
    explorer.press(keys);
    let notice = &explorer.model.notice;
    match notice.is_empty() {
        true => at(&explorer),
        false => format!("{}: {notice}", at(&explorer)),
    }
}

#[test]
fn line_by_line_one_comes_to_the_end_and_back() {
    for (cols, rows) in [(80, 24), (40, 10), (200, 60), (64, 16)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press("<tab>");
        let mut seen = vec![explorer.model.top];
        let mut last = None;
        while last != Some((explorer.model.top, explorer.model.at)) {
            last = Some((explorer.model.top, explorer.model.at));
            explorer.press("j");
            seen.push(explorer.model.top);
        }
        assert_eq!(at(&explorer), "8", "{cols}x{rows}");
        seen.dedup();
        let mut again = vec![explorer.model.top];
        while explorer.model.at.unwrap().index() > 0 || explorer.model.top.unwrap().line > 0 {
            explorer.press("k");
            again.push(explorer.model.top);
        }
        again.dedup();
        again.reverse();
        assert_eq!(again, seen, "{cols}x{rows}");
    }
}

#[test]
fn a_page_back_from_the_end_is_a_page() {
    let mut explorer = explorer();
    explorer.press("<tab>G");
    let end = explorer.model.top;
    explorer.press("<pgup>");
    let flow = explorer.model.flow();
    let back = flow.between(explorer.model.top.unwrap(), end.unwrap());
    assert!((10..24).contains(&back), "{back} lines back");
}

#[test]
fn jumps_are_gone_back_and_on_again() {
    for (keys, there) in [
        // What is a jump.
        ("5jG<c-o>", "1(c)"),
        ("5jg<c-o>", "1(c)"),
        ("5j12G<c-o>", "1(c)"),
        ("5j:7<enter><c-o>", "1(c)"),
        ("5j/变动<enter><c-o>", "1(c)"),
        ("ma5j'a<c-o>", "1(c)"),
        ("ma5j'<enter><c-o>", "1(c)"),
        ("5jO<down><enter><c-o>", "1(c)"),
        // What is none.
        ("5jjjk<c-o>", "1(d): no jump before this"),
        ("5j/变动<esc><c-o>", "1(c): no jump before this"),
        ("5j:7<esc><c-o>", "1(c): no jump before this"),
        ("5j?<esc><c-o>", "1(c): no jump before this"),
        // H is another key for it, L goes on again, counts repeat.
        ("5jG:2<enter>H", "8"),
        ("5jG:2<enter>HH", "1(c)"),
        ("5jG:2<enter>HHL", "8"),
        ("5jG:2<enter>HHLL", "2"),
        ("5jG:2<enter>HHLLL", "2: no jump after this"),
        ("5jG:2<enter>2H", "1(c)"),
        ("5jG:2<enter>9H", "1(c): no jump before this"),
        ("5jG:2<enter>2H2L", "2"),
        // A search that is given up leaves the way on open.
        ("5jGH/变动<esc>L", "8"),
        // '' goes to and fro, as in vi.
        ("5jG''", "1(c)"),
        ("5jG''''", "8"),
        ("5jG''''''", "1(c)"),
        ("''", "II: no jump before this"),
    ] {
        assert_eq!(after(keys), there, "{keys}");
    }
}

#[test]
fn a_jump_lets_go_of_a_filter_that_hides_its_end_and_esc_brings_it_back() {
    for keys in [
        "Gmag/变动<enter>'a",
        "/变动<enter>:8<enter>",
        "G/变动<enter>H",
    ] {
        let mut explorer = explorer();
        explorer.press(keys);
        assert!(explorer.model.found.is_none(), "{keys}");
        assert_eq!(explorer.model.rows.units.len(), 36, "{keys}");
        explorer.press("<esc>");
        assert_eq!(at(&explorer), "1(k)(i)", "{keys}");
        assert!(explorer.model.found.is_some(), "{keys}: the filter is back");
    }
    // What it keeps can be gone to with the filter on.
    let mut explorer = explorer();
    explorer.press("/数据<enter>:1(k)(ii)<enter>");
    assert!(explorer.model.found.is_some());
}

#[test]
fn a_hundred_jumps_and_more_can_be_made() {
    let mut explorer = explorer();
    for nth in 0..150 {
        explorer.press(["G", "g", ":2<enter>"][nth % 3]);
    }
    explorer.press("99H");
    assert!(explorer.model.notice.is_empty());
    explorer.press("9H");
    assert_eq!(explorer.model.notice, "no jump before this");
}

#[test]
fn one_comes_back_to_the_same_words_at_another_width() {
    let mut explorer = explorer();
    // 1 runs over several lines; the second is at the top.
    explorer.press("jj<tab>j");
    let words = first_words(&explorer);
    explorer.press("G");
    explorer.take(Message::Resize(50, 24));
    explorer.press("H");
    let now = first_words(&explorer);
    // The line at the top now holds where it began.
    let began: String = words.chars().take(2).collect();
    assert!(now.contains(&began), "{words} {now}");
}

/// What the line at the top of the text says.
fn first_words(explorer: &Explorer) -> String {
    let top = explorer.model.top.unwrap();
    let line = explorer.model.flow().lines(top.unit)[top.line].span.clone();
    explorer.model.report.unit(top.unit).text[line].into()
}

#[test]
fn bookmarks_are_set_gone_to_moved_and_taken_away() {
    for (keys, there) in [
        ("5jma", "1(c): bookmark a: 1(c)"),
        ("5jmaG'a", "1(c)"),
        ("5jmaGmag'a", "8"),
        ("5jmama", "1(c): bookmark a taken away from 1(c)"),
        ("5jmamaG'a", "8: no bookmark a: m a puts one"),
        ("m1j'1", "II"),
        // Typed with an input method on.
        ("5jmａG'a", "1(c)"),
        ("5jm网G‘网", "1(c)"),
        // What is no letter.
        ("5jm.", "1(c): a bookmark is a letter or a number"),
        ("5jm<esc>k", "1(b)"),
        ("5jm<left>k", "1(b)"),
        ("5jm<down>k", "1(b)"),
        ("5jm<enter>k", "1(b)"),
        ("'<esc>j", "II.A"),
        ("':", "II: no bookmark :: m : puts one"),
        // The list is walked, too.
        ("ma5jmbG'<down><enter>", "1(c)"),
        ("ma5jmbG'<down><up><enter>", "II"),
        ("'<enter>j", "II.A"),
    ] {
        assert_eq!(after(keys), there, "{keys}");
    }
    // What is waited for is said until it comes.
    for (key, said) in [("m", "which letter"), ("'", "a letter, or '")] {
        let mut explorer = explorer();
        explorer.press(key);
        for message in [
            Message::Wheel(5, 5, 3),
            Message::Press(5, 0),
            Message::Resize(60, 20),
        ] {
            explorer.take(message);
            assert!(explorer.model.notice.contains(said), "{key}");
        }
    }
    let mut explorer = explorer();
    explorer.press("'");
    let screen = draw(&explorer.model).text();
    assert!(screen.contains("No bookmark yet: m and a"), "{screen}");
    explorer.press("<esc>mb5jma'");
    let screen = draw(&explorer.model).text();
    let row = |text: &str| screen.lines().position(|line| line.contains(text));
    assert!(row("a · (c)").unwrap() < row("b · 二").unwrap(), "{screen}");
    assert_eq!(explorer.effects, [Effect::Keep, Effect::Keep]);
}

#[test]
fn an_address_a_heading_or_a_command_is_gone_to() {
    for (keys, there) in [
        (":1.k.iii<enter>", "1(k)(iii)"),
        (":III<enter>", "III"),
        (":会议安排<enter>", "IV"),
        (":8<enter>", "8"),
        (":第1段(k)㈢<enter>", "1(k)(iii)"),
        // Typed with an input method on.
        ("：１（ｋ）（三）<enter>", "1(k)(iii)"),
        // With nothing like it, what comes near.
        (":1(z)<enter>", "II: no 1(z): try 1(q)"),
        (":99<enter>", "II: no 99: try 8"),
        (
            ":xyzzyx<enter>",
            "II: nothing like it: try 1(k), II.A or a heading",
        ),
        // An address cut short may be any of several, which are listed first: ↓ and ↑ choose.
        (":A<enter>", "II.A"),
        (":A<down><enter>", "III.A"),
        (":<enter>", "II"),
        (":A<down><enter>", "III.A"),
        (":A<down><up><enter>", "II.A"),
        (":A<down><esc>", "II"),
        // What was typed before.
        (":7<enter>g:<c-p><enter>", "7"),
        (":7<enter>:8<enter>g:<c-p><c-p><enter>", "7"),
        (":7<enter>:8<enter>g:<c-p><c-p><c-n><enter>", "8"),
        // Rubbing out in an empty prompt leaves it.
        (":7<backspace><backspace>j", "II.A"),
    ] {
        assert_eq!(after(keys), there, "{keys}");
    }
    let mut explorer = explorer();
    explorer.press(":");
    explorer.take(Message::Paste("8\n".into()));
    assert!(
        matches!(explorer.model.mode, Mode::Command(..)),
        "a pasted line end runs nothing"
    );
    assert_eq!(at(&explorer), "II");
    explorer.press("<enter>");
    assert_eq!(at(&explorer), "8");
}

#[test]
fn with_nothing_to_offer_the_command_line_says_what_to_do() {
    for (typed, said) in [
        (":1(z)", "No address 1(z): the nearest is 1(q)."),
        (
            ":网络犯罪",
            "No address, heading or command like this; / looks in the text.",
        ),
    ] {
        for (cols, rows) in [(80, 24), (40, 10)] {
            let mut explorer = Explorer::new(built_in(), cols, rows);
            explorer.press(typed);
            let screen = draw(&explorer.model).text();
            let tree = explorer.model.panes().tree;
            let lines = screen.lines().skip(usize::from(tree.y) + 1).take(3);
            let list = lines.map(|line| line.split('│').next().unwrap_or("").trim());
            let list = list.collect::<Vec<_>>().join(" ");
            assert!(list.trim().starts_with(said), "{cols}x{rows}:\n{screen}");
        }
    }
}

#[test]
fn every_command_offered_does_what_its_key_does() {
    let mut known = 0;
    for row in ACTIONS
        .iter()
        .filter(|row| row.contexts.contains(&Context::Tree))
    {
        let mut typed = explorer();
        typed.press("5jma/数据<enter><tab>:");
        let choice = typed.model.choice().unwrap().clone();
        let offered =
            |offer: &rapporteur::tui::Offer| offer.what == What::Command(row.message.clone());
        let Some(place) = choice.rows.iter().position(offered) else {
            continue;
        };
        known += 1;
        // With nothing typed, Enter on what one has not gone to does nothing.
        typed.press("<down><up>");
        for _ in 0..place {
            typed.press("<down>");
        }
        typed.effects.clear();
        typed.press("<enter>");
        let mut keyed = explorer();
        keyed.press("5jma/数据<enter><tab>");
        keyed.effects.clear();
        keyed.take(row.message.clone());
        keyed.answer();
        let state = |explorer: &Explorer| {
            let model = &explorer.model;
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                model.mode,
                model.at,
                model.top,
                model.rows,
                model.layout,
                model.notice,
                explorer.effects
            )
        };
        assert_eq!(state(&typed), state(&keyed), "{}", row.name);
    }
    assert!(known > 25, "{known} commands");
}

#[test]
fn with_many_headings_typing_stays_fast() {
    let heading = |nth: usize| {
        let text = format!("国际合作与能力建设 international cooperation on subject {nth}");
        Unit::new(Kind::Section, "", None, &text)
    };
    for many in [5_000, 20_000] {
        let report = Report::new((0..many).map(heading), vec![], None);
        let mut explorer = Explorer::new(report, 80, 24);
        for typed in ["cooperation on subject 199", "国际合作", "icos199"] {
            explorer.press(":");
            let mut longest = Duration::ZERO;
            for c in typed.chars() {
                let start = Instant::now();
                explorer.take(Message::Type(c));
                longest = longest.max(start.elapsed());
            }
            eprintln!("{many} headings, {typed}: the longest key took {longest:?}");
            // Unoptimised, beside other work: far more than a reader has to wait.
            assert!(longest < Duration::from_secs(2), "{longest:?}");
            let first = explorer.model.choice().unwrap().rows.first();
            if typed.starts_with("coop") {
                let first = &first.unwrap().shown;
                assert!(first.ends_with("subject 199"), "{first}");
            }
            explorer.press("<esc>");
        }
    }
}

#[test]
fn a_list_keeps_still_while_its_rows_are_on_the_screen() {
    let mut explorer = Explorer::new(built_in(), 40, 10);
    explorer.press(":");
    let rows = explorer.model.choice().unwrap().rows.len();
    explorer.press("<down>".repeat(rows).as_str());
    let bottom = draw(&explorer.model).text();
    explorer.press("<up>");
    let body = |text: &str| {
        text.lines()
            .skip(1)
            .take(6)
            .map(|line| line.trim_start_matches(['▌', ' ']).to_string())
            .collect::<Vec<_>>()
    };
    let above = draw(&explorer.model).text();
    assert_eq!(body(&above), body(&bottom), "only what is chosen moved");
}

#[test]
fn what_was_looked_for_last_is_looked_for_again() {
    let mut explorer = explorer();
    explorer.press("/布达佩斯<enter><esc>n");
    assert_eq!(at(&explorer), "1(b)");
    assert!(explorer.model.found.is_some());
    explorer.press("<esc>");
    assert_eq!(at(&explorer), "II");
}

#[test]
fn selecting_begins_at_what_was_found() {
    let mut explorer = explorer();
    explorer.press("/布达佩斯<enter>nvlllly");
    let Some(Effect::Copy(text, _)) = explorer.effects.pop() else {
        panic!("nothing is copied");
    };
    assert_eq!(text, "布达佩斯公");
}

#[test]
fn what_is_too_long_for_a_row_is_said_in_two() {
    let mut explorer = explorer();
    let told = "written to /home/delegate/.local/share/rapporteur/copied.txt (this terminal has no \
                clipboard for programs)";
    explorer.take(Message::Notice(told.into()));
    let screen = draw(&explorer.model).text();
    let said: Vec<_> = screen.lines().skip(22).map(str::trim).collect();
    assert_eq!(said.join(" "), told);
    explorer.press("j");
    assert!(draw(&explorer.model).text().contains("? help"));
}
