//! Real documents, where there are any: `RAPPORTEUR_CORPUS` names their folder.

use std::path::PathBuf;
use std::{env, fs};

use rapporteur::parse::parse;
use rapporteur::read::{Role, Source};

use super::nothing_lost::assert_nothing_lost;

pub fn corpus() -> Option<PathBuf> {
    let folder = env::var_os("RAPPORTEUR_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: RAPPORTEUR_CORPUS names no folder of real documents");
    }
    folder
}

#[test]
fn nothing_of_any_real_text_is_lost() {
    let Some(folder) = corpus() else { return };
    let files = fs::read_dir(&folder)
        .expect("the corpus can be listed")
        .map(|entry| entry.unwrap().path());
    let texts: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    assert!(
        texts.len() >= 8,
        "the corpus has its texts, not {}",
        texts.len()
    );
    for path in texts {
        let text = Source::file(path.clone())
            .manuscript(&mut |_| ())
            .unwrap_or_else(|error| panic!("{error}"))
            .text;
        assert_nothing_lost(&text);
        println!("{}: {} units", path.display(), parse(&text).0.len());
    }
}

/// Every line end that somebody else labelled by hand, as a paragraph's or a mere wrap.
#[test]
fn lines_are_joined_as_the_labels_of_others_say() {
    let Some(folder) = corpus() else { return };
    let labels = fs::read_to_string(folder.join("mnbvc-validation-linebreaks.en.jsonl")).unwrap();
    let (mut all, mut differences) = (0, Vec::new());
    for document in labels.lines().filter(|line| !line.trim().is_empty()) {
        let document: serde_json::Value = serde_json::from_str(document).unwrap();
        let text = document["raw_text"].as_str().unwrap();
        let ends = document["is_hard_linebreak"].as_array().unwrap();
        let (report, _) = parse(text);
        let mut begins: Vec<u32> = report.ids().map(|id| report.unit(id).lines.start).collect();
        begins.extend(
            report
                .furniture()
                .iter()
                .flat_map(|piece| [piece.line, piece.line + 1]),
        );
        let lines: Vec<_> = text.split('\n').collect();
        for (at, hard) in ends.iter().enumerate().take(lines.len().saturating_sub(1)) {
            all += 1;
            let ours = begins.contains(&(at as u32 + 2));
            if ours != hard.as_bool().unwrap() {
                let ours = if ours { "cut" } else { "joined" };
                differences.push(format!("{ours}: {} | {}", lines[at], lines[at + 1]));
            }
        }
    }
    println!(
        "{} of {all} line ends differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    // A title that goes on over its lines is one paragraph to us.
    assert!(
        all >= 50 && differences.len() <= 10,
        "{}",
        differences.join("\n")
    );
}

#[test]
fn both_languages_of_a_resolution_have_the_same_19_paragraphs() {
    let Some(folder) = corpus() else { return };
    for language in ["zh", "en"] {
        let path = folder.join(format!("A-RES-61-211-operative.{language}.txt"));
        let text = Source::file(path)
            .manuscript(&mut |_| ())
            .unwrap_or_else(|error| panic!("{error}"))
            .text;
        let (report, notes) = parse(&text);
        let addresses: Vec<_> = report
            .ids()
            .map(|id| report.address(id).to_string())
            .collect();
        assert_eq!(
            addresses,
            (1..=19).map(|n| n.to_string()).collect::<Vec<_>>()
        );
        assert!(notes.is_empty());
    }
}

#[test]
fn both_languages_of_the_charter_have_the_same_units() {
    let Some(folder) = corpus() else { return };
    let outline = |language: &str| {
        let path = folder.join(format!("UN-Charter-I-III.{language}.txt"));
        let text = Source::file(path)
            .manuscript(&mut |_| ())
            .unwrap_or_else(|error| panic!("{error}"))
            .text;
        let (report, _) = parse(&text);
        report
            .ids()
            .map(|id| format!("{:?} {}", report.unit(id).kind, report.address(id)))
            .collect::<Vec<_>>()
    };
    let chinese = outline("zh");
    assert_eq!(chinese, outline("en"));
    assert_eq!(
        chinese
            .iter()
            .filter(|unit| unit.starts_with("Chapter"))
            .count(),
        3
    );
    assert_eq!(
        chinese
            .iter()
            .filter(|unit| unit.starts_with("Article"))
            .count(),
        8,
        "articles 1 to 8"
    );
}

#[test]
fn the_declaration_has_its_30_articles_as_a_page_in_every_language() {
    let Some(folder) = corpus() else { return };
    let mut numbers = Vec::new();
    for language in ["en", "fr", "es", "ru", "ar", "zh-hans", "zh-hant"] {
        let page = Source::file(folder.join(format!("UDHR.{language}.html")))
            .manuscript(&mut |_| ())
            .unwrap_or_else(|error| panic!("{error}"));
        let roles =
            |wanted: fn(Role) -> bool| page.lines.iter().filter(|line| wanted(line.role)).count();
        assert_eq!(
            roles(|role| role == Role::Heading(0)),
            1,
            "{language}: the title"
        );
        assert_eq!(
            roles(|role| role == Role::Heading(1)),
            31,
            "{language}: the preamble and the articles"
        );
        let entries = page.lines.iter().filter(|line| line.role == Role::Entry(0));
        let labels = entries.map(|line| &page.printed(line)[..line.label.into()]);
        numbers.push(labels.collect::<Vec<_>>().join(" "));
        assert!(page.remarks.is_empty() && page.encoding == Some("UTF-8"));
    }
    assert_eq!(numbers[0].split(' ').count(), 32);
    assert!(
        numbers.iter().all(|labels| *labels == numbers[0]),
        "{numbers:?}"
    );
}
