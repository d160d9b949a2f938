//! What is read from the words of a report: who is addressed, how bindingly, what is cited, who is
//! named; against tables that were written by reading, in the six languages.

use std::collections::BTreeMap;
use std::fs;

use rapporteur::facet::{Facet, Facets, entries};
use rapporteur::parse::parse;
use rapporteur::report::{Report, UnitId};

use super::explorer::Explorer;
use super::reading_room::at;
use super::{built_in, column, here, json, program};

/// The lines of a table, by their cells.
fn table(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(here("tests/facets").join(name)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').map(String::from).collect())
        .collect()
}

fn values(facets: &Facets, facet: Facet, unit: UnitId) -> Vec<String> {
    facets
        .of_unit(facet, unit)
        .map(|value| value.name.clone())
        .collect()
}

fn cells(cell: &str) -> Vec<String> {
    let some = cell.split("; ").filter(|value| *value != "-");
    some.map(String::from).collect()
}

#[test]
fn of_every_recommendation_it_is_read_who_should_do_what_by_which_instrument() {
    let report = built_in();
    let facets = Facets::of(&report);
    let rows = table("built-in.tsv");
    let recommendations = report.ids().filter(|&id| report.unit(id).recommendation);
    let addresses: Vec<_> = recommendations
        .map(|id| report.address(id).to_string())
        .collect();
    assert_eq!(
        rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        addresses
    );
    assert_eq!(addresses.len(), 17);
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for row in &rows {
        let unit = report.find(&row[0]).unwrap();
        let sides = [Facet::By, Facet::Verb, Facet::Cites]
            .into_iter()
            .zip(&row[1..]);
        for (facet, cell) in sides {
            let (expected, read) = (cells(cell), values(&facets, facet, unit));
            let told = |value: &&String| format!("{} {}:{value}", row[0], facet.name());
            right += read.iter().filter(|value| expected.contains(value)).count();
            missed.extend(
                expected
                    .iter()
                    .filter(|value| !read.contains(value))
                    .map(|value| told(&value)),
            );
            wrong.extend(
                read.iter()
                    .filter(|value| !expected.contains(value))
                    .map(|value| told(&value)),
            );
        }
    }
    println!(
        "{right} right, {} missed, {} wrong",
        missed.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(missed.len() <= 2, "{missed:?}");
}

#[test]
fn filters_leave_what_a_reader_would() {
    let rows = table("queries.tsv");
    assert!(rows.len() > 11);
    let report = built_in();
    for row in rows {
        let [query, expected] = &row[..] else {
            panic!("{row:?}");
        };
        let args = ["find", "--json", query];
        if expected == "-" {
            let output = program().args(args).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{query}");
            assert_eq!(
                String::from_utf8_lossy(&output.stdout).trim(),
                "[]",
                "{query}"
            );
            continue;
        }
        let hits = json(&args);
        let mut units: Vec<_> = hits
            .iter()
            .map(|hit| report.find(hit["address"].as_str().unwrap()).unwrap())
            .collect();
        // What is also looked for ranks; what is left is the same.
        units.sort();
        let left: Vec<_> = units
            .iter()
            .map(|&unit| report.address(unit).to_string())
            .collect();
        assert_eq!(left.join(" "), *expected, "{query}");
    }
}

#[test]
fn a_hit_shows_the_words_that_gave_the_facet() {
    for (query, words) in [
        (
            "by:会员国 cites:有组织",
            vec!["会员国", "《有组织犯罪公约》"],
        ),
        ("verb:encourages", vec!["鼓励"]),
        // A recommendation has what its sub-items say.
        ("names:samoa", vec!["萨摩亚"]),
        ("cites:A/C.3/72/12", vec!["A/C.3/72/12"]),
    ] {
        let hits = json(&["find", "--json", query]);
        let text: Vec<char> = hits[0]["text"].as_str().unwrap().chars().collect();
        let matches = hits[0]["matches"].as_array().unwrap();
        let shown: Vec<String> = matches
            .iter()
            .map(|range| {
                let at = |n: usize| range[n].as_u64().unwrap() as usize;
                text[at(0)..at(1)].iter().collect()
            })
            .collect();
        assert_eq!(shown, words, "{query}");
    }
}

#[test]
fn all_six_languages_are_read() {
    let mut by_language: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for mut row in table("languages.tsv") {
        by_language.entry(row.remove(0)).or_default().push(row);
    }
    assert_eq!(by_language.len(), 6);
    let mut wrong = Vec::new();
    for (language, rows) in by_language {
        let paragraphs = (1..)
            .zip(&rows)
            .map(|(n, row)| format!("{n}. {}\n\n", row[0]));
        let (report, _) = parse(&paragraphs.collect::<String>());
        assert_eq!(report.language().code(), language);
        let facets = Facets::of(&report);
        for (n, row) in (1..).zip(&rows) {
            let unit = report.find(&n.to_string()).unwrap();
            let sides = [Facet::By, Facet::Verb, Facet::Cites, Facet::Names];
            let read = sides.map(|facet| values(&facets, facet, unit));
            let expected: Vec<_> = row[1..].iter().map(|cell| cells(cell)).collect();
            if read[..] != expected[..] {
                wrong.push(format!(
                    "{language} {n} {}\n  {read:?}\n  {expected:?}",
                    row[0]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every value has words in the text that gave it.
fn assert_traced(report: &Report, facets: &Facets) -> usize {
    let mut traces = 0;
    for value in Facet::ALL
        .into_iter()
        .flat_map(|facet| facets.values(facet))
    {
        assert!(!value.traces.is_empty(), "{} has no trace", value.name);
        for trace in &value.traces {
            let words = report.unit(trace.unit).text.get(trace.range.clone());
            let words = words.unwrap_or_else(|| panic!("{}: {trace:?}", value.name));
            assert!(!words.trim().is_empty(), "{}", value.name);
            traces += 1;
        }
    }
    traces
}

#[test]
fn nothing_is_said_without_a_trace() {
    let report = built_in();
    assert!(assert_traced(&report, &Facets::of(&report)) > 80);
    for text in [
        "",
        "1. \n",
        "《",
        "》《",
        "1. 《《》应》《》\n",
        "1. Should shall may\n",
    ] {
        let (report, _) = parse(text);
        assert_traced(&report, &Facets::of(&report));
    }
}

#[test]
fn the_index_is_in_the_order_of_its_language() {
    let report = built_in();
    let facets = Facets::of(&report);
    let names: Vec<_> = entries(&report, &facets)
        .iter()
        .map(|value| value.name.clone())
        .collect();
    // By pinyin: A, B, D, M, M, T, X; not by the code of the first character.
    let countries = [
        "阿拉伯联合酋长国",
        "巴拉圭",
        "多米尼加共和国",
        "秘鲁",
        "墨西哥",
        "泰国",
        "西班牙",
    ];
    let places: Vec<_> = countries
        .iter()
        .map(|country| names.iter().position(|name| name == country))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{names:?}"
    );
}

#[test]
fn the_reader_adds_words() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("config.toml");
    fs::create_dir(folder.path().join("facets")).unwrap();
    let vocabulary = folder.path().join("facets/zh.toml");
    let ask = |query: &str| {
        let mut command = program();
        command.env("RAPPORTEUR_CONFIG", &settings);
        command.args(["find", "--json", query]).output().unwrap()
    };
    assert_eq!(ask("names:夏洛克").status.code(), Some(1));
    fs::write(
        &vocabulary,
        "[[body]]\nname = \"夏洛克\"\nenglish = \"Sherlock\"\n",
    )
    .unwrap();
    let hits: Vec<serde_json::Value> =
        serde_json::from_slice(&ask("names:sherlock").stdout).unwrap();
    assert_eq!(column(&hits, "address"), "6");
    // A mistake is told of, and counts for nothing.
    fs::write(&vocabulary, "[[body]]\nname = \"夏洛克\"\n\n[[bodies]]\n").unwrap();
    let output = ask("names:夏洛克");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("zh.toml:4: unknown field `bodies`"), "{told}");
    let output = program()
        .arg("config")
        .env("RAPPORTEUR_CONFIG", &settings)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("zh.toml:4: unknown field `bodies`"));
}

#[test]
fn a_reference_to_another_unit_is_followed_and_come_back_from() {
    for (text, steps) in [
        (
            "I. 概要\n\n1. 专家组审议了下文第 3 段。\n\n2. 见上文第 1 段。\n\n3. 会员国应：\n\n(a) 合作；\n\n(b) 执行第3(a)段。\n",
            [("1", "3"), ("2", "1"), ("3(b)", "3(a)")],
        ),
        (
            "I. Summary\n\n1. The Group considered paragraph 3 below.\n\n2. See para. 1 above.\n\n3. States should:\n\n(a) Cooperate;\n\n(b) Carry out paragraph 3 (a).\n",
            [("1", "3"), ("2", "1"), ("3(b)", "3(a)")],
        ),
        (
            "I. Résumé\n\n1. Le Groupe a examiné le paragraphe 3 ci-dessous.\n\n2. Voir le paragraphe 1 ci-dessus.\n\n3. Les États devraient :\n\n(a) Coopérer ;\n\n(b) Appliquer l’alinéa a) ci-dessus et le paragraphe 1.\n",
            [("1", "3"), ("2", "1"), ("3(b)", "1")],
        ),
    ] {
        for (from, to) in steps {
            let mut explorer = Explorer::new(parse(text).0, 80, 24);
            explorer.press(&format!(":{from}<enter>o"));
            if explorer.model.choice().is_some() {
                explorer.press("G<enter>");
            }
            assert_eq!(at(&explorer), to, "from {from} in {text}");
            explorer.press("<ctrl-o>");
            assert_eq!(at(&explorer), from, "back from {to} in {text}");
        }
    }
}
