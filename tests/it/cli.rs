//! The commands as scripts meet them: output, exit codes, and what they say when they cannot look.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::{column, found, json, program, run};

#[test]
fn find_gives_the_best_first_and_marks_every_place() {
    let hits = json(&["find", "布达佩斯", "--json"]);
    assert_eq!(column(&hits, "address"), "1(b)");
    let text: Vec<char> = hits[0]["text"].as_str().unwrap().chars().collect();
    let marked: Vec<String> = hits[0]["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            text[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize]
                .iter()
                .collect()
        })
        .collect();
    let times = text.iter().collect::<String>().matches("布达佩斯").count();
    assert_eq!(marked, vec!["布达佩斯"; times]);
    assert_eq!(times, 2);
    for (query, first, how) in [
        ("议程项目2", "1", "exact"),
        ("题为执法和调查的议程", "1", "exact"),
        ("执法和调查", "II.A", "exact"),
        ("条约 能力建设", "1(b)", "words"),
        ("反恐委", "6", "abbreviation"),
        ("1(k)㈢", "1(k)(iii)", "address"),
        ("㈢", "1(k)(iii)", "address"),
        ("（k）", "1(k)", "address"),
        ("A", "II.A", "address"),
        ("B", "IV.B", "address"),
        ("Ａ/Ｃ.３/７２/１２", "1(a)", "exact"),
    ] {
        let hits = json(&["find", query, "--json"]);
        assert_eq!(
            (hits[0]["address"].as_str(), hits[0]["how"].as_str()),
            (Some(first), Some(how)),
            "{query}"
        );
        assert_eq!(
            hits[0]["matches"].as_array().unwrap().is_empty(),
            how == "address",
            "{query}"
        );
        let scores: Vec<_> = hits
            .iter()
            .map(|hit| hit["score"].as_i64().unwrap())
            .collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{query}: {scores:?}");
    }
}

