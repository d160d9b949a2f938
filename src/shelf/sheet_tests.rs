//! Marks: none is lost, whoever else writes, whatever is cut off, damaged or full, and however a report
//! is reworded.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::parse::parse;
use crate::report::{Report, UnitId};

const TEXT: &str = "I. 建议\n\n1. 会员国应促进国际合作打击网络犯罪。\n\n2. 各国应拨出资源发展专门知识。\n\n3. 鼓励各国提供财政支持。\n\n4. 各国应鼓励检察官和警察密切合作。\n";
const NEWER: &str = "I. 建议\n\n1. 序言部分是新的一段。\n\n2. 会员国应促进国际合作打击网络犯罪。\n\n3. 各国应拨出更多资源发展专门知识。\n\n4. 各国应鼓励检察官和警察密切合作。\n";

struct Place {
    folder: TempDir,
    shelf: Shelf,
    report: Report,
    key: Key,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().join("data")));
        let (report, key) = version(TEXT);
        Self {
            folder,
            shelf,
            report,
            key,
        }
    }

    fn file(&self) -> PathBuf {
        let marks = self.folder.path().join("data/marks");
        marks.join(self.key.file_name())
    }

    fn unit(&self, address: &str) -> UnitId {
        self.report.find(address).unwrap()
    }

    fn open(&self) -> Opened {
        self.shelf.marks(&self.key, &self.report, None)
    }

    fn load(&self) -> Sheet {
        let opened = self.open();
        assert!(opened.told.is_empty(), "{:?}", opened.told);
        opened.sheet
    }

    fn save(&self, before: &Sheet, now: &Sheet) -> Vec<String> {
        self.shelf
            .save_marks(&self.key, &self.report, None, before, now)
            .unwrap()
    }

    /// The names in the folder of marks, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.file().parent().unwrap()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

fn version(text: &str) -> (Report, Key) {
    let report = parse(text).0;
    let key = Key::new(text, report.title());
    (report, key)
}

fn mark(status: &str, tags: &str, remark: &str) -> Mark {
    Mark {
        status: (!status.is_empty()).then(|| status.into()),
        tags: tags.split_whitespace().map(String::from).collect(),
        remark: remark.into(),
    }
}

/// The marks by address, as one line each.
fn told(report: &Report, sheet: &Sheet) -> String {
    let line = |name: String, mark: &Mark| {
        let tags: Vec<_> = mark.tags.iter().map(|tag| format!("#{tag}")).collect();
        let status = mark.status.as_deref().unwrap_or("-");
        format!("{name} {status} {} {:?}", tags.join(" "), mark.remark)
    };
    let placed = sheet.marks.iter();
    let placed = placed.map(|(&unit, mark)| line(report.address(unit).to_string(), mark));
    let unplaced = sheet.unplaced.iter();
    let unplaced = unplaced.map(|one| line(format!("?{}", one.passage.address), &one.mark));
    placed.chain(unplaced).collect::<Vec<_>>().join("\n")
}

fn full(place: &Place) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.set(
        place.unit("1"),
        mark("done", "紧急 legal", "第一行\n\n  第二行 \"引号\" ''' \\\n"),
    );
    sheet.set(place.unit("2"), mark("in progress", "", ""));
    sheet.set(place.unit("3"), mark("", "later", ""));
    sheet.set(place.unit("4"), mark("等待答复", "", "=1+1"));
    sheet
}

#[test]
fn what_is_marked_is_there_again_in_a_file_that_people_can_read() {
    let place = Place::new();
    let sheet = full(&place);
    place.save(&Sheet::default(), &sheet);
    assert_eq!(place.load(), sheet);
    let text = fs::read_to_string(place.file()).unwrap();
    for words in [
        "marks = 4",
        "status = \"done\"",
        "会员国应促进",
        "address = \"1\"",
        "第一行",
        "等待答复",
    ] {
        assert!(text.contains(words), "{text}");
    }
    // Taken away again, one by one; the last leaves no mark.
    let mut fewer = sheet.clone();
    for address in ["1", "2", "3", "4"] {
        let before = fewer.clone();
        fewer.set(place.unit(address), Mark::default());
        place.save(&before, &fewer);
        assert_eq!(place.load(), fewer);
    }
    assert_eq!(place.load(), Sheet::default());
}

