"""From figures over domains to estimates: value, interval, base, mark, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
from scipy import stats

from analysis.disclosure.protected_domains import Suppression
from analysis.inference.comparable import Asking, Figure
from analysis.inference.families import Terms, in_arrays
from analysis.inference.linearise import Variable, lone_units, values, variance_and_freedom
from analysis.results.estimates import Estimate, Questions, Thresholds
from analysis.results.provenance import Adjustment, Fact, Provenance, WaveMargins
from analysis.results.reasons import not_asked, suppression_reason
from analysis.sums.batch_rows import Flags
from analysis.sums.domains import Domains
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import Array, Tallies
from survey_schema.models import SurveySchema
from words.errors import unknown
from words.language import Message, message

CONVENTIONS = {"range": message("own ends of each scale"), "percent": message("per cent of the maximum")}


def wanted_codes(schema: SurveySchema, tallies: Tallies, codes: Sequence[str] | None) -> list[str]:
    """The indicators asked for, checked; all of the tree by default."""
    if codes is None:
        return [code for code in schema.indicator_codes() if code in tallies.nodes or code in tallies.items]
    known = [*tallies.nodes, *tallies.items]
    for code in codes:
        if code not in known:
            raise unknown(message("indicator"), code, known, place=message("these responses"))
    return list(codes)


def bases(over: Domains, sets: Sequence[int], codes: Sequence[str]) -> tuple[Array, Array]:
    """Respondents of each set who answered the item, or any item under the indicator, and their effective number (sets, codes)."""
    chosen, known = list(sets), {code: place for place, code in enumerate((*over.tallies.items, *over.tallies.nodes))}
    places = [known[code] for code in codes]
    n = np.concatenate([over.answered[chosen], over.node_n[chosen]], axis=1)
    n_eff = np.concatenate([over.n_eff[chosen], over.node_n_eff[chosen]], axis=1)
    return n[:, places].round(), n_eff[:, places]


def base(over: Domains, g: int, code: str) -> tuple[int, float]:
    """The base of one indicator or item in one set, see :func:`bases`."""
    n, n_eff = bases(over, [g], [code])
    return int(n[0, 0]), float(n_eff[0, 0])


def figures_of(over: Domains, schema: SurveySchema, codes: Sequence[str], sets: Sequence[int] | None = None) -> list[Figure]:
    """The scores of indicators in the given sets (all by default), set by set, not yet judged for their bases."""
    figures = []
    alike: dict[bytes, tuple[dict[str, Array], dict[str, Questions | None]]] = {}  # most sets have answers to the same items
    asking = Asking(schema)
    chosen = range(len(over)) if sets is None else sets
    for g, all_n, all_n_eff in zip(chosen, *bases(over, chosen, codes), strict=True):
        scored = over.answered[g] > 0
        known = alike.get(scored.tobytes())
        if known is None:
            items = [item for item, there in zip(over.tallies.items, scored, strict=True) if there]
            coefficients = indicator_coefficients(schema, over.tallies.items, scored)
            known = alike[scored.tobytes()] = coefficients, {code: asking.asked(code, items) for code in codes}
        made_of, questions = known
        for code, n, n_eff in zip(codes, all_n.astype(int).tolist(), all_n_eff.tolist(), strict=True):
            if code in made_of:
                figures.append(Figure(over.keys[g], code, {g: made_of[code]}, n, n_eff, None, questions[code]))
            else:
                figures.append(nobody(over.keys[g], code))
    return figures


def nobody(keys: Mapping[str, str | None], code: str) -> Figure:
    """A figure without any answer behind it."""
    return Figure(keys, code, {}, 0, 0.0, not_asked())


def hide_small(figures: Sequence[Figure], suppression: Suppression) -> list[Figure]:
    """Figures with the reason filled in where their base, or a neighbour's, is too small."""
    if not suppression.reasons:
        return list(figures)
    return [
        figure._replace(reason=reason) if figure.reason is None and (reason := suppression.reason(figure.keys, figure.code)) else figure
        for figure in figures
    ]


