"""What a page offers to whom: pages, writes, the way out, and the page of the administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.store.permissions import Permission, Role
from data.store.store import Store
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.people.conftest import NOW, REMOVED
from tests.ui.reading import Screen
from ui.frame import identity, people
from ui.frame.identity import Identity
from ui.frame.navigation import DATA_MENU, names
from ui.frame.site import SHARED
from ui.language import Language, Speaker
from ui.people import entrance

SignIn = Callable[[str, float], None]
ZH = Speaker(Language.ZH)


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have somebody signed in some hours ago; nobody for an empty account."""
    monkeypatch.setattr(identity, "signs_in", lambda: True)

    def begin(account: str, hours: float = 0.0) -> None:
        sealed = Identity(account, clock.now() - timedelta(hours=hours)).sealed()
        told = sealed if account else ""
        monkeypatch.setattr("ui.frame.address.header", lambda name: told)

    return begin


@pytest.mark.parametrize(
    ("account", "hours", "pages"),
    [
        ("", 0.0, set()),
        ("unknown@office", 0.0, set()),
        (REMOVED, 0.0, set()),
        ("administrator@office", 12.1, set()),
        ("reader@office", 0.0, {*names()} - {"upload", "alerts", "people"}),
        ("planner@office", 0.0, {*names()} - {"upload", "alerts", "people"}),
        ("analyst@office", 0.0, {*names()} - {"alerts", "people"}),
        ("administrator@office", 11.9, {*names()}),
    ],
)
def test_which_page_is_whose(
    served: Store, sign_in: Callable[..., None], account: str, hours: float, pages: set[str]
) -> None:
    sign_in(account, hours)

    admitted = {page for page in names() if entrance.admits(page, ZH)}

    assert admitted == pages | {SHARED}
    assert entrance.is_open() == bool(pages)


def test_without_sign_in_every_page_is_everybodys(served: Store) -> None:
    assert all(entrance.admits(page, ZH) for page in names())


def people_of(store: Store) -> None:
    store.people.put("chief@office", "局长", Role.ADMINISTRATOR, NOW)
    for role in Role:
        store.people.put(f"{role}@office", f"{role}工", role, NOW)


def opened(page: str, area: str = "SAMPLE") -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": area, "lang": "zh"}
    return Screen(switch_page(app, page).run())


def keys(screen: Screen) -> set[str]:
    kinds = ("button", "text_input", "number_input", "selectbox", "file_uploader")
    return {field.key or "" for kind in kinds for field in screen.app.get(kind)}


def test_a_visitor_gets_no_page_and_no_menu(store: Store, sign_in: Callable[..., None]) -> None:
    people_of(store)
    sign_in("")

    page = opened("overview")

    assert page.title == "登录已结束"
    assert not page.app.get("page_link")


@pytest.mark.parametrize(
    ("account", "led_to"),
    [("planner@office", set()), ("analyst@office", {ZH("data_menu.upload"), "确定目标"})],
)
def test_menus_and_first_steps_lead_to_pages_of_ones_own_alone(
    store: Store, sign_in: Callable[..., None], account: str, led_to: set[str]
) -> None:
    people_of(store)
    sign_in(account)

    links = {link.proto.label for link in opened("data", "CN-SX-LF-HMZ").app.get("page_link")}

    others = {ZH(f"data_menu.{name}") for name in DATA_MENU if name not in ("upload", "alerts")}
    assert links & {ZH("data_menu.upload"), "确定目标", *others} == others | led_to


@pytest.mark.parametrize(
    ("page", "offered", "what"),
    [
        ("targets", "add_target", "修改目标与口径"),
        ("scenarios", "delete_1", "保存"),
        ("projects", "projects_file", "导入项目文件"),
        ("overview", "issue_begin", "出具研判"),
    ],
)
def test_a_reader_is_offered_no_write_and_told_who_gives_the_role(
    store: Store, sign_in: Callable[..., None], page: str, offered: str, what: str
) -> None:
    people_of(store)
    store.scenarios.save("SAMPLE", 2026, "a", write_scenario(Scenario(name="a")), 1)
    sign_in("planner@office" if page != "targets" else "analyst@office")
    assert offered in keys(opened(page))
    sign_in("reader@office")

    read = opened(page)

    assert offered not in keys(read)
    assert f"“{what}”需要“" in read.text
    assert "请联系管理员：administrator工、局长" in read.text


def test_where_nobody_gives_roles_yet_no_name_is_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(people, "administrators", lambda _: "")

    told = people.needs(Permission.EDIT_PLAN, "编辑任务台账", ZH)

    assert told.endswith("请联系管理员。")


def test_the_author_is_who_signed_in_and_is_not_asked(
    store: Store, sign_in: Callable[..., None]
) -> None:
    people_of(store)
    sign_in("analyst@office")
    page = opened("targets").app
    (line,) = [
        field
        for field in page.number_input
        if (field.key or "").startswith("threshold_SAMPLE/fixed_asset_investment/2026")
    ]
    line.set_value(6.0).run()

    assert not [field for field in page.text_input if field.key == "edit_author"]
    page.button("edit_commit").click().run()

    assert store.vintages()[-1].author == "analyst工"
    assert store.people.remove("analyst@office", NOW)
    assert opened("targets").title == "登录已结束"


def test_an_administrator_gives_and_takes_roles(store: Store, sign_in: Callable[..., None]) -> None:
    people_of(store)
    sign_in("administrator@office")
    page = opened("people").app
    account, name = page.text_input
    account.set_value(" new@office ")
    name.set_value("新人")
    page.selectbox[0].set_value("planner")
    (give,) = [button for button in page.button if button.label == "授予或变更权限"]
    give.click().run()

    added = store.people.find("new@office")
    assert added is not None
    assert (added.name, added.role, added.changed_by) == ("新人", Role.PLANNER, "administrator工")

    page.selectbox("removed_person").set_value(added)
    page.button("remove_person").click().run()
    assert store.people.find("new@office") is None

    told = Screen(page)
    assert told.title == "有权限的人员：5人"
    assert "变更权限" in told.text
    page.selectbox("audit_action").set_value("commit").run()
    assert page.selectbox("audit_action").value == "commit"


def test_without_sign_in_the_page_says_that_roles_have_no_effect(store: Store) -> None:
    page = opened("people")

    assert page.title == "有权限的人员：0人"
    assert "目前不要求登录" in page.text
