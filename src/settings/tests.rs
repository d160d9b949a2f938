//! Settings: what is told of each mistake, and that what stands beside it is used.

use proptest::prelude::*;

use super::*;

/// What is told of a file, a line each.
fn told(text: &str) -> Vec<String> {
    read(text).1.iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_is_told_by_line_with_a_way_out() {
    const KNOWN: &str =
        "there are theme, ambiguous-width, measure, mouse, copy, hyperlinks, remember, keys";
    let unknown = |line: &str, name: &str| format!("{line}: unknown setting {name} ({KNOWN})");
    let table: &[(&str, &[&str])] = &[
        // Nothing wrong.
        ("", &[]),
        ("# a remark\n\n[keys]\n", &[]),
        ("\u{feff}mouse = false\r\ncopy = \"file\"\r\n", &[]),
        ("'theme' = 'light'\nkeys.find = 'x'\nmeasure = 0x50\n", &[]),
        (
            "[keys]\nfind = [\n  \"/\", # a remark\n  'ctrl-f',\n]\nopen = []\n",
            &[],
        ),
        // Names.
        (
            "theem = 'dark'",
            &["1: unknown setting theem (did you mean theme?)"],
        ),
        (
            "measure = 10\nMeasure = 30\n[key]\n",
            &[
                "1: measure cannot be 10 (write a number from 20 to 200)",
                "2: unknown setting Measure (did you mean measure?)",
                "3: unknown setting key (did you mean keys?)",
            ],
        ),
        (
            "\nambiguous_width = 'wide'\n",
            &["2: unknown setting ambiguous_width (did you mean ambiguous-width?)"],
        ),
        ("[colours]\nred = 1", &[&unknown("1", "colours")]),
        (
            "主题 = 1",
            &["1: 主题 cannot stand in a name (names are letters, digits, - and _)"],
        ),
        ("\"主题\\u001b\" = 1", &[&unknown("1", "主题\u{fffd}")]),
        // Values.
        (
            "theme = \"drak\"",
            &["1: theme cannot be \"drak\" (did you mean \"dark\"?)"],
        ),
        (
            "theme = \"\"",
            &[
                "1: theme cannot be \"\" (choose one of \"auto\", \"dark\", \"light\", \"sixteen\", \"none\")",
            ],
        ),
        (
            "copy = 'clipboard'\nhyperlinks = true\nambiguous-width = 2",
            &[
                "1: copy cannot be \"clipboard\" (choose one of \"auto\", \"terminal\", \"file\")",
                "2: hyperlinks is a word in quotes, not true (choose one of \"auto\", \"always\", \"never\")",
                "3: ambiguous-width is a word in quotes, not 2 (choose one of \"auto\", \"narrow\", \"wide\")",
            ],
        ),
        (
            "mouse = 'no'\nremember = 0",
            &[
                "1: mouse is true or false, not \"no\" (write mouse = true or mouse = false)",
                "2: remember is true or false, not 0 (write remember = true or remember = false)",
            ],
        ),
        (
            "measure = '80'",
            &["1: measure is a whole number, not \"80\" (take the quotes away)"],
        ),
        (
            "measure = 80.5",
            &["1: measure is a whole number, not 80.5 (write measure = 80)"],
        ),
        (
            "measure = -5",
            &["1: measure cannot be -5 (write a number from 20 to 200)"],
        ),
        (
            "measure = 201",
            &["1: measure cannot be 201 (write a number from 20 to 200)"],
        ),
        (
            "measure = 99999999999999999999",
            &["1: measure cannot be 99999999999999999999 (write a number from 20 to 200)"],
        ),
        (
            "theme = 1979-05-27\nmouse.x = 2",
            &[
                "1: theme is a word in quotes, not a date (choose one of \"auto\", \"dark\", \"light\", \"sixteen\", \"none\")",
                "2: mouse is true or false, not a heading (write mouse = true or mouse = false)",
            ],
        ),
        (
            "theme = '''\ndark'''\ncopy = '\u{e9}'",
            &["3: copy cannot be \"\u{e9}\" (choose one of \"auto\", \"terminal\", \"file\")"],
        ),
        // Keys.
        (
            "keys = 5",
            &[
                "1: keys is a heading with a line for each action (write [keys] on a line of its own and find = \"/\" below)",
            ],
        ),
        (
            "[[keys]]\nfind = '/'",
            &[
                "1: keys is a heading with a line for each action (write [keys] on a line of its own and find = \"/\" below)",
            ],
        ),
        (
            "[keys]\nfind = ['a', 3]\nopen = 5",
            &[
                "2: a key is written in quotes, not 3 (write find = \"x\" or = [\"x\", \"ctrl-x\"])",
                "3: a key is written in quotes, not 5 (write open = \"x\" or = [\"x\", \"ctrl-x\"])",
            ],
        ),
        (
            "[keys]\nfind = [\n  'a',\n  3,\n]",
            &["4: a key is written in quotes, not 3 (write find = \"x\" or = [\"x\", \"ctrl-x\"])"],
        ),
        (
            "[keys]\nfind = '/'\nmouse = false",
            &[
                "3: a key is written in quotes, not false (mouse is a setting: move it above the line [keys])",
            ],
        ),
        // Twice.
        (
            "theme = 'dark'\ntheme = 'light'\n[keys]\na = 'b'\n[keys]\nc = 'd'\na = 'e'",
            &[
                "2: theme stands twice (it stands on line 1 already; that one holds)",
                "5: keys stands twice (put all that is below them under one)",
                "7: a stands twice (it stands on line 4 already; that one holds)",
            ],
        ),
        // Written wrongly.
        (
            "theme = dark",
            &["1: dark stands without quotes (write \"dark\")"],
        ),
        (
            "theme = “dark”",
            &["1: “dark” has quotes of another kind (write straight ones: \" or ')"],
        ),
        (
            "theme = \"dark",
            &["1: the quotes are not closed (put another one at the end)"],
        ),
        (
            "theme =",
            &["1: theme has no value (write one, or put # before the line)"],
        ),
        ("theme＝'dark'", &["1: theme has a full-width ＝ (write =)"]),
        (
            "theme: dark\nmouse = True\nmeasure",
            &[
                "1: theme has no = (write name = value, or put # before the line)",
                "2: True is neither yes nor no (write true or false)",
                "3: measure has no = (write name = value, or put # before the line)",
            ],
        ),
        (
            "mouse = fals\nmeasure = 8x\n= 3\nremember = no\ncopy == true",
            &[
                "1: fals is neither yes nor no (write true or false)",
                "2: 8x is no number (write digits alone)",
                "3: no name stands before = (write name = value)",
                "4: no is neither yes nor no (write true or false)",
                "5: = stands twice (write it once)",
            ],
        ),
        (
            "theme = 'dark' mouse = true",
            &["1: something stands behind the end (one thing a line; put # before a remark)"],
        ),
        (
            "mouse = true\rmeasure = 30",
            &[
                "1: a line ends as on very old systems (save the file with line ends of Unix or Windows)",
            ],
        ),
        (
            "theme = \"a\u{7}\"",
            &["1: an invisible character stands in the text (type the line anew)"],
        ),
        (
            "[keys]\nfind = \"\\\"\nopen = \"\\q\"",
            &[
                "2: \\ is special between double quotes (write it twice, \"\\\\\", or between single ones, '\\')",
                "3: \\ is special between double quotes (write it twice, \"\\\\\", or between single ones, '\\')",
            ],
        ),
        (
            "[keys]\nfind = /\n? = 'help'\nopen = ['a' 'b']",
            &[
                "2: / stands without quotes (write \"/\")",
                "3: ? cannot stand in a name (names are letters, digits, - and _)",
                "4: a comma is missing (write one between each two: [\"a\", \"b\"])",
            ],
        ),
        (
            "[keys # y\nfind = 'x'\n[]\n",
            &[
                "1: the heading is not closed (write it as [keys])",
                "3: the heading has no name (write it as [keys])",
            ],
        ),
        (
            "keys = {find = 'x'\nmouse = 5\n[keys]\na = ['a', # x\n  'b',\n\nb = ['c'\n",
            &[
                "1: a bracket is not closed (put the other one at the end)",
                "2: mouse is true or false, not 5 (write mouse = true or mouse = false)",
                "4: a bracket is not closed (put the other one at the end)",
                "7: a bracket is not closed (put the other one at the end)",
            ],
        ),
        (
            "copy = \"\"\"file\nmouse = 5\ntheme = '''\n",
            &[
                "1: three quotes are opened and not closed (one at each end is enough)",
                "2: mouse is true or false, not 5 (write mouse = true or mouse = false)",
                "3: three quotes are opened and not closed (one at each end is enough)",
            ],
        ),
    ];
    assert!(table.len() >= 20);
    for (text, lines) in table {
        assert_eq!(told(text), *lines, "{text}");
    }
}

#[test]
fn every_setting_can_be_set() {
    let text = "\
theme = 'sixteen'
ambiguous-width = 'wide'
measure = 200
mouse = false
copy = 'terminal'
hyperlinks = 'never'
remember = false
[keys]
quit = []
find = ['/', 'ctrl-f']
";
    let wish = |action: &str, keys: &[&str], line| KeyWish {
        action: action.into(),
        keys: keys.iter().map(|&key| key.into()).collect(),
        line,
    };
    let settings = Settings {
        theme: Theme::Sixteen,
        ambiguous_width: AmbiguousWidth::Wide,
        measure: 200,
        mouse: false,
        copy: Copying::Terminal,
        hyperlinks: Hyperlinks::Never,
        remember: false,
        keys: vec![wish("quit", &[], 9), wish("find", &["/", "ctrl-f"], 10)],
    };
    assert_eq!(read(text), (settings, Vec::new()));
}

#[test]
fn the_default_file_sets_nothing_and_uncommented_sets_the_defaults() {
    let keys: Vec<_> = [
        ("find", &["/", "ctrl-f"][..], "find: filters the tree"),
        ("back", &["esc"], "one step back\nas it was"),
        ("odd", &["\"", "'", "\\"], "keys that must be escaped"),
        ("nothing", &[], "an action without a key"),
        ("not bare", &["、"], "a name that must be quoted"),
    ]
    .into_iter()
    .map(|(action, keys, does)| KeyDefault {
        action: action.into(),
        keys: keys.iter().map(|&key| key.into()).collect(),
        does: does.into(),
    })
    .collect();
    let text = default_text(&keys);
    assert_eq!(read(&text), (Settings::default(), Vec::new()));
    // Every line `# name = value`, as the file's own head says.
    let uncommented = |text: &str| -> String {
        let lines = text.lines().map(|line| {
            let setting = line.strip_prefix('#').filter(|rest| {
                rest.split_once(" = ")
                    .is_some_and(|(name, _)| name.starts_with('"') || !name.contains(' '))
            });
            format!("{}\n", setting.unwrap_or(line))
        });
        lines.collect()
    };
    let bare = uncommented(&text);
    let (settings, mistakes) = read(&bare);
    assert_eq!(mistakes, [], "{bare}");
    let got = settings.keys.iter().map(|wish| (&wish.action, &wish.keys));
    assert!(
        got.eq(keys.iter().map(|row| (&row.action, &row.keys))),
        "{bare}"
    );
    assert_eq!(
        Settings {
            keys: Vec::new(),
            ..settings
        },
        Settings::default()
    );
    for setting in SETTINGS {
        let lines = bare
            .lines()
            .filter(|line| line.starts_with(&format!("{} = ", setting.name)));
        assert_eq!(lines.count(), 1, "{}", setting.name);
        assert!(!setting.help.is_empty());
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}

/// Lines that are each one mistake, whatever stands around them.
const WRONG: &[&str] = &[
    "theem = 'x'",
    "theem",
    "theem: x",
    "theem = x",
    "theem = \"x",
    "theem = 'x",
    "theem = ['a', ",
    "theem = [[['a'], ",
    "theem = {a = 1",
    "theem = \"\"\"x",
    "theem = '''x",
    "theem = 1 2",
    "theem = ",
    "= 5",
    "“theem” = 1",
    "\u{1}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_stands_beside_a_mistake_is_used(places in prop::collection::vec((0usize..8, 0..WRONG.len()), 0..6)) {
        let right = [
            "theme = \"light\"", "measure = 44", "mouse = false", "copy = \"file\"",
            "[keys]", "find = [\"/\"]", "open = [", "  'o' ]", "back = 'esc'",
        ];
        let mut lines: Vec<&str> = Vec::new();
        let mut wrong = Vec::new();
        // A second one of its kind may close the first.
        let places: std::collections::BTreeMap<_, _> = places.into_iter().map(|(at, which)| (which, at)).collect();
        for (at, line) in right.iter().enumerate() {
            for (which, _) in places.iter().filter(|(_, place)| **place == at && at != 7) {
                lines.push(WRONG[*which]);
                wrong.push(lines.len());
            }
            lines.push(line);
        }
        let text = lines.join("\n");
        let (settings, mistakes) = read(&text);
        prop_assert_eq!(settings.theme, Theme::Light, "{}", text);
        prop_assert_eq!((settings.measure, settings.mouse, settings.copy), (44, false, Copying::File), "{}", text);
        for action in ["find", "open", "back"] {
            prop_assert!(settings.keys.iter().any(|wish| wish.action == action), "{} {}", action, text);
        }
        // Wrong lines below [keys] may be good keys, and two that are alike are told as twice.
        let heading = lines.iter().position(|line| *line == "[keys]").unwrap() + 1;
        // A line without = may belong to a list above.
        let told = |&&line: &&usize| line < heading && lines[line - 1].contains('=');
        for line in wrong.iter().filter(told) {
            prop_assert!(mistakes.iter().any(|mistake| mistake.line == *line), "{} {}", line, text);
        }
        for mistake in &mistakes {
            prop_assert!(wrong.contains(&mistake.line), "{:?} {}", mistake, text);
        }
    }

    #[test]
    fn no_text_makes_it_fail(parts in prop::collection::vec(prop::sample::select(vec![
        "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", "\"\"\"", "'''", "\\", "#", "\n", "\r", "\r\n",
        "theme", "keys", "measure", "1", "-", "e9", "0x", "true", " ", "、", "\u{feff}", "\0", "\u{1b}", "1979-05-27",
    ]), 0..40)) {
        let text = parts.concat();
        let (settings, mistakes) = read(&text);
        prop_assert!((20..=200).contains(&settings.measure));
        let lines = text.split('\n').count();
        for mistake in &mistakes {
            prop_assert!((1..=lines).contains(&mistake.line), "{:?} in {:?}", mistake, text);
            prop_assert!(!mistake.to_string().contains(char::is_control), "{:?}", mistake);
            prop_assert!(!mistake.what.is_empty() && !mistake.way_out.is_empty());
        }
        prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.line));
    }
}

#[test]
fn files_that_are_no_text_are_one_mistake_on_line_1() {
    let lines = |bytes: &[u8]| -> Vec<String> {
        read_bytes(bytes.to_vec())
            .1
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(
        lines(b"mouse = true\ntheme = '\xff'\n"),
        ["1: the file is not UTF-8 (on line 2) (save it as UTF-8)"]
    );
    assert_eq!(
        lines(&vec![b'\n'; LONGEST as usize + 1]),
        ["1: the file is longer than 256 KiB (begin with rapporteur config --default)"]
    );
    assert_eq!(lines(&vec![b'\n'; LONGEST as usize]), [""; 0]);
}
