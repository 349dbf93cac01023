"""Keep names of areas as bytes that sort as the names do, with an index on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_read_by_0006"
down_revision = "0012_read_by_0006"

_KEY = ("area", "year", "quarter", "issued_at")


def upgrade() -> None:
    for language in ("zh", "en"):
        op.add_column("fleet_result", sa.Column(f"sort_{language}", sa.LargeBinary()))
    _fill()
    for language in ("zh", "en"):
        op.create_index(
            f"ix_fleet_result_{language}",
            "fleet_result",
            [
                "year", "quarter", "synthetic", "reference", f"sort_{language}", "area",
                "issued_at", "p_all", "kind", "province",
            ],
        )  # fmt: skip


def _fill() -> None:
    # The types of the key do not matter: what is read of it is only compared with itself.
    names = ("name_zh", "name_en")
    table = sa.table("fleet_result", *map(sa.column, (*_KEY, *names, "sort_zh", "sort_en")))
    found = op.get_bind().execute(sa.select(*(table.c[name] for name in (*_KEY, *names)))).all()
    same = (table.c[name] == sa.bindparam(f"its_{name}") for name in _KEY)
    filled = sa.update(table).where(*same).values(
        sort_zh=sa.bindparam("zh"), sort_en=sa.bindparam("en")
    )  # fmt: skip
    rows = [
        {f"its_{name}": getattr(row, name) for name in _KEY}
        | {
            "zh": row.name_zh.encode("gb18030")[:120],
            "en": row.name_en.casefold().encode()[:120],
        }
        for row in found
    ]
    if rows:
        op.get_bind().execute(filled, rows)
