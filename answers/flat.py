"""Results made flat: estimates with the names of their figures, figures without an interval, all with the same keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import narwhals as nw

from analysis.disclosure.protected_moments import protected_moments
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.finite_figures import finite
from analysis.results.provenance import Provenance, plain_facts
from analysis.sums.cross_moments import GroupMoments
from analysis.sums.mean_replacement import Missing
from survey_schema.models import SurveySchema
from words.language import Message


class OfResponses(Protocol):
    """A question with the responses it is about."""

    @property
    def frame(self) -> nw.LazyFrame[Any]:
        """The responses, not narrowed down."""

    @property
    def schema(self) -> SurveySchema:
        """The survey."""

    @property
    def by(self) -> tuple[str, ...]:
        """Columns to group by."""

    @property
    def where(self) -> dict[str, str]:
        """The selection."""

    @property
    def thresholds(self) -> Thresholds:
        """When a base is hidden."""


class HasBase(Protocol):
    """Whatever was computed on a base."""

    @property
    def n(self) -> int:
        """Respondents."""

    @property
    def n_eff(self) -> float:
        """Their effective number."""


def narrowed_to(frame: nw.LazyFrame[Any], where: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """The responses of a selection."""
    return frame.filter(*(nw.col(name) == value for name, value in where.items())) if where else frame


def narrowed(asked: OfResponses) -> nw.LazyFrame[Any]:
    """The responses of the selection that is asked about."""
    return narrowed_to(asked.frame, asked.where)


def moments_by(asked: OfResponses, variables: Sequence[str], missing: Missing = "listwise") -> tuple[GroupMoments, ...]:
    """Cross-moments of the selection, one for each group of ``by``; hidden groups know why they are."""
    items = list(dict.fromkeys(variables))
    return protected_moments(asked.frame, asked.schema, items, by=asked.by, where=asked.where, thresholds=asked.thresholds, missing=missing)


def tagged(figure: str, estimates: Iterable[Estimate | None], *, tested: bool = True, **keys: str | None) -> list[Estimate]:
    """Estimates with the name of their figure before their keys; ``tested`` False where zero is no hypothesis (shares, loadings)."""
    return [
        e._replace(keys={"figure": figure, **keys, **e.keys}, p=e.p if tested else None, df=e.df if tested else None)
        for e in estimates
        if e is not None
    ]


def bare(figure: str, values: Mapping[str, float | None], like: HasBase, **keys: str | None) -> list[Estimate]:
    """Figures that have no interval, such as variance inflation; the bases are those of ``like``."""
    return [
        Estimate({"figure": figure, **keys}, code, value, n=like.n, n_eff=like.n_eff) for code, value in values.items() if value is not None
    ]


def refused(code: str, reason: Message, n: int, n_eff: float, **keys: str | None) -> Estimate:
    """What stands where nothing can be estimated: the reason."""
    return Estimate(keys, code, None, n=n, n_eff=n_eff, reason=reason)


def with_losses(estimates: Iterable[Estimate], moments: GroupMoments) -> list[Estimate]:
    """Every record says how many respondents its analysis lost for how many missing answers."""
    return [e._replace(dropped=moments.dropped, missing_cells=moments.missing_cells) for e in estimates]


def collected(estimates: Sequence[Estimate], provenance: Provenance, **facts: object) -> Result:
    """The result, every estimate with the same keys in the same order, so that records and tables line up.

    ``facts`` are for programs: what ``--json`` prints beside what the provenance knows.
    """
    names = list(dict.fromkeys(name for estimate in estimates for name in estimate.keys))
    even = (e._replace(keys={name: e.keys.get(name) for name in names}) for e in estimates)
    return Result(finite(even), provenance.plus(*plain_facts(facts)))