def hide_own_base(figures: Sequence[Figure], thresholds: Thresholds) -> list[Figure]:
    """Figures judged for their own base alone: sets such as "the rest" overlap and have no siblings."""
    return [
        figure._replace(reason=suppression_reason(figure.n_eff, thresholds))
        if figure.reason is None and figure.n_eff < thresholds.hidden_below
        else figure
        for figure in figures
    ]


def contrast(plus: Figure, minus: Figure, keys: Mapping[str, str | None] | None = None) -> Figure:
    """The difference of two figures over the same domains; it has a reason as soon as one of them has."""
    return combined([(1.0, plus), (-1.0, minus)], keys if keys is not None else plus.keys)


def combined(terms: Sequence[tuple[float, Figure]], keys: Mapping[str, str | None]) -> Figure:
    """Σ factor × figure: a difference, a composite. Its base is the first term's n and the smallest effective base.

    Figures of different sets must stand on the same questions (``analysis.inference.comparable``); ValueError where they do not.
    """
    parts: dict[int, Array] = {}
    for factor, figure in terms:
        for g, coefficients in figure.parts.items():
            parts[g] = parts.get(g, 0.0) + factor * coefficients
    figures = [figure for _factor, figure in terms]
    reason = next((figure.reason for figure in figures if figure.reason), None)
    questions = figures[0].questions
    if reason is None and len(parts) > 1 and any(figure.questions != questions for figure in figures):
        raise ValueError(f"figures of {figures[0].code} on different questions cannot be compared")
    return Figure(keys, figures[0].code, parts, figures[0].n, min(figure.n_eff for figure in figures), reason, questions)


def estimate(
    over: Domains,
    figures: Sequence[Figure],
    thresholds: Thresholds,
    *,
    variable: Variable = "score",
    tested: bool = False,
    family: Callable[[Figure], Hashable] = lambda _figure: None,
) -> list[Estimate]:
    """Estimates of figures; ``tested`` adds the two-sided p value against 0. Figures of one ``family`` are ranked, see :func:`ranks`.

    A figure from a single respondent has a value and no interval, and so has an indicator with a question that a single one answered: what
    others would have said is not known (unless the limits show everything). A figure without variance (everybody said the same) has an
    interval of no width.
    """
    usable = in_arrays(over, [figure.parts for figure in figures if figure.reason is None])
    found, (variances, freedom) = values(over, usable, variable), variance_and_freedom(over, usable, variable)
    errors = np.sqrt(variances)
    different, alike = np.unique(np.maximum(freedom, 1), return_inverse=True)
    half = stats.t.ppf((1 + thresholds.confidence) / 2, different)[alike] * errors
    places = ranks(found, [None if figure.note else family(figure) for figure in figures if figure.reason is None])
    p_values = two_sided_ps(found, errors, np.maximum(freedom, 1)) if tested else np.full(len(found), np.nan)
    columns = (found, errors, found - half, found + half, freedom, design_effects(over, usable, errors, variable), p_values)
    single = _hang_on_one(over, usable).tolist() if thresholds.hidden_below > 1 else [False] * len(found)
    computed = iter(zip(*(column.tolist() for column in columns), single, places, strict=True))
    result = []
    for figure in figures:
        keys, code, n, n_eff = figure.keys, figure.code, figure.n, figure.n_eff
        if figure.reason is not None:
            result.append(Estimate(keys, code, None, n=n, n_eff=n_eff, reason=figure.reason, questions=figure.questions))
            continue
        score, se, low, high, df, deff, p, alone, rank = next(computed)
        marked, questions, note = n_eff < thresholds.marked_below, figure.questions, figure.note
        if df > 0 and not alone:
            p_value, effect = (p if tested else None), (None if math.isnan(deff) else deff)
            result.append(
                Estimate(
                    keys, code, score, se, low, high, n, n_eff, df, p_value, None, rank, None, None, marked, None, effect, questions, note
                )
            )
        else:
            unsure = Estimate(keys, code, score, n=n, n_eff=n_eff, df=df, rank=rank, marked=marked, questions=questions, note=note)
            result.append(unsure)
    return result


