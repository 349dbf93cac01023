"""Two folders of screenshots differ where a picture does, is missing or has another size."""

from pathlib import Path

from PIL import Image

from tests.golden.screens import differences


def test_every_kind_of_difference_is_named(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        Image.new("RGB", (20, 10), "white").save(folder / "same.png")
    changed = Image.new("RGB", (20, 10), "white")
    changed.putpixel((3, 4), (0, 0, 0))
    Image.new("RGB", (20, 10), "white").save(before / "dot.png")
    changed.save(after / "dot.png")
    Image.new("RGB", (20, 10), "white").save(before / "size.png")
    Image.new("RGB", (20, 12), "white").save(after / "size.png")
    changed.save(after / "only.png")

    assert list(differences(before, after)) == [
        "dot.png: 0.500% of the pixels, from 3, 4 to 4, 5",
        "only.png: not in before",
        "size.png: 20 x 10 became 20 x 12",
    ]
