//! The shelf: nothing is lost, whoever else is at it and whatever is cut off. A case for each way in
//! which something could be, which makes this file long.

use std::env;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;
use crate::parse::parse;

struct Place {
    folder: TempDir,
    shelf: Shelf,
    key: Key,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().join("data")));
        let key = Key::new("一. 初步建议\n", "初步建议和结论汇总表");
        Self { folder, shelf, key }
    }

    fn load(&self) -> Memory {
        let (memory, trouble) = self.shelf.load(&self.key);
        assert!(trouble.is_none(), "{trouble:?}");
        memory
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self) -> PathBuf {
        self.data().join("reports").join(self.key.file_name())
    }

    /// The names in the folder of reports, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.data().join("reports")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

fn bookmark(address: &str) -> Bookmark {
    Bookmark {
        address: address.into(),
        text: format!("the text of {address}"),
    }
}

fn full() -> Memory {
    Memory {
        at: Some("1(k)(iii)".into()),
        line: 3,
        folded: vec!["II".into(), "III.A".into()],
        bookmarks: [
            ('a', bookmark("1(k)")),
            ('\'', bookmark("II")),
            ('、', bookmark("§2")),
        ]
        .into(),
        split: Some(35),
        zoom: Some(Pane::Text),
        pane: Some(Pane::Tree),
        searches: vec!["数据".into(), "\"a\nb\u{1b}\"".into()],
        commands: vec!["1(k)㈢".into()],
    }
}

/// A bookmark more, under this letter.
fn with(memory: &Memory, letter: char) -> Memory {
    let mut now = memory.clone();
    now.bookmarks.insert(letter, bookmark(&letter.to_string()));
    now
}

#[test]
fn what_is_saved_is_loaded() {
    let place = Place::new();
    assert_eq!(place.load(), Memory::default());
    assert!(!place.data().exists(), "looking makes nothing");
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    assert_eq!(place.load(), full());
    // And taken back.
    place
        .shelf
        .save(&place.key, &full(), &Memory::default())
        .unwrap();
    assert_eq!(place.load(), Memory::default());
    let other = Key::new("another", "初步建议和结论汇总表");
    assert_eq!(place.shelf.load(&other).0, Memory::default());
}

#[test]
fn a_file_can_be_read_by_people_and_has_a_name_they_know() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let names = place.names();
    assert_eq!(names.len(), 1);
    assert!(
        names[0].starts_with("初步建议和结论-") && names[0].len() <= 60,
        "{names:?}"
    );
    let text = fs::read_to_string(place.file()).unwrap();
    for line in [
        "title = \"初步建议和结论汇总表\"\n",
        "at = \"1(k)(iii)\"\n",
        "line = 3\n",
        "split = 35\n",
        "zoom = \"text\"\n",
        "[bookmarks.a]\naddress = \"1(k)\"\ntext = \"the text of 1(k)\"\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    // The program may come to read titles otherwise.
    let retitled = Key::new("一. 初步建议\n", "Summary");
    assert_eq!(place.shelf.load(&retitled).0, full());
    place
        .shelf
        .save(&retitled, &full(), &with(&full(), 'z'))
        .unwrap();
    assert_eq!(place.names(), names);
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let place = Place::new();
    place.shelf.save(&place.key, &full(), &full()).unwrap();
    assert!(!place.data().exists());
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let text = format!("# a remark\n{}", fs::read_to_string(place.file()).unwrap());
    fs::write(place.file(), &text).unwrap();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    assert_eq!(fs::read_to_string(place.file()).unwrap(), text);
}