#[test]
fn what_two_runs_change_is_put_together() {
    let place = Place::new();
    let before = full(&place);
    place.save(&Sheet::default(), &before);
    let (one, two) = (place.unit("1"), place.unit("2"));
    let mut ours = before.clone();
    ours.set(
        one,
        mark("done", "紧急 ours", "第一行\n\n  第二行 \"引号\" ''' \\\n"),
    );
    ours.set(two, mark("in progress", "", "我们的话"));
    let mut theirs = before.clone();
    theirs.set(
        one,
        mark(
            "rejected",
            "紧急 legal",
            "第一行\n\n  第二行 \"引号\" ''' \\\n",
        ),
    );
    theirs.set(two, mark("in progress", "", "他们的话"));
    theirs.set(place.unit("3"), Mark::default());
    assert!(place.save(&before, &ours).is_empty());
    let said = place.save(&before, &theirs);
    assert_eq!(
        said,
        ["another run wrote a remark on 2, too: both are kept"]
    );
    assert_eq!(
        told(&place.report, &place.load()),
        "1 rejected #ours #紧急 \"第一行\\n\\n  第二行 \\\"引号\\\" ''' \\\\\\n\"\n\
         2 in progress  \"他们的话\\n\\n我们的话\"\n\
         4 等待答复  \"=1+1\""
    );
    // Going on with one's own words changes these alone.
    let mut later = theirs.clone();
    later.set(two, mark("in progress", "", "他们改了的话"));
    place.save(&theirs, &later);
    assert_eq!(
        place.load().mark(two).unwrap().remark,
        "他们改了的话\n\n我们的话"
    );
}

