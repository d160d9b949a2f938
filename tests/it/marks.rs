//! The reader's marks: set in the explorer, in plain mode and from scripts, found by queries, kept from one
//! run to the next.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use rapporteur::tui::{Message, Mode, draw, update};
use tempfile::TempDir;

use super::explorer::Explorer;
use super::reading_room::at;
use super::{built_in, column, program};

fn explorer() -> Explorer {
    Explorer::new(built_in(), 80, 24)
}

/// The mark on a unit: `done #a #b: the remark`.
fn mark(explorer: &Explorer, address: &str) -> String {
    let unit = explorer.model.report.find(address).unwrap();
    let Some(mark) = explorer.model.mark(unit) else {
        return "-".into();
    };
    let tags: Vec<_> = mark.tags.iter().map(|tag| format!(" #{tag}")).collect();
    let status = mark.status.as_deref().unwrap_or("-");
    let remark = match mark.remark.is_empty() {
        true => String::new(),
        false => format!(": {}", mark.remark),
    };
    format!("{status}{}{remark}", tags.concat())
}

#[test]
fn a_status_tags_and_a_remark_are_a_few_keys() {
    for (keys, marked) in [
        (":1(b)<enter>s<enter>", "open"),
        (":1(b)<enter>sjj<enter>", "done"),
        (":1(b)<enter>sjj<enter>s<enter>", "done"),
        (":1(b)<enter>sjj<enter>sG<enter>", "-"),
        (":1(b)<enter>sjjjj<enter>等待答复<enter>", "等待答复"),
        (":1(b)<enter>sjjjj<enter><enter>", "-"),
        (":1(b)<enter>s<esc>", "-"),
        (":1(b)<enter>t紧急 #legal，x<enter>", "- #legal #x #紧急"),
        (":1(b)<enter>ta b<enter>t<ctrl-u>c<enter>", "- #c"),
        (":1(b)<enter>ta b<enter>t<esc>", "- #a #b"),
        (
            ":1(b)<enter>a第一行<enter>second<ctrl-s>",
            "-: 第一行\nsecond",
        ),
        (":1(b)<enter>aab<left>x<up>y<ctrl-s>", "-: axyb"),
        // Esc asks before it drops what is written.
        (":1(b)<enter>aab<esc><esc>", "-"),
        (":1(b)<enter>aab<esc>c<ctrl-s>", "-: abc"),
        (":1(b)<enter>aab<ctrl-s>a<esc>", "-: ab"),
        (":1(b)<enter>aab<ctrl-s>a<ctrl-u><ctrl-s>", "-"),
        (":1(b)<enter>s<enter>tx<enter>ay<ctrl-s>", "open #x: y"),
        (":1(b)<enter>s<enter>tx<enter>ay<ctrl-s>u", "open #x"),
        (":1(b)<enter>s<enter>tx<enter>ay<ctrl-s>uu", "open"),
        (":1(b)<enter>s<enter>tx<enter>ay<ctrl-s>uuuuu", "-"),
    ] {
        let mut explorer = explorer();
        explorer.press(keys);
        assert!(
            matches!(explorer.model.mode, Mode::Reading | Mode::List(_)),
            "{keys}"
        );
        assert_eq!(mark(&explorer, "1(b)"), marked, "{keys}");
    }
}

#[test]
fn tags_in_use_are_completed() {
    let mut explorer = explorer();
    explorer.press(":1(a)<enter>tlegal later<enter>:1(b)<enter>tx l");
    let screen = draw(&explorer.model).text();
    assert!(screen.contains("legal"), "{screen}");
    explorer.press("ate<tab><enter>");
    assert_eq!(mark(&explorer, "1(b)"), "- #later #x");
}

