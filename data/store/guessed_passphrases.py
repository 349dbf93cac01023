"""Which passphrases are guessed first: common ones, dates, runs of keys and mixtures of these.

How many guesses one takes is estimated by zxcvbn (Wheeler, USENIX Security 2016), which knows
common passwords, words, dates, repetitions and keyboards, and how people write one for another.
It knows little of Chinese habits, so the list below comes first; of a Chinese character it thinks
that there are ten.
"""

from __future__ import annotations

import re

ENOUGH = 1e7
"""Guesses: with what a link bears in 90 days, one of twenty-three such is found."""

_LONGEST = 64
_HAN = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile(r"[年月日号季度\s./:-]")
"""What stands between the parts of a date."""

_HABITS = (
    "woaini", "aini", "5201314", "1314520", "521", "520", "1314", "888", "666", "168", "518",
    "wodemima", "mima", "kouling", "zhongguo", "china", "beijing", "shanghai", "shanxi", "taiyuan",
    "linfen", "houma", "kaifaqu", "yuanqu", "gaoxinqu", "jingkaiqu", "guanweihui", "gwh", "jfj",
    "tongji", "tongjiju", "jingji", "yanpan", "yuce", "mubiao", "zhibiao", "lingdao", "zhuren",
    "admin", "guest", "test", "root", "user", "qwe", "asd", "zxc", "qaz", "wsx", "qazwsx", "abc",
    "a123", "aa123", "q123", "nihao", "hello", "love", "wang", "li", "zhang", "liu", "chen", "yang",
    "zhao", "huang", "zhou", "wu", "xu", "sun", "zhu", "ma", "gao", "lin", "outlook", "zone",
    "口令", "密码", "我爱你", "中国", "山西", "太原", "临汾", "侯马", "开发区", "示例开发区",
    "高新区", "经开区", "园区", "管委会", "统计局", "统计", "经济", "研判", "预判", "预测", "目标",
    "指标", "领导", "主任", "书记", "链接", "内部", "快报", "侯马开发区", "临汾市", "山西省",
)  # fmt: skip
"""What people of a zone's office would type, beside what is typed anywhere."""


def is_guessed(passphrase: str) -> bool:
    """Return whether a passphrase is found by trying what people use, within ``ENOUGH``."""
    folded = passphrase.casefold()[:_LONGEST]
    forms = {folded, _MARKS.sub("", folded)} - {""}
    return min(map(_guesses, forms), default=0.0) < ENOUGH


def _guesses(form: str) -> float:
    from zxcvbn import zxcvbn  # a tenth of a second, which who merely reads does not wait

    found = zxcvbn(form, user_inputs=list(_HABITS))
    guesses = float(found["guesses"])
    for part in found["sequence"]:
        if str(part["pattern"]) == "bruteforce":
            guesses *= 30.0 ** len(_HAN.findall(part["token"]))
    return guesses