#[test]
fn what_a_person_or_a_newer_program_wrote_stays() {
    let place = Place::new();
    place.save(&Sheet::default(), &full(&place));
    let text = fs::read_to_string(place.file()).unwrap();
    let text = text.replace("status = \"done\"", "status = \"done\"\nowner = \"me\"");
    let text = text.replacen("marks = 4", "marks = 4\nfuture = 7", 1);
    let text = format!("{text}\n[[mark]]\naddress = \"I\"\nstatus = \"open\"\n");
    fs::write(place.file(), text).unwrap();
    let before = place.load();
    assert_eq!(before.mark(place.unit("I")), Some(&mark("open", "", "")));
    let mut now = before.clone();
    now.set(place.unit("1"), mark("rejected", "", ""));
    place.save(&before, &now);
    assert_eq!(place.load(), now);
    let text = fs::read_to_string(place.file()).unwrap();
    for words in ["owner = \"me\"", "future = 7", "marks = 5"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn marks_follow_their_units_into_a_newer_version() {
    let place = Place::new();
    let sheet = full(&place);
    place.save(&Sheet::default(), &sheet);
    let (newer, key) = version(NEWER);
    let opened = place.shelf.marks(&key, &newer, None);
    let expected = "2 done #legal #紧急 \"第一行\\n\\n  第二行 \\\"引号\\\" ''' \\\\\\n\"\n\
                    3 in progress  \"\"\n\
                    4 等待答复  \"=1+1\"\n\
                    ?3 - #later \"\"";
    assert_eq!(told(&newer, &opened.sheet), expected);
    assert_eq!(
        opened.told,
        ["3 marks taken over from an older version; 1 found no unit: :marks lists them"]
    );
    // It is written only when somebody keeps it, and then it is the version's own.
    assert_eq!(place.names().len(), 1);
    let save = |before: &Sheet, now: &Sheet| {
        place
            .shelf
            .save_marks(&key, &newer, None, before, now)
            .unwrap()
    };
    save(&opened.written, &opened.sheet);
    let again = place.shelf.marks(&key, &newer, None);
    assert!(again.told.is_empty());
    assert_eq!(told(&newer, &again.sheet), expected);
    // The one that found none is put on a unit, and is unplaced no more.
    let mut now = again.sheet.clone();
    let one = now.unplaced.remove(0);
    now.set(newer.find("1").unwrap(), one.mark);
    save(&again.written, &now);
    assert_eq!(place.shelf.marks(&key, &newer, None).sheet, now);
    // The older version keeps its own.
    assert_eq!(place.load(), sheet);
}

#[test]
fn another_report_takes_over_nothing() {
    let place = Place::new();
    place.save(&Sheet::default(), &full(&place));
    for text in [
        "I. 建议\n\n1. 完全不同的一份文件，没有一句相同。\n\n2. 另外一句也不相同的话。\n",
        "I. Recommendations\n\n1. Member States should cooperate.\n",
        "",
    ] {
        let (report, key) = version(text);
        let opened = place.shelf.marks(&key, &report, None);
        assert_eq!(opened.sheet, Sheet::default(), "{text}");
        assert!(opened.told.is_empty());
    }
}

#[test]
fn a_damaged_file_is_kept_aside_and_nothing_is_lost() {
    let sheet = |place: &Place| {
        let mut before = full(place);
        place.save(&Sheet::default(), &before);
        let old = before.clone();
        before.set(place.unit("I"), mark("open", "", ""));
        place.save(&old, &before);
        before
    };
    let whole = {
        let place = Place::new();
        sheet(&place);
        fs::read(place.file()).unwrap()
    };
    // Cut off anywhere, or overwritten with what is no TOML.
    let mut damaged: Vec<Vec<u8>> = (0..whole.len())
        .step_by(41)
        .map(|end| whole[..end].to_vec())
        .collect();
    damaged.extend([b"\xff\xfe".to_vec(), b"=".to_vec(), vec![0; 4096]]);
    let mut told_of = 0;
    for bytes in damaged {
        let place = Place::new();
        let mut expected = sheet(&place);
        fs::write(place.file(), &bytes).unwrap();
        let opened = place.open();
        // The last change may be in the part that is gone.
        if opened.sheet.mark(place.unit("I")).is_none() {
            expected.set(place.unit("I"), Mark::default());
        }
        // What is cut off in the comment at its head or inside the first fields says nothing of how much there was.
        if opened.told.is_empty() {
            assert!(!String::from_utf8_lossy(&bytes).contains("[[mark]]"));
        } else {
            told_of += 1;
            assert_eq!(
                told(&place.report, &opened.sheet),
                told(&place.report, &expected),
                "{} bytes",
                bytes.len()
            );
            let kept = place
                .names()
                .into_iter()
                .find(|name| name.contains(".kept-"))
                .unwrap();
            assert_eq!(fs::read(place.file().with_file_name(&kept)).unwrap(), bytes);
            assert!(opened.told[0].contains(&kept), "{:?}", opened.told);
        }
    }
    assert!(told_of > 20, "{told_of}");
}

#[test]
fn what_was_known_is_put_in_again_where_it_is_gone_meanwhile() {
    let place = Place::new();
    let before = full(&place);
    place.save(&Sheet::default(), &before);
    let mut now = before.clone();
    for gone in [None, Some("=")] {
        match gone {
            None => fs::remove_file(place.file()).unwrap(),
            Some(bytes) => fs::write(place.file(), bytes).unwrap(),
        }
        let old = now.clone();
        let status = if gone.is_none() { "open" } else { "done" };
        now.set(place.unit("I"), mark(status, "", ""));
        place.save(&old, &now);
        assert_eq!(place.load(), now);
    }
}

#[test]
fn without_a_folder_or_the_right_to_write_it_is_told() {
    let place = Place::new();
    let sheet = full(&place);
    let nowhere = Shelf::open(None);
    let save = |shelf: &Shelf| {
        shelf.save_marks(&place.key, &place.report, None, &Sheet::default(), &sheet)
    };
    assert!(
        save(&nowhere)
            .unwrap_err()
            .to_string()
            .contains("RAPPORTEUR_DATA")
    );
    // A file stands where the folder should be: so it is for every user, root too.
    fs::write(place.folder.path().join("data"), "mine").unwrap();
    let told = save(&place.shelf).unwrap_err().to_string();
    assert!(
        told.contains("cannot write") && told.contains("RAPPORTEUR_DATA"),
        "{told}"
    );
    fs::remove_file(place.folder.path().join("data")).unwrap();
    // The same is saved later.
    save(&place.shelf).unwrap();
    assert_eq!(place.load(), sheet);
    // What cannot be read is never written over.
    fs::remove_file(place.file()).unwrap();
    fs::create_dir(place.file()).unwrap();
    assert!(
        save(&place.shelf)
            .unwrap_err()
            .to_string()
            .contains("cannot read")
    );
    assert_eq!(place.open().told.len(), 1);
}

const FOLDER: &str = "RAPPORTEUR_TEST_FOLDER";
const RUN: &str = "RAPPORTEUR_TEST_RUN";
const COUNT: &str = "RAPPORTEUR_TEST_COUNT";
const CHILD: [&str; 3] = [
    "--exact",
    "shelf::sheet_tests::a_run_of_its_own",
    "--nocapture",
];

/// What the tests below run as a program of its own; alone it does nothing. Marks one unit after the other
/// and says of each when it is kept.
#[test]
fn a_run_of_its_own() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let number = |name| env::var(name).unwrap().parse::<usize>().unwrap();
    let shelf = Shelf::open(Some(folder.into()));
    let (report, key) = version(TEXT);
    let mut before = shelf.marks(&key, &report, None).written;
    for n in 0..number(COUNT) {
        let unit = UnitId::from(n % report.len());
        let mut now = before.clone();
        let mut mark = now.mark(unit).cloned().unwrap_or_default();
        mark.tags.insert(format!("{}-{n}", number(RUN)));
        now.set(unit, mark);
        while let Err(trouble) = shelf.save_marks(&key, &report, None, &before, &now) {
            assert!(matches!(trouble, Trouble::Busy { .. }), "{trouble}");
        }
        println!("kept {}-{n}", number(RUN));
        before = now;
    }
}

fn start(place: &Place, run: usize, count: usize) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(CHILD).stdout(Stdio::piped());
    let variables = [(RUN, run.to_string()), (COUNT, count.to_string())];
    command
        .env(FOLDER, place.folder.path().join("data"))
        .envs(variables);
    command.spawn().unwrap()
}

