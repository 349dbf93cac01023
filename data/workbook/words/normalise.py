"""Spelling made equal: full-width signs, dashes, spaces, traditional characters, footnotes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 300
"""Characters of a cell that are looked at; labels, periods and units are far shorter."""

# NFKC would turn these into digits of the number before them.
_FOOTNOTE = re.compile(r"[①-⑳⓪⓫-⓴⓿❶-❿➀-➓¹²³⁰⁴-⁹₀-₉]|\[(?:注?[0-9]{1,2}|注)\]|\((?:注[0-9]{0,2})\)")
_DASHES = re.compile(r"[-‐‑‒–—―−~∼〜﹣－～─]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_SIMPLER = str.maketrans(
    "國內總產業規價額資費財稅貿進億萬單積戶發電區縣開經濟務質農鎮鄉會長減漲計標數據時"
    "間際與從個項對較現當實預測報來約為後幣匯貨銀險運輸術製創營潤虧損類淨環統範圍聯網"
    "種應餘債庫東門備廣陝遼寧龍蘇貴雲臨馬線歲體購設協議簽訂轉讓屬園養導強優紅綠寬圖書"
    "檔級層擴邊鐵礦鋼藥醫療衛顯號碼補貼償銷賣買給護機構關傭僱儲兩勞勢華參變員問嚴團執"
    "場壓壞獎學寫審尋屆嶺島師幫張彈態戰擔擇擬斷於歷殘氣決沒況滿漢滬溫滅濱爾獨獲畢畫異"
    "監盤礎禮稱穩競筆節紀純納紙組細終結絕維綜緊織續羅職臺艦藝藍處衝裝見視親觀訊訪許試"
    "詳認誤課調請論證識譯讀豐負責貢貧賬賽趨軟載輛輪辦適選遷還鄭釋鈔銅錄錢鍋鎖鏈閉陽隊"
    "階隨雙難離響頁順須領頻題風飛館驗點齊齡",
    "国内总产业规价额资费财税贸进亿万单积户发电区县开经济务质农镇乡会长减涨计标数据时"
    "间际与从个项对较现当实预测报来约为后币汇货银险运输术制创营润亏损类净环统范围联网"
    "种应余债库东门备广陕辽宁龙苏贵云临马线岁体购设协议签订转让属园养导强优红绿宽图书"
    "档级层扩边铁矿钢药医疗卫显号码补贴偿销卖买给护机构关佣雇储两劳势华参变员问严团执"
    "场压坏奖学写审寻届岭岛师帮张弹态战担择拟断于历残气决没况满汉沪温灭滨尔独获毕画异"
    "监盘础礼称稳竞笔节纪纯纳纸组细终结绝维综紧织续罗职台舰艺蓝处冲装见视亲观讯访许试"
    "详认误课调请论证识译读丰负责贡贫账赛趋软载辆轮办适选迁还郑释钞铜录钱锅锁链闭阳队"
    "阶随双难离响页顺须领频题风飞馆验点齐龄",
)  # fmt: skip
"""Traditional characters of tables; none of them stands for two simplified ones."""
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return ``text`` in half-width and simplified characters, single spaces, ``-`` for dashes.

    Footnote marks and invisible characters go; what is longer than ``LONGEST`` is cut.
    """
    text = _FOOTNOTE.sub("", _INVISIBLE.sub("", text[:LONGEST]))
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return _SPACE.sub(" ", text.translate(_SIMPLER)).strip()


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """Return ``plain`` text in capitals and without any space."""
    return plain(text).replace(" ", "").upper()
