import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import errors as data_errors
from data.store.vintages import VintageKind
from forecasting.errors import (
    EXPECTED,
    OutlookError,
    PinAgainstPins,
    PinNotANumber,
    PinOfKnownQuarter,
    PinOutOfReach,
    PinOutsideYear,
    PinWithoutVerdict,
    Problem,
    TableRefused,
)
from forecasting.figures.indicator import Comparator, Measure, Names, PriceBasis, Status
from forecasting.history.shares import ShareSource
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Reason
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame.errors import told
from ui.language import Speaker, catalogue, known

UI = Path(__file__).resolve().parents[3] / "ui"
ROOMS = ("forecasting", "data", "ui")
CHINESE, ENGLISH = (catalogue(say.language) for say in SPEAKERS)


def fields(message: str) -> set[str]:
    """Return the placeholders of a message; words chosen by a number hold more of them."""
    found: set[str] = set()
    for _, name, spec, _ in string.Formatter().parse(message):
        if name is not None:
            if "|" not in (spec or ""):
                found.add(name)
            found |= fields(spec or "")
    return found


def errors(base: type[OutlookError] = OutlookError) -> Iterator[type[OutlookError]]:
    """Return the errors that are raised: a base of others has no sentence of its own."""
    for error in base.__subclasses__():
        if not error.__subclasses__():
            yield error
        yield from errors(error)


def test_both_catalogues_hold_the_same_keys() -> None:
    assert CHINESE.keys() == ENGLISH.keys()


def test_both_languages_fill_the_same_places() -> None:
    assert {key: fields(text) for key, text in CHINESE.items()} == {
        key: fields(text) for key, text in ENGLISH.items()
    }


def test_english_has_straight_quotes() -> None:
    """Fonts are those of Chinese, in which curly quotes are as wide as a character."""
    assert [key for key, text in ENGLISH.items() if set("“”‘’") & set(text)] == []


def test_a_count_picks_the_word() -> None:
    assert EN("overview.counted", count=1) == "1 indicator counted in the overall result"
    assert EN("overview.counted", count=2) == "2 indicators counted in the overall result"


def test_every_error_that_a_reader_can_act_on_has_its_sentence() -> None:
    assert {data_errors.StaleBase, data_errors.UnknownIssue} <= set(errors())
    assert {error.code for error in errors() if not known(f"error.{error.code}")} == set()
    assert {code for code in EXPECTED if not known(f"expected.{code}")} == set()


def test_every_error_is_raised_with_the_values_of_its_line_and_its_sentence() -> None:
    kinds = {error.__name__: error for error in errors() if "__init__" not in vars(error)}
    raised = set()
    for path in (path for room in ROOMS for path in (UI.parent / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if (error := kinds.get(node.func.id)) is None:
                    continue
                given = {keyword.arg for keyword in node.keywords}
                line = {re.split(r"[.\[]", field)[0] for field in fields(error.template)}
                assert line | fields(CHINESE[f"error.{error.code}"]) <= given, (path, node.lineno)
                raised.add(error.__name__)
    assert {"StaleBase", "ShareTooLong", "PinOutsideYear"} <= raised


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("measure", Measure),
        ("price", PriceBasis),
        ("status", Status),
        ("light", Light),
        ("reason", Reason),
        ("shares", ShareSource),
        ("outlier", OutlierKind),
        ("kind", VintageKind),
        ("member", ["sarima", "ets", "theta", "persistence", "naive", "pool"]),
        ("clause", [comparator.name.lower() for comparator in Comparator]),
    ],
)
def test_every_value_of_the_domain_has_words(prefix: str, values: list[str]) -> None:
    assert [value for value in values if not known(f"{prefix}.{value}")] == []


def test_every_code_in_the_seed_tables_has_words() -> None:
    rows = (UI.parent / "seeds" / "indicators.csv").read_text("utf-8-sig").splitlines()
    head = rows[0].split(",")
    cells = [dict(zip(head, row.split(","), strict=True)) for row in rows[1:]]
    wanted = {f"unit.{cell['unit']}" for cell in cells}
    wanted |= {f"coverage.{cell['coverage_basis']}" for cell in cells}
    wanted |= {f"currency.{cell['currency']}" for cell in cells if cell["currency"]}
    assert {key for key in wanted if not known(key)} == set()