/// The tags that a run said it kept.
fn said(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let lines = lines.map_while(Result::ok);
    lines
        .filter_map(|line| line.split("kept ").nth(1).map(String::from))
        .collect()
}

fn tags(place: &Place) -> BTreeSet<String> {
    let opened = place.open();
    assert!(opened.told.is_empty(), "{:?}", opened.told);
    opened
        .sheet
        .marks
        .values()
        .flat_map(|mark| mark.tags.clone())
        .collect()
}

/// Runs are killed at moments of their own while they write; `RAPPORTEUR_KILLS=1000` kills as many.
#[test]
fn no_mark_that_was_kept_is_lost_when_runs_are_killed() {
    let kills: usize = env::var("RAPPORTEUR_KILLS").map_or(20, |kills| kills.parse().unwrap());
    let place = Place::new();
    let mut kept = BTreeSet::new();
    let mut all = 0;
    for run in 0..kills {
        let mut child = start(&place, run, 100_000);
        // At a moment that is another one each time, mostly while something is being written.
        thread::sleep(Duration::from_micros(12_000 + (run as u64 * 7919) % 30_000));
        child.kill().unwrap();
        let said = said(&mut child);
        all += said.len();
        kept.extend(said);
        child.wait().unwrap();
        let now = tags(&place);
        let lost: Vec<_> = kept.difference(&now).collect();
        assert!(lost.is_empty(), "{lost:?} after {run} kills");
        // The tags would grow without end; what is taken away is taken away.
        if run % 50 == 49 {
            let before = place.load();
            place.save(&before, &Sheet::default());
            kept.clear();
        }
    }
    println!("{kills} runs killed, {all} marks kept, none lost");
    assert!(all > kills, "they wrote between their start and their end");
    let before = place.load();
    let mut now = before.clone();
    now.set(place.unit("1"), mark("done", "", ""));
    place.save(&before, &now);
    let unfinished = place
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".new"));
    assert_eq!(unfinished.count(), 0, "what was unfinished is gone");
}

#[test]
fn no_mark_of_two_runs_at_once_is_lost() {
    let place = Place::new();
    let runs: Vec<_> = (0..2).map(|run| start(&place, run, 100)).collect();
    for mut run in runs {
        assert_eq!(said(&mut run).len(), 100);
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(tags(&place).len(), 200);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_of_and_keeps_what_it_has() {
    let place = Place::new();
    place.save(&Sheet::default(), &full(&place));
    // No file may get a byte: what writing to a full disk is like.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .args(CHILD);
    command
        .env(FOLDER, place.folder.path().join("data"))
        .env(RUN, "0")
        .env(COUNT, "1");
    let output = command.output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("cannot write") && told.contains("make room"),
        "{told}"
    );
    assert_eq!(place.load(), full(&place));
    let unfinished = place
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".new"));
    assert_eq!(unfinished.count(), 0, "nothing unfinished is left");
}
