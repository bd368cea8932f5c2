"""What people chose: the share of people and the share of mentions of every option, by any grouping.

**Share of people** is Σw·1[chosen]/Σw over those asked, a domain mean, so it may add up to more than 100 %. **Share of mentions** is
Σw·1[chosen]/Σw·(options chosen), a ratio of two totals over the same respondents, and adds up to 100 %; its linearised influence is
w(c − R·m)/Σwm. Both with strata, clusters and respondent weights; intervals by Wilson on the effective base. Groups are told apart by
their shares of people.

Source: ``docs/methods.md``; checked against R ``survey`` (svymean, svyratio).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.choices.group_tests import against_rest, with_letters
from analysis.choices.option_sums import MENTIONS, PEOPLE, OptionTallies, item_of
from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Figure
from analysis.inference.figures import described, estimate, figures_of, hide_small
from analysis.inference.linearise import variance_of_sums
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.domains import Domains
from survey_schema.answer_options import MultiQuestion
from words.language import message

METHOD = message(
    "Share of people: of those who were asked, weighted. Share of mentions: of all options chosen. Linearised variance with strata and "
    "clusters, Wilson's interval on the effective base. Groups that share a letter cannot be told apart (all pairs, Holm)."
)


@dataclass(frozen=True)
class OptionShare:
    """One option in one group, in per cent: ``people`` of those asked, ``mentions`` of all options chosen."""

    option: str
    keys: Mapping[str, str | None]
    people: Estimate
    mentions: Estimate


@dataclass(frozen=True)
class Choices:
    """All options of one question, group by group; ``average`` options each respondent of a group chose."""

    question: MultiQuestion
    rows: tuple[OptionShare, ...]
    average: tuple[Estimate, ...]
    provenance: Provenance

    def group(self, keys: Mapping[str, str | None]) -> list[OptionShare]:
        """The options of one group, most chosen first; hidden ones in the order of the question."""
        own = [row for row in self.rows if row.keys == keys]
        return sorted(own, key=lambda row: -(row.people.value if row.people.value is not None else -1.0))

    @property
    def groups(self) -> list[Mapping[str, str | None]]:
        """The groups there are."""
        return [entry.keys for entry in self.average]


def estimate_choices(
    tallies: OptionTallies,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Choices:
    """Every option, for everybody or for each group of ``by`` within ``where``. All options of a group are shown or hidden together."""
    question = tallies.question
    if not isinstance(question, MultiQuestion):
        raise TypeError("a question of several answers")
    over, suppression = protected_domains(tallies.tallies, tallies.schema, by, where, thresholds)
    options = [option.code for option in question.options if item_of(question, option.code, PEOPLE) in tallies.tallies.items]
    codes = [item_of(question, option, PEOPLE) for option in options]
    mentioned = item_of(question, "", MENTIONS)
    figures = all_or_none(hide_small(figures_of(over, tallies.schema, [*codes, mentioned]), suppression))
    entries = estimate(over, figures, thresholds, family=lambda figure: str(figure.keys) if figure.code != mentioned else None)
    entries = with_letters(over, figures, entries, thresholds) if by else entries
    people = [entry for entry in entries if entry.code != mentioned]
    people = against_rest(people, tallies.tallies, tallies.schema, by, where or {}, thresholds)
    people = [share_interval(entry, "satisfied", thresholds, 100.0) for entry in people]
    average = tuple(entry._replace(code=question.code, letters=None) for entry in entries if entry.code == mentioned)
    mentions = _mentions(over, codes, mentioned, people, thresholds)
    rows = [
        OptionShare(options[place % len(options)], own.keys, _named(own, question, options, place), _named(share, question, options, place))
        for place, (own, share) in enumerate(zip(people, mentions, strict=True))
    ]
    return Choices(question, tuple(rows), average, described(METHOD, tallies.schema, thresholds, over, adjustment="holm" if by else None))


def all_or_none(figures: Sequence[Figure]) -> list[Figure]:
    """Figures of a group are all shown or all hidden where their bases are one: each would tell about the others."""
    why: dict[str, Figure] = {}
    for figure in figures:
        if figure.reason is not None and figure.n:
            why.setdefault(str(figure.keys), figure)
    return [
        figure._replace(reason=why[str(figure.keys)].reason) if figure.reason is None and str(figure.keys) in why else figure
        for figure in figures
    ]


def _named(entry: Estimate, question: MultiQuestion, options: Sequence[str], place: int) -> Estimate:
    return entry._replace(code=question.stored(options[place % len(options)]))


def _mentions(over: Domains, codes: Sequence[str], mentioned: str, people: Sequence[Estimate], thresholds: Thresholds) -> list[Estimate]:
    """The share of mentions of each option in each group, in per cent; nobody chose anything: no share."""
    items, k = over.tallies.items, len(over.tallies.items)
    places, all_of_them = [items.index(code) for code in codes], items.index(mentioned)
    totals = np.nan_to_num(over.means) * over.weights  # Σwz of each set
    gradients = np.zeros((len(people), over.members.shape[1], 2 * k))
    shares = np.full(len(people), np.nan)
    for g in range(len(over)):
        whole = totals[g, all_of_them]
        if whole <= 0:
            continue
        for nth, place in enumerate(places):
            number = g * len(places) + nth
            shares[number] = totals[g, place] / whole
            gradients[number, over.holds[g], place] = 1 / whole
            gradients[number, over.holds[g], all_of_them] = -shares[number] / whole
    errors = np.sqrt(np.maximum(variance_of_sums(over, gradients), 0))
    found = []
    for entry, share, se in zip(people, shares.tolist(), errors.tolist(), strict=True):
        plain = entry._replace(letters=None, verdict=None, p_adjusted=None, rank=None, deff=None)
        if entry.value is None:
            found.append(plain)
        elif np.isnan(share):
            found.append(plain._replace(value=None, se=None, low=None, high=None, df=None, reason=message("Nobody chose any option.")))
        elif entry.se is None:
            found.append(plain._replace(value=share))
        else:
            around = plain._replace(value=share, se=se, low=share, high=share)
            found.append(share_interval(around, "satisfied", thresholds, 100.0))
    return found
