//! The plain mode: sessions of typed commands with what is said, and what may never be said. What
//! is said in full, session by session, makes this file long.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use insta::assert_snapshot;
use proptest::prelude::*;
use rapporteur::read::Source;
use rapporteur::tui::plain::{Manner, converse};
use rapporteur::typeset::Ruler;

use super::{built_in_text, column, json, program};

fn session(source: Source, typed: &str, manner: Manner) -> String {
    let mut said = Vec::new();
    converse(source, &mut typed.as_bytes(), &mut said, manner).expect("it can be read");
    at_leisure(said)
}

/// What is said, but for what is waited for on a machine that is busy.
fn at_leisure(said: Vec<u8>) -> String {
    let said = String::from_utf8(said).expect("what is said is UTF-8");
    let waits = |line: &str| {
        let begins = ["reading ", "searching "]
            .iter()
            .any(|word| line.starts_with(word));
        begins && line.trim_end().ends_with(" ...")
    };
    said.split_inclusive('\n')
        .filter(|line| !waits(line))
        .collect()
}

const LOG: Manner = Manner {
    prompt: false,
    width: || None,
    ruler: Ruler::NARROW,
};

/// A whole session over a report of this text, with `|` between commands.
fn over(report: &str, typed: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    fs::write(&path, report).unwrap();
    let source = Source::file(path.clone());
    let said = session(source, &typed.replace('|', "\n"), LOG);
    said.replace(path.to_str().unwrap(), "report.txt")
}

/// What is said to these commands over the built-in report, behind the opening.
fn said(typed: &str) -> String {
    let said = session(Source::built_in(), &typed.replace('|', "\n"), LOG);
    let answers: Vec<_> = said.split("\n\n").skip(2).collect();
    answers.join("\n\n")
}

/// The first lines of the answers.
fn heads(typed: &str) -> String {
    let said = said(typed);
    let heads: Vec<_> = said
        .split("\n\n")
        .filter_map(|answer| answer.lines().next())
        .collect();
    heads.join("\n")
}

