"""Places that titles, names of files and source lines are of, by their looks alone."""

from __future__ import annotations

import re

from data.workbook.words.gazetteer import ENGLISH, PREFECTURES, PROVINCES
from data.workbook.words.text import compact, plain

_KIND = r"(?:自治区|自治州|开发区|高新区|经开区|示范区|新区|地区|省|市|县|区|州|盟|旗)"
_FOLLOWS = (
    r"(?=[0-9(,:_-]|主要|国民|经济|统计|工业|规上|规模|固定|财政|税收|税务|外贸|社会|地区|生产|各项"
    r"|各[县区市镇乡]|海关|月度|季度|月报|快报|数据|一般|进出口|招商|实际|居民|运行|发展|GDP|$)"
)
_ELSEWHERE = re.compile(rf"([\u3400-\u9fff]{{2,8}}?{_KIND}){_FOLLOWS}")
_SHORT = re.compile(
    rf"({'|'.join(sorted(PROVINCES | PREFECTURES, key=len, reverse=True))}){_FOLLOWS}"
)
_BEFORE = re.compile(
    r"^(?:附?[表件][一二三四五六七八九十]?(?=[^\u3400-\u9fff]|$)|中国(?=[\u3400-\u9fff]{4})"
    r"|关于|[^\u3400-\u9fffA-Z]|[A-Z](?![A-Z]))+"
)
_BRACKETED = re.compile(r"[(\[【《<]([^()\[\]【】《》<>]{2,12})[)\]】》>]")
_BARE = re.compile(
    r"([\u3400-\u9fff]{2,4}?)(?:主要(?:经济|统计)?指标|国民经济|经济运行|统计[月季年快]报|统计公报"
    r"|统计年鉴|统计资料|经济[月季]报|各项(?:经济)?指标)"
)
_NO_PLACE = re.compile(
    r"[全本我各分不按及和与等之的]|城[镇乡]|^城[市区]|(?:主要|重点|[大中小个])城市|^(?:国家|省级|市级|县级|行政|我们|规模|重点)"
    r"|地区$|(?:园|社|景|市|郊|县|辖|片|山|矿|林|牧|库|校)区$|[县区]市$|市县$|都市$"
)
_NO_BARE = re.compile(
    r"[月季年期省市县区级类型业数表图值]|十[一二三四五六]五|县域|部分|重点|近|历|上半|下半|民营|规上|规模|城乡|乡镇|街道"
    r"|社会|国民|经济|指标|综合|宏观|当前|有关|相关|其他|情况|内部|快报|反映|监测|基本|核心|关键|考核"
    r"|预计|预期|示例|测试|附|汇总|一览|中国|世界|国内|国际|地方|投资|财政|外贸|消费|服务|公布|统计"
    r"|居民|农村|人口|就业|能源|用电|金融|存款|贷款|利用|建设|项目|企业|规划|商务|旅游|交通|科技"
)
_OFFICES = (
    r"(?:统计局|财政局|商务局|商务厅|税务局|工信局|工业和信息化局|科技局|发改[委局]"
    r"|发展和?改革(?:委员会|局|委)|经济发展局|调查[总大]?队|管委会|管理委员会|人民政府)"
)
_OFFICE = re.compile(
    rf"([\u3400-\u9fff]{{2,14}}?){_OFFICES}(?:编制?|印制?|制表?|发布|提供)?(?=[^\u3400-\u9fff]|$)"
)
_ENGLISH = re.compile(
    r"([A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2} (?:City|Province|County|Prefecture|District"
    r"|Municipality|Autonomous Region|New Area|(?:[A-Z][a-z-]+ )*Zone))\b"
)


def place_of(title: str) -> str:
    """Return the place that a title without its period begins with, or holds in brackets.

    >>> place_of("绵阳主要经济指标"), place_of("各项指标(运城)"), place_of("城镇居民收入")
    ('绵阳', '运城', '')
    """
    shown = plain(title)
    if match := _ENGLISH.match(shown):
        return match[1]
    for name in ENGLISH:
        if shown.startswith(name) and not shown[len(name) :][:1].isalpha():
            return name
    key = _BEFORE.sub("", compact(shown))
    for inside in _BRACKETED.findall(key):
        if found := _whole(inside):
            return found
    return _begun(key)


def _begun(key: str) -> str:
    for form in (_ELSEWHERE, _SHORT):
        if (match := form.match(key)) and not _NO_PLACE.search(match[1]):
            return match[1]
    match = _BARE.match(key)
    return match[1] if match and not _NO_BARE.search(match[1] + " ") else ""


def _whole(inside: str) -> str:
    """Return the text of a pair of brackets that is a place and nothing else."""
    found = _begun(inside)
    return found if found == inside else ""


def office_of(text: str) -> str | None:
    """Return the place whose office made a table, 朔州市 of 朔州市统计局; None without office.

    It is empty for offices such as 市统计局, whose place is not said.
    """
    match = _OFFICE.search(compact(text))
    if match is None:
        return None
    place = match[1]
    named = _SHORT.fullmatch(place) or re.search(f"{_KIND}$", place)
    return place if named and not _NO_PLACE.search(place) else ""
