"""What is read from tables of projects, and what exports of projects and figures hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random

from data.projects.read import ProjectsRead, read_projects
from data.projects.write import export_projects, export_projects_csv, projects_template
from data.workbook.book import Book, Cell, Rectangle, Sheet
from data.workbook.write.export import observations_csv, observations_workbook, template_workbook
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Project
from forecasting.scenario.toml import read_scenario
from tests.golden.commands import INPUTS
from tests.golden.issues import cells_of
from tests.golden.readings import seeds
from tests.golden.text import digest, section, short

TABLES = 80
LANGUAGES = ("zh", "en")
OFFICE = Book(
    "重点项目台账.xlsx",
    (
        Sheet(
            "在建",
            (
                ("某经济开发区2026年重点项目推进台账",),
                (*[None] * 9, "单位：万元"),
                (
                    "序号", "项目名称", "项目进展", "总投资", "计划投资", None, None, "开工时间",
                    "投产时间", "存在问题", "牵头单位", "联系人",
                ),
                (None, None, None, None, "年度计划投资", "2027年", "累计完成"),
                ("合计", None, None, 350000.0, 90000.0),
                ("一", "在建项目（2个）", None, 200000.0),
                (
                    1.0, "精密铸件项目", "在建", 120000.0, 50000.0, "3亿元", 22000.0,
                    date(2026, 3, 15), "2027年6月底", "用地手续未办结", "经济发展部", "张三",
                ),
                (
                    2.0, "电池材料项目", "推进顺利", "约8亿", None, None, None, "2026.5", "待定",
                    "无",
                ),
                ("二", "签约项目", None, 60000.0),
                (
                    3.0, "物流园", "签约", "1.2-1.5亿", -5.0, None, None, 2026.1, 202607.0, "/",
                    "商务局",
                ),
                (4.0, None, None, 33.0),
                ("注：以上数据截至9月底。",),
                ("填报人：张三", None, None, "审核人：李四"),
            ),
            (
                Rectangle(1, 1, 1, 12), Rectangle(3, 5, 3, 7), Rectangle(7, 11, 8, 11),
                *(Rectangle(3, column, 4, column) for column in (1, 2, 3, 4, 8, 9, 10, 11, 12)),
            ),
        ),
        Sheet("旧表", (("项目名称",), ("丙",)), hidden=True),
        Sheet("通知", (("请各单位填报",),)),
    ),
)  # fmt: skip
"""A table as an office keeps it: titles, merged heads and cells, totals, sections, notes."""


def outputs() -> dict[str, Callable[[], str]]:
    """Return what makes each output, by the name of its file."""
    return {"projects/readings.txt": _readings} | {
        f"projects/exports-{language}.txt": partial(_exports, language) for language in LANGUAGES
    }


def described(found: ProjectsRead) -> list[str]:
    """Return a reading of projects as lines; all knowledge of its types stands here."""
    lines = []
    for place, project, gives in found.rows:
        told = sorted(f"{field}{year or ''}" for field, year in gives)
        lines.append(f"{place.sheet}!{place} {_project(project)} says {','.join(told)}")
    lines += (
        f"{problem.code}{' (mend)' if problem.code.mends else ''} {problem.sheet}!"
        f"{problem.row}:{problem.column} {short(problem.head)} {short(problem.found)}"
        f" {short(problem.other)}"
        for problem in found.problems
    )
    if found.repeated:
        lines.append(f"repeated {short(found.repeated)}")
    return lines


def _project(project: Project) -> str:
    usual = Project(project.id)
    said = {
        name: getattr(project, name)
        for name in (
            "name", "stage", "total_investment", "signed", "started", "recorded", "producing",
            "counted", "completion", "output", "value_added_rate", "ramp", "tax", "retained",
            "industrial", "start_probability", "delay", "blocking", "owner",
        )
        if getattr(project, name) != getattr(usual, name)
    }  # fmt: skip
    return f"{project.id} {short(said)}"


def _readings() -> str:
    lines = section("office", described(read_projects(OFFICE)))
    for number in range(TABLES):
        random = Random(f"golden projects {number}")
        book = _table(random)
        year, unit = random.choice((None, 2026)), random.choice(("", "1e4 CNY"))
        cells = digest("\n".join(short(row) for sheet in book.sheets for row in sheet.rows))
        title = f"table {number} {cells} {short([year, unit])}"
        lines += section(title, described(read_projects(book, year=year, unit=unit)))
    return "\n".join(lines)


HEADS: dict[str, Sequence[Cell]] = {
    "项目名称": (
        "铸件厂",
        "电池材料",
        "物流园（一期）",
        "制药车间",
        "合计",
        "一、在建",
        None,
        "=SUM(A1)",
    ),
    "项目编号": ("P1", "P2", "P3", 7.0, None),
    "阶段": ("签约", "开工在建", "已投产", "达产", "推进顺利", "前期", "完工80%", None),
    "总投资(亿元)": (12.0, "3亿元", "约8亿", "1.2-1.5", "5000万", None, -5.0),
    "总投资": (120000.0, "3亿元", 8.0, None),
    "开工时间": (
        "2026年三季度",
        date(2026, 3, 15),
        "2026.5",
        2026.1,
        "待定",
        202607.0,
        "2026Q4",
        None,
    ),
    "投产时间": ("2027年6月底", "2027", "二季度", date(2027, 1, 1), None),
    "入库时间": ("2026Q3", "2026年9月", None),
    "2026年计划投资(亿元)": (5.0, 0.0, "2亿", None),
    "年度计划投资（万元）": (50000.0, "3亿元", None, "—"),
    "达产产值(亿元)": (4.0, None, "无"),
    "增加值率": (0.21, "18.6%", 21.0, None),
    "年税收（万元）": (1000.0, "300万元", None),
    "开工把握": (0.7, "70%", 70.0, "较大", None),
    "延期概率": ("0季60%;1季30%;2季10%", "不详", None),
    "产能爬坡": ("第1季50%;第2季100%", None, "逐步"),
    "是否工业项目": ("是", "否", "√", "不确定", None),
    "存在问题": ("土地", "无", "/", None),
    "牵头单位": ("商务局", "经济发展部", None),
    "联系人": ("张三", None),
}


def _table(random: Random) -> Book:
    name = "项目名称"
    others = random.sample([head for head in HEADS if head != name], random.randint(2, 8))
    heads = [name, *others] if random.random() < 0.8 else [*others, name]
    rows: list[tuple[Cell, ...]] = []
    if random.random() < 0.5:
        rows.append((random.choice(("2026年重点项目台账", "项目推进表", "单位：万元")),))
    rows.append(tuple(heads))
    rows += (
        tuple(random.choice(HEADS[head]) for head in heads) for _ in range(random.randint(1, 5))
    )
    if random.random() < 0.3:
        rows.append((random.choice(("注：截至9月底。", "填报人：李四", "小计")),))
    return Book("", (Sheet("Sheet1", tuple(rows)),))


def _exports(language: str) -> str:
    return "\n".join(line for title, lines in _parts(language) for line in section(title, lines))


def _parts(language: str) -> Iterator[tuple[str, list[str]]]:
    text = (INPUTS / "everything.toml").read_text("utf-8")
    projects = read_scenario(text, seeds().catalogue.indicators).projects
    projects = (*projects, replace(projects[0], id="=1", name="@甲", blocking="-2"))
    yield "projects.xlsx", cells_of(export_projects(projects, language, years=(2028,)))
    yield "projects.csv", export_projects_csv(projects, language).decode().splitlines()
    yield "projects template", cells_of(projects_template(2027, language))
    areas, catalogue = seeds().areas, seeds().catalogue
    recent = [figure for figure in seeds().observations if str(figure.month) >= "2025-12"]
    yield "figures.xlsx", cells_of(observations_workbook(recent, catalogue, areas, language))
    every = observations_csv(seeds().observations, catalogue, areas, language).decode()
    yield f"figures.csv {len(every)} {digest(every)}", every.splitlines()[:20]
    known = {figure.key: figure for figure in seeds().observations}
    for area in areas:
        if area.id in ("CN", "SAMPLE", "CN-SX-LF-HMZ"):
            made = template_workbook(area, catalogue, known, Quarter(2026, 3), language)
            yield f"template of {area.id}", cells_of(made)
