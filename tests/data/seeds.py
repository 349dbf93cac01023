"""Small seeds: two areas, two indicators, two targets and three figures in two files."""

from __future__ import annotations

from pathlib import Path

TABLES = {
    "areas.csv": """\
id,name_zh,name_en,kind,parent,reference,synthetic,home
china,全国,China,nation,,yes,no,no
zone,示例开发区,Sample zone,zone,china,no,yes,yes
""",
    "indicators.csv": """\
id,name_zh,name_en,short_zh,short_en,aliases,unit,measures,price_basis,coverage_basis,\
currency,group,direction,quarterly_shares,release_day
gdp,地区生产总值,Gross domestic product,GDP,GDP,生产总值|国内生产总值,1e8 CNY,growth_ytd|level_ytd,\
comparable,standard,CNY,main,up,0.21|0.24|0.25|0.3,20
tax,税收收入,Tax revenue,税收,Tax,,1e8 CNY,level_ytd|growth_ytd,current,standard,CNY,main,up,,
""",
    "targets.csv": """\
area,indicator,year,comparator,threshold,tolerance,price_basis,coverage_basis,currency,\
document,counts
zone,tax,,>=,6.5,,,,,规划,no
zone,gdp,2026,~,7,0.5,,,,2026 plan,yes
""",
    "observations/a.csv": """\
area,indicator,measure,period,value,publisher,status
china,gdp,growth_ytd,2025Q4,5.0,国家统计局,
zone,gdp,growth_ytd,2025-11,7.1,,flash
""",
    "observations/b.csv": """\
area,indicator,measure,period,value,price_basis,coverage_basis
zone,tax,level_ytd,2025Q4,12.34,constant,refunds_in
""",
}


def write_seeds(folder: Path, **changed: str) -> Path:
    """Write the small seeds, some tables changed: ``areas`` for ``areas.csv`` and so on."""
    for name, text in TABLES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return folder
