"""One pass over the responses for the fuzzy evaluation: respondent weights by item and fifth grade, per replicate group.

An answer belongs to one of five grades. A scale of five grades keeps them; any other is cut into fifths: grade j of k
(0 … k−1) falls into fifth ⌊5(j + ½)/k⌋, which treats both ends of the scale alike, and a continuous scale is cut at
fifths of its theoretical range. ``fuzzy_cuts`` in the schema overrides this. Reversed items are turned first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np

from analysis.sums.across_columns import largest
from analysis.sums.domains import kish
from analysis.sums.raked_groups import WAVE, Margins, RakedGroups, raked_groups, shifted
from analysis.sums.raked_waves import CLASS
from analysis.sums.tallies import WEIGHT, Array
from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from words.errors import unknown
from words.language import message

GRADES = 5
REPLICATE = "replicate_group"


@dataclass(frozen=True, eq=False)
class GradeSums:
    """Sums of one group of respondents over G replicate groups, k items and five grades (best first).

    ``weights`` (G, k, 5) Σw, ``reraked`` (G, k, 5) what raking again adds without each replicate group, where weights in force were
    raked to ``margins``; ``n`` and ``n_eff`` the base of each item, and of each node those who answered any item under it.
    """

    keys: Mapping[str, str | None]
    items: tuple[str, ...]
    weights: Array
    n: Mapping[str, int]
    n_eff: Mapping[str, float]
    reraked: Array | None = None
    margins: Margins | None = None

    @property
    def rest(self) -> Array:
        """Σw without each replicate group (G, k, 5), the weights raked again where they are raked."""
        rest: Array = self.weights.sum(axis=0) - self.weights
        return rest if self.reraked is None else rest + self.reraked

    @property
    def occupied(self) -> int:
        """Replicate groups with a respondent of this group."""
        return int((self.weights > 0).any(axis=(1, 2)).sum()) if self.reraked is not None else len(self.weights)


def fifth_cuts(scale: Scale) -> list[float]:
    """The answers from which the second-worst … best of the five grades begin.

    >>> fifth_cuts(Scale(minimum=1, maximum=10, satisfied_from=8))
    [3.0, 5.0, 7.0, 9.0]
    >>> fifth_cuts(Scale(minimum=0, maximum=10, satisfied_from=8))
    [2.0, 4.0, 7.0, 9.0]
    """
    if scale.fuzzy_cuts:
        return list(scale.fuzzy_cuts)
    grades = scale.grades
    if not grades:
        return [scale.minimum + (scale.maximum - scale.minimum) * fifth / GRADES for fifth in range(1, GRADES)]
    fifths = [int(GRADES * (place + 0.5) / len(grades)) for place in range(len(grades))]
    above = scale.maximum + 1  # no answer reaches a fifth that a scale of fewer than five grades leaves empty at the top
    return [next((float(grade) for grade, fifth in zip(grades, fifths, strict=True) if fifth >= cut), above) for cut in range(1, GRADES)]


def fuzzy_memberships(
    frame: nw.LazyFrame[Any], schema: SurveySchema, *, by: Sequence[str] = (), where: Mapping[str, str] | None = None
) -> list[GradeSums]:
    """The sums of each group of ``by``, sorted by their keys, in one engine pass.

    Respondents without a positive weight count nowhere; an unanswered item drops out of its own sums only. Raises ManyiError for a
    column the responses do not have.
    """
    present = frame.collect_schema().names()
    for name in [*by, *(where or {})]:
        if name not in present:
            raise unknown(message("column"), name, present, place=message("these responses"))
    items = [code for code in schema.tree.items() if code in present]
    narrowed = frame.filter(nw.col(WEIGHT) > 0, *(nw.col(name) == value for name, value in (where or {}).items()))
    below = {**{code: [code] for code in items}, **{node.code: [c for c in node.items() if c in items] for node in schema.tree.walk()}}
    grouped = narrowed.group_by(*by, REPLICATE).agg(*_reaching(schema, items), *_bases(below))
    table = grouped.collect("pandas").to_native().sort_values(REPLICATE)  # the engine gives groups in any order
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for row, values in enumerate(table[list(by)].to_numpy() if by else [()] * len(table)):
        groups.setdefault(_key(values), []).append(row)
    reached = table[[f"r{i}_{j}" for i in range(len(items)) for j in range(GRADES)]].to_numpy(dtype=np.float64)
    reached = np.nan_to_num(reached.reshape(len(table), len(items), GRADES))
    weights = np.maximum(-np.diff(reached, axis=2, append=0.0)[..., ::-1], 0.0)
    bases = {code: table[[f"n{p}", f"w{p}", f"v{p}"]].to_numpy(dtype=np.float64) for p, code in enumerate(below)}
    ordered = sorted(groups, key=lambda key: tuple((value is None, value or "") for value in key))
    raked = raked_groups(frame)
    moved = _reraked(narrowed, schema, items, by, raked) if raked else {}
    found = [
        GradeSums(
            dict(zip(by, key, strict=True)), tuple(items), weights[rows],
            {code: round(base[rows, 0].sum()) for code, base in bases.items()},
            {code: float(kish(base[rows, 1].sum(keepdims=True), base[rows, 2].sum(keepdims=True))[0]) for code, base in bases.items()},
        )
        for key in ordered if (rows := groups[key])
    ]  # fmt: skip
    if raked is None:
        return found
    spread = []
    for key, group in zip(ordered, found, strict=True):
        everywhere = np.zeros((len(raked.labels), len(items), GRADES))
        everywhere[np.searchsorted(raked.labels, table[REPLICATE].to_numpy()[groups[key]])] = group.weights
        spread.append(replace(group, weights=everywhere, reraked=moved.get(key, np.zeros_like(everywhere)), margins=raked.margins))
    return spread


def _reraked(
    narrowed: nw.LazyFrame[Any], schema: SurveySchema, items: Sequence[str], by: Sequence[str], raked: RakedGroups
) -> dict[tuple[str | None, ...], Array]:
    """What raking again adds to the weights of each group (G, k, 5)."""
    names = [f"r{i}_{j}" for i in range(len(items)) for j in range(GRADES)]
    steps = [step for code in items for step in [(~nw.col(code).is_null()).cast(nw.Float64), *_reached(schema, code)]]
    rows = narrowed.select(
        *(nw.col(name) for name in dict.fromkeys([*by, WAVE, CLASS, REPLICATE])), nw.col(WEIGHT).cast(nw.Float64).alias("w"),
        *(step.fill_null(0.0).alias(name) for name, step in zip(names, steps, strict=True)),
    )  # fmt: skip
    found = {}
    for values, moved in shifted(rows, raked, by, names).items():
        reached = moved.sums[:, 0, 1:].reshape(len(raked.labels), len(items), GRADES)
        found[_key(values)] = -np.diff(reached, axis=2, append=0.0)[..., ::-1]
    return found


def _key(values: Sequence[Any]) -> tuple[str | None, ...]:
    return tuple(None if value is None or value != value else str(value) for value in values)


def points_frame(frame: nw.LazyFrame[Any], schema: SurveySchema) -> tuple[nw.LazyFrame[Any], SurveySchema]:
    """The responses with each answer replaced by what its grade is worth, and the survey that scores them as they stand."""
    items = [code for code in schema.tree.items() if code in frame.collect_schema().names()]
    points = Scale(minimum=0, maximum=100, step=None, satisfied_from=100)
    asked = [item.model_copy(update={"scale": "points", "reversed": False}) for item in schema.items]
    worth = schema.model_copy(update={"items": asked, "scales": {"points": points}, "convention": "range"})
    return frame.with_columns(*(_points(schema, code) for code in items)), worth


def _points(schema: SurveySchema, code: str) -> nw.Expr:
    """What an answer's grade is worth: the worst grade's value and what each further grade adds."""
    values = schema.fuzzy.grade_values
    worth = nw.lit(float(values[-1])) + sum(
        (nw.lit(float(values[place] - values[place + 1])) * reached for place, reached in enumerate(reversed(_reached(schema, code)))),
        start=nw.lit(0.0),
    )
    return worth.alias(code)


def _reached(schema: SurveySchema, code: str) -> list[nw.Expr]:
    """1 where an answer reaches the second-worst … best grade, 0 where not, null where missing."""
    scale = schema.scale_of(code)
    answer = nw.col(code).cast(nw.Float64)
    turned = (scale.minimum + scale.maximum) - answer if schema.item(code).reversed else answer
    room = 1e-9 * (scale.maximum - scale.minimum)  # for answers such as 0.1 + 0.2
    return [(turned >= cut - room).cast(nw.Float64) for cut in fifth_cuts(scale)]


def _reaching(schema: SurveySchema, items: Sequence[str]) -> list[nw.Expr]:
    """Σw of those who answered an item (r…_0), and of those who reached each further grade (r…_1 … r…_4)."""
    w, made = nw.col(WEIGHT), []
    for i, code in enumerate(items):
        answered = (~nw.col(code).is_null()).cast(nw.Float64)
        made += [(w * reached).sum().alias(f"r{i}_{j}") for j, reached in enumerate([answered, *_reached(schema, code)])]
    return made


def _bases(below: Mapping[str, Sequence[str]]) -> list[nw.Expr]:
    """n, Σw and Σw² of those who answered an item, or any item under a node."""
    w, made = nw.col(WEIGHT), []
    for place, codes in enumerate(below.values()):
        answered = largest(*((~nw.col(code).is_null()).cast(nw.Float64) for code in codes)) if codes else nw.lit(0.0)
        made += [
            answered.sum().alias(f"n{place}"), (w * answered).sum().alias(f"w{place}"), (w * w * answered).sum().alias(f"v{place}")
        ]  # fmt: skip
    return made
