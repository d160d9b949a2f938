//! Pictures of the explorer at three sizes, in both themes and without colour: what is drawn today
//! is what was looked at when they were kept.

use super::{assert_kept, found, here};

#[test]
fn the_screens_look_as_they_did() {
    for (size, keys) in [
        ("80x24", "/公约<enter>n"),
        ("40x10", "jjj<enter>"),
        ("200x60", "/网络犯罪"),
    ] {
        for theme in ["dark", "light", "none"] {
            let drawn = found(&[
                "--print", "svg", "--size", size, "--theme", theme, "--keys", keys,
            ]);
            assert_kept(&here(&format!("tests/pictures/{size}-{theme}.svg")), &drawn);
        }
    }
}

#[test]
fn no_picture_without_colour_has_any() {
    let grey = |name: &str| {
        let drawn = found(&["--print", "svg", "--theme", name, "--keys", "/公约<enter>n"]);
        let colors = drawn.split("fill=\"#").skip(1).map(|rest| &rest[..6]);
        let parts =
            |color: &str| [0, 2, 4].map(|at| u8::from_str_radix(&color[at..at + 2], 16).unwrap());
        // The paper itself has a little blue in it.
        colors
            .map(parts)
            .all(|[red, _, blue]| red.abs_diff(blue) < 16)
    };
    assert!(grey("none"));
    assert!(!grey("dark") && !grey("light"));
}
