//! `check`: what was read, told so that a reading can be trusted, or not.

use std::io::Write;
use std::process::Stdio;

use insta::assert_snapshot;

use super::program;

/// What it says of a text on standard input, and its exit code.
fn checked(text: &str, args: &[&str]) -> (String, Option<i32>) {
    let mut command = program();
    command.args(["check", "-"]).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = command.spawn().expect("the program starts");
    let mut input = running.stdin.take().expect("it is piped");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = running.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("output is UTF-8");
    (said, output.status.code())
}

#[test]
fn the_built_in_report_is_read_whole() {
    let output = super::run(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r"
    the built-in report

      format      plain text
      language    Chinese
      symbol      none stated
      title       初步建议和结论汇总表
      pages       4

      units       36: 3 chapters, 3 sections, 8 paragraphs, 17 items, 5 sub-items
      recommended 17: 17 by the heading above
      placed      100 % of 2802 characters
      links       1 link of page feet, placed where they are cited
      set aside   nothing

    Remarks
      · page 1, line 1: chapters start at 二
      · page 4, line 198: sections under chapter 四 start at B

    Read whole; the remarks mean no misread text.
    ");
}

const GAP: &str = "I. Work\n\n1. It met.\n\n2. It sat.\n\n4. It closed.\n";

#[test]
fn a_gap_in_numbering_may_mean_misread_text() {
    let (said, code) = checked(GAP, &[]);
    assert_eq!(code, Some(1));
    assert_snapshot!(said, @r"
    standard input

      format      plain text, UTF-8
      language    English
      symbol      none stated
      title       Work
      pages       not told apart

      units       4: 1 chapter, 3 paragraphs
      recommended 0
      placed      100 % of 33 characters
      set aside   nothing

    May be misread
      ! line 7: paragraph 4 follows 2

    1 place may be misread: look there in the source.
    ");
}

#[test]
fn its_json_has_what_it_says() {
    let (said, code) = checked(GAP, &["--json"]);
    assert_eq!(code, Some(1));
    let said: serde_json::Value = serde_json::from_str(&said).expect("output is JSON");
    for (field, value) in [
        ("/format", "\"plain text\""),
        ("/language", "\"en\""),
        ("/symbol", "null"),
        ("/units", "4"),
        ("/kinds/paragraph", "3"),
        ("/characters", "33"),
        ("/placed", "33"),
        ("/notes/0/line", "7"),
        ("/notes/0/misread", "true"),
        ("/misread", "true"),
    ] {
        let told = said.pointer(field).map(ToString::to_string);
        assert_eq!(told.as_deref(), Some(value), "{field}");
    }
}

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let output = super::run(&["check", "no-such-file.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let output = super::run(&["check", "a.txt", "-r", "b.txt"]);
    assert_eq!(output.status.code(), Some(2));
}
