"""Files of evidence are kept once, as they are, along with the version that names them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from data.store import evidence
from data.store.errors import (
    EvidenceFull,
    EvidenceRefused,
    EvidenceTooLarge,
    PlanChanged,
    StoreError,
)
from data.store.evidence import LARGEST_MEGABYTES, MEGABYTE, EvidenceFile
from data.store.store import Store

PDF = EvidenceFile("批复.pdf", b"%PDF-1.7\r\n\x00\xff")
ZIP = b"PK\x03\x04..."


def test_the_same_bytes_are_stored_once_for_an_area(store: Store) -> None:
    plans = store.plans
    plans.save("zone", "claim/a", "a", author="张三", files=[PDF])
    again = EvidenceFile("另一名称.pdf", PDF.content)
    plans.save("zone", "tasks/2026", "b", author="李四", files=[again])
    plans.save("other", "claim/a", "a", author="李四", files=[again])

    (kept,) = plans.files("zone").values()
    assert (kept.name, kept.author, kept.size) == ("批复.pdf", "张三", len(PDF.content))
    assert (kept.sha256, kept.media_type) == (sha256(PDF.content).hexdigest(), "application/pdf")
    assert plans.file("zone", kept.sha256) == PDF.content
    assert [one.name for one in plans.files("other").values()] == ["另一名称.pdf"]
    told = [entry for entry in store.audit.entries() if entry.action == "evidence"]
    assert [(entry.author, entry.details["sha256"]) for entry in told] == [
        ("张三", kept.sha256), ("李四", kept.sha256),
    ]  # fmt: skip
    assert "批复" not in str(told), "the log is exported, and a name of a file may name a person"


def test_a_file_is_stored_with_its_version_or_not_at_all(store: Store) -> None:
    store.plans.save("zone", "claim/a", "a", files=[PDF])
    text = EvidenceFile("a.txt", "说明".encode())

    with pytest.raises(PlanChanged):
        store.plans.save("zone", "claim/a", "b", files=[text])
    with pytest.raises(EvidenceRefused):
        store.plans.save("zone", "claim/a", "b", based_on=1, files=[text, EvidenceFile("b", b"b")])

    assert set(store.plans.files("zone")) == {PDF.sha256}
    assert len(store.plans.versions("zone", "claim/a")) == 1


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("扫描件.PDF", b"%PDF-1.4", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.b.jpeg", b"\xff\xd8\xff\xe1", "image/jpeg"),
        ("a.docx", ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.txt", "汉字".encode("gb18030"), "text/plain"),
    ],
)
def test_the_kind_is_told_by_name_and_first_bytes(
    name: str, content: bytes, media_type: str
) -> None:
    assert EvidenceFile(name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90"),
        ("a.pdf", b" %PDF-1.4"),
        ("a.docm", ZIP),
        ("a.zip", ZIP),
        ("a.html", b"<script>"),
        ("a.svg", b"<svg/>"),
        ("a.pdf.exe", b"%PDF-1.4"),
        ("a.txt", b"MZ\x90\x00"),
        ("a.txt", b""),
        ("pdf", b""),
        ("", b"a"),
    ],
)
def test_no_other_kind_is_kept(name: str, content: bytes) -> None:
    with pytest.raises(EvidenceRefused):
        _ = EvidenceFile(name, content).media_type


def test_a_name_has_no_folders_and_no_marks_of_a_list() -> None:
    for given in ("C:\\文件\\批复;甲|乙\n.pdf", "../x/批复；甲 乙\x00 .pdf"):
        assert EvidenceFile(given, b"").name == "批复 甲 乙 .pdf"


def test_size_and_number_have_limits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    largest = b"a" * (LARGEST_MEGABYTES * MEGABYTE)
    refused: list[tuple[type[StoreError], EvidenceFile]] = [
        (EvidenceTooLarge, EvidenceFile("a.txt", largest + b"a")),
    ]
    store.plans.save("zone", "claim/a", "a", files=[EvidenceFile("a.txt", largest)])
    monkeypatch.setattr(evidence, "MOST_FILES", 2)
    store.plans.save("zone", "claim/a", "b", based_on=1, files=[PDF])
    refused.append((EvidenceFull, EvidenceFile("b.txt", b"b")))

    for error, file in refused:
        with pytest.raises(error):
            store.plans.save("zone", "claim/a", "c", based_on=2, files=[file])
    again = store.plans.save("zone", "claim/a", "c", based_on=2, files=[PDF])
    assert again.version == 3
