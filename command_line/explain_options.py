"""What ``estimate`` may be told beside the selection, of words that are not topics yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExplainOptions:
    """As written; None or empty where nothing was said."""

    method: str | None = None
    compare: tuple[str, ...] = ()
