"""The words of ``estimate`` and the analysis each one names.

A new analysis becomes a new word by one more entry in :data:`VERBS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.compare.compare_groups import league
from analysis.results.estimates import Result
from command_line import (
    comparison_verbs,
    indicator_weight_verbs,
)
from command_line.comparison_verbs import compared_column, one_code
from command_line.requests import ColumnRule, Request, WaveRule
from survey_schema.models import SurveySchema


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


def _league(request: Request) -> Result:
    return league(
        request.tallies, request.schema, dimension=_dimension(request), where=request.where, code=one_code(request),
        common=request.common, thresholds=request.thresholds,
    )  # fmt: skip


def _codes(request: Request) -> tuple[str, ...]:
    """The indicators asked for; comparisons of many groups keep to the headline when none is named."""
    return request.codes or (request.schema.tree.code,)


def _dimension(request: Request) -> str:
    return compared_column(request.schema, request.by)


def _compared_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    return (compared_column(schema, by),)


VERBS: dict[str, Verb] = {
    "league": Verb(_league, columns=_compared_columns, takes=("--common", "--share")),
    "ranks": Verb(comparison_verbs.ranks, columns=comparison_verbs.compared_columns, takes=("--common", "--share"), decimals=0),
    "funnel": Verb(comparison_verbs.funnel, columns=comparison_verbs.compared_columns, takes=("--common",)),
    "decompose": Verb(
        comparison_verbs.decompose, waves=lambda _against: "with_earlier", columns=comparison_verbs.parted_columns,
        takes=("--against",), signed=True,
    ),
    "composite": Verb(comparison_verbs.composite, columns=comparison_verbs.parted_columns, takes=("--population",)),
    "indicator-weights": Verb(
        indicator_weight_verbs.indicator_weights, columns=indicator_weight_verbs.weighted_columns, takes=("--method", "--compare"),
        decimals=4,
    ),
}  # fmt: skip
