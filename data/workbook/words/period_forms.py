"""How periods are spelled, as patterns over texts in half-width capitals without spaces.

Named groups say what the parts are: ``periods`` makes sense of them.
"""

from __future__ import annotations

import re

_FOUR = r"(?P<year>(?:19|20)[0-9]{2}|2100|[二一][九〇○零一][〇○零一二三四五六七八九]{2})"
YEAR = rf"(?<![0-9.]){_FOUR}"
_SHORT = r"(?<![0-9.])'?(?P<short>[0-9]{2})"
_N = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_K = r"[1-4一二三四]"
_TO = r"[-至到]"
_AGAIN = r"(?:(?P<again>(?:19|20)[0-9]{2})(?:年|[-./]))?"  # 2019年1月至2019年3月
_AGAIN_Q = r"(?:(?P<again>(?:19|20)[0-9]{2})(?:年|[-./])?(?=Q|[1-4]Q))?"  # 2019Q1-2019Q3
_CHINESE_YEAR = rf"(?:{YEAR}(?:年度?|[-./])?|{_SHORT}年)"
_Q_YEAR = rf"(?:{_CHINESE_YEAR}|'?(?P<short2>[0-9]{{2}}))"
_SUFFIX = (
    r"(?P<suffix>(?:止|末|底)?累计数?|\(累计\)|合计|当月数?|单月|\(当月\)"
    r"|当季数?|单季|\(当季\)|末|底|止)?"
)
_QUARTER_WORD = r"(?:个?季度?)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])日"
_ENGLISH_MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
)
_ENGLISH_YEAR = rf"(?:[-,/]?(?:OF)?(?:{_FOUR}|'?(?P<short>[0-9]{{2}}))(?![0-9]))"

# The first form that fits is taken, so longer ones stand above those they contain.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_CHINESE_YEAR}?第?(?<![0-9])(?P<from>{_N})(?:月份?)?{_TO}{_AGAIN}(?P<to>{_N})月份?{_SUFFIX}",
        rf"{YEAR}[./年]?(?P<from>{_N}){_TO}{_AGAIN}(?P<to>{_N})(?![0-9.月季]){_SUFFIX}",
        rf"{_CHINESE_YEAR}?第?(?P<fromq>{_K}){_QUARTER_WORD}?{_TO}第?(?P<toq>{_K}){_QUARTER_WORD}{_SUFFIX}",
        rf"{_CHINESE_YEAR}?前(?P<firstq>[二两三四2-4]){_QUARTER_WORD}{_SUFFIX}",
        rf"{_CHINESE_YEAR}?前(?P<firstm>{_N}|两)个?月{_SUFFIX}",
        rf"{_Q_YEAR}Q(?P<fromq>[1-4]){_TO}{_AGAIN_Q}Q?(?P<toq>[1-4]){_SUFFIX}(?![0-9月])",
        rf"{_Q_YEAR}(?P<fromq>[1-4])Q{_TO}{_AGAIN_Q}(?P<toq>[1-4])Q{_SUFFIX}(?![0-9])",
        rf"(?<![0-9A-Z])Q(?P<fromq>[1-4]){_TO}Q?(?P<toq>[1-4]){_ENGLISH_YEAR}?(?![0-9月])",
        rf"(?<![0-9A-Z])(?P<fromq>[1-4])Q{_TO}(?P<toq>[1-4])Q{_ENGLISH_YEAR}?(?![0-9])",
        rf"{_CHINESE_YEAR}?(?P<half>上半年|H1|1H){_SUFFIX}(?![0-9])",
        rf"{_CHINESE_YEAR}?(?:第|(?<![0-9])|(?=\D))(?P<quarter>{_K}){_QUARTER_WORD}{_SUFFIX}",
        rf"{_Q_YEAR}(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q){_SUFFIX}(?![0-9])",
        rf"(?<![0-9A-Z])(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q){_ENGLISH_YEAR}?(?![0-9])",
        rf"(?:(?P<half>H1|1H)|(?P<nine>[369])M){_ENGLISH_YEAR}",
        rf"{YEAR}M(?P<month>1[0-2]|0?[1-9])(?![0-9])",
        rf"(?:THE)?FIRST(?P<count>TWO|THREE|FOUR)QUARTERS{_ENGLISH_YEAR}?",
        rf"(?:THE)?FIRST(?P<count>SIX|NINE|TEN|ELEVEN)MONTHS{_ENGLISH_YEAR}?",
        rf"(?:THE)?FIRST(?P<count>HALF){_ENGLISH_YEAR}",
        rf"(?:FULL|WHOLE)(?P<whole>YEAR){_ENGLISH_YEAR}",
        rf"(?P<ordinal>FIRST|SECOND|THIRD|FOURTH|1ST|2ND|3RD|4TH)QUARTER{_ENGLISH_YEAR}?",
        rf"(?<![A-Z])(?P<efrom>{_ENGLISH_MONTH})(?:-|TO)(?P<eto>{_ENGLISH_MONTH}){_ENGLISH_YEAR}?(?![A-Z0-9])",
        rf"(?<![A-Z])(?P<emonth>{_ENGLISH_MONTH}){_ENGLISH_YEAR}(?![A-Z0-9])",
        rf"(?:{YEAR}年?|{_SHORT}年)(?P<whole>全年|年度){_SUFFIX}",
        rf"{YEAR}(?P<whole>年度){_SUFFIX}",
        r"(?P<whole>全年)",
        rf"{YEAR}年(?P<month>{_N})月(?P<day>3[01]|[12][0-9]|0?[1-9])日",
        rf"{YEAR}(?P<dash>[-./])(?P<month>1[0-2]|0?[1-9])(?P=dash)(?P<day>3[01]|[12][0-9]|0?[1-9])(?:00:00:00)?(?![0-9])",
        rf"{_CHINESE_YEAR}?(?<![0-9.])(?P<month>{_N})月份?(?!{_DAY}){_SUFFIX}",
        rf"{YEAR}[-/](?P<month>1[0-2]|0?[1-9])(?![0-9/.-]){_SUFFIX}",
        rf"{YEAR}\.?(?P<month>1[0-2]|0[1-9])(?![0-9.]){_SUFFIX}",
    )
)
