"""Kano classes of features with their shares, better and worse, and whether the class can be told from the next one.

The class is the one most respondents' pairs fall in (ties: M, O, A, I). Better = (A + O)/(A + O + M + I), worse = −(O + M)/(A + O + M + I)
in per cent (Berger et al. 1993). **Category strength** is the share of the first class less that of the second (Lee and Newcomb 1997),
tested with the covariance of the two, since they are of one sample; p by Holm over the features and groups shown. Beside it the rule of
Fong (1996) for counts, on the effective base: |a − b| < 1.65 √((a + b)(2n − a − b)/2n) is ambiguous. **Total strength** is the share of
A, O and M.

Source: ``docs/methods.md``, section 6; checked against R ``survey``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.disclosure.protected_domains import Suppression, protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Figure
from analysis.inference.figures import bases, combined, described, estimate, figures_of, hide_own_base, hide_small
from analysis.inference.share_intervals import share_interval
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.kano.kano_sums import BETTER, WORSE, KanoTallies, item_of, node_of
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.results.reasons import kind_of
from analysis.sums.domains import Domains
from survey_schema.kano_pairs import KanoPair
from words.language import Message, message

METHOD = message(
    "Class of each respondent by Kano's evaluation table, class of a feature the most frequent one; category strength tested with the "
    "linearised variance of the difference, Holm-adjusted; better and worse after Berger."
)
#: Lee and Newcomb: a class is clear from a category strength of 6 points on, a feature matters from a total strength of 60 % on.
CLEAR_FROM, MATTERS_FROM = 6.0, 60.0
_FONG = 1.65


@dataclass(frozen=True)
class KanoFeature:
    """One feature in one group. ``shares`` by class, ``better``, ``worse`` and ``total_strength`` in per cent.

    ``kind`` is the most frequent class and ``second`` the next; ``strength`` their distance, ``ambiguous`` where it is not beyond chance,
    ``fong_ambiguous`` by Fong's rule. All are None (``reason`` says why) where nothing may be shown.
    """

    keys: Mapping[str, str | None]
    code: str
    kind: KanoClass | None
    second: KanoClass | None
    shares: Mapping[KanoClass, Estimate]
    better: Estimate
    worse: Estimate
    strength: Estimate
    total_strength: Estimate
    ambiguous: bool | None
    fong_ambiguous: bool | None
    reason: Message | None = None

    @property
    def candidates(self) -> tuple[KanoClass, ...]:
        """The class, and the next one where the two cannot be told apart."""
        named = (self.kind, self.second if self.ambiguous else None)
        return tuple(each for each in named if each is not None)


@dataclass(frozen=True)
class Kano:
    """All features, group by group."""

    features: tuple[KanoFeature, ...]
    provenance: Provenance

    def find(self, code: str, **keys: str | None) -> KanoFeature | None:
        """The feature of that code whose keys include the given ones; None when there is none."""
        return next((f for f in self.features if f.code == code and all(f.keys.get(k) == v for k, v in keys.items())), None)


def estimate_kano(
    tallies: KanoTallies,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Kano:
    """Every feature, for everybody or for each group of ``by`` within ``where``."""
    over, suppression = protected_domains(tallies.tallies, tallies.schema, by, where, thresholds)
    codes = [item_of(pair, part) for pair in tallies.pairs for part in (*CLASSES, BETTER, WORSE)]
    flat = _of_one_mind(figures_of(over, tallies.schema, codes), suppression, thresholds)
    figures, estimates = iter(flat), iter(estimate(over, flat, thresholds))
    groups = [(g, pair, {part: next(figures) for part in (*CLASSES, BETTER, WORSE)}) for g in range(len(over)) for pair in tallies.pairs]
    orders = [_order(over, g, pair) for g, pair, _ in groups]
    strengths, totals = [], []
    for (_, _, parts), (first, second, *_rest) in zip(groups, orders, strict=True):
        strengths.append(combined([(1.0, parts[first]), (-1.0, parts[second])], parts[first].keys))
        totals.append(combined([(1.0, parts[name]) for name in ("A", "O", "M")], parts[first].keys))
    tested = with_verdicts(estimate(over, strengths, thresholds, tested=True), "holm", thresholds)
    entire = estimate(over, totals, thresholds)
    features = []
    for (g, pair, parts), order, strength, total in zip(groups, orders, tested, entire, strict=True):
        found = {part: next(estimates) for part in parts}
        features.append(_feature(over, g, pair, found, order, strength, total, thresholds))
    return Kano(tuple(features), described(METHOD, tallies.schema, thresholds, over, adjustment="holm"))


def _of_one_mind(figures: Sequence[Figure], suppression: Suppression, thresholds: Thresholds) -> list[Figure]:
    """Shares and coefficients of a feature in a group are all shown or all hidden, since each follows from the others.

    They are judged by the shares, whose base holds that of the coefficients; a coefficient may also have too small a base of its own.
    """
    size, found = len(CLASSES) + 2, []
    for start in range(0, len(figures), size):
        shares, coefficients = figures[start : start + len(CLASSES)], figures[start + len(CLASSES) : start + size]
        judged = hide_small(shares, suppression)
        why = next((each.reason for each in judged if each.reason is not None and kind_of(each.reason) == "small"), None)
        if why is None:
            found += [*judged, *hide_own_base(coefficients, thresholds)]
        else:
            found += [each if each.reason else each._replace(reason=why) for each in (*judged, *coefficients)]
    return found


def _order(over: Domains, g: int, pair: KanoPair) -> list[KanoClass]:
    """Classes from most to least frequent."""
    places = [over.tallies.items.index(item_of(pair, name)) for name in CLASSES]
    shares = np.nan_to_num(over.means[g, places]).round(9)
    return [CLASSES[place] for place in np.argsort(-shares, kind="stable")]


def _feature(
    over: Domains,
    g: int,
    pair: KanoPair,
    found: Mapping[str, Estimate],
    order: Sequence[KanoClass],
    strength: Estimate,
    total: Estimate,
    thresholds: Thresholds,
) -> KanoFeature:
    named = {name: _named(found[name], pair.code) for name in found}
    shares = {name: share_interval(named[name], "satisfied", thresholds) for name in CLASSES}
    better, worse = share_interval(named[BETTER], "satisfied", thresholds), _turned(named[WORSE], thresholds)
    strength, total = (_named(each, pair.code) for each in (strength, share_interval(total, "satisfied", thresholds)))
    keys, reason = over.keys[g], strength.reason
    if reason is not None:
        return KanoFeature(keys, pair.code, None, None, shares, better, worse, strength, total, None, None, reason)
    n_eff = float(bases(over, [g], [node_of(pair)])[1][0, 0])
    first, second = (n_eff * (shares[name].value or 0.0) / 100 for name in order[:2])
    fong = abs(first - second) < _FONG * np.sqrt((first + second) * (2 * n_eff - first - second) / (2 * n_eff))
    ambiguous = None if strength.verdict is None else strength.verdict == "unclear"
    return KanoFeature(keys, pair.code, order[0], order[1], shares, better, worse, strength, total, ambiguous, bool(fong))


def _named(entry: Estimate, code: str) -> Estimate:
    return entry._replace(code=code)


def _turned(worse: Estimate, thresholds: Thresholds) -> Estimate:
    """Worse is 0 … −100: the interval of the share, turned."""
    if worse.value is None or worse.low is None or worse.high is None:
        return worse
    share = share_interval(worse._replace(value=-worse.value, low=-worse.high, high=-worse.low), "satisfied", thresholds)
    return share._replace(value=worse.value, low=-(share.high or 0.0), high=-(share.low or 0.0))
