"""The page of the three big things."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.plan import documents
from data.plan.big_things import StoredClaim, big_things, read_claim
from data.plan.claims import Card
from data.settings import ROOT
from data.store.store import Store
from forecasting.figures.indicator import Area, AreaKind, Direction, Names
from forecasting.plan.claims import Aim, Claim, ClaimOutlook, ClaimQuantity, QuantityOutlook
from forecasting.plan.gaps import PlaceAmongPeers
from tests.builders import make_indicator
from tests.ui.conftest import OpenPage
from tests.ui.plan.criteria.test_page import commit_peers, press
from tests.ui.reading import Screen
from tests.ui.speakers import ZH
from ui.plan.claims import sentences

SAMPLES = sorted((ROOT / "seeds" / "sample_claims").glob("*.toml"))

STORED = StoredClaim(big_things()[0], Claim(), 1)
PEER = Area("b", Names("对手区", "Rival zone"), AreaKind.ZONE)


def fill(store: Store) -> None:
    for path in SAMPLES:
        claim = read_claim(path.read_text("utf-8"))
        store.plans.save("SAMPLE", f"claim/{path.stem}", documents.written(claim))


def pick(page: Screen, label: str, value: object, number: int = 0) -> None:
    every = [*page.app.selectbox, *page.app.text_input, *page.app.number_input]
    [one for one in every if one.label == label][number].set_value(value)


def test_what_nobody_has_filled_in_is_said_with_who_would_define_it(open_page: OpenPage) -> None:
    page = open_page("claims", area="CN-SX-LF-HMZ")

    for thing in big_things():
        assert thing.name.zh in page.text
    assert page.count("没有见到公开标准，由认定部门规定") >= 3
    assert page.count("没有本区的近期数据，需先上传") >= 3
    assert "尚未填写目标值和期限" in page.title


def test_each_card_has_its_fans_and_what_is_likely(open_page: OpenPage, store: Store) -> None:
    fill(store)
    page = open_page("claims", area="SAMPLE")

    assert "三件大事列了9个量，其中6个可以测算" in page.title
    assert "3项全部如期达到的把握" in page.text
    assert "2027年达到400亿元的把握" in page.text
    assert "没有可比地区的数据，不能排位" in page.text
    assert "2027年：预计" in page.text  # at the pointer
    assert "模拟数据" in page.text


def test_a_rank_shows_the_figures_of_its_rivals(open_page: OpenPage, store: Store) -> None:
    commit_peers(store)
    path = next(one for one in SAMPLES if one.stem == "logistics")
    claim = read_claim(path.read_text("utf-8") .replace(
        "stands =", 'rivals = ["S1", "S2", "S3"]\nstands ='))  # fmt: skip
    store.plans.save("SAMPLE", "claim/logistics", documents.written(claim))

    page = open_page("claims", area="SAMPLE")

    assert "2027年居首位的把握" in page.text
    assert "模拟区S12025年为20亿元；模拟区S22025年为12亿元；模拟区S32024年为30亿元" in page.text
    assert "模拟区S3没有当年数据" in page.text


def test_what_is_filled_in_is_kept_with_its_author(open_page: OpenPage, store: Store) -> None:
    page = open_page("claims", area="SAMPLE")
    pick(page, "由谁认定", "某部门")
    page.app.text_area[0].set_value("批复 | https://example.org/a\n现场照片 | 档案室")
    pick(page, "指标", "industrial_investment", 0)
    pick(page, "目标值", 30.0, 0)
    pick(page, "到哪一年底", 2027, 0)
    pick(page, "提交人", "张三")
    page = press(page, "保存")

    assert "[批复](https://example.org/a)；现场照片（档案室）" in page.text
    assert "2027年达到30亿元的把握" in page.text
    part = store.plans.latest("SAMPLE", "claim/intelligent_manufacturing")
    assert part is not None
    assert (part.version, part.author) == (1, "张三")
    kept = documents.read(part, Claim)
    assert kept.judge == "某部门"
    assert [one.indicator for one in kept.quantities] == [
        "industrial_investment", *big_things()[0].indicators[1:],
    ]  # fmt: skip


def test_a_file_of_evidence_is_stored_with_the_claim_and_given_to_who_reads(
    open_page: OpenPage, store: Store
) -> None:
    page = open_page("claims", area="SAMPLE")
    page.app.text_area[0].set_value("现场照片 | 档案室")
    page.app.file_uploader[0].set_value(("批复.pdf", b"%PDF-1.7", "text/html"))
    pick(page, "提交人", "张三")
    page = press(page, "保存")

    assert "现场照片（档案室）；文件1份" in page.text
    assert [one.label for one in page.app.get("download_button")] == ["下载：批复.pdf（0.1 KB）"]
    assert "张三上传" in page.text
    ((digest, kept),) = store.plans.files("SAMPLE").items()
    assert (kept.name, kept.media_type) == ("批复.pdf", "application/pdf")
    part = store.plans.latest("SAMPLE", "claim/intelligent_manufacturing")
    assert [(one.name, one.file) for one in documents.read(part, Claim).evidence] == [
        ("现场照片", ""), ("批复.pdf", digest),
    ]  # fmt: skip

    page.app.text_area[0].set_value("批复.pdf")
    page = press(page, "保存")
    assert "现场照片" not in page.text.partition("填写三件大事")[0]
    assert [one.label for one in page.app.get("download_button")] == ["下载：批复.pdf（0.1 KB）"]

    page.app.text_area[0].set_value("")
    page = press(page, "保存")
    assert not page.app.get("download_button")
    assert store.plans.file("SAMPLE", digest) == b"%PDF-1.7"


def test_a_file_of_another_kind_is_refused_and_nothing_is_saved(
    open_page: OpenPage, store: Store
) -> None:
    page = open_page("claims", area="SAMPLE")
    page.app.file_uploader[0].set_value(("批复.pdf", b"MZ", "application/pdf"))
    pick(page, "提交人", "张三")
    page = press(page, "保存")

    assert "批复.pdf没有保存" in page.app.error[0].value
    assert store.plans.latest("SAMPLE", "claim/intelligent_manufacturing") is None


def test_an_address_that_is_none_is_no_link(open_page: OpenPage, store: Store) -> None:
    claim = Claim(evidence=(documents.read(None, Claim).evidence or ()))
    assert claim.evidence == ()
    text = '[[evidence]]\nname = "a"\nwhere = "javascript:alert(1)"\n'
    store.plans.save("SAMPLE", "claim/logistics", documents.written(read_claim(text)))

    page = open_page("claims", area="SAMPLE")

    assert "](javascript" not in page.text


@pytest.mark.parametrize(
    ("aim", "said"),
    [(Aim.GROWTH, "2026年增速不高于−3.5%的把握为60%。"), (Aim.LEVEL, "2026年不高于")],
)
def test_where_less_is_better_a_chance_is_that_of_no_more(aim: Aim, said: str) -> None:
    wanted = ClaimQuantity(indicator="energy", aim=aim, wanted=-3.5, year=2026)
    energy = replace(make_indicator("energy"), direction=Direction.DOWN)
    of = QuantityOutlook(wanted, energy, probability=0.6)

    assert sentences.sentence(
        of, Card(STORED, ClaimOutlook(Claim(), (of,), 0.6), ()), ZH
    ).startswith(said)


def test_a_place_among_none_is_no_place_and_one_quantity_is_all() -> None:
    rank = ClaimQuantity(indicator="output", aim=Aim.RANK, wanted=1, year=2027)
    place = PlaceAmongPeers(best=1, worst=2, known=0, unknown=("b",))
    of = QuantityOutlook(
        rank, make_indicator("output"), probability=0.6, place=place, met=np.ones(1, bool)
    )
    card = Card(STORED, ClaimOutlook(Claim(), (of,), 0.6), (PEER,))

    assert sentences.sentence(of, card, ZH) == "2027年居首位的把握为60%。对手区没有当年数据。"
    assert sentences.together(card, ZH) == "如期达到的把握为60%。"
