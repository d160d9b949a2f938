//! Hyperlinks in a drawn buffer: which cells they are is for the view to say, and whether the
//! terminal understands them for [`crate::outside::Surroundings`].

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;

use crate::outside::hyperlink;

/// Makes the cells of each area a hyperlink to its address; an area that is no address of the web
/// is left as it is. To be done last: the symbols of these cells are then no longer what is seen.
///
/// Each cell is a link of its own, opened and closed, so that whichever cells are drawn anew, none
/// is linked that should not be; the address in common makes one link of them. The width of each
/// is forced to what it was, for the sequence would be counted as text.
pub(super) fn hyperlink_cells(buffer: &mut Buffer, runs: &[(Rect, String)]) {
    for (area, address) in runs {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            continue;
        }
        for y in area.top()..area.bottom() {
            link_row(buffer, y, area, address);
        }
    }
}

fn link_row(buffer: &mut Buffer, y: u16, area: Rect, address: &str) {
    // From the edge of the buffer: only so is it known which cells are behind a wide character,
    // and would cut it in two if they were drawn.
    let mut x = buffer.area.left();
    while x < area.right() {
        let cell = &mut buffer[(x, y)];
        let cols = cell.cell_width().max(1);
        let plain = cell.diff_option == CellDiffOption::None && !cell.symbol().contains('\x1b');
        if x >= area.left()
            && plain
            && let Some(link) = hyperlink(address, cell.symbol())
            && let Some(cols) = NonZeroU16::new(cols)
        {
            cell.set_symbol(&link);
            cell.set_diff_option(CellDiffOption::ForcedWidth(cols));
        }
        x = x.saturating_add(cols);
    }
    // Where a wide character stood before, its second half may now be the cell behind the link. For
    // plain cells the comparison with what was drawn sees to that, for these it does not.
    if x < buffer.area.right() {
        let cell = &mut buffer[(x, y)];
        if cell.diff_option == CellDiffOption::None {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::style::{Color, Style};

    use super::*;

    const ADDRESS: &str = "https://undocs.org/A/74/130";

    /// A terminal that was drawn on, and the bytes of the last frame.
    struct Screen {
        terminal: vt100::Parser,
        drawn: Buffer,
        bytes: Vec<u8>,
    }

    impl Screen {
        fn new(cols: u16, rows: u16) -> Self {
            let side = |length: u16| length.try_into().expect("not zero");
            Self {
                terminal: vt100::Parser::new(side(rows), side(cols), 0),
                drawn: Buffer::empty(Rect::new(0, 0, cols, rows)),
                bytes: Vec::new(),
            }
        }

        /// Draws what differs, as the explorer's terminal does.
        fn draw(&mut self, next: Buffer) {
            self.bytes.clear();
            let mut backend = CrosstermBackend::new(&mut self.bytes);
            let changes = self.drawn.diff(&next);
            backend.draw(changes.into_iter()).expect("it can be drawn");
            self.terminal.process(&self.bytes);
            self.drawn = next;
        }

        /// The rows, without the spaces at their ends.
        fn text(&self) -> Vec<String> {
            let screen = self.terminal.screen();
            let (_, cols) = screen.size();
            let rows = screen.rows(0, cols.get());
            rows.map(|row| row.trim_end().to_owned()).collect()
        }
    }

    fn lines(lines: &[&str], cols: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, lines.len() as u16));
        for (y, line) in lines.iter().enumerate() {
            buffer.set_string(0, y as u16, line, Style::new());
        }
        buffer
    }

    #[test]
    fn the_text_is_unchanged_and_the_address_is_sent() {
        let text = ["草案（A/C.3/72/12，附件）", "网络犯罪 and e\u{301}"];
        let mut screen = Screen::new(30, 2);
        let mut buffer = lines(&text, 30);
        let runs = [
            (Rect::new(6, 0, 11, 1), ADDRESS.to_owned()),
            (Rect::new(0, 1, 30, 1), "https://un.org/网".to_owned()),
        ];
        hyperlink_cells(&mut buffer, &runs);
        screen.draw(buffer);
        assert_eq!(screen.text(), text);
        let sent = String::from_utf8(screen.bytes.clone()).expect("it is text");
        // A cell each, and never the wide character's second half.
        assert_eq!(sent.matches(ADDRESS).count(), 11);
        assert_eq!(sent.matches("https://un.org/%E7%BD%91").count(), 26);
        assert_eq!(sent.matches("\x1b]8;;\x1b\\").count(), 37);
    }

    #[test]
    fn a_second_frame_sends_only_what_is_new() {
        let mut screen = Screen::new(30, 1);
        let mut frame = |text: &str| {
            let mut buffer = lines(&[text], 30);
            hyperlink_cells(&mut buffer, &[(Rect::new(0, 0, 8, 1), ADDRESS.into())]);
            screen.draw(buffer);
            let sent = String::from_utf8_lossy(&screen.bytes);
            (sent.matches(ADDRESS).count(), screen.text()[0].clone())
        };
        assert_eq!(frame("A/74/130 x"), (8, "A/74/130 x".into()));
        assert_eq!(frame("A/74/130 x"), (0, "A/74/130 x".into()));
        assert_eq!(frame("A/74/131 y"), (1, "A/74/131 y".into()));
    }

    #[test]
    fn the_cell_behind_a_link_is_drawn_though_it_seems_to_be_blank_already() {
        // Some terminals leave the second half of the wide character in its colour.
        let mut before = lines(&["网"], 4);
        before.set_style(Rect::new(0, 0, 2, 1), Style::new().bg(Color::Blue));
        before[(1, 0)].reset();
        let mut after = lines(&["a"], 4);
        hyperlink_cells(&mut after, &[(Rect::new(0, 0, 1, 1), ADDRESS.into())]);
        let drawn: Vec<_> = before.diff(&after).into_iter().map(|(x, ..)| x).collect();
        assert_eq!(drawn, [0, 1]);
    }

    #[test]
    fn what_is_no_address_or_lies_outside_changes_nothing() {
        let plain = lines(&["网络 abc"], 10);
        for (area, address) in [
            (Rect::new(0, 0, 10, 1), "file:///etc/passwd"),
            (Rect::new(0, 0, 10, 1), ""),
            (Rect::new(0, 0, 0, 0), ADDRESS),
            (Rect::new(20, 0, 10, 1), ADDRESS),
            (Rect::new(0, 5, u16::MAX, u16::MAX), ADDRESS),
        ] {
            let mut buffer = plain.clone();
            hyperlink_cells(&mut buffer, &[(area, address.into())]);
            let symbols = |buffer: &Buffer| {
                buffer
                    .content
                    .iter()
                    .map(|cell| cell.symbol().to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(symbols(&buffer), symbols(&plain), "{area} {address}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn frames_with_links_show_what_frames_without_them_show(
            frames in proptest::collection::vec(
                ("[a网犯 ]{0,9}", "[a网犯 ]{0,9}", proptest::collection::vec((0u16..12, 0u16..3, 0u16..14, 1u16..3), 0..4)),
                1..5,
            ),
        ) {
            let mut linked = Screen::new(10, 2);
            let mut plain = Screen::new(10, 2);
            for (first, second, areas) in frames {
                let mut buffer = lines(&[&first, &second], 10);
                plain.draw(buffer.clone());
                let runs: Vec<_> = areas
                    .into_iter()
                    .enumerate()
                    .map(|(at, (x, y, cols, rows))| (Rect::new(x, y, cols, rows), format!("https://un.org/{at}")))
                    .collect();
                hyperlink_cells(&mut buffer, &runs);
                linked.draw(buffer);
                prop_assert_eq!(linked.text(), plain.text());
            }
        }
    }
}
