"""Which rows somebody saw who left something in the store: whoever may see fewer does not find it, since it may tell of them."""

from __future__ import annotations

import json

from storage.records import Scope


def seen_text(rows: Scope) -> str:
    """The rows a user may see as text, the same for the same rows."""
    return json.dumps({name: sorted(values) for name, values in rows.allowed.items()}, ensure_ascii=False, sort_keys=True)


def sees(rows: Scope, seen: str) -> bool:
    """Whether a user may see all the rows that somebody saw."""
    theirs = json.loads(seen)
    return all(name in theirs and set(theirs[name]) <= values for name, values in rows.allowed.items())
