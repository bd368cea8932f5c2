"""What people put first: score, first-place share and mean rank of every option of a ranking, by any grouping.

With K places that may be given, the **score** of an option is the mean of K for a first place, K − 1 for a second … and 0 where it was left
unranked, over all who ranked anything (Borda 1781; the weighted score of survey tools), on 0–K. The **first-place share** is of the same
people. The **mean rank** is of those who ranked the option, 1 the best, and so of another base: an option
ranked by few may have a good one. All are domain means with the linearised variance of every mean; groups are told apart by their scores.

Source: ``docs/methods.md``; checked against R ``survey`` (svymean).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.choices.estimate_choices import all_or_none
from analysis.choices.group_tests import against_rest, with_letters
from analysis.choices.option_sums import FIRST, MEAN, RANK_PARTS, SCORE, OptionTallies, item_of
from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Figure
from analysis.inference.figures import described, estimate, figures_of, hide_own_base, hide_small
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from survey_schema.answer_options import Ranking
from words.language import message

METHOD = message(
    "Score: points for each place, most for the first, none for an option left unranked, as a mean over all who ranked anything. First: "
    "share of the same people. Mean rank: of those who ranked the option. Linearised variance with strata and clusters. Groups that share "
    "a letter cannot be told apart by their score (all pairs, Holm)."
)


@dataclass(frozen=True)
class RankedOption:
    """One option in one group: ``score`` on 0–K, ``first`` in per cent, ``mean`` rank (1 the best)."""

    option: str
    keys: Mapping[str, str | None]
    score: Estimate
    first: Estimate
    mean: Estimate


@dataclass(frozen=True)
class RankedOptions:
    """All options of one ranking, group by group."""

    question: Ranking
    rows: tuple[RankedOption, ...]
    provenance: Provenance

    def group(self, keys: Mapping[str, str | None]) -> list[RankedOption]:
        """The options of one group, best score first; hidden ones in the order of the question."""
        own = [row for row in self.rows if row.keys == keys]
        return sorted(own, key=lambda row: -(row.score.value if row.score.value is not None else -1.0))

    @property
    def groups(self) -> list[Mapping[str, str | None]]:
        """The groups there are."""
        found: list[Mapping[str, str | None]] = []
        for row in self.rows:
            if row.keys not in found:
                found.append(row.keys)
        return found


def estimate_ranking(
    tallies: OptionTallies,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> RankedOptions:
    """Every option, for everybody or for each group of ``by`` within ``where``. All options of a group are shown or hidden together."""
    question = tallies.question
    if not isinstance(question, Ranking):
        raise TypeError("a ranking")
    over, suppression = protected_domains(tallies.tallies, tallies.schema, by, where, thresholds)
    options = [option.code for option in question.options if item_of(question, option.code, SCORE) in tallies.tallies.items]
    found: dict[str, list[Estimate]] = {}
    of_all: list[Figure] = []
    for part in RANK_PARTS:
        figures = figures_of(over, tallies.schema, [item_of(question, option, part) for option in options])
        if part == MEAN:  # its own base is a part of the others'
            figures = hide_own_base(_with_reasons(figures, of_all), thresholds)
        else:
            figures = of_all = all_or_none(hide_small(figures, suppression))
        entries = estimate(over, figures, thresholds, family=lambda figure: str(figure.keys))
        if part == SCORE:
            entries = with_letters(over, figures, entries, thresholds) if by else entries
            entries = against_rest(entries, tallies.tallies, tallies.schema, by, where or {}, thresholds)
        if part == MEAN:
            entries = [entry._replace(rank=None) for entry in entries]
        found[part] = [share_interval(entry, "satisfied", thresholds, 100.0) if part == FIRST else entry for entry in entries]
    rows = [
        RankedOption(
            options[place % len(options)], own.keys, *(_named(found[part][place], question, options, place) for part in RANK_PARTS)
        )
        for place, own in enumerate(found[SCORE])
    ]
    return RankedOptions(question, tuple(rows), described(METHOD, tallies.schema, thresholds, over, adjustment="holm" if by else None))


def _with_reasons(figures: Sequence[Figure], judged: Sequence[Figure]) -> list[Figure]:
    """A mean rank is hidden where the score of its option is."""
    return [own._replace(reason=own.reason or other.reason) for own, other in zip(figures, judged, strict=True)]


def _named(entry: Estimate, question: Ranking, options: Sequence[str], place: int) -> Estimate:
    return entry._replace(code=question.stored(options[place % len(options)]))