def test_a_refused_table_is_told_with_every_place() -> None:
    refused = TableRefused(
        [
            Problem("upload.csv", 7, "value", "n/a", "number"),
            Problem("u.csv", 9, "unit", "", "unit"),
        ]
    )

    assert told(refused, ZH) == [
        "表格未读入：共2处需要修改，修改后重新提交即可，已有数据未受影响。",
        "upload.csv第7行“value”：读到“n/a”，应为数字，如3.1。",
        "u.csv第9行“unit”：读到“”，应为该指标和数据形式的单位。",
    ]


def test_a_pin_that_cannot_hold_is_told_with_the_name_in_the_language() -> None:
    refused = PinAgainstPins(name=Names("工业投资", "Industrial investment"), one=7.0, other=8.25)

    assert told(refused, ZH) == [
        "对工业投资的几项假定相互矛盾：同一时期的增速既要是7.00%，又要是8.25%。请删除其中一项。"
    ]
    assert told(refused, EN) == [
        "The growth assumed for Industrial investment is contradictory: the same period "
        "would grow by 7.00% and by 8.25%. Remove one of the assumptions."
    ]


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize(
    "refused",
    [
        PinNotANumber(name=Names("产值", "Output")),
        PinWithoutVerdict(name=Names("产值", "Output"), year=2026),
        PinOutsideYear(name=Names("产值", "Output"), year=2026, other=2027, quarter=1),
        PinOfKnownQuarter(name=Names("产值", "Output"), year=2026, quarter=2),
        PinOutOfReach(name=Names("产值", "Output"), growth=-127.6, lowest=-99.9, highest=1e6),
    ],
    ids=lambda refused: refused.code,
)
def test_every_refusal_of_a_pin_names_the_indicator(refused: OutlookError, say: Speaker) -> None:
    (sentence,) = told(refused, say)

    assert {ZH: "产值", EN: "Output"}[say] in sentence


def test_every_key_in_the_code_exists_and_every_message_is_used() -> None:
    exact: set[str] = set()
    patterns: set[str] = set()
    unknown: set[str] = set()
    words: set[str] = set()
    sections = {key.split(".")[0] for key in CHINESE}
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                exact.add(node.value)
            elif isinstance(node, ast.JoinedStr) and _opens_with_section(node):
                patterns.add(_pattern(node))
            elif isinstance(node, ast.Call) and node.args:
                if isinstance(node.func, ast.Attribute) and node.func.attr == "word":
                    words.add(ast.literal_eval(node.args[0]))
                elif _speaks(node.func):
                    unknown |= {key for key in _keys(node.args[0]) if key not in CHINESE}
    patterns |= {re.escape(section) + r"\.[^|]+" for section in words}
    unused = {
        key
        for key in CHINESE
        if key not in exact and not any(re.fullmatch(p, key) for p in patterns)
    }
    unknown |= {
        text
        for text in exact
        if re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", text)
        and text.split(".")[0] in sections
        and text not in CHINESE
        and text not in words
        and not text.endswith(("_", ".py"))
    }
    assert (unused, unknown) == (set(), set())


def _speaks(function: ast.expr) -> bool:
    """Whether a call is that of a speaker: ``say(...)``, ``view.say(...)``, ``say.plain(...)``."""
    if isinstance(function, ast.Attribute) and function.attr == "plain":
        return _speaks(function.value)
    return "say" in (getattr(function, "id", ""), getattr(function, "attr", ""))


def _keys(said: ast.expr) -> list[str]:
    """Return the keys that stand in what a speaker is given."""
    if isinstance(said, ast.IfExp):
        return _keys(said.body) + _keys(said.orelse)
    return [said.value] if isinstance(said, ast.Constant) else []


def _opens_with_section(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and "." in str(first.value)


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^|]+"
        for part in node.values
    )
