//! What the explorer draws, key by key: text, and under it the runs of style that are not plain.

use insta::assert_snapshot;
use rapporteur::read::Source;
use rapporteur::tui::{Palette, Picture, Screen, print};
use rapporteur::typeset::Ruler;

fn picture(keys: &str, cols: u16, rows: u16) -> Picture {
    print(
        &Source::built_in(),
        keys,
        Screen {
            cols,
            rows,
            palette: Palette::Sixteen,
            ruler: Ruler::NARROW,
        },
    )
    .expect("the keys are keys")
}

fn text(keys: &str, cols: u16, rows: u16) -> String {
    picture(keys, cols, rows).text()
}

/// The frame with its styles.
fn frame(keys: &str, cols: u16, rows: u16) -> String {
    let picture = picture(keys, cols, rows);
    format!("{}---\n{}", picture.text(), picture.styles())
}

#[test]
fn at_the_start() {
    assert_snapshot!(frame("", 80, 24));
}

#[test]
fn a_folded_tree() {
    assert_snapshot!(frame("jj<space>", 80, 24));
}

#[test]
fn a_filter_with_hits() {
    assert_snapshot!(frame("/网络犯罪", 80, 24));
}

#[test]
fn reading_from_place_to_place() {
    assert_snapshot!(frame("/网络犯罪<enter>nn", 80, 24));
}

#[test]
fn a_loose_hit_says_so() {
    assert_snapshot!(frame("/反恐委", 80, 24));
}

#[test]
fn nothing_found() {
    assert_snapshot!(frame("/新加坡", 80, 24));
    assert_snapshot!("nothing_found_in_recommendations", text("r/新加坡", 80, 24));
}

#[test]
fn weaker_hits() {
    assert_snapshot!(frame("/执法和调查", 80, 24));
    assert_snapshot!("weaker_hits_narrow", text("/执法和调查", 40, 10));
}

#[test]
fn recommendations_only() {
    assert_snapshot!(text("r", 80, 24));
}

#[test]
fn going_to_an_address() {
    assert_snapshot!("go_to_typing", text(":1.k.iii", 80, 24));
    assert_snapshot!("go_to_there", text(":1.k.iii<enter>", 80, 24));
    assert_snapshot!("go_to_unknown", text(":1(z)<enter>", 80, 24));
}

#[test]
fn the_help_page() {
    assert_snapshot!("help", text("?", 80, 24));
    assert_snapshot!("help_end", text("?G", 80, 24));
    assert_snapshot!("help_small", text("?", 40, 10));
}

#[test]
fn at_40_by_10_one_pane_at_a_time() {
    assert_snapshot!("small_tree", frame("", 40, 10));
    assert_snapshot!("small_text", text("jjj<enter>jj", 40, 10));
    assert_snapshot!("small_filter", text("/数据", 40, 10));
    assert_snapshot!("small_reading", text("/数据<enter>n", 40, 10));
}

#[test]
fn at_12_by_4_and_1_by_1() {
    assert_snapshot!("tiny_tree", text("jjjj", 12, 4));
    assert_snapshot!("tiny_text", text("jjjj<enter>", 12, 4));
    assert_snapshot!("tiny_filter", text("/数据", 12, 4));
    assert_eq!(text("", 1, 1), "\n");
    assert_eq!(text("/数", 1, 1), "/\n");
}

#[test]
fn at_200_by_60() {
    assert_snapshot!("large", text("", 200, 60));
    assert_snapshot!("large_end", text("G", 200, 60));
}

#[test]
fn without_colour_nothing_is_lost() {
    let plain = print(
        &Source::built_in(),
        "/网络犯罪<enter>nn",
        Screen {
            cols: 80,
            rows: 24,
            palette: Palette::None,
            ruler: Ruler::NARROW,
        },
    )
    .unwrap();
    assert_eq!(plain.text(), text("/网络犯罪<enter>nn", 80, 24));
    assert!(!plain.styles().contains("Magenta") && !plain.styles().contains("Yellow"));
    assert!(plain.styles().contains("REVERSED"));
}

#[test]
fn esc_brings_back_folds_and_position_a_step_at_a_time() {
    for (before, keys) in [
        ("jj<space>jjj", "/数据<esc>"),
        ("jj<space>jjj", "/数据<enter><esc>"),
        ("jj<space>jjj", "/数据<enter>nnjjj<tab>hhh<esc>"),
        ("<tab>jjjjj", "/布达佩斯<enter>n<esc>"),
        ("jjj", "r<esc>"),
        ("jjj", "rjjj<space>/合作<enter>nn<esc><esc>"),
        ("jjjh", "/x<backspace>"),
    ] {
        let keys = format!("{before}{keys}");
        let (was, is) = (frame(before, 80, 24), frame(&keys, 80, 24));
        // Rubbing out the last letter leaves the prompt open, which is all that may differ.
        let cut = |frame: &str| frame.lines().take(22).collect::<Vec<_>>().join("\n");
        assert_eq!(cut(&is), cut(&was), "{keys}");
        if keys.ends_with("<esc>") {
            assert_eq!(is, was, "{keys}");
        }
    }
    let kept = text("/数据<enter>/执法<esc>", 80, 24);
    assert!(
        kept.contains("in 5 units"),
        "the filter before is back:\n{kept}"
    );
}

