#!/usr/bin/env python3
"""Writes the built-in report's text in the encodings of its time: GB18030, and Big5 in traditional
characters. Python's standard library only; run it from anywhere, it writes beside itself."""

from pathlib import Path

here = Path(__file__).resolve().parent
root = here.parent.parent
text = (root / "data/cybercrime-expert-group.zh.txt").read_text(encoding="utf-8")

(here / "cybercrime.gb18030.txt").write_bytes(text.encode("gb18030"))

# The pairs that the search folds by, traditional before simplified. Where a simplified character
# stands for several, the one that this report means is named here.
pairs = (root / "src/search/traditional.txt").read_text(encoding="utf-8").split()


def has_code(c):
    try:
        return bool(c.encode("big5"))
    except UnicodeEncodeError:
        return False


traditional = {}
for pair in pairs:
    # What has a code as it is stands in traditional text too: 查, not 査.
    if has_code(pair[0]) and not has_code(pair[1]):
        traditional.setdefault(pair[1], pair[0])
for pair in "后後 于於 并並 采採 征徵 范範 据據 划劃 汇彙 发發 与與 获獲 当當 系系 制制 面面 布布 占佔 干干 表表 准準 复復 里里 台台 只只 尽盡 升升 志志 松松 周周 出出 几幾 余餘 才才 伙夥 关關 云雲 团團 历歷 须須 谷谷 向向 同同 致致 了了 党黨 家家 核核 借借 合合 回回 价價 确確 累累 么麼 岳岳 秋秋 术術 纤纖 签簽 苏蘇 坛壇 万萬 郁郁 种種 筑築 冲衝 仆僕 丑丑 斗鬥 恶惡 丰豐 网網 适適 机機 极極 体體 证證 担擔 叶葉 离離 胜勝 宁寧 听聽 钟鐘 鉴鑒".split():
    traditional[pair[0]] = pair[1]
# Big5 has no bracketed numerals of one character.
for place, number in enumerate("一二三四五六七八九十"):
    traditional[chr(ord("㈠") + place)] = f"（{number}）"
(here / "cybercrime.big5.txt").write_bytes("".join(traditional.get(c, c) for c in text).encode("big5"))