#[test]
fn each_run_puts_in_only_what_it_changed() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let (one, two) = (place.load(), place.load());
    let mut one_now = with(&one, 'b');
    one_now.bookmarks.remove(&'\'');
    one_now.at = Some("2".into());
    one_now.folded = vec!["II".into(), "IV".into()];
    one_now.searches.push("one".into());
    let mut two_now = with(&two, 'c');
    two_now.bookmarks.insert('a', bookmark("8"));
    two_now.split = Some(50);
    two_now.folded.push("V".into());
    two_now.searches.push("two".into());
    place.shelf.save(&place.key, &one, &one_now).unwrap();
    place.shelf.save(&place.key, &two, &two_now).unwrap();
    let both = place.load();
    assert_eq!(both.bookmarks.keys().collect::<String>(), "abc、");
    assert_eq!(both.bookmarks[&'a'], bookmark("8"));
    assert_eq!(
        (both.at.as_deref(), both.split),
        (Some("2"), Some(50)),
        "the second did not move"
    );
    assert_eq!(both.folded, ["II", "IV", "V"]);
    assert_eq!(both.searches[2..], ["one", "two"]);
    // Of two places the newer.
    let moved = Memory {
        at: Some("7".into()),
        line: 0,
        ..two_now.clone()
    };
    place.shelf.save(&place.key, &two_now, &moved).unwrap();
    assert_eq!(place.load().at.as_deref(), Some("7"));
}

#[test]
fn what_a_later_version_wrote_stays() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let later = "marks = [{ unit = \"1(k)\", status = \"done\", since = 2026-01-01 }]\n";
    let text = fs::read_to_string(place.file()).unwrap();
    fs::write(
        place.file(),
        format!("{later}{text}tags = [\"x\"]\n[later]\na.b = 1.5\n"),
    )
    .unwrap();
    let before = place.load();
    assert_eq!(before, full());
    place
        .shelf
        .save(&place.key, &before, &with(&before, 'z'))
        .unwrap();
    let table: toml::Table = fs::read_to_string(place.file()).unwrap().parse().unwrap();
    assert_eq!(table["marks"][0]["status"].as_str(), Some("done"));
    assert_eq!(table["later"]["a"]["b"].as_float(), Some(1.5));
    assert_eq!(place.load(), with(&full(), 'z'));
}

#[test]
fn a_broken_file_is_kept_aside_and_told_of() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let name = place.key.file_name();
    for (number, broken) in [(1, &b"at = \"1\"\nbookmarks = [\n"[..]), (2, b"\xff\0")] {
        fs::write(place.file(), broken).unwrap();
        let (memory, trouble) = place.shelf.load(&place.key);
        assert_eq!(memory, Memory::default());
        let told = trouble.expect("it is told").to_string();
        let kept = format!("{name}.kept-{number}");
        assert!(
            told.contains(&place.file().display().to_string()) && told.contains(&kept),
            "{told}"
        );
        assert_eq!(
            fs::read(place.data().join("reports").join(&kept)).unwrap(),
            broken
        );
        assert_eq!(place.load(), Memory::default(), "it is told once");
    }
    // Saving over one keeps it too.
    fs::write(place.file(), "=").unwrap();
    let trouble = place.shelf.save(&place.key, &Memory::default(), &full());
    assert!(
        matches!(trouble, Err(Trouble::KeptAside { .. })),
        "{trouble:?}"
    );
    assert_eq!(place.load(), full());
    assert_eq!(place.names().len(), 4, "{:?}", place.names());
}