#[test]
fn first_it_says_what_is_open_and_where_one_is() {
    assert_snapshot!(session(Source::built_in(), "", LOG), @"
    Rapporteur, the built-in report
    初步建议和结论汇总表
    36 units, 17 recommendations, 4 pages, cited in Chinese, 2 notes
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    II, chapter, page 1, 1 of 36, 24 under it
    二. 初步建议和结论汇总表
    ");
    assert_snapshot!(over("A/74/130\n\nI. Introduction\n\n1. The Group met.\n", ""), @"
    Rapporteur, report.txt
    A/74/130, Introduction
    2 units, 0 recommendations, cited in English
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    I, chapter, 1 of 2, 1 under it
    I. Introduction
    ");
}

#[test]
fn one_walks_by_words_letters_and_counts() {
    assert_snapshot!(heads("|next|j|3 next|next 2|5j|-|back|2k|up|h|h|h"), @"
    II.A, section, page 1, 2 of 36, 23 under it
    1, paragraph, page 1, 3 of 36, 22 under it
    1(a), item, recommendation, page 1, 4 of 36
    1(d), item, recommendation, page 2, 7 of 36
    1(f), item, recommendation, page 2, 9 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    1(j), item, recommendation, page 2, 13 of 36
    1(i), item, recommendation, page 2, 12 of 36
    1(g), item, recommendation, page 2, 10 of 36
    1, paragraph, page 1, 3 of 36, 22 under it
    II.A, section, page 1, 2 of 36, 23 under it
    II, chapter, page 1, 1 of 36, 24 under it
    Nothing stands above II.
    ");
    assert_snapshot!(heads("}|}|2 }|{|last|G|first|-|12 last|12G|99999 next|down|up|in|l|h"), @"
    II.A, section, page 1, 2 of 36, 23 under it
    1, paragraph, page 1, 3 of 36, 22 under it
    III.A, section, page 3, 27 of 36, 5 under it
    III, chapter, page 3, 26 of 36, 6 under it
    8, paragraph, page 4, 36 of 36
    8, paragraph, page 4, 36 of 36
    II, chapter, page 1, 1 of 36, 24 under it
    II is the first unit.
    1(i), item, recommendation, page 2, 12 of 36
    1(i), item, recommendation, page 2, 12 of 36
    8, paragraph, page 4, 36 of 36
    Nothing stands under 8.
    IV.B, section, page 4, 34 of 36, 2 under it
    7, paragraph, page 4, 35 of 36
    Nothing stands under 7.
    IV.B, section, page 4, 34 of 36, 2 under it
    ");
    assert_snapshot!(heads(":8|.|here|k|k"), @"
    8, paragraph, page 4, 36 of 36
    8, paragraph, page 4, 36 of 36
    8, paragraph, page 4, 36 of 36
    7, paragraph, page 4, 35 of 36
    IV.B, section, page 4, 34 of 36, 2 under it
    ");
}

#[test]
fn an_address_is_understood_however_it_is_typed() {
    assert_snapshot!(heads(":1(k)(iii)|go 1.k.iii|1（k）（三）|：１（ｋ）|1k|8|１ｋ|第1段(k)㈢|II.A|9|1(z)|A|:网络|:|go x!"), @"
    1(k)(iii), sub-item, page 2, 17 of 36
    1(k)(iii), sub-item, page 2, 17 of 36
    1(k)(iii), sub-item, page 2, 17 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    8, paragraph, page 4, 36 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    1(k)(iii), sub-item, page 2, 17 of 36
    II.A, section, page 1, 2 of 36, 23 under it
    No 9. The nearest is 8.
    No 1(z). The nearest is 1(q).
    II.A or III.A?
    网络 is no address. Try one like 1(k) or II.A, or outline.
    Go where? As in :1(k) or :II.A
    x! is no address. Try one like 1(k) or II.A, or outline.
    ");
}

#[test]
fn a_unit_is_said_in_full_and_so_is_all_under_it() {
    assert_snapshot!(said("1(k)(iii)|8"), @"
    1(k)(iii), sub-item, page 2, 17 of 36
    ㈢ 下令提供隐私保护程度较低的计算机数据，例如交通数据和订户数据；

    8, paragraph, page 4, 36 of 36
    8. 政府间组织欧洲联盟也作了发言。
    ");
    assert_snapshot!(said("IV|text|where|list|in|in|where|list"), @"
    IV, chapter, page 4, 33 of 36, 3 under it
    四. 会议安排

    IV, chapter, page 4, 33 of 36, 3 under it
    四. 会议安排
    B. 发言情况（续）
    7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚、格鲁吉亚、马来西亚、墨西哥、摩洛哥、巴拉圭、秘鲁、菲律宾、斯洛伐克、西班牙、泰国和阿拉伯联合酋长国。
    8. 政府间组织欧洲联盟也作了发言。

    IV, chapter, page 4, 33 of 36, 3 under it

    IV, chapter, page 4, 33 of 36, 3 under it
    IV.B, section: B. 发言情况（续）

    IV.B, section, page 4, 34 of 36, 2 under it
    B. 发言情况（续）

    7, paragraph, page 4, 35 of 36
    7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚、格鲁吉亚、马来西亚、墨西哥、摩洛哥、巴拉圭、秘鲁、菲律宾、斯洛伐克、西班牙、泰国和阿拉伯联合酋长国。

    7, paragraph, page 4, 35 of 36
    in IV, chapter: 四. 会议安排
    in IV.B, section: B. 发言情况（续）

    7, paragraph, page 4, 35 of 36
    Nothing stands under it.
    ");
}

#[test]
fn an_outline_says_levels_as_numbers() {
    assert_snapshot!(said("outline 2|IV|o here 2|o here|o x|o 0"), @"
    level 1, II, chapter: 二. 初步建议和结论汇总表
    level 2, II.A, section: A. 执法和调查（续）
    level 1, III, chapter: 三. 审议情况概要
    level 2, III.A, section: A. 执法和调查（续）
    level 1, IV, chapter: 四. 会议安排
    level 2, IV.B, section: B. 发言情况（续）

    IV, chapter, page 4, 33 of 36, 3 under it
    四. 会议安排

    level 1, IV, chapter: 四. 会议安排
    level 2, IV.B, section: B. 发言情况（续）

    level 1, IV, chapter: 四. 会议安排
    level 2, IV.B, section: B. 发言情况（续）
    level 3, 7, paragraph: 7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼...
    level 3, 8, paragraph: 8. 政府间组织欧洲联盟也作了发言。

    outline, outline 2, outline here or outline here 2

    outline, outline 2, outline here or outline here 2
    ");
    assert_eq!(said("outline").lines().count(), 36);
}

#[test]
fn what_is_found_is_listed_and_gone_through() {
    assert_snapshot!(said("/多米尼加|n|n|N|hit 2|hit 3|/"), @"
    2 places in 2 units for 多米尼加. n goes from hit to hit.
    hit 1, 4, paragraph: ...次会外活动由澳大利亚、多米尼加共和国、萨摩亚、美国和瓦努阿图政府举办。
    hit 2, 7, paragraph: 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚...

    4, paragraph, page 3, 30 of 36, hit 1 of 2
    4. 提到了在专家组会议间隙组织的会外活动“处理网络犯罪的办法：太平洋地区和其他地区的观点”。这次会外活动由澳大利亚、多米尼加共和国、萨摩亚、美国和瓦努阿图政府举办。

    7, paragraph, page 4, 35 of 36, hit 2 of 2
    7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚、格鲁吉亚、马来西亚、墨西哥、摩洛哥、巴拉圭、秘鲁、菲律宾、斯洛伐克、西班牙、泰国和阿拉伯联合酋长国。

    4, paragraph, page 3, 30 of 36, hit 1 of 2
    4. 提到了在专家组会议间隙组织的会外活动“处理网络犯罪的办法：太平洋地区和其他地区的观点”。这次会外活动由澳大利亚、多米尼加共和国、萨摩亚、美国和瓦努阿图政府举办。

    7, paragraph, page 4, 35 of 36, hit 2 of 2
    7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚、格鲁吉亚、马来西亚、墨西哥、摩洛哥、巴拉圭、秘鲁、菲律宾、斯洛伐克、西班牙、泰国和阿拉伯联合酋长国。

    The last hit is 2.

    2 places in 2 units for 多米尼加. n goes from hit to hit.
    hit 1, 4, paragraph: ...次会外活动由澳大利亚、多米尼加共和国、萨摩亚、美国和瓦努阿图政府举办。
    hit 2, 7, paragraph: 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚...
    ");
    assert_snapshot!(said("find 反恐委|n|n"), @"
    1 place in 1 unit for 反恐委. n goes from hit to hit.
    weaker, by abbreviation:
    hit 1, 6, paragraph, found 反恐怖主义委: ...罪问题办公室）、联合国反恐怖主义委员会执行局（反恐执行局）和国际检察官...

    6, paragraph, page 3, 32 of 36, hit 1 of 1, weaker, by abbreviation, found 反恐怖主义委
    6. 此外，一些发言者还对《跨国界索取电子证据实用指南》的发布表示赞赏。该《指南》由联合国毒品和犯罪问题办公室（毒品和犯罪问题办公室）、联合国反恐怖主义委员会执行局（反恐执行局）和国际检察官协会（检察官协会）共同起草和发布，并通过毒品和犯罪问题办公室的“夏洛克”门户网站提供给会员国及其刑事司法官员。该《实用指南》是与会员国、其他国际和区域组织以及脸书、谷歌、微软、优步等通信服务提供商合作拟订的，其中所载的信息有助于确定在国家一级收集、保存和分享电子证据的步骤，其总体目标是确保司法协助工作的效率。

    This is the only unit found.
    ");
    assert_snapshot!(said("／yameiniya|N"), @"
    1 place in 1 unit for yameiniya. n goes from hit to hit.
    weaker, by pinyin:
    hit 1, 7, paragraph, found 亚美尼亚: 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚...

    7, paragraph, page 4, 35 of 36, hit 1 of 1, weaker, by pinyin, found 亚美尼亚
    7. 下列国家的专家作了发言：亚美尼亚、哥斯达黎加、多米尼加共和国、爱沙尼亚、格鲁吉亚、马来西亚、墨西哥、摩洛哥、巴拉圭、秘鲁、菲律宾、斯洛伐克、西班牙、泰国和阿拉伯联合酋长国。
    ");
    assert_snapshot!(said("n|/|/新加坡|n|a|/qwertz x"), @"
    Nothing is looked for. /words find, Enter is the next unit.

    Find what? As in /words

    Nothing found for 新加坡.
    Try fewer characters.

    Nothing was found.

    Weaker hits too.
    Nothing found for 新加坡.
    Try fewer characters.

    Nothing found for qwertz x.
    Try fewer characters, or one word of it.
    ");
}

#[test]
fn hits_are_those_of_find_in_the_same_order() {
    for query in [
        "网络犯罪",
        "条约 能力建设",
        "zhifa",
        "1(k)",
        "公约 !草案",
        "page:2",
    ] {
        let all = said(&format!("/{query}|more|more"));
        let hits = all.lines().filter_map(|line| line.strip_prefix("hit "));
        let addresses: Vec<_> = hits
            .map(|hit| hit.split(", ").nth(1).unwrap().split(':').next().unwrap())
            .collect();
        let found = column(&json(&["find", "--json", query]), "address");
        assert_eq!(addresses.join(" "), found, "{query}");
        assert!(!found.is_empty(), "{query}");
    }
}

#[test]
fn a_long_list_comes_in_parts() {
    let long: String = (1..=250).map(|n| format!("{n}. Text.\n\n")).collect();
    let found = over(
        &long,
        "/text|more|hit 30|n|more|hit 999|/text 2|more|/text|a|a",
    );
    let heads: Vec<_> = found
        .lines()
        .filter(|line| !line.starts_with("hit ") && !line.is_empty())
        .collect();
    assert_snapshot!(heads.join("\n"), @"
    Rapporteur, report.txt
    250 units, 0 recommendations, cited in English
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit
    1, paragraph, 1 of 250
    1. Text.
    250 places in 250 units for text. n goes from hit to hit.
    230 more, by: more
    Weaker hits are left out. a finds them too.
    210 more, by: more
    30, paragraph, 30 of 250, hit 30 of 250
    30. Text.
    31, paragraph, 31 of 250, hit 31 of 250
    31. Text.
    190 more, by: more
    The last hit is 250.
    Nothing found for text 2.
    Try fewer characters, or one word of it.
    Nothing is left of a list.
    250 places in 250 units for text. n goes from hit to hit.
    230 more, by: more
    Weaker hits are left out. a finds them too.
    Weaker hits too.
    250 places in 250 units for text. n goes from hit to hit.
    230 more, by: more
    Weaker hits only where little else is found.
    250 places in 250 units for text. n goes from hit to hit.
    230 more, by: more
    Weaker hits are left out. a finds them too.
    ");
    // A log has it all; somebody who listens cannot stop it.
    assert_eq!(over(&long, "outline").matches("level 1").count(), 250);
}

#[test]
fn recommendations_can_be_walked_alone() {
    assert_snapshot!(heads("r|next|2 next|1(k)|next|back|first|back|1(q)|next|III|next|/网络犯罪 会员国|r|next"), @"
    Recommendations only, of which there are 17. r ends it.
    1(a), item, recommendation, page 1, 4 of 36
    1(c), item, recommendation, page 1, 6 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    1(l), item, recommendation, page 2, 20 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    II, chapter, page 1, 1 of 36, 24 under it
    No recommendation comes before this. r ends recommendations only.
    1(q), item, recommendation, page 3, 25 of 36
    1(q) is the last recommendation. r ends recommendations only.
    III, chapter, page 3, 26 of 36, 6 under it
    No recommendation comes after this. r ends recommendations only.
    24 places in 7 units for 网络犯罪 会员国 among the recommendations. n goes from hit to hit.
    All units again.
    III.A, section, page 3, 27 of 36, 5 under it
    ");
    assert_snapshot!(said("/网络犯罪 会员国|r|/新加坡|r").lines().filter(|line| !line.contains("hit ")).collect::<Vec<_>>().join("\n"), @"
    by words:

    Recommendations only, of which there are 17. r ends it.
    24 places in 7 units for 网络犯罪 会员国 among the recommendations. / alone lists them.

    Nothing found for 新加坡 among the recommendations.
    Try fewer characters, or r for the whole report.

    All units again.
    Nothing found for 新加坡.
    ");
    assert_snapshot!(over("1. It met.\n", "r"), @"
    Rapporteur, report.txt
    1 unit, 0 recommendations, cited in English
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    1, paragraph, 1 of 1
    1. It met.

    The report has no recommendations.
    ");
}

#[test]
fn one_comes_back_from_jumps_and_to_bookmarks() {
    assert_snapshot!(heads("b|1(k)|8|b|b|b|m a|G|m b|'a|to b|'c|m|3|b"), @"
    No jump to return from. - is the unit before.
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    8, paragraph, page 4, 36 of 36
    1(k), item, recommendation, page 2, 14 of 36, 5 under it
    II, chapter, page 1, 1 of 36, 24 under it
    No jump to return from. - is the unit before.
    Bookmark a at II.
    8, paragraph, page 4, 36 of 36
    Bookmark b at 8.
    II, chapter, page 1, 1 of 36, 24 under it
    8, paragraph, page 4, 36 of 36
    No bookmark c.
    a, II, chapter: 二. 初步建议和结论汇总表
    3, paragraph, page 3, 29 of 36
    8, paragraph, page 4, 36 of 36
    ");
}

#[test]
fn citations_links_and_notes_are_said() {
    assert_snapshot!(said("1(k)(iii)|cite|Y|cite en|cite fr|cite xx|links|II|links|notes"), @"
    1(k)(iii), sub-item, page 2, 17 of 36
    ㈢ 下令提供隐私保护程度较低的计算机数据，例如交通数据和订户数据；

    第1段(k)㈢

    第1段(k)㈢

    para. 1 (k) (iii)

    par. 1 k) iii)

    cite, or cite with a language: ar, en, es, fr, ru or zh

    1(k)(iii), sub-item, page 2, 17 of 36
    It links and refers to nothing.

    II, chapter, page 1, 1 of 36, 24 under it
    二. 初步建议和结论汇总表

    II, chapter, page 1, 1 of 36, 24 under it
    1(a), cited as A/C.3/72/12
    http://undocs.org/A/C.3/72/12

    line 1: chapters start at 二
    line 198: sections under chapter 四 start at B
    ");
}

#[test]
fn what_is_no_command_is_said_with_the_nearest() {
    assert_snapshot!(said("nxet|outlien 2|xyzzy|网络|quit now|\u{7}\x1b[31m"), @"
    No command nxet. Try next, or ? for all commands.

    No command outlien 2. Try outline, or ? for all commands.

    No command xyzzy. Try ? for all commands, or / before words to find.

    No command 网络. Try ? for all commands, or / before words to find.

    No command quit now. Try quit, or ? for all commands.

    No command ␇␛[31m. Try ? for all commands, or / before words to find.
    ");
}

#[test]
fn the_help_names_every_command() {
    assert_snapshot!(said("?"), @"
    next or j: the next unit, as Enter alone does; 5 next goes five on
    back or - (hyphen) or k: the unit before
    up or h: the unit this one stands under
    in or down or l: the first unit under this one
    next paragraph or } (right brace): the next paragraph or heading
    back paragraph or { (left brace): the paragraph or heading before
    first or g: the first unit
    last or G (capital): the last unit; 12 last is the twelfth
    here or . (full stop): this unit again
    text or t: this unit with all that stands under it
    list: what stands right under this unit
    where or path or w: all that this unit stands under
    outline or o: the whole report, a line a unit; outline 2 stops at level 2, outline here begins with this unit
    more: the rest of a long list
    find or / (slash): find words, pinyin or an address: /words; / alone lists again what was found
    next hit or n: the next unit found
    back hit or N (capital): the unit found before
    hit: hit 3 goes to the third unit found
    all or a: find weaker forms too, where they are left out, or not
    recommendations or r: recommendations only, for next, back and find, or all again
    go or : (colon): go to an address: :1(k)(iii), :II.A; the address alone will do
    return or b: to where one was before a jump
    mark or m: a bookmark here: mark a; mark alone lists them
    to or ' (apostrophe): to a bookmark: to a
    cite or Y (capital): the citation of this unit; cite with ar, en, es, fr, ru or zh chooses the language
    links: the documents and units that this unit, and what stands under it, links and refers to
    status or s: a status for this unit: status done; status alone takes it away
    tag: tags for this unit: tag legal urgent
    untag: takes tags away
    remark or note: a remark on this unit: remark and the words; remark alone takes it away
    undo or u: takes the last change of a mark back
    marks: all units with a status, tags or a remark
    export or x: writes what is found, or the report, to a file: export matrix.csv; export! writes over one
    export! or x!: writes over a file that is there
    facets or f: who is addressed, how bindingly, what is cited and named, to find by
    index or i: all that the report names, with the units that do
    notes: what was doubtful in reading the report
    help or ? (question mark): this list
    quit or q or exit: leave
    ");
}

#[test]
fn a_report_of_nothing_and_one_of_a_line() {
    assert_snapshot!(over("-----\n", "|/x|:1|o|r|t|n|notes|5|b"), @"
    Rapporteur, report.txt
    0 units, 0 recommendations, cited in English
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    The report is empty.

    The report is empty.

    The report is empty.

    The report is empty.

    The report is empty.

    The report is empty.

    The report is empty.

    The report is empty.

    Nothing was doubtful in reading the report.

    No command 5. Try ? for all commands, or / before words to find.

    The report is empty.
    ");
    assert_snapshot!(over("just this", "|-|unnumbered 1|u1|u 1|§1|u2|/jsut|o|t|cite|links"), @"
    Rapporteur, report.txt
    just this
    1 unit, 0 recommendations, cited in English
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    unnumbered 1, paragraph, 1 of 1
    just this

    unnumbered 1 is the last unit.

    unnumbered 1 is the first unit.

    unnumbered 1, paragraph, 1 of 1
    just this

    unnumbered 1, paragraph, 1 of 1
    just this

    unnumbered 1, paragraph, 1 of 1
    just this

    unnumbered 1, paragraph, 1 of 1
    just this

    No u2. The nearest is unnumbered 1.

    1 place in 1 unit for jsut. n goes from hit to hit.
    weaker, by slip:
    hit 1, unnumbered 1, paragraph, found just: just this

    level 1, unnumbered 1, paragraph: just this

    unnumbered 1, paragraph, 1 of 1
    just this

    §1

    unnumbered 1, paragraph, 1 of 1
    It links and refers to nothing.
    ");
}

#[test]
fn lines_are_as_wide_as_the_terminal_and_prompts_are_for_people() {
    let manner = Manner {
        prompt: true,
        width: || Some(30),
        ruler: Ruler::NARROW,
    };
    let said = session(Source::built_in(), "1(k)(iii)\n/布达佩斯\nq\n", manner);
    // A prompt stands before what is typed, which is not seen here.
    for line in said.lines().map(|line| line.trim_start_matches("> ")) {
        assert!(Ruler::NARROW.cols(line) <= 30, "{line}");
    }
    let ruler = Ruler::WIDE;
    for line in session(Source::built_in(), "II.A\nt\n", Manner { ruler, ..manner }).lines() {
        assert!(ruler.cols(line) <= 30, "{line}");
    }
    assert_snapshot!(said, @"
    Rapporteur, the built-in
    report
    初步建议和结论汇总表
    36 units, 17 recommendations,
    4 pages, cited in Chinese, 2
    notes
    Enter next, - back, /words
    find, :1(k) go, ? all
    commands, q quit

    II, chapter, page 1, 1 of 36,
    24 under it
    二. 初步建议和结论汇总表

    > 1(k)(iii), sub-item, page 2,
    17 of 36
    ㈢ 下令提供隐私保护程度较低的
    计算机数据，例如交通数据和订户
    数据；

    > 2 places in 1 unit for 布达佩
    斯. n goes from hit to hit.
    hit 1, 1(b), item,
    recommendation, 2 places: ...
    及使用《布达佩斯公约》等现
    有...

    >
    ");
    let ended = session(Source::built_in(), "8", manner);
    assert!(ended.ends_with("\n\n> \n"), "{ended}");
    let unknown = Manner {
        prompt: false,
        width: || Some(0),
        ruler: Ruler::NARROW,
    };
    assert_eq!(
        session(Source::built_in(), "G", unknown),
        session(Source::built_in(), "G", LOG)
    );
    let long: String = (1..=250).map(|n| format!("{n}. Text.\n\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    fs::write(&path, long).unwrap();
    let heard = session(Source::file(path), "o\nmore\nmore\nmore\n", manner);
    assert_eq!(heard.matches("level 1").count(), 250);
    assert!(heard.contains("150 more, by: more") && heard.contains("Nothing is left of a list."));
}

/// Every command, for those that go through them all.
const EVERYTHING: &str = "|next|-|up|in|}|{|G|g|.|t|list|where|o|o here 1|/条约 能力|n|N|hit 1|a|/ymny|n|/亚美利亚|n\
                          |r|j|k|r|:1(k)|1(z)|b|m a|m|'a|'b|links|notes|?|more|xyzzy|cite en|9|A|:x!";

#[test]
fn beyond_the_words_of_the_report_everything_is_ascii() {
    let words = built_in_text() + EVERYTHING;
    for said in [
        session(Source::built_in(), &EVERYTHING.replace('|', "\n"), LOG),
        over(
            "I. One\n\nNot numbered.\n\n1. Do:\n\n(a) A;\n",
            &EVERYTHING.replace("条约 能力", "o"),
        ),
    ] {
        let foreign: String = said
            .chars()
            .filter(|&c| !c.is_ascii() && !words.contains(c))
            .collect();
        assert_eq!(foreign, "");
        assert!(
            said.chars()
                .all(|c| c == '\n' || rapporteur::typeset::is_safe(c))
        );
    }
}

#[test]
fn nothing_in_a_report_or_a_command_speaks_to_the_terminal() {
    let hostile = "1. a\x1b]52;c;eA==\x07b\x1b[2J\u{9b}31m\u{202e}c\x7f\n\n(a) \x1b[31mred\n";
    let typed = format!(
        "{EVERYTHING}|/red|/\x1b[2J|\x1b[2J|:\x1b[2J|m \x1b[1m|'\x1b[1m|'x\x1b|m|o|\u{202e}|t\x07"
    );
    let said = over(hostile, &typed);
    assert!(
        said.chars()
            .all(|c| c == '\n' || rapporteur::typeset::is_safe(c)),
        "{said:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_answered(
        lines in proptest::collection::vec("([0-9]{0,12} ?(next|j|k|-|G|g|n|N|hit|o|o here|t|r|a|b|m|'|/|:|\\}|u)? ?[0-9a-z(网犯）ⅱ㈢]{0,4})|\\PC{0,12}", 0..12),
        source in "(([0-9I]{1,2}\\. |\\([a-c]\\) |-+|)[a-z网犯罪]{0,5}\n\n){1,6}x",
        width in 0usize..3,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        fs::write(&path, source).unwrap();
        let width: fn() -> Option<usize> = [|| None, || Some(1), || Some(40)][width];
        let said = session(Source::file(path), &lines.join("\n"), Manner { prompt: true, width, ruler: Ruler::WIDE });
        prop_assert!(said.chars().all(|c| c == '\n' || rapporteur::typeset::is_safe(c)), "{said:?}");
    }
}

fn piped(args: &[&str], typed: &str) -> Output {
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that has ended reads no more.
    let _ = stdin.write_all(typed.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn the_program_reads_commands_from_a_pipe_and_its_output_is_a_log() {
    for typed in ["j\nq\nnever\n", "j\n", "j"] {
        let output = piped(&["--plain"], typed);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            at_leisure(output.stdout),
            session(Source::built_in(), "j", LOG),
            "{typed:?}"
        );
    }
    // Where the report comes that way there are no commands.
    let output = piped(&["--plain", "-"], "1. From a pipe.\n");
    let said = at_leisure(output.stdout);
    assert!(
        said.contains("standard input") && said.ends_with("\n1. From a pipe.\n"),
        "{said}"
    );
}

#[cfg(unix)]
mod on_a_terminal {
    //! In a pseudo-terminal, where lines are all there is.

    use std::io::{Read, Write};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    /// Longer than anything takes on a busy machine.
    const DEADLINE: Duration = Duration::from_secs(30);

    struct Terminal {
        master: Box<dyn MasterPty + Send>,
        child: Box<dyn Child + Send + Sync>,
        keys: Box<dyn Write + Send>,
        bytes: Receiver<Vec<u8>>,
        seen: Vec<u8>,
        settings: String,
    }

    impl Terminal {
        fn start(term: &str, program: &str, args: &[&str]) -> Self {
            let size = PtySize {
                rows: 24,
                cols: 60,
                pixel_width: 0,
                pixel_height: 0,
            };
            let pair = native_pty_system().openpty(size).unwrap();
            let settings = format!("{:?}", pair.master.get_termios());
            let mut command = CommandBuilder::new(program);
            command.env_clear();
            command.env("TERM", term);
            command.args(args);
            let child = pair.slave.spawn_command(command).unwrap();
            drop(pair.slave);
            let mut reader = pair.master.try_clone_reader().unwrap();
            let (tell, bytes) = channel();
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(read @ 1..) = reader.read(&mut buffer) {
                    if tell.send(buffer[..read].to_vec()).is_err() {
                        break;
                    }
                }
            });
            let keys = pair.master.take_writer().unwrap();
            Self {
                master: pair.master,
                child,
                keys,
                bytes,
                seen: Vec::new(),
                settings,
            }
        }

        /// Waits for a text behind what was waited for before.
        fn wait_for(&mut self, text: &str) {
            let start = Instant::now();
            loop {
                let seen = String::from_utf8_lossy(&self.seen);
                if let Some(at) = seen.find(text) {
                    self.seen = seen[at + text.len()..].as_bytes().to_vec();
                    return;
                }
                let left = DEADLINE.saturating_sub(start.elapsed());
                match self.bytes.recv_timeout(left) {
                    Ok(bytes) => {
                        assert!(!bytes.contains(&0x1b), "an escape sequence");
                        self.seen.extend(bytes);
                    }
                    Err(_) => panic!("never saw {text}:\n{seen}"),
                }
            }
        }

        fn type_in(&mut self, text: &str) {
            self.keys.write_all(text.as_bytes()).unwrap();
            self.keys.flush().unwrap();
        }

        /// Waits for the end: whether the program said that all is well, in a terminal as it was.
        fn end(mut self) -> bool {
            let start = Instant::now();
            let status = loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    break status;
                }
                assert!(start.elapsed() < DEADLINE, "it never ends");
                thread::sleep(Duration::from_millis(5));
            };
            let settings = format!("{:?}", self.master.get_termios());
            assert_eq!(settings, self.settings, "the mode of the terminal");
            status.success()
        }
    }

    const PROGRAM: &str = env!("CARGO_BIN_EXE_rapporteur");

    #[test]
    fn a_terminal_that_only_writes_lines_gets_lines() {
        for (term, args) in [("dumb", &[][..]), ("xterm-256color", &["--plain"])] {
            let mut terminal = Terminal::start(term, PROGRAM, args);
            terminal.wait_for("36 units, 17 recommendations");
            terminal.wait_for("\r\n\r\n> ");
            terminal.type_in(":1(k)(iii)\r");
            terminal.wait_for("1(k)(iii), sub-item, page 2, 17 of 36\r\n");
            terminal.wait_for("\r\n\r\n> ");
            // Ctrl-D is the end of what is typed.
            terminal.type_in("\x04");
            assert!(terminal.end(), "{term}");
        }
    }

    #[test]
    fn ctrl_c_ends_it_at_once() {
        let mut terminal = Terminal::start("dumb", PROGRAM, &[]);
        terminal.wait_for("\r\n\r\n> ");
        terminal.type_in("\x03");
        assert!(!terminal.end());
    }

    #[test]
    fn commands_come_from_the_terminal_where_the_report_is_piped_in() {
        let piped = format!("printf '1. One.\n\n2. Two.\n' | '{PROGRAM}' --plain -");
        let mut terminal = Terminal::start("dumb", "/bin/sh", &["-c", &piped]);
        terminal.wait_for("standard input");
        terminal.wait_for("> ");
        terminal.type_in("\r");
        terminal.wait_for("2. Two.");
        terminal.type_in("q\r");
        assert!(terminal.end());
        let mut terminal = Terminal::start("dumb", PROGRAM, &["-"]);
        terminal.wait_for("it is the terminal itself");
        assert!(!terminal.end());
    }
}

#[test]
fn what_cannot_be_explored_is_said_as_ever() {
    for (args, words) in [
        (&["--plain", "no/such.txt"][..], "cannot read no/such.txt"),
        (&["--plain", "find", "x"], "goes with no command"),
        (&["--plain", "--keys", "j"], "neither --keys nor --print"),
        (
            &["--plain", "--print", "text"],
            "neither --keys nor --print",
        ),
    ] {
        let output = piped(args, "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{args:?}"
        );
        assert!(told.contains(words), "{args:?}: {told}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = program()
        .arg("--plain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all("t\n".repeat(1000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[test]
fn facets_and_the_index_are_lists_to_find_by() {
    assert_snapshot!(said("/by:各国 verb:鼓励|f|facets x"), @"
    2 places in 1 unit for by:各国 verb:鼓励. n goes from hit to hit.
    hit 1, 1(f), item, recommendation, 2 places: 鼓励各国继续向毒品和犯罪问题办公室提供必要的任务授权和财政支持，以期在...

    Type one behind a slash to keep what has it, with ! before it to leave that out.
    by:各国, 1 unit
    verb:鼓励, 1 unit
    names:毒品和犯罪问题办公室, 1 unit
    is:recommendation, 1 unit

    No command facets x. Try facets, or ? for all commands.
    ");
    let index = said("i");
    assert!(index.contains("《布达佩斯公约》: 1(b)\n"), "{index}");
    assert!(
        index.contains("毒品和犯罪问题办公室: 1(d), 1(e), 1(f), 5, 6\n"),
        "{index}"
    );
    let said = over(
        "1. See paragraph 2 below.\n\n2. Nothing.\n",
        "links\nf\ni\n",
    );
    assert_snapshot!(said, @"
    Rapporteur, report.txt
    2 units, 0 recommendations, cited in French
    Enter next, - back, /words find, :1(k) go, ? all commands, q quit

    1, paragraph, 1 of 2
    1. See paragraph 2 below.

    1, paragraph, 1 of 2
    1 refers to 2, as paragraph 2 below

    Nothing was read from the words of this report to sort units by.

    No instrument, document, country or body is named.
    ");
}
