"""How the indicator weights of one node come about: the name of the method, and what people judged where they did."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Literal, get_args

from pydantic import Field

from survey_schema.schema_parts import Code, ContradictionError, Model
from words.language import message
from words.lists import Listed

#: ``equal`` needs no weights; all others are written out at the children, whatever method they came from.
IndicatorWeightMethod = Literal["equal", "given", "regression", "importance", "factor", "path_model", "entropy", "ahp", "expert"]
WEIGHTINGS: tuple[IndicatorWeightMethod, ...] = get_args(IndicatorWeightMethod)
#: Methods whose weights follow from the answers of a wave.
FROM_ANSWERS: tuple[IndicatorWeightMethod, ...] = ("regression", "importance", "factor", "path_model", "entropy")
#: The largest judgement on Saaty's scale: extremely more important.
EXTREME = 9


class Judgement(Model):
    """One pairwise comparison: ``more`` is ``times`` as important as ``less``."""

    more: Code
    less: Code
    times: float = Field(ge=1, le=EXTREME, description="1 equally important, 3 moderately, 5 strongly, 7 very strongly, 9 extremely")


class Expert(Model):
    """One expert's weights of the children; they need not sum to 1."""

    name: str = Field(min_length=1, max_length=100)
    weights: dict[Code, float] = Field(min_length=1, description="child code -> weight of 0 or more")


class WeightOrigin(Model):
    """The answers weights were derived from."""

    wave: str = Field(min_length=1, description="label of the wave")
    respondents: int = Field(ge=1)
    where: dict[str, str] = Field({}, description="column -> value the responses were narrowed down to")


def refuse_contradictions(
    weighting: IndicatorWeightMethod,
    children: Sequence[str],
    judgements: Sequence[Judgement],
    experts: Sequence[Expert],
    origin: WeightOrigin | None,
) -> None:
    """Raises :class:`ContradictionError` where what is written does not belong to the method or to the children."""
    for entry, wanted, there in (("judgements", "ahp", judgements), ("experts", "expert", experts)):
        if there and weighting != wanted:
            raise ContradictionError(message("{entry} belong to the weighting {weighting} only", entry=entry, weighting=wanted), entry)
    if origin is not None and weighting not in FROM_ANSWERS:
        raise ContradictionError(message("weights_from belongs to the weightings {known} only", known=Listed(FROM_ANSWERS)), "weights_from")
    if judgements:
        _refuse_wrong_pairs(children, judgements)
    for position, expert in enumerate(experts):
        _refuse_wrong_expert(children, expert, position)


def _refuse_wrong_pairs(children: Sequence[str], judgements: Sequence[Judgement]) -> None:
    seen: set[frozenset[str]] = set()
    for position, judgement in enumerate(judgements):
        pair = frozenset((judgement.more, judgement.less))
        if len(pair) < 2 or not pair <= set(children):
            found = Listed((judgement.more, judgement.less))
            problem = message("expected two different ones of {children}, found {found}", children=Listed(children), found=found)
            raise ContradictionError(problem, "judgements", position)
        if pair in seen:
            problem = message("{one} and {other} are compared twice", one=judgement.more, other=judgement.less)
            raise ContradictionError(problem, "judgements", position)
        seen.add(pair)
    for one, other in combinations(children, 2):
        if frozenset((one, other)) not in seen:
            raise ContradictionError(message("{one} and {other} are not compared yet", one=one, other=other), "judgements")


def _refuse_wrong_expert(children: Sequence[str], expert: Expert, position: int) -> None:
    if set(expert.weights) != set(children):
        problem = message("expected one weight for each of {children}", children=Listed(children))
        raise ContradictionError(problem, "experts", position, "weights")
    if min(expert.weights.values()) < 0 or not sum(expert.weights.values()) > 0:
        raise ContradictionError(message("weights must be 0 or more, and not all of them 0"), "experts", position, "weights")