#[test]
fn nothing_found_is_exit_code_1_and_an_empty_output() {
    let output = run(&["find", "新加坡"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("nothing found for 新加坡") && told.contains("try:"),
        "{told}"
    );
    let output = run(&["find", "新加坡", "--json"]);
    assert_eq!(
        (output.status.code(), output.stdout),
        (Some(1), b"[]\n".to_vec())
    );
    // Its characters all occur in long paragraphs, but nowhere together.
    for junk in ["网法", "qwertz", "航天发射", "公数", "。"] {
        assert_eq!(run(&["find", junk]).status.code(), Some(1), "{junk}");
    }
}

#[test]
fn recommendations_are_the_17_and_hits_in_their_sub_items() {
    assert_eq!(json(&["find", "--recommendations", "--json"]).len(), 17);
    assert_eq!(
        column(
            &json(&["find", "--recommendations", "--json", "数据控制者"]),
            "address"
        ),
        "1(k)(i)"
    );
    assert_eq!(
        run(&["find", "--recommendations", "多米尼加"])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        column(&json(&["find", "--json", "多米尼加"]), "address"),
        "4 7"
    );
    assert_eq!(
        json(&["find", "--json", "网络犯罪", "--limit", "2"]).len(),
        2
    );
}

#[test]
fn citations_are_in_the_language_of_the_report_unless_asked_otherwise() {
    let cited = |args: &[&str]| {
        column(
            &json(&[&["find", "1(k)㈢", "--json"], args].concat()),
            "citation",
        )
    };
    assert_eq!(cited(&[]), "第1段(k)㈢");
    assert_eq!(cited(&["--cite", "en"]), "para. 1 (k) (iii)");
    assert_eq!(
        column(
            &json(&["find", "II.A", "--json", "--cite", "en", "--limit", "1"]),
            "citation"
        ),
        "chap. II, sect. A"
    );
}

#[test]
fn show_understands_every_spelling_of_an_address() {
    let unit = found(&["show", "1(k)㈢"]);
    assert_eq!(
        unit.split_whitespace().collect::<String>(),
        "㈢下令提供隐私保护程度较低的计算机数据，例如交通数据和订户数据；"
    );
    for spelling in [
        "1.k.iii",
        "1(k)(iii)",
        "1（k）（三）",
        "para. 1 (k) (iii)",
        "第1段(k)㈢",
        "1 (k) ㈢",
    ] {
        assert_eq!(found(&["show", spelling]), unit, "{spelling}");
    }
    assert_eq!(found(&["show", "1", "(k)", "(iii)"]), unit);
    assert_eq!(
        column(&json(&["show", "1(k)", "--json"]), "address"),
        "1(k) 1(k)(i) 1(k)(ii) 1(k)(iii) 1(k)(iv) 1(k)(v)"
    );
    let first = &json(&["show", "1(a)", "--json"])[0];
    assert_eq!(first["links"][0]["target"], "http://undocs.org/A/C.3/72/12");
}

#[test]
fn text_set_to_any_width_is_whole() {
    let whole: String = json(&["show", "II", "--json"])
        .iter()
        .flat_map(|row| {
            [
                row["label"].as_str().unwrap().to_string(),
                row["text"].as_str().unwrap().to_string(),
            ]
        })
        .collect();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for width in ["1", "2", "3", "7", "20", "33", "60", "80", "200", "1000"] {
        let set = found(&["show", "II", "--width", width]);
        assert_eq!(bare(&set), bare(&whole), "width {width}");
        let columns: usize = width.parse().unwrap();
        let widest = set
            .lines()
            .map(|line| rapporteur::typeset::Ruler::NARROW.cols(line))
            .max()
            .unwrap();
        assert!(widest <= columns.max(4), "width {width}: {widest}");
    }
}

#[test]
fn without_a_terminal_the_outline_is_printed() {
    assert_eq!(found(&[]), found(&["outline"]));
    let lines = found(&["outline"]);
    assert_eq!(lines.lines().count(), 36);
    let clipped = found(&["outline", "--width", "60"]);
    assert!(
        clipped
            .lines()
            .all(|line| rapporteur::typeset::Ruler::NARROW.cols(line) <= 60)
    );
    assert!(lines.contains("的最适当、最具体的指导工具；"));
}

#[test]
fn a_report_comes_from_a_file_or_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    fs::write(&path, "A/74/130\n\nI. Introduction\n\n1. The Group met.\n").unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(
        column(&json(&["outline", "--json", "-r", path]), "address"),
        "I 1"
    );
    assert_eq!(
        column(&json(&["find", "-r", path, "--json", "group"]), "citation"),
        "A/74/130, para. 1"
    );
    assert_eq!(found(&[path]), found(&["outline", "-r", path]));
    let mut child = program()
        .args(["show", "1", "-r", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("1. From a pipe.\n".as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "1. From a pipe.\n"
    );
}

#[test]
fn what_cannot_be_looked_at_is_said_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder
        .path()
        .join("missing.txt")
        .to_str()
        .unwrap()
        .to_string();
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["outline", "-r", &missing],
            &[
                "cannot read",
                "missing.txt",
                "because:",
                "try: check the name",
            ],
        ),
        (
            &["fnid"],
            &["cannot read fnid", "commands: outline, show, find"],
        ),
        (
            &["outline", "-r", folder.path().to_str().unwrap()],
            &["it is a folder", "try:"],
        ),
        (
            &["show", "1(z)"],
            &[
                "no 1(z) in the built-in report: the nearest is 1(q)",
                "try:",
            ],
        ),
        (&["show", "9"], &["the nearest is 8"]),
        (
            &["show", "A"],
            &["A in the built-in report may be II.A or III.A", "try:"],
        ),
        (&["show", ""], &["no address is given"]),
        (&["--keys", "j", "find", "x"], &["go with no command"]),
        (&["show", "网络"], &["that is not an address", "1(k)(iii)"]),
        (
            &["--keys", "j<nokey>", "--print", "text"],
            &["no key is called <nokey> (at character 2 of --keys)"],
        ),
        (&["--print", "text", "--size", "0x0"], &["80x24"]),
        (
            &["outline", "-r", "x\x1b[31m\u{202e}.txt"],
            &["cannot read x␛[31m\u{fffd}.txt"],
        ),
        (&["a.txt", "outline"], &["name the report by -r"]),
        (&["find"], &["QUERY"]),
    ];
    for (args, words) in cases {
        let output = run(args);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{args:?}: {told}"
        );
        for word in *words {
            assert!(told.contains(word), "{args:?}: {told}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut text = String::new();
    for number in 1..5000 {
        text.push_str(&format!("{number}. 网络犯罪。\n\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    fs::write(&path, text).unwrap();
    for command in [
        &["outline", "--json"][..],
        &["outline"],
        &["find", "网络"],
        &["show", "1"],
    ] {
        let mut child = program()
            .args(command)
            .args(["-r", path.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{command:?}"
        );
    }
}

#[test]
fn nothing_in_a_report_reaches_the_output_as_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.txt");
    fs::write(
        &path,
        "1. a\x1b]52;c;eA==\x07b\x1b[2J\u{9b}31m\u{202e}c\x7f\n\n(a) \x1b[31mred\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    for args in [
        &["outline"][..],
        &["outline", "--json"],
        &["show", "1"],
        &["show", "1", "--json"],
        &["find", "red"],
        &["find", "red", "--json"],
        &["find", "--json", "1"],
    ] {
        let out = found(&[args, &["-r", path]].concat());
        assert!(
            out.chars()
                .all(|c| c == '\n' || c == '\t' || rapporteur::typeset::is_safe(c)),
            "{args:?}: {out:?}"
        );
    }
    for print in ["text", "svg"] {
        let out = found(&[path, "--keys", "/red", "--print", print]);
        assert!(
            out.chars()
                .all(|c| c == '\n' || rapporteur::typeset::is_safe(c)),
            "{print}: {out:?}"
        );
    }
}

#[test]
fn colour_is_used_when_it_is_wanted() {
    assert!(found(&["find", "布达佩斯", "--color", "always"]).contains('\x1b'));
    for args in [
        &["find", "布达佩斯"][..],
        &["find", "布达佩斯", "--color", "never"],
        &["show", "1"],
        &["outline"],
    ] {
        assert!(!found(args).contains('\x1b'), "{args:?}");
    }
}

#[test]
fn help_teaches_by_example() {
    for args in [
        &["--help"][..],
        &["find", "--help"],
        &["show", "--help"],
        &["outline", "--help"],
    ] {
        let help = found(args);
        assert!(
            help.contains("rapporteur ") && help.contains("Usage:"),
            "{help}"
        );
    }
    assert_eq!(
        found(&["--version"]),
        format!("rapporteur {}\n", env!("CARGO_PKG_VERSION"))
    );
}
