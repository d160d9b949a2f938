//! What is typed with an input method on, what is pasted, and where the caret stands.

use super::{Terminal, explorer};

/// Waits until the real cursor is seen there (row, column), behind this text on the last rows.
fn caret(terminal: &Terminal, text: &str, place: (u16, u16)) {
    terminal.wait(format!("{text:?} and the caret at {place:?}"), |seen| {
        let screen = seen.screen.screen();
        screen.cursor_position() == place
            && !screen.hide_cursor()
            && seen.row(place.0).trim_start().starts_with(text)
    });
}

#[test]
fn command_keys_work_full_width_and_as_chinese_punctuation() {
    // Keys, and what the screen says then.
    for (typed, shown) in [
        ("ｊｊ", "3 of 36"),
        ("５ｊ", "6 of 36"),
        ("Ｇｋ", "35 of 36"),
        ("／布达佩斯", "2 in 1 unit"),
        ("、布达佩斯\r", "1 of 2 in 1 unit"),
        ("：8\r", "IV › B › 8"),
        ("：１（ｋ）㈢\r", "(k) › (iii)"),
        ("？", "the next place found"),
        ("ｒ", "17 recommendations"),
        ("》》Ｔ", "theme:"),
        ("‘", "No bookmark yet"),
        ("jj\u{3000}", "▸ 1"),
    ] {
        let mut terminal = explorer(&[]).open();
        terminal.wait_for("36 units");
        terminal.press(typed);
        terminal.wait(format!("{shown} for {typed}"), |seen| {
            seen.contents().contains(shown)
        });
        terminal.quit();
    }
}

#[test]
fn keys_behind_an_enter_that_waits_are_used_on_what_is_found() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("/布达佩斯\rvvq");
    assert!(terminal.end().success());
}

#[test]
fn a_full_width_q_leaves() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("ｑ");
    assert!(terminal.end().success());
}

#[test]
fn the_caret_stands_where_the_next_character_comes() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("/");
    caret(&terminal, "/", (22, 2));
    terminal.press("网络a犯");
    caret(&terminal, "/网络a犯", (22, 9));
    terminal.press("\x1b[D");
    caret(&terminal, "/网络a犯", (22, 7));
    terminal.press("\x1b[D\x1b[D");
    caret(&terminal, "/网络a犯", (22, 4));
    terminal.press("会");
    caret(&terminal, "/网会络a犯", (22, 6));
    terminal.press("\x05");
    caret(&terminal, "/网会络a犯", (22, 11));
    // Combined characters are one.
    terminal.press("\x15e\u{301}👩\u{200d}👩\u{200d}👧");
    terminal.wait_for("/e\u{301}");
    terminal.press("\x1b[D\x1b[D");
    terminal.wait("the caret at the start", |seen| {
        seen.screen.screen().cursor_position() == (22, 2)
    });
    terminal.press("\x1b");
    terminal.wait("no caret", |seen| seen.screen.screen().hide_cursor());
    terminal.press(":第１段");
    caret(&terminal, ":第１段", (22, 8));
    terminal.quit();
}

#[test]
fn the_caret_stays_on_a_small_screen() {
    let mut terminal = explorer(&[]).sized(20, 5).open();
    terminal.wait_for("1 of 36");
    terminal.press("/一二三四五六七");
    terminal.wait_for("/一二三四五六七");
    terminal.press("八九十百千");
    // What is typed first goes out at the left; the last character and the caret are in sight.
    terminal.wait("the caret behind the last character", |seen| {
        let screen = seen.screen.screen();
        let (row, col) = screen.cursor_position();
        let before = col.checked_sub(2).and_then(|col| screen.cell(row, col));
        !screen.hide_cursor() && before.is_some_and(|cell| cell.contents() == "千")
    });
    let (row, col) = terminal.seen().screen.screen().cursor_position();
    assert!(row == 4 && (10..20).contains(&col), "{row} {col}");
    terminal.press("\x01");
    caret(&terminal, "/一二三", (4, 2));
    terminal.quit();
}

#[test]
fn what_is_pasted_into_a_prompt_is_one_line_and_runs_nothing() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    for (prompt, pasted, line) in [
        ("/", "布达\n佩斯\r\n", "布达 佩斯"),
        ("/", "网络\x1b[2J\x1b]0;title\x07犯罪\nq\n", "网络"),
        (":", "8\n", "8"),
        (":", "quit\r", "quit"),
        (":", "\x1b[31mIV\x1b[0m\n", ""),
    ] {
        terminal.press(prompt);
        terminal.wait("the prompt", |seen| seen.row(22) == format!(" {prompt}"));
        terminal.press(&format!("\x1b[200~{pasted}\x1b[201~"));
        terminal.wait(format!("{line:?} pasted"), |seen| {
            let row = seen.row(22);
            row.starts_with(&format!(" {prompt}{line}")) && row.len() > 2
        });
        // Had anything run, there would be no prompt to type to.
        terminal.press("x");
        terminal.wait("what is typed behind it", |seen| {
            let screen = seen.screen.screen();
            let (row, col) = screen.cursor_position();
            let before = col.checked_sub(1).and_then(|col| screen.cell(row, col));
            seen.row(22).starts_with(&format!(" {prompt}{line}"))
                && row == 22
                && !screen.hide_cursor()
                && before.is_some_and(|cell| cell.contents() == "x")
        });
        terminal.press("\x03");
        assert!(terminal.end().success());
        terminal = explorer(&[]).open();
        terminal.wait_for("36 units");
    }
    terminal.quit();
}

#[test]
fn what_is_pasted_where_nothing_is_typed_does_nothing() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("jj");
    let before = terminal.frame_with("3 of 36");
    terminal.press("\x1b[200~q\njjG?:8\r\x03\x1b[201~");
    // The key behind it comes after it.
    terminal.press("jk");
    assert_eq!(terminal.frame_with("3 of 36"), before);
    terminal.press("j");
    terminal.wait_for("4 of 36");
    terminal.quit();
}
