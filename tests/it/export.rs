//! What is exported: every format holds what it should, nothing in it runs or breaks out, and what is
//! written down opens again with the same units.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use rapporteur::export::{self, Format};
use rapporteur::parse::{parse, parse_manuscript};
use rapporteur::read::Source;
use rapporteur::report::{Report, WrittenNote};
use rapporteur::shelf::Marks;
use rapporteur::tui::{Effect, Failure, Message, draw};
use tempfile::TempDir;

use super::corpus::corpus;
use super::explorer::Explorer;
use super::{built_in, here, program};

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = program();
    command
        .env("RAPPORTEUR_DATA", folder.join("data"))
        .current_dir(folder);
    command.args(args).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder in which some recommendations are marked, one of them by what would be a formula.
fn marked() -> TempDir {
    let folder = TempDir::new().unwrap();
    for args in [
        [
            "mark", "1(b)", "--status", "done", "--tag", "legal", "--remark", FORMULA,
        ],
        [
            "mark",
            "1(k)",
            "--status",
            "等待",
            "--tag",
            "紧急",
            "--remark",
            "第一行\nsecond \"line\", <b>&| end",
        ],
    ] {
        assert_eq!(run(folder.path(), &args).status.code(), Some(0));
    }
    folder
}

const FORMULA: &str = "=HYPERLINK(\"http://x.example\",\"y\")";

