"""The words of ``estimate`` and the analysis each one names.

A new analysis becomes a new word by one more entry in :data:`VERBS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.results.estimates import Result
from command_line.requests import ColumnRule, Request, WaveRule


@dataclass(frozen=True)
class Verb:
    """One word: the analysis, the responses it needs when no wave is named, and what its values are.

    ``columns``: what it groups by beside ``--by`` and ``--where``. Few columns make few cells, and few cells are fast.
    ``takes``: the options it understands beside those of every word. ``share``: proportions, shown in per cent. ``signed``: differences,
    shown with their sign. ``decimals`` in the table. ``ours``: of our own customers where no operator is named or compared.
    """

    run: Callable[[Request], Result]
    waves: Callable[[str | None], WaveRule] = lambda _against: "latest"
    columns: ColumnRule = lambda _schema, _by, _against: ()
    takes: tuple[str, ...] = ()
    share: bool = False
    signed: bool = False
    decimals: int = 2
    ours: bool = True


VERBS: dict[str, Verb] = {
}  # fmt: skip