def _hang_on_one(over: Domains, figures: Terms) -> Flags:
    """Whether a single respondent answered a question of each figure."""
    alone = ((over.answered[figures.sets] == 1) & (figures.distinct != 0)[figures.row]).any(axis=1)
    found: Flags = np.bincount(figures.figure[alone], minlength=len(figures)) > 0
    return found


def ranks(found: Sequence[float] | Array, families: Sequence[Hashable]) -> list[int | None]:
    """Rank of each value in its family, 1 the highest; ties share one, and there is none where the family is None."""
    known: dict[Hashable, int] = {None: 0}
    number = np.array([known.setdefault(family, len(known)) for family in families], dtype=np.intp)
    highest_first = -np.asarray(found, dtype=np.float64).round(9)
    order, at = np.lexsort((highest_first, number)), np.arange(len(number))
    other_family = np.diff(number[order], prepend=-1) != 0
    lower = other_family | (np.diff(highest_first[order], prepend=0.0) != 0)
    before, better = (np.maximum.accumulate(np.where(begins, at, 0)) for begins in (other_family, lower))
    places = np.empty(len(number), dtype=np.intp)
    places[order] = better - before + 1
    return [place if family else None for place, family in zip(places.tolist(), number.tolist(), strict=True)]


def design_effects(over: Domains, figures: Terms, errors: Array, variable: Variable = "score") -> Array:
    """Variance of a domain's item mean or rate over what a simple random sample of as many answers would give, deff (Kish 1965).

    The latter is S²/n with S² = n/(n − 1) Σw(s − m)²/Σw, drawn with replacement, so that the scale of the weights does not matter:
    R ``svymean(deff = "replace")``. Strata, clusters and unequal weights are in it, where n/n_eff holds the weights alone. NaN for a
    figure of several items or domains, of a single answer, and where all answers are the same. ``errors`` are the standard errors.
    """
    found = np.full(len(figures), np.nan)
    coefficients = figures.coefficients
    entry, item = coefficients.nonzero()
    used = np.bincount(figures.figure[entry], minlength=len(figures))
    one = np.flatnonzero(used[figures.figure[entry]] == 1)
    entry, item = entry[one], item[one]
    place, g = figures.figure[entry], figures.sets[entry]
    n, rate = over.answered[g, item], over.rates[g, item]
    spread, nothing = (over.spread[g, item] ** 2, 1e-8) if variable == "score" else (rate * (1 - rate), 1e-12)
    some = (n > 1) & (spread > nothing)  # what rounding leaves of nothing is nothing
    found[place[some]] = ((errors[place] / coefficients[entry, item]) ** 2)[some] / (spread[some] / (n[some] - 1))
    return found


def two_sided_p(difference: float, se: float, df: float) -> float:
    """p of a t test against 0; a difference without any variance is certain."""
    return float(two_sided_ps(np.array([difference]), np.array([se]), np.array([df]))[0])


def two_sided_ps(differences: Array, errors: Array, df: Array) -> Array:
    """The same of many differences."""
    size, varies = np.abs(differences), errors > 0
    p = np.where(size < 1e-12, 1.0, 0.0)
    p[varies] = 2 * stats.t.sf(size[varies] / errors[varies], df[varies])
    return p


def described(
    method: Message, schema: SurveySchema, thresholds: Thresholds, over: Domains, *, adjustment: Adjustment | None = None
) -> Provenance:
    """How figures over these groups come about."""
    smallest = schema.comparison.smallest_interesting_difference
    facts = (
        Fact("convention", schema.convention, message("Rescaling convention"), CONVENTIONS.get(schema.convention)),
        Fact("smallest_interesting_difference", smallest, message("Smallest interesting difference (points)")),
        Fact("lone_units", lone_units(over), message("Strata with a single sampling unit")),
    )
    return Provenance(method, thresholds, adjustment, residual_margins(over.tallies), facts=facts)


def residual_margins(tallies: Tallies) -> WaveMargins:
    """The margins the weights of each wave were raked to, where they were: intervals are those of the residuals from them."""
    return {label: list(wave.margins) for label, wave in tallies.raked.items() if label in tallies.waves}
