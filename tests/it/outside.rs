//! The world outside the screen as the program meets it: hyperlinks of terminals.

use std::fs;

use super::{found, program};

/// What a terminal shows of this output.
fn shown(output: &str) -> String {
    let mut screen = vt100::Parser::new(
        200.try_into().expect("not zero"),
        80.try_into().expect("not zero"),
        0,
    );
    screen.process(output.replace('\n', "\r\n").as_bytes());
    screen.screen().contents()
}

/// The addresses of all hyperlinks, each opened and closed before the line ends, and the output
/// without them.
fn targets(output: &str) -> (Vec<&str>, String) {
    let mut targets = Vec::new();
    let mut bare = String::new();
    for line in output.split_inclusive('\n') {
        let mut pieces = line.split("\x1b]8;");
        bare.extend(pieces.next());
        let mut open = false;
        for piece in pieces {
            let (link, text) = piece.split_once("\x1b\\").expect("it ends in ST");
            let (_, target) = link.split_once(';').expect("an id may come first");
            assert_ne!(open, !target.is_empty(), "one opens, one closes: {line:?}");
            open = !target.is_empty();
            targets.extend(Some(target).filter(|target| !target.is_empty()));
            bare.push_str(text);
        }
        assert!(!open, "a link goes on past its line: {line:?}");
    }
    (targets, bare)
}

#[test]
fn show_makes_links_of_what_can_be_followed() {
    let plain = found(&["show", "1"]);
    assert!(!plain.contains('\x1b'));
    let linked = found(&["show", "1", "--hyperlinks", "always"]);
    // As printed at the foot of the page, not as it is made from the symbol.
    assert_eq!(targets(&linked).0, ["http://undocs.org/A/C.3/72/12"]);
    assert!(linked.contains("\x1b\\A/C.3/72/12\x1b]8;;\x1b\\"));
    assert_eq!(shown(&linked), shown(&plain));
}

#[test]
fn hyperlinks_are_for_terminals_and_never_in_json() {
    for (args, links) in [
        (&["show", "1"][..], false),
        (&["show", "1", "--hyperlinks", "auto"], false),
        (&["show", "1", "--hyperlinks", "never"], false),
        (&["--hyperlinks", "always", "show", "1"], true),
        (&["show", "1", "--json", "--hyperlinks", "always"], false),
        (&["find", "公约", "--hyperlinks", "always"], false),
    ] {
        let output = program()
            .args(args)
            .env("TERM", "xterm-kitty")
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{args:?}");
        let text = String::from_utf8(output.stdout).expect("output is UTF-8");
        assert_eq!(text.contains("\x1b]8;"), links, "{args:?}");
    }
}

#[test]
fn no_address_in_a_report_speaks_to_the_terminal() {
    let folder = tempfile::tempdir().expect("there is room");
    let file = folder.path().join("report.txt");
    let hostile = "A/C.3/72/1\x1b]8;;http://evil.example\x07\x1b]0;x\u{9c}\u{202e}";
    let text = format!(
        "1. See {hostile} and https://un.org/\x1b[31m/a\x07b, https://un.org/\"网\" \
         or www.un.org/a`b and javascript:alert(1) and S/RES/2178(2014).\n\nhttp://undocs.org/{hostile}\n"
    );
    fs::write(&file, text).expect("it can be written");
    let file = file.to_str().expect("its name is UTF-8");
    for width in ["20", "40", "80", "1000"] {
        let plain = found(&["show", "1", "-r", file, "--width", width]);
        let linked = found(&[
            "show",
            "1",
            "-r",
            file,
            "--width",
            width,
            "--hyperlinks",
            "always",
        ]);
        let (targets, bare) = targets(&linked);
        assert!(
            targets.contains(&"https://undocs.org/S/RES/2178(2014)"),
            "{targets:?}"
        );
        assert!(targets.len() > 3, "{targets:?}");
        for target in targets {
            assert!(
                target.bytes().all(|byte| byte.is_ascii_graphic()),
                "{target:?}"
            );
            assert!(target.starts_with("http"), "{target:?}");
        }
        // But for the links it is what is printed without them.
        assert_eq!(bare, plain);
        assert!(plain.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

/// Standard output of the program in a terminal of this kind.
#[cfg(unix)]
fn in_a_terminal(variables: &[(&str, &str)], args: &[&str]) -> String {
    use std::io::Read;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system()
        .openpty(size)
        .expect("there are pseudo-terminals");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env_clear();
    for (name, value) in variables {
        command.env(name, value);
    }
    command.args(args);
    let mut child = pair
        .slave
        .spawn_command(command)
        .expect("the program starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("it can be read");
    let mut seen = Vec::new();
    let mut bytes = [0; 4096];
    // The end of a pseudo-terminal is an error on some systems.
    while let Ok(read @ 1..) = reader.read(&mut bytes) {
        seen.extend_from_slice(&bytes[..read]);
    }
    assert!(child.wait().expect("it ends").success());
    String::from_utf8(seen).expect("output is UTF-8")
}

#[cfg(unix)]
#[test]
fn only_terminals_that_are_known_to_understand_links_get_them() {
    for (variables, args, links) in [
        (&[("TERM", "xterm-kitty")][..], &["show", "1"][..], true),
        (
            &[("TERM", "xterm-kitty"), ("NO_COLOR", "1")],
            &["show", "1"],
            true,
        ),
        (
            &[("TERM", "xterm-kitty")],
            &["show", "1", "--hyperlinks", "never"],
            false,
        ),
        (&[("TERM", "xterm-256color")], &["show", "1"], false),
        (
            &[("TERM", "xterm-256color")],
            &["show", "1", "--hyperlinks", "always"],
            true,
        ),
        (
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
            &["show", "1"],
            true,
        ),
        (
            &[("TERM", "screen"), ("STY", "1.pts")],
            &["show", "1"],
            false,
        ),
        (&[("TERM", "linux")], &["show", "1"], false),
        (&[("TERM", "dumb")], &["show", "1"], false),
        (&[], &["show", "1"], false),
    ] {
        let output = in_a_terminal(variables, args);
        assert!(output.contains("A/C.3/72/12"), "{variables:?} {args:?}");
        assert_eq!(
            output.contains("\x1b]8;id="),
            links,
            "{variables:?} {args:?}"
        );
    }
}
