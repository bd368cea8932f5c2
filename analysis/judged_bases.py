"""Which figures may be shown, judged on all groups of the dimensions involved, not just on the ones asked for.

Whether a group is hidden must not depend on how it is asked for: "by branch" and "where branch = X" give the same answer.
So every dimension that is grouped by or narrowed down to is opened, siblings are compared, and then the indicator tree
is protected in each group: where exactly one child of a shown indicator is hidden, a sibling item is hidden with it, or
else the indicator itself, since parent, weights and the other children would give the hidden one back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.domains import Domains, domains
from analysis.results import Thresholds
from analysis.sums import WAVE, Tallies
from analysis.suppression import Flags, hidden, hidden_reason
from survey_schema.language import Message
from survey_schema.models import Indicator, SurveySchema

Group = frozenset[tuple[str, str | None]]


@dataclass(frozen=True)
class JudgedBases:
    """Reasons why figures are hidden, by group and indicator; ``fixed`` are the values narrowed down to."""

    reasons: Mapping[tuple[Group, str], Message]
    fixed: Mapping[str, str]

    def reason(self, keys: Mapping[str, str | None], code: str) -> Message | None:
        """Why this figure is hidden; None when it may be shown."""
        return self.reasons.get((frozenset({**self.fixed, **keys}.items()), code))


def judge_bases(
    tallies: Tallies, schema: SurveySchema, by: Sequence[str], where: Mapping[str, str | Sequence[str]], thresholds: Thresholds
) -> JudgedBases:
    """Judges every indicator and item in every group of ``by`` and of the dimensions in ``where``.

    ``tallies`` are not narrowed down yet. Waves are never siblings, so a wave in ``where`` only limits the work.
    """
    fixed = {name: value for name, value in where.items() if isinstance(value, str)}
    opened = list(dict.fromkeys([*by, *fixed]))
    return _judge(domains(tallies.where({WAVE: where[WAVE]} if WAVE in where else {}), opened), schema, fixed, thresholds)


def judged_domains(
    tallies: Tallies,
    schema: SurveySchema,
    by: Sequence[str],
    where: Mapping[str, str | Sequence[str]] | None,
    thresholds: Thresholds,
) -> tuple[Domains, JudgedBases]:
    """The groups of ``by`` within a selection, and which of their figures may be shown: how every comparison of groups begins."""
    over = domains(tallies.where(where or {}), by)
    if where:
        return over, judge_bases(tallies, schema, by, where, thresholds)
    return over, _judge(over, schema, {}, thresholds)  # nothing is narrowed down: the groups shown are those to be judged


def _judge(over: Domains, schema: SurveySchema, fixed: Mapping[str, str], thresholds: Thresholds) -> JudgedBases:
    """Judges the groups of all dimensions that are opened."""
    tallies = over.tallies
    codes = [*tallies.nodes, *tallies.items]
    bases = np.concatenate([over.node_n_eff, over.n_eff], axis=1) if len(over) else np.zeros((0, len(codes)))
    place = {code: c for c, code in enumerate(codes)}
    flags, known = bases < 0, -1
    while flags.sum() > known:  # what the tree hides may stand alone among its siblings, and the other way round
        known = flags.sum()
        for c in range(len(codes)):
            flags[:, c] = hidden(bases[:, c], over.keys, thresholds, flags[:, c])
        for g in np.flatnonzero(flags.any(axis=1)):
            _protect_tree(schema.tree, flags[g], bases[g], place)
    return JudgedBases(_reasons(over, codes, flags, bases, thresholds), fixed)


def _protect_tree(node: Indicator, flags: Flags, bases: np.ndarray, place: Mapping[str, int]) -> None:
    """Hides what would give away the only hidden child of a node; children before their parent, in place."""
    for child in node.children:
        if isinstance(child, Indicator):
            _protect_tree(child, flags, bases, place)
    scored = [child for child in node.children if child.code in place and bases[place[child.code]] > 0]
    secret = [child for child in scored if flags[place[child.code]]]
    if len(secret) != 1 or flags[place[node.code]]:
        return
    items = [place[child.code] for child in scored if not isinstance(child, Indicator) and not flags[place[child.code]]]
    flags[min(items, key=lambda c: bases[c]) if items else place[node.code]] = True


def _reasons(
    over: Domains, codes: Sequence[str], flags: Flags, bases: np.ndarray, thresholds: Thresholds
) -> dict[tuple[Group, str], Message]:
    groups: list[Group] = [frozenset(keys.items()) for keys in over.keys]
    return {(groups[g], codes[c]): hidden_reason(float(bases[g, c]), thresholds) for g, c in np.argwhere(flags).tolist()}