#[test]
fn moving_in_one_pane_is_moving_in_the_other() {
    // The tree leads: the unit is at the top of the text.
    let led = text("jjjj", 80, 24);
    assert!(
        led.lines()
            .nth(4)
            .unwrap()
            .contains("(b) 另一方面，有与会者提出"),
        "{led}"
    );
    // The text leads: the tree follows through the report, to its very last unit.
    let followed = text("<tab>99j99j99j", 80, 24);
    assert!(
        followed.contains("IV › B › 8   36 of 36   page 4 of 4"),
        "{followed}"
    );
    assert!(text("<tab>30j30k", 80, 24).contains("II   1 of 36"));
}

#[test]
fn counts_repeat_and_braces_go_by_paragraph() {
    let at = |keys: &str| {
        let text = text(keys, 80, 24);
        text.lines()
            .nth(22)
            .unwrap()
            .trim()
            .split("   ")
            .next()
            .unwrap()
            .to_string()
    };
    assert_eq!(at("5j"), "II › A › 1 › (c)");
    assert_eq!(at("12G"), "II › A › 1 › (i)");
    assert_eq!(at("G"), "IV › B › 8");
    assert_eq!(at("3}"), "III");
    assert_eq!(at("G{{"), "IV › B");
    assert_eq!(at("jjjj2k"), "II › A › 1");
    assert_eq!(at("14Gl"), "II › A › 1 › (k) › (i)");
    assert_eq!(at("14Glh"), "II › A › 1 › (k)");
    assert_eq!(at("14Ghh"), "II › A › 1");
    assert_eq!(at("9999999999j"), "IV › B › 8");
}

#[test]
fn hits_are_walked_while_typing_and_places_while_reading() {
    let at = |keys: &str| {
        text(keys, 80, 24)
            .lines()
            .nth(22)
            .unwrap()
            .trim()
            .to_string()
    };
    let while_typing = text("/数据<down><c-n><up>", 80, 24);
    let chosen = while_typing.lines().nth(2 + 5).unwrap();
    assert!(chosen.contains('㈡'), "{while_typing}");
    assert!(at("/数据<enter>").ends_with("1 of 10 in 5 units"));
    assert!(at("/数据<enter>N").ends_with("10 of 10 in 5 units"));
    assert!(at("/数据<enter>Nn").ends_with("1 of 10 in 5 units"));
    assert!(at("/数据<enter>4n").starts_with("II › A › 1 › (k) › (ii) "));
    assert!(at("n").contains("nothing is looked for"));
    // Enter in the text lets the filter go and stays.
    let stayed = text(
        "/新立法<backspace><backspace><backspace>变动<enter><enter>",
        80,
        24,
    );
    assert!(
        stayed.contains("II › A › 1 › (k) › (i)   15 of 36"),
        "{stayed}"
    );
    assert!(stayed.contains("(a) 一方面"), "{stayed}");
}

#[test]
fn an_operator_half_typed_does_no_harm() {
    let panes = |keys: &str| -> Vec<String> {
        let text = text(keys, 80, 24);
        text.lines().take(22).map(String::from).collect()
    };
    for typed in ["is:", "in:", "page:", "!", "^", "'"] {
        assert_eq!(panes(&format!("jjj/{typed}")), panes("jjj"), "{typed}");
        let kept = panes(&format!("/公约 {typed}"));
        assert_eq!(kept, panes("/公约"), "{typed}");
        // Enter does not take it for what was looked for before; nothing is said of that either.
        let last = |keys: &str| {
            let text = text(keys, 80, 24);
            text.lines().nth(22).unwrap_or("").trim().to_string()
        };
        let prompt = format!("/{typed}");
        assert_eq!(last(&format!("/公约<enter>/{typed}<enter>")), prompt);
    }
}

#[test]
fn the_facet_pane() {
    assert_snapshot!("facets", frame("f", 80, 24));
    assert_snapshot!("facets_narrowed", frame("fj<enter>j", 80, 24));
    assert_snapshot!("facets_left_out", text("f!jj!", 80, 24));
    assert_snapshot!("facets_small", text("fjj", 40, 10));
    assert_snapshot!("facets_large", text("fG", 200, 60));
    // Closing it keeps what was chosen; then one step back is as before.
    assert_snapshot!("facets_closed", text("fj<enter><esc>", 80, 24));
    assert_eq!(
        text("jj<space>fj<enter><esc><esc>", 80, 24),
        text("jj<space>", 80, 24)
    );
}

#[test]
fn the_index() {
    assert_snapshot!("index", frame("i5j", 80, 24));
    assert_snapshot!("index_units", text("i5j<enter>j", 80, 24));
    assert_snapshot!("index_gone_to", text("i5j<enter>j<enter>", 80, 24));
    assert_snapshot!("index_small", text("ij", 40, 10));
}
