"""Each kind of channel gets its form, and no reason of a failure tells what is secret."""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from data.alerts import deadline
from data.alerts.channels import (
    Channel,
    DingTalkRobot,
    Mail,
    Webhook,
    WeComRobot,
    read_channels,
)
from data.alerts.deadline import MayHaveArrived, NotSent
from data.alerts.errors import ChannelsUnreadable
from data.alerts.messages import Message
from data.alerts.robots import LONGEST_OF_WECOM
from data.alerts.sending import send
from data.store.alert_deliveries import DeliveryReason, Obstacle
from tests.data.alerts.receivers import Hook, Post, mail_server, slow_mail_server, web_server

MESSAGE = Message(
    "7-1", "提醒：测试", "第一行\n第二行", datetime(2026, 10, 25, tzinfo=UTC), {"area": "zone"}
)
WORDS = "提醒：测试\n第一行\n第二行"


@pytest.fixture(scope="module")
def server() -> Iterator[Hook]:
    with web_server() as server:
        yield server


@pytest.fixture
def hook(server: Hook) -> Hook:
    server.__init__(server.port)  # type: ignore[misc]  # as if it were new
    return server


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as post:
        yield post


def mail(post: Post, **changed: object) -> Mail:
    given = {
        "name": "mail", "host": "127.0.0.1", "port": post.port, "sender": "zone@office.example",
        "recipients": ("li@office.example", "wang@office.example"), "security": "none",
    }  # fmt: skip
    return Mail(**(given | changed))  # type: ignore[arg-type]  # the tests name its fields


def test_a_program_gets_words_and_fields_with_its_token(hook: Hook) -> None:
    send(MESSAGE, Webhook(name="a", url=f"{hook.url}/hook?key=SECRET", token="TOKEN"))

    ((path, headers, document),) = hook.posts
    assert path == "/hook?key=SECRET"
    assert headers["Authorization"] == "Bearer TOKEN"
    assert document == {
        "id": "7-1", "title": "提醒：测试", "text": "第一行\n第二行", "area": "zone",
    }  # fmt: skip


def test_a_robot_of_wecom_gets_its_form_and_no_more_than_it_takes(hook: Hook) -> None:
    robot = WeComRobot(name="a", url=f"{hook.url}/send?key=SECRET")

    send(MESSAGE, robot)
    send(Message("7-1", "提醒", "长" * 1000, MESSAGE.at, {}), robot)

    first, second = hook.documents
    assert first == {"msgtype": "text", "text": {"content": WORDS}}
    cut = second["text"]["content"]
    assert LONGEST_OF_WECOM - 3 < len(cut.encode()) <= LONGEST_OF_WECOM
    assert set(cut) == set("提醒\n长")


