//! What of the explorer outlives a run, at the level of the model: taken up again, in this report
//! or another version of it.

use std::sync::Arc;

use rapporteur::parse::parse;
use rapporteur::report::Report;
use rapporteur::shelf::{Bookmark, Memory, Pane as KeptPane};
use rapporteur::tui::{Answer, Message, Model, Palette, Pane, draw, update};

use super::built_in;
use super::explorer::Explorer;
use super::reading_room::{at, explorer};

/// What is kept of this explorer.
fn kept(explorer: &Explorer, before: &Memory) -> Memory {
    explorer.model.memory(before).expect("a report is read")
}

/// A new run with what was kept, perhaps of another report.
fn again(report: Report, memory: &Memory) -> Explorer {
    let mut explorer = Explorer::new(Report::default(), 80, 24);
    explorer.model = Model::new("test".into(), 80, 24, Palette::Sixteen);
    update(
        &mut explorer.model,
        Message::Answer(Answer::Remembered(Arc::new(memory.clone()), None)),
    );
    update(
        &mut explorer.model,
        Message::Answer(Answer::Opened(Arc::new(report), vec![])),
    );
    explorer
}

#[test]
fn what_is_kept_is_taken_up_again() {
    for keys in [
        "",
        "5jmag<space>",
        "<tab>jjjjj",
        "<tab>G",
        "G",
        "<tab>Gkk",
        "z",
        "<tab>z",
        ">>>",
        "<lt><lt><lt><lt><lt><lt><lt><lt><lt>",
        ":7<enter>/数据<enter>",
        "jjhmbmc/合作<enter><esc>",
    ] {
        let mut first = explorer();
        first.press(keys);
        let memory = kept(&first, &Memory::default());
        let second = again(built_in(), &memory);
        assert_eq!(kept(&second, &memory), memory, "{keys}");
        assert_eq!(second.model.at, first.model.at, "{keys}");
        assert_eq!(second.model.focus, first.model.focus, "{keys}");
        assert_eq!(second.model.layout, first.model.layout, "{keys}");
        if first.model.found.is_none() {
            let screens = [&first, &second].map(|explorer| {
                let text = draw(&explorer.model).text();
                text.lines().take(21).collect::<Vec<_>>().join("\n")
            });
            assert_eq!(screens[0], screens[1], "{keys}");
        }
    }
}

#[test]
fn folds_that_a_filter_made_are_not_kept_but_those_before_it_are() {
    for (keys, folded) in [
        ("jjh", "1"),
        ("jjh/合作", "1"),
        ("jjh/合作<enter>", "1"),
        ("jjhr", "1"),
        // Folded since an older step.
        (":1<enter>h:2<enter>h/数据<enter>", "1 2"),
        (":1<enter>h/数据<enter>/公约<enter>r", "1"),
    ] {
        let mut explorer = explorer();
        explorer.press(keys);
        let memory = kept(&explorer, &Memory::default());
        let folded: Vec<_> = folded
            .split(' ')
            .filter(|at| memory.folded.contains(&(*at).into()))
            .collect();
        assert_eq!(memory.folded, folded, "{keys}");
    }
}

#[test]
fn bookmarks_that_have_no_unit_in_this_version_are_kept() {
    let lost = Bookmark {
        address: "1(z)".into(),
        text: "withdrawn".into(),
    };
    let memory = Memory {
        at: Some("99".into()),
        folded: vec!["98".into()],
        bookmarks: [('a', lost.clone()), ('b', lost.clone())].into(),
        pane: Some(KeptPane::Text),
        ..Memory::default()
    };
    let mut explorer = again(built_in(), &memory);
    assert_eq!(
        (at(&explorer).as_str(), explorer.model.focus),
        ("II", Pane::Text)
    );
    assert_eq!(kept(&explorer, &memory).bookmarks, memory.bookmarks);
    explorer.press("'a");
    assert_eq!(
        explorer.model.notice,
        "bookmark a has no place in this report any more"
    );
    // A letter that is given to another unit is that one's.
    explorer.press("jma");
    let now = kept(&explorer, &memory);
    assert_eq!(now.bookmarks[&'a'].address, "II.A");
    assert_eq!(now.bookmarks[&'b'], lost);
}

#[test]
fn a_bookmark_finds_its_words_under_another_address() {
    let bookmark = |address: &str, text: &str| Bookmark {
        address: address.into(),
        text: text.into(),
    };
    let memory = Memory {
        bookmarks: [
            ('a', bookmark("1(z)", "鉴于网络犯罪的跨国性质")),
            ('b', bookmark("1(a)", "鉴于网络犯罪的跨国性质")),
            ('c', bookmark("1(a)", "words that have been changed")),
            ('d', bookmark("1(a)", "")),
        ]
        .into(),
        ..Memory::default()
    };
    for (letter, there) in [('a', "1(c)"), ('b', "1(c)"), ('c', "1(a)"), ('d', "1(a)")] {
        let mut explorer = again(built_in(), &memory);
        explorer.press(&format!("'{letter}"));
        assert_eq!(at(&explorer), there, "{letter}");
    }
}

#[test]
fn nothing_is_kept_of_what_is_not_read() {
    let model = Model::new("test".into(), 80, 24, Palette::Sixteen);
    assert_eq!(model.memory(&Memory::default()), None);
    let empty = Explorer::new(parse("").0, 80, 24);
    assert_eq!(empty.model.memory(&Memory::default()), None);
}
