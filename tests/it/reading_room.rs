//! What the reading room does at the level of model and screen: finding one's way (jumps,
//! bookmarks, the command line) and moving through the text.

use rapporteur::tui::draw;

use super::built_in;
use super::explorer::Explorer;

#[test]
fn line_by_line_one_comes_to_the_end_and_back() {
    for (cols, rows) in [(80, 24), (40, 10), (200, 60), (64, 16)] {
        let mut explorer = Explorer::new(built_in(), cols, rows);
        explorer.press("<tab>");
        let mut seen = vec![explorer.model.top];
        let mut last = None;
        while last != Some((explorer.model.top, explorer.model.at)) {
            last = Some((explorer.model.top, explorer.model.at));
            explorer.press("j");
            seen.push(explorer.model.top);
        }
        assert_eq!(explorer.model.at.unwrap().index(), 35, "{cols}x{rows}");
        seen.dedup();
        let mut again = vec![explorer.model.top];
        while explorer.model.at.unwrap().index() > 0 || explorer.model.top.unwrap().line > 0 {
            explorer.press("k");
            again.push(explorer.model.top);
        }
        again.dedup();
        again.reverse();
        assert_eq!(again, seen, "{cols}x{rows}");
        draw(&explorer.model);
    }
}
