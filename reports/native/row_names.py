"""Names of rows as an axis has them: each once, with what it belongs to where the name alone would not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from charts.kit.description.rows import Rows


def row_names(rows: Rows, places: Sequence[int]) -> list[str]:
    """The names of the drawn rows."""
    names = [rows.rows[place].name for place in places]
    counts = Counter(names)
    if not rows.key or all(count == 1 for count in counts.values()):
        return names
    belongs = [" · ".join(str(column.cells[place]) for column in rows.key if column.cells[place]) for place in places]
    return [f"{group} · {name}" if group and counts[name] > 1 else name for group, name in zip(belongs, names, strict=True)]
