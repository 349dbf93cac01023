"""Compare two folders of screenshots pixel by pixel.

``python -m tests.golden.screens BEFORE AFTER`` names each screen that differs, and where. Take
both on one machine and one day: pages tell the date, and fonts differ between machines.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops

VISIBLE = 8
"""Of 255: a smaller difference of a colour is left over from smoothing."""


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield a line for each picture that is in one folder only, or differs."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.png")})
    for name in names:
        missing = [folder for folder in (before, after) if not (folder / name).exists()]
        if missing:
            yield f"{name}: not in {missing[0].name}"
        elif said := _difference(before / name, after / name):
            yield f"{name}: {said}"


def _difference(before: Path, after: Path) -> str:
    one, other = (Image.open(path).convert("RGB") for path in (before, after))
    if one.size != other.size:
        return f"{one.width} x {one.height} became {other.width} x {other.height}"
    change = ImageChops.difference(one, other).convert("L")
    visible = change.point(lambda value: 255 * (value > VISIBLE))
    box = visible.getbbox()
    if box is None:
        return ""
    share = visible.histogram()[255] / (one.width * one.height)
    left, top, right, bottom = box
    return f"{share:.3%} of the pixels, from {left}, {top} to {right}, {bottom}"


def main() -> int:
    """Print the differences; return 1 where there are any."""
    before, after = map(Path, sys.argv[1:])
    found = list(differences(before, after))
    print("\n".join(found) or "no screen differs")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