def test_a_robot_of_dingtalk_is_asked_with_a_signature_where_it_wants_one(hook: Hook) -> None:
    address = f"{hook.url}/robot/send?access_token=SECRET"

    send(MESSAGE, DingTalkRobot(name="a", url=address))
    send(MESSAGE, DingTalkRobot(name="a", url=address, secret="SEC"))

    assert [document["text"]["content"] for document in hook.documents] == [WORDS, WORDS]
    bare, signed = (parse_qs(urlsplit(path).query) for path, _, _ in hook.posts)
    assert bare == {"access_token": ["SECRET"]}
    stamp = signed["timestamp"][0]
    right = hmac.new(b"SEC", f"{stamp}\nSEC".encode(), hashlib.sha256).digest()
    assert signed == {
        "access_token": ["SECRET"], "timestamp": [stamp], "sign": [b64encode(right).decode()],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "answer", "obstacle", "detail"),
    [
        (200, b'{"errcode":93000,"errmsg":"bad url SECRET"}', Obstacle.ROBOT, "errcode 93000"),
        (200, b'{"errcode":"SECRET"}', Obstacle.ROBOT, "errcode"),
        (200, b"<html>SECRET", Obstacle.ANSWER, "no answer of a robot"),
        (200, b"[]", Obstacle.ANSWER, "no answer of a robot"),
        (500, b"SECRET", Obstacle.SERVER, "status 500"),
        (302, b"", Obstacle.SERVER, "status 302"),
    ],
)
def test_a_robot_that_refuses_is_heard_though_it_answers_200(
    hook: Hook, status: int, answer: bytes, obstacle: Obstacle, detail: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    hook.status, hook.answer = status, answer
    hook.headers = {"Location": f"{hook.url}/elsewhere"}
    caplog.set_level(logging.INFO)

    with pytest.raises(NotSent) as refused:
        send(MESSAGE, WeComRobot(name="a", url=f"{hook.url}/send?key=SECRET"))

    assert refused.value.reason == DeliveryReason(obstacle, detail)
    assert str(refused.value) == detail
    assert len(hook.posts) == 1
    assert "SECRET" not in caplog.text
    assert refused.value.__suppress_context__ or refused.value.__cause__ is None


@pytest.mark.parametrize(
    "channel",
    [
        Webhook(name="a", url="http://127.0.0.1:1/SECRET"),
        Mail(name="a", host="127.0.0.1", port=1, sender="a@b", recipients=("c@d",)),
    ],
)
def test_a_channel_that_nobody_answers_at_is_told_without_its_address(channel: Channel) -> None:
    with pytest.raises(NotSent) as refused:
        send(MESSAGE, channel)

    assert "SECRET" not in str(refused.value)
    assert refused.value.reason.obstacle is Obstacle.UNREACHABLE
    assert str(refused.value) in {"ConnectError", "ConnectionRefusedError"}


@pytest.mark.parametrize("pause", [0.25, 0.02])
def test_an_answer_that_takes_too_long_in_one_piece_or_many_is_not_waited_for(
    hook: Hook, monkeypatch: pytest.MonkeyPatch, pause: float
) -> None:
    monkeypatch.setattr(deadline, "WITHIN", 0.3)
    hook.pause = pause

    with pytest.raises(MayHaveArrived, match="no answer in time") as late:
        send(MESSAGE, Webhook(name="a", url=hook.url))
    assert late.value.reason.obstacle is Obstacle.LATE
    assert len(hook.posts) == 1


def test_an_answer_may_take_all_the_time_there_is(
    hook: Hook, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "WITHIN", 3.0)
    monkeypatch.setattr(deadline, "TO_CONNECT", 0.2)
    hook.answer, hook.pause, post.pause = b".", 0.5, 0.5

    assert send(MESSAGE, Webhook(name="a", url=hook.url)) is None
    assert send(MESSAGE, mail(post)) is None

    assert (len(hook.posts), len(post.mails)) == (1, 1)


def test_a_channel_whose_head_or_greeting_comes_byte_by_byte_is_not_waited_for(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "WITHIN", 0.3)
    hook.pause_in_head = 0.02
    began = time.monotonic()

    with pytest.raises(MayHaveArrived, match="no answer in time"):
        send(MESSAGE, Webhook(name="a", url=hook.url))
    with (
        slow_mail_server(b"220 " + 100 * b"x" + b"\r\n", 0.02) as port,
        pytest.raises(NotSent, match="no answer in time") as late,
    ):
        send(MESSAGE, mail(Post(port)))
    assert type(late.value) is NotSent  # nothing of the mail was under way

    assert 0.6 <= time.monotonic() - began < 1.5  # all bytes would take 5 seconds
    assert len(hook.posts) == 1


def test_mail_goes_to_every_recipient_with_the_number_of_the_alert(post: Post) -> None:
    told = send(MESSAGE, mail(post, user="zone", password="SECRET"))

    ((recipients, came),) = post.mails
    assert recipients == ["li@office.example", "wang@office.example"]
    assert (came["Subject"], came["From"]) == ("提醒：测试", "zone@office.example")
    assert came["Message-ID"] == "<7-1@zone-outlook>"
    assert came.get_content().splitlines() == ["第一行", "第二行"]
    assert (told, post.users) == (None, [b"zone"])


def test_a_mail_server_that_parts_in_anger_has_taken_the_message_all_the_same(post: Post) -> None:
    post.parting = "421 too busy"

    assert send(MESSAGE, mail(post)) is None

    assert len(post.mails) == 1


@pytest.mark.parametrize(("step", "raised"), [("MAIL", NotSent), ("DATA", MayHaveArrived)])
def test_a_mail_server_that_hangs_up_may_have_the_mail_only_if_it_came(
    post: Post, step: str, raised: type[NotSent]
) -> None:
    post.hangs_up = step

    with pytest.raises(NotSent) as refused:
        send(MESSAGE, mail(post))

    assert type(refused.value) is raised
    assert refused.value.reason == DeliveryReason(Obstacle.INTERRUPTED, "SMTPServerDisconnected")


def test_recipients_whom_a_mail_server_refuses_are_counted(post: Post) -> None:
    post.refused = frozenset({"wang@office.example"})

    assert send(MESSAGE, mail(post)) == DeliveryReason(
        Obstacle.RECIPIENTS, "1 of 2 recipients refused", refused=1, count=2
    )

    post.refused = frozenset({"li@office.example", "wang@office.example"})
    with pytest.raises(NotSent) as refused:
        send(MESSAGE, mail(post))
    assert refused.value.reason == DeliveryReason(Obstacle.EVERY_RECIPIENT, "SMTPRecipientsRefused")


@pytest.mark.parametrize(
    ("changed", "obstacle", "detail"),
    [
        (
            {"user": "zone", "password": "WRONG"},
            Obstacle.PASSWORD,
            "SMTPAuthenticationError 535",
        ),
        ({"user": "zone", "password": "口令"}, Obstacle.OTHER, "UnicodeEncodeError"),
        ({"security": "starttls"}, Obstacle.ENCRYPTION, "SMTPNotSupportedError"),
        ({"security": "tls"}, Obstacle.ENCRYPTION, "SSLError"),
        ({"host": "nowhere.invalid"}, Obstacle.UNREACHABLE, "gaierror"),
        ({"sender": "refused@office.example"}, Obstacle.SENDER, "SMTPSenderRefused 550"),
    ],
)
def test_a_mail_server_that_refuses_is_told_without_the_password(
    post: Post, changed: dict[str, str], obstacle: Obstacle, detail: str
) -> None:
    post.refused = frozenset({"refused@office.example"})

    with pytest.raises(NotSent) as refused:
        send(MESSAGE, mail(post, **changed))

    assert refused.value.reason == DeliveryReason(obstacle, detail)
    assert post.mails == []


def test_a_mail_server_that_lets_nobody_sign_in_is_told_from_one_without_encryption() -> None:
    with mail_server(signs_in=False) as post, pytest.raises(NotSent) as refused:
        send(MESSAGE, mail(post, user="zone", password="SECRET"))

    assert refused.value.reason == DeliveryReason(Obstacle.PASSWORD, "SMTPNotSupportedError")


FILE = """
[[channel]]
kind = "wecom"
name = "office"
url = "https://robots.example/send?key=SECRET"

[[channel]]
kind = "dingtalk"
name = "ding"
language = "en"
url = "http://127.0.0.1:9/robot/send?access_token=SECRET"
secret = "SECRET"

[[channel]]
kind = "webhook"
name = "program"
url = "https://hooks.example/SECRET"
token = "SECRET"

[[channel]]
kind = "mail"
name = "mail"
host = "mail.example"
sender = "zone@office.example"
recipients = ["li@office.example"]
user = "zone"
password = "SECRET"
"""


def test_channels_are_read_from_a_file_and_show_nothing_secret(tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text(FILE, "utf-8")

    channels = read_channels(file)

    assert [(one.name, one.kind, one.host, one.language) for one in channels] == [
        ("office", "wecom", "robots.example", "zh"),
        ("ding", "dingtalk", "127.0.0.1", "en"),
        ("program", "webhook", "hooks.example", "zh"),
        ("mail", "mail", "mail.example", "zh"),
    ]
    assert "SECRET" not in repr(channels)
    assert read_channels(None) == ()


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ('"wecom"', '"wechat"', "Invalid value 'wechat' - at `$.channel[0].kind`"),
        ("name = ", "nam = ", "Object contains unknown field `nam` - at `$.channel[0]`"),
        ('"ding"', '"office"', "two channels are called office"),
        ('url = "https://robots.example/send?key=SECRET"', 'url = "SECRET"', "$.channel[0].url"),
        ("https://robots.example/send?key=", "http://[", "name a host - at `$.channel[0]`"),
        ("127.0.0.1:9/", "127.0.0.1:SECRET/", "name a host - at `$.channel[1]`"),
        ('recipients = ["li@office.example"]', "recipients = []", "$.channel[3].recipients"),
        ('"li@office.example"', '"li@office.example\\nBcc: a@b"', "$.channel[3].recipients[0]"),
        ('"zone@office.example"', '""', "$.channel[3].sender"),
        ('"mail.example"', '"mail.example"\nport = 70000', "$.channel[3].port"),
        ('"mail.example"', '""', "$.channel[3].host"),
        ('"office"', '"a b"', "$.channel[0].name"),
        ("kind", "kind =", "it is no TOML in UTF-8"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_without_its_secrets(
    tmp_path: Path, was: str, becomes: str, problem: str
) -> None:
    file = tmp_path / "channels.toml"
    file.write_text(FILE.replace(was, becomes, 1), "utf-8")

    with pytest.raises(ChannelsUnreadable) as refused:
        read_channels(file)

    assert problem in str(refused.value)
    assert "SECRET" not in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChannelsUnreadable, match="No such file or directory"):
        read_channels(tmp_path / "channels.toml")