#[test]
fn what_is_marked_is_seen_and_listed() {
    let mut explorer = explorer();
    explorer.press(":1(b)<enter>sjj<enter>t紧急<enter>a已答复。<enter>See A/74/130.<ctrl-s>");
    let screen = draw(&explorer.model).text();
    for words in ["● ✓ (b)", "✓ done #紧急", "已答复。", "See A/74/130."] {
        assert!(screen.contains(words), "{words} in {screen}");
    }
    explorer.press(":1(k)(iii)<enter>sj<enter>g:marks<enter>");
    let shown: Vec<_> = explorer
        .model
        .choice()
        .unwrap()
        .rows
        .iter()
        .map(|row| row.hint.clone())
        .collect();
    assert_eq!(shown, ["1(b)", "1(k)(iii)"]);
    explorer.press("G<enter>");
    assert_eq!(at(&explorer), "1(k)(iii)");
}

#[test]
fn a_filter_of_marks_follows_them() {
    let mut explorer = explorer();
    explorer.press(":1(b)<enter>sjj<enter>:1(d)<enter>sjj<enter>/mark:done<enter>");
    let units = |explorer: &Explorer| {
        let found = explorer.model.found.clone().unwrap();
        let mut units: Vec<_> = found.hits().iter().map(|hit| hit.unit).collect();
        units.sort();
        let units = units
            .iter()
            .map(|&unit| explorer.model.report.address(unit).to_string());
        units.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(units(&explorer), "1(b) 1(d)");
    // One is done no more, and leaves.
    explorer.press("sg<enter>");
    assert_eq!(units(&explorer), "1(d)");
    explorer.press("u");
    assert_eq!(units(&explorer), "1(b) 1(d)");
}

#[test]
fn who_leaves_with_marks_unsaved_is_asked() {
    let mut explorer = explorer();
    explorer.press("s<enter>");
    let failed = |explorer: &Explorer| {
        Message::Kept(explorer.model.marking.changed, Err("no space left".into()))
    };
    let message = failed(&explorer);
    update(&mut explorer.model, message);
    let screen = draw(&explorer.model).text();
    assert!(
        screen.contains("no space left") && screen.contains("save-marks"),
        "{screen}"
    );
    explorer.press("j");
    let screen = draw(&explorer.model).text();
    assert!(screen.contains("! marks not saved"), "{screen}");
    explorer.press("q");
    let screen = draw(&explorer.model).text();
    assert!(explorer.effects.is_empty(), "{:?}", explorer.effects);
    assert!(screen.contains("quit without them"), "{screen}");
    // Try again: it is a change like another, which is kept this time.
    let before = explorer.model.marking.changed;
    explorer.press("<enter>");
    let now = explorer.model.marking.changed;
    assert!(now > before);
    update(&mut explorer.model, Message::Kept(now, Ok(Vec::new())));
    assert!(draw(&explorer.model).text().contains("the marks are saved"));
    explorer.press("q");
    assert_eq!(format!("{:?}", explorer.effects.pop()), "Some(Quit)");
    // Or without them.
    let message = failed(&explorer);
    update(&mut explorer.model, message);
    explorer.press("qj<enter>");
    assert_eq!(format!("{:?}", explorer.effects.pop()), "Some(Leave)");
}

#[test]
fn nothing_in_a_remark_reaches_the_terminal_or_breaks_the_screen() {
    for (cols, rows) in [(80, 24), (40, 10), (200, 60), (1, 1), (10, 3), (64, 8)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press("a");
        let text = format!(
            "\u{1b}]52;c;x\u{7}\u{202e}网{}\n\n\ttail",
            "很长的一句话没有空格".repeat(40)
        );
        explorer.take(Message::Paste(text));
        for keys in [
            "", "<up><up>", "<pgup>", "<home>", "<pgdn>", "<end>", "<ctrl-w>", "<ctrl-s>", "j",
            "a", "<esc>",
        ] {
            explorer.press(keys);
            let screen = draw(&explorer.model).text();
            assert!(
                !screen.contains(['\u{1b}', '\u{7}', '\u{202e}']),
                "{cols}x{rows} {keys}"
            );
        }
    }
}

/// The program with a data folder of its own.
fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = program();
    command.env("RAPPORTEUR_DATA", folder).args(args);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn scripts_mark_and_find_what_is_marked() {
    let data = TempDir::new().unwrap();
    let run = |args: &[&str]| run(data.path(), args);
    assert_eq!(run(&["mark"]).status.code(), Some(1));
    let output = run(&[
        "mark",
        "1(b)",
        "--status",
        "done",
        "--tag",
        "legal,紧急",
        "--remark",
        "已答复",
    ]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        said(&output).starts_with("1(b)\tdone\t#legal #紧急\t已答复\t另一方面"),
        "{}",
        said(&output)
    );
    run(&["mark", "第1段(k)㈢", "--status", "in progress"]);
    run(&["mark", "1(c)", "--tag", "legal"]);
    for (query, addresses) in [
        ("mark:done", "1(b)"),
        ("mark:\"in progress\"", "1(k)(iii)"),
        ("tag:legal", "1(b) 1(c)"),
        ("tag:legal !mark:done", "1(c)"),
        ("remark:答复", "1(b)"),
        (
            "is:recommendation !mark:any by:会员国",
            "1(a) 1(d) 1(h) 1(k) 1(q)",
        ),
    ] {
        let output = run(&["find", "--json", query]);
        let hits: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(column(&hits, "address"), addresses, "{query}");
        if query == "mark:done" {
            assert_eq!(hits[0]["mark"]["status"], "done");
            assert_eq!(hits[0]["mark"]["tags"][1], "紧急");
        }
    }
    let output = run(&["mark", "--json"]);
    let all: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(column(&all, "address"), "1(b) 1(c) 1(k)(iii)");
    // What is taken away is gone.
    run(&[
        "mark", "1(b)", "--status", "", "--untag", "legal", "--untag", "紧急", "--remark", "",
    ]);
    assert_eq!(run(&["mark", "1(b)"]).status.code(), Some(1));
    // A unit that is not there, and a folder that cannot be written.
    let output = run(&["mark", "1(z)", "--status", "done"]);
    assert_eq!(output.status.code(), Some(2));
    let output = super::run(&["mark", "1(b)", "--status", "done"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("the marks are not saved") && told.contains("RAPPORTEUR_DATA"),
        "{told}"
    );
}

#[test]
fn marks_follow_a_file_that_is_changed() {
    let data = TempDir::new().unwrap();
    let file = data.path().join("draft.txt");
    let path = file.to_str().unwrap();
    let run = |args: &[&str]| run(data.path(), &[args, &["-r", path]].concat());
    fs::write(&file, "I. 建议\n\n1. 会员国应促进国际合作。\n\n2. 各国应拨出资源发展专门知识。\n\n3. 这一段以后要删去的。\n").unwrap();
    run(&["mark", "2", "--status", "done"]);
    run(&["mark", "3", "--remark", "为什么？"]);
    fs::write(&file, "I. 建议\n\n1. 新的一段。\n\n2. 会员国应促进国际合作。\n\n3. 各国应拨出更多资源发展专门知识。\n").unwrap();
    let output = run(&["mark"]);
    assert_eq!(
        said(&output),
        "3\tdone\t\t\t各国应拨出更多资源发展专门知识。\n?3\t\t\t为什么？\t这一段以后要删去的。\n"
    );
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("taken over from an older version; 1 found no unit"),
        "{told}"
    );
}

#[test]
fn plain_mode_marks_too() {
    let data = TempDir::new().unwrap();
    let typed = ":1(b)\nstatus done\ntag legal #紧急\nremark 已答复\nundo\nmarks\n/mark:done\nuntag legal\n";
    let mut command = program();
    command.env("RAPPORTEUR_DATA", data.path()).arg("--plain");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = said(&output);
    for words in [
        "1(b) marked done\n",
        "1(b) marked done, tags legal and 紧急\n",
        "1(b) marked done, tags legal and 紧急, remark: 已答复\n",
        "As it was before.",
        "1(b), item, recommendation: done, tags legal and 紧急\n",
        "1 unit for mark:done",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let output = run(data.path(), &["mark"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("1(b)\tdone\t#紧急\t\t"));
}
