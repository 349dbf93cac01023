import math
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.exchange import (
    Answer,
    Forecaster,
    History,
    Row,
    read_answers,
    read_histories,
    serve,
    write_answers,
    write_histories,
)


def test_histories_and_answers_come_back_as_they_were_written(tmp_path: Path) -> None:
    histories = {"a:3": [1.0, 1 / 3, 1e-300], "b:1": [2.0]}
    answers = {"a:3": Answer(1.5, ((1.0, 0.1, 2.0, 0.0, 3.0),) * 2), "b:1": Answer(0.0, ())}

    write_histories(tmp_path / "histories", histories)
    write_answers(tmp_path / "answers", answers.items())

    assert read_histories(tmp_path / "histories") == histories
    assert read_answers(tmp_path / "answers") == {"a:3": answers["a:3"]}


def test_an_answer_with_anything_but_numbers_has_failed() -> None:
    assert Answer(1.0, ((1.0, math.nan),)).failed
    assert Answer(1.0, ((1.0, math.inf),)).failed
    assert not Answer(1.0, ((1.0, 2.0),)).failed


def test_a_method_answers_every_series_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def forecaster(batch: Sequence[History], horizon: int) -> list[list[Row]]:
        asked.append(len(batch))
        return [[(history[-1],) * 5] * horizon for history in batch]

    def load(name: str) -> tuple[Forecaster, str]:
        return forecaster, f"{name} 1.0"

    source, target = tmp_path / "histories", tmp_path / "answers"
    write_histories(source, {str(value): [0.0, value] for value in range(5)})
    monkeypatch.setattr(sys, "argv", ["-", "last", "2", str(source), str(target)])

    serve(load, batch=2)

    assert asked == [1, 2, 2, 1]  # the first is to warm up
    assert capsys.readouterr().out.endswith("\tlast 1.0\n")
    assert read_answers(target)["3"].rows == ((3.0,) * 5,) * 2