#[test]
fn without_a_folder_nothing_is_remembered_and_nothing_is_wrong() {
    let shelf = Shelf::open(None);
    let key = Key::new("", "");
    shelf.save(&key, &Memory::default(), &full()).unwrap();
    let (memory, trouble) = shelf.load(&key);
    assert_eq!(memory, Memory::default());
    assert!(trouble.is_none());
    let told = shelf.write_copy("x").unwrap_err().to_string();
    assert!(told.contains("RAPPORTEUR_DATA"), "{told}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_of() {
    // A file stands where the folder should be: so it is for every user, root too.
    let place = Place::new();
    fs::write(place.data(), "mine").unwrap();
    let told = |trouble: Trouble| {
        let told = trouble.to_string();
        assert!(
            told.contains(&place.data().display().to_string()) && told.contains("RAPPORTEUR_DATA"),
            "{told}"
        );
    };
    told(
        place
            .shelf
            .save(&place.key, &Memory::default(), &full())
            .unwrap_err(),
    );
    told(place.shelf.write_copy("x").unwrap_err());
    assert_eq!(place.shelf.load(&place.key).0, Memory::default());
    assert_eq!(fs::read_to_string(place.data()).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_keeps_what_it_has() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let reports = place.data().join("reports");
    fs::set_permissions(&reports, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(reports.join("try"), "").is_ok() {
        println!("not tried: root may write everywhere");
        return;
    }
    let trouble = place.shelf.save(&place.key, &full(), &with(&full(), 'z'));
    assert!(matches!(trouble, Err(Trouble::Write { .. })), "{trouble:?}");
    assert_eq!(place.load(), full());
    fs::set_permissions(&reports, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn what_a_killed_run_left_unfinished_is_cleaned_up_and_the_old_file_is_whole() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let stale = place
        .data()
        .join("reports")
        .join(format!("{}.4711-0.new", place.key.file_name()));
    fs::write(&stale, "at = \"half").unwrap();
    assert_eq!(place.load(), full());
    place
        .shelf
        .save(&place.key, &full(), &with(&full(), 'z'))
        .unwrap();
    assert_eq!(place.load(), with(&full(), 'z'));
    assert_eq!(place.names(), [place.key.file_name()]);
    fs::write(place.data().join("copied.txt.4711-0.new"), "half").unwrap();
    place.shelf.write_copy("whole").unwrap();
    assert!(!place.data().join("copied.txt.4711-0.new").exists());
}

#[test]
fn a_copy_is_written_for_its_owner_alone() {
    let place = Place::new();
    for text in ["第1段\n", ""] {
        let path = place.shelf.write_copy(text).unwrap();
        assert_eq!(path, place.data().join("copied.txt"));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&place.data())), (0o600, 0o700));
        }
    }
}

#[test]
fn a_bookmark_knows_how_its_unit_begins() {
    let text = format!(
        "II. Conclusions\n\n1. {}\n",
        "States should cooperate. ".repeat(9)
    );
    let (report, _) = parse(&text);
    let unit = report.find("1").unwrap();
    let bookmark = Bookmark::new(&report, unit);
    assert_eq!(bookmark.address, "1");
    assert_eq!(bookmark.text, "States should cooperate. States should c");
}

#[test]
fn another_run_is_waited_for_a_second_and_no_longer() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    let lock = Lock::take(&place.data()).unwrap();
    let begin = Instant::now();
    let trouble = place.shelf.save(&place.key, &full(), &with(&full(), 'z'));
    assert!(matches!(trouble, Err(Trouble::Busy { .. })), "{trouble:?}");
    let waited = begin.elapsed();
    assert!((900..3000).contains(&waited.as_millis()), "{waited:?}");
    assert_eq!(place.load(), full(), "looking waits for nobody");
    drop(lock);
    place
        .shelf
        .save(&place.key, &full(), &with(&full(), 'z'))
        .unwrap();
}

/// The letters of one of several runs.
fn letters(run: u32, count: u32) -> impl Iterator<Item = char> {
    (0..count).filter_map(move |n| char::from_u32(0x4e00 + run * 1000 + n))
}

/// Saves a bookmark for each letter, one after the other, as one run does.
fn save_all(shelf: &Shelf, key: &Key, letters: impl Iterator<Item = char>) {
    let (mut before, _) = shelf.load(key);
    for letter in letters {
        let mut now = with(&before, letter);
        now.commands.push(letter.to_string());
        // On a slow disk the others may be at it for longer; a run tries again then, too.
        let begin = Instant::now();
        while let Err(trouble) = shelf.save(key, &before, &now) {
            let patient = begin.elapsed() < Duration::from_secs(60);
            assert!(
                matches!(trouble, Trouble::Busy { .. }) && patient,
                "{trouble}"
            );
        }
        before = now;
    }
}