/// A part of a packed document.
fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Every element of an XML document is closed, in order; gives the names of all.
fn elements(xml: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for tag in xml.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every bracket is closed");
        if tag.starts_with(['?', '!']) {
            continue;
        }
        let name = |tag: &str| tag.split([' ', '/', '\n']).next().unwrap().to_string();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
            None => {
                all.push(name(tag));
                if !tag.ends_with('/') {
                    open.push(name(tag));
                }
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn the_matrix_holds_who_should_do_what_and_how_it_stands() {
    let folder = marked();
    let file = |name: &str| folder.path().join(name);
    for ending in ["csv", "xlsx", "md", "html", "json", "docx"] {
        let name = format!("m.{ending}");
        let output = run(folder.path(), &["export", "is:recommendation", "-o", &name]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert!(
            told(&output).contains(&format!("17 rows written to {name}")),
            "{}",
            told(&output)
        );
    }
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(file("m.json")).unwrap()).unwrap();
    assert_eq!(rows.len(), 17);
    let row = &rows[10];
    assert_eq!(row["address"], "1(k)");
    assert_eq!(row["citation"], "第1段(k)");
    assert_eq!(row["who"][0], "会员国");
    assert_eq!(row["verb"], serde_json::json!(["必须", "应"]));
    assert_eq!(row["status"], "等待");
    // A recommendation with its sub-items is one row.
    assert_eq!(row["text"].as_str().unwrap().lines().count(), 6);
    assert!(row["text"].as_str().unwrap().contains("\n㈢ 下令提供"));
    assert_eq!(rows[0]["cited"][1], "A/C.3/72/12");
    assert_eq!(rows[1]["remark"], FORMULA);
    let csv = fs::read_to_string(file("m.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 17);
    // In a spreadsheet it is a text, everywhere else it is as it was.
    assert_eq!(&records[1][8], format!("'{FORMULA}"));
    assert_eq!(&records[10][8], "第一行\nsecond \"line\", <b>&| end");
    let sheet = part(&file("m.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(
        !sheet.contains("<f>") && !sheet.contains("<f "),
        "no cell is a formula"
    );
    assert!(part(&file("m.xlsx"), "xl/sharedStrings.xml").contains("=HYPERLINK("));
    let document = part(&file("m.docx"), "word/document.xml");
    let names = elements(&document);
    assert_eq!(names.iter().filter(|name| *name == "w:tr").count(), 18);
    assert!(document.contains("<w:tblHeader/>") && document.contains("&lt;b&gt;&amp;| end"));
    let html = fs::read_to_string(file("m.html")).unwrap();
    assert!(html.contains("&lt;b&gt;&amp;| end") && !html.contains("<script"));
    let markdown = fs::read_to_string(file("m.md")).unwrap();
    let line = markdown
        .lines()
        .find(|line| line.starts_with("| 1(k) |"))
        .unwrap();
    assert!(
        line.contains("第一行<br>second \"line\", \\<b\\>\\&\\| end"),
        "{line}"
    );
}

#[test]
fn a_table_has_what_is_found_in_reading_order() {
    let folder = marked();
    for (args, addresses) in [
        (&["export", "mark:any", "--to", "json"][..], "1(b) 1(k)"),
        (
            &[
                "export",
                "is:recommendation",
                "by:会员国",
                "!cites:布达佩斯",
                "--to",
                "json",
            ],
            "1(a) 1(c) 1(d) 1(h) 1(k) 1(q)",
        ),
        // What stands under a recommendation that is found is in it, alone it is a row.
        (
            &["export", "数据", "--to", "json"],
            "1(k)(i) 1(k)(ii) 1(k)(iii) 1(k)(iv) 1(o)",
        ),
        (&["export", "1(k)", "--to", "json"], "1(k)"),
        (&["export", "电子证据", "--to", "json"], "1(h) 2 6"),
    ] {
        let output = run(folder.path(), args);
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(super::column(&rows, "address"), addresses, "{args:?}");
    }
    let output = run(folder.path(), &["export", "--as", "table", "--to", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows.len(), 17, "without a query all recommendations");
    let output = run(folder.path(), &["export", "新加坡"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && told(&output).contains("nothing found for 新加坡"));
}

#[test]
fn a_file_is_never_written_over_by_accident_and_every_mistake_says_the_way_out() {
    let folder = marked();
    let path = folder.path().join("m.csv");
    fs::write(&path, "mine").unwrap();
    for (args, says) in [
        (
            &["export", "is:recommendation", "-o", "m.csv"][..],
            "m.csv exists\n  try: --force",
        ),
        (
            &["export", "--as", "report", "--to", "csv"],
            "a report cannot be written as csv\n  try: --to markdown, html, json, akn",
        ),
        (
            &["export", "x", "--to", "akn"],
            "a table cannot be written as akn\n  try: --to csv, xlsx",
        ),
        (
            &["export", "-o", "report.pdf"],
            "cannot tell the format from the name report.pdf\n  try: --to csv",
        ),
        (
            &["export", "-o", "no/such/folder/r.md"],
            "cannot write no/such/folder/r.md\n  because: ",
        ),
    ] {
        let output = run(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told(&output).contains(says), "{args:?}: {}", told(&output));
        assert!(output.stdout.is_empty());
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    let output = run(
        folder.path(),
        &["export", "is:recommendation", "-o", "m.csv", "--force"],
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .starts_with("\u{feff}address,")
    );
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

/// What tells two reports apart: every unit with all that is known of it.
fn units(report: &Report) -> Vec<String> {
    let unit = |id| {
        let unit = report.unit(id);
        format!(
            "{} {:?} {} {:?} d{} p{} {:?} {:?} {:?} {:?}",
            report.address(id),
            unit.kind,
            unit.label,
            unit.number,
            unit.depth,
            unit.page,
            unit.ground,
            unit.text,
            unit.links,
            report.calls(id),
        )
    };
    report.ids().map(unit).collect()
}

/// Writes a report down in a format and opens what is written.
fn again(report: &Report, notes: Vec<WrittenNote>, format: Format) -> Report {
    let bytes = export::report(report, notes, &Marks::new(), format).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report");
    fs::write(&path, bytes).unwrap();
    let manuscript = Source::file(&path).manuscript(&mut |_| ()).unwrap();
    parse_manuscript(&manuscript, &mut |_, _| ()).0
}

fn assert_again(report: &Report, notes: &[WrittenNote], name: &str) {
    for format in [Format::Json, Format::Markdown] {
        let opened = again(report, notes.to_vec(), format);
        let (was, is) = (units(report), units(&opened));
        for (was, is) in was.iter().zip(&is) {
            assert_eq!(is, was, "{name} as {format}");
        }
        assert_eq!(was.len(), is.len(), "{name} as {format}");
        assert_eq!(report.masthead(), opened.masthead(), "{name}");
        assert_eq!(report.pages(), opened.pages(), "{name}");
        assert_eq!(report.furniture(), opened.furniture(), "{name}");
    }
}

#[test]
fn what_is_written_down_opens_again_with_the_same_units() {
    assert_again(&built_in(), &[], "the built-in report");
    for entry in fs::read_dir(here("tests/reports")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "txt") {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert_again(&parse(&text).0, &[], &path.display().to_string());
        }
    }
    for odd in [
        "1. --> <!-- {\"a\":1} --> end\n",
        "1. a\\b `c` *d* <e> | f # g\n\n2. \\\n\n3. &amp; ~x~ $y$\n",
        "# not a heading\n\n- not a list\n\n+ x\n\n=\n",
        "1. text\u{1b}[31m \u{202e} \u{9b} end\n",
        "",
    ] {
        assert_again(&parse(odd).0, &[], odd);
    }
}

#[test]
fn the_corpus_opens_again_with_the_same_units() {
    let Some(folder) = corpus() else { return };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let Ok(manuscript) = Source::file(&path).manuscript(&mut |_| ()) else {
            continue;
        };
        let (report, notes) = parse_manuscript(&manuscript, &mut |_, _| ());
        let notes: Vec<_> = notes.iter().map(WrittenNote::from).collect();
        assert_again(&report, &notes, &path.display().to_string());
        // The others are whole, too.
        let akn = export::report(&report, Vec::new(), &Marks::new(), Format::Akn).unwrap();
        let akn = String::from_utf8(akn).unwrap();
        elements(&akn);
        assert_unique(&akn, "eId=\"", &path);
        let html = export::report(&report, Vec::new(), &Marks::new(), Format::Html).unwrap();
        assert_unique(&String::from_utf8(html).unwrap(), " id=\"", &path);
        count += 1;
    }
    println!("{count} documents opened again with the same units, from JSON and from Markdown");
    assert!(count > 20);
}

/// No two elements have one name.
fn assert_unique(xml: &str, attribute: &str, path: &Path) {
    let names = xml
        .split(attribute)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    let mut names: Vec<_> = names.collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "{attribute} in {}", path.display());
}

#[test]
fn what_is_no_report_of_ours_says_where_it_is_wrong() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.json");
    for (text, says) in [
        (
            "{\"rapporteur\":\"report\",\"version\":1,",
            "line 1, column",
        ),
        (
            "{\"rapporteur\":\"report\",\n\"version\":1,\"units\":[{\"kind\":\"verse\"}]}",
            "unknown variant `verse`",
        ),
        (
            "{\"rapporteur\":\"report\",\"version\":9}",
            "as a newer rapporteur writes it (version 9)",
        ),
        (
            "{\"rapporteur\":\"report\",\"version\":1,\"units\":[{\"kind\":\"item\",\"text\":\"a\",\"links\":[{\"target\":\"x\",\"cited\":[0,5]}]}]}",
            "unit 1, link 1: 0 to 5 is no part of its text",
        ),
        (
            "{\"rapporteur\":\"report\",\"version\":1,\"units\":[{\"kind\":\"item\",\"text\":\"a\",\"calls\":[{\"call\":[0,1],\"footnote\":7}]}]}",
            "there is no unit 7",
        ),
        (
            "<!--{\"rapporteur\":\"report\",\"version\":1}-->\n\n<!--{\"kind\":}-->\n",
            "line 3, column",
        ),
    ] {
        fs::write(&path, text).unwrap();
        let output = run(folder.path(), &["outline", "-r", "r.json"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(told(&output).contains(says), "{text}: {}", told(&output));
        assert!(told(&output).contains("\n  try: "), "{}", told(&output));
    }
    // Other JSON is read as the text it is.
    fs::write(&path, "{\"a\": 1}\n").unwrap();
    assert_eq!(
        run(folder.path(), &["outline", "-r", "r.json"])
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn a_page_of_a_report_has_an_anchor_for_every_address_and_runs_nothing() {
    let (report, _) = parse(
        "I. Summary\n\n1. <script>alert(1)</script> & \"x\" javascript:alert(2).\n\n(a) See paragraph 1 and A/74/130;\n\n2. Text\u{1b}[31m.\n",
    );
    let html = String::from_utf8(
        export::report(&report, Vec::new(), &Marks::new(), Format::Html).unwrap(),
    )
    .unwrap();
    for id in report.ids() {
        assert!(
            html.contains(&format!("id=\"{}\"", report.address(id))),
            "{html}"
        );
    }
    assert!(!html.contains("<script") && !html.contains('\u{1b}'));
    assert!(html.contains("<a href=\"#1\">paragraph 1</a>"), "{html}");
    assert!(
        html.contains("<a href=\"https://undocs.org/A/74/130\""),
        "{html}"
    );
    assert!(html.contains("lang=\"en\" dir=\"ltr\""));
    let akn =
        String::from_utf8(export::report(&report, Vec::new(), &Marks::new(), Format::Akn).unwrap())
            .unwrap();
    let names = elements(&akn);
    for name in [
        "akomaNtoso",
        "FRBRExpression",
        "chapter",
        "paragraph",
        "subparagraph",
        "ref",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} in {akn}");
    }
    assert!(akn.contains("eId=\"chp_I__para_1__subpara_a\""), "{akn}");
    assert!(
        akn.contains("<ref href=\"#chp_I__para_1\">paragraph 1</ref>"),
        "{akn}"
    );
}

#[test]
fn the_explorer_writes_what_is_found_or_the_report() {
    let mut explorer = Explorer::new(built_in(), 80, 24);
    explorer.press("/电子证据<enter>x");
    let screen = draw(&explorer.model).text();
    assert!(
        screen.contains("table of 3 units · csv") && screen.contains("the whole report · html"),
        "{screen}"
    );
    explorer.press("<enter>");
    let screen = draw(&explorer.model).text();
    assert!(
        screen.contains("file: 初步建议和结论汇总表.csv"),
        "{screen}"
    );
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("m.csv");
    let wish = |explorer: &mut Explorer| match explorer.effects.pop() {
        Some(Effect::Export(wish)) => wish,
        other => panic!("{other:?}"),
    };
    explorer.press("<ctrl-u>");
    explorer.take(Message::Paste(path.display().to_string()));
    explorer.press("<enter>");
    let first = wish(&mut explorer);
    let addresses: Vec<_> = first
        .units
        .iter()
        .map(|&unit| explorer.model.report.address(unit).to_string())
        .collect();
    assert_eq!(addresses, ["1(h)", "2", "6"]);
    assert_eq!((first.path.as_path(), first.force), (path.as_path(), false));
    // There is one of that name: it is asked.
    explorer.take(Message::Exported(first, Err(Failure::Exists)));
    let screen = draw(&explorer.model).text();
    assert!(screen.contains("write over it"), "{screen}");
    explorer.press("j<enter>");
    assert!(wish(&mut explorer).force);
    explorer.press("<esc>x");
    assert!(
        draw(&explorer.model)
            .text()
            .contains("table of 17 recommendations")
    );
}

#[test]
fn plain_mode_writes_files() {
    let folder = TempDir::new().unwrap();
    let mut command = program();
    command.current_dir(folder.path()).arg("--plain");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let typed =
        "export r.md\n/电子证据\nexport m.json\nexport m.json\nexport! m.json\nexport x.pdf\n";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    for words in [
        "36 units written to ",
        "3 rows written to ",
        "m.json exists. Type export! m.json",
        "Export to which file?",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(folder.path().join("m.json")).unwrap()).unwrap();
    assert_eq!(super::column(&rows, "address"), "1(h) 2 6");
}