#[test]
fn no_bookmark_of_four_threads_is_lost() {
    let place = Place::new();
    thread::scope(|scope| {
        for run in 0..4 {
            let shelf = Shelf::open(Some(place.data()));
            let key = &place.key;
            scope.spawn(move || save_all(&shelf, key, letters(run, 50)));
        }
    });
    let all: Vec<_> = (0..4).flat_map(|run| letters(run, 50)).collect();
    let memory = place.load();
    assert_eq!(memory.bookmarks.into_keys().collect::<Vec<_>>(), all);
    assert_eq!(memory.commands.len(), 100);
    assert_eq!(place.names().len(), 1);
}

/// What the tests below run as a program of its own; alone it does nothing.
#[test]
fn a_run_of_its_own() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let place = Place::new();
    let shelf = Shelf::open(Some(folder.into()));
    let number = |name| env::var(name).unwrap().parse().unwrap();
    save_all(&shelf, &place.key, letters(number(RUN), number(COUNT)));
}

const FOLDER: &str = "RAPPORTEUR_TEST_FOLDER";
const RUN: &str = "RAPPORTEUR_TEST_RUN";
const COUNT: &str = "RAPPORTEUR_TEST_COUNT";
const CHILD: [&str; 3] = ["--exact", "shelf::tests::a_run_of_its_own", "--nocapture"];

fn start(place: &Place, run: u32, count: u32) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(CHILD).stdout(Stdio::null());
    let variables = [(RUN, run.to_string()), (COUNT, count.to_string())];
    command
        .env(FOLDER, place.data())
        .envs(variables)
        .spawn()
        .unwrap()
}

#[test]
fn no_bookmark_of_two_programs_is_lost() {
    let place = Place::new();
    let runs: Vec<_> = (0..2).map(|run| start(&place, run, 100)).collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let all: Vec<_> = (0..2).flat_map(|run| letters(run, 100)).collect();
    assert_eq!(place.load().bookmarks.into_keys().collect::<Vec<_>>(), all);
}

#[test]
fn a_run_that_is_killed_leaves_a_whole_file_and_no_lock() {
    let place = Place::new();
    let mut saved = 0;
    for run in 0..10 {
        let mut child = start(&place, run, 1000);
        let first = letters(run, 1).next().unwrap();
        let begin = Instant::now();
        while !place.load().bookmarks.contains_key(&first) {
            assert!(begin.elapsed() < Duration::from_secs(30), "it never saved");
            thread::sleep(Duration::from_millis(1));
        }
        // At a moment that is another one each time.
        thread::sleep(Duration::from_micros(u64::from(run) * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = place.load().bookmarks.len();
        assert!(now > saved, "{now} after {saved}");
        saved = now;
    }
    let before = place.load();
    place
        .shelf
        .save(&place.key, &before, &with(&before, 'z'))
        .unwrap();
    assert_eq!(
        place.names(),
        [place.key.file_name()],
        "what was unfinished is gone"
    );
    assert_eq!(place.load().bookmarks.len(), saved + 1);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_of_and_keeps_what_it_has() {
    let place = Place::new();
    place
        .shelf
        .save(&place.key, &Memory::default(), &full())
        .unwrap();
    // No file may get a byte: what writing to a full disk is like.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .args(CHILD);
    command
        .env(FOLDER, place.data())
        .env(RUN, "0")
        .env(COUNT, "1");
    let output = command.output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("cannot write") && told.contains("make room"),
        "{told}"
    );
    assert_eq!(place.load(), full());
    assert_eq!(
        place.names(),
        [place.key.file_name()],
        "nothing unfinished is left"
    );
}
