"""How well questions measure: reliability of question sets, the questions of a set, constructs of a path model, pairs told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.measurement.measurement_levels import (
    ITEM_REST_FROM,
    construct_level,
    fits_its_set,
    hardly_told_apart,
    lowers_alpha,
    reliability_level,
)
from analysis.measurement.path_model_quality import AVE_FROM, HTMT_BELOW
from analysis.measurement.path_model_result import ConstructQuality, PathModelResult
from analysis.measurement.reliability import RELIABLE_FROM, Reliability
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.rows import TextColumn
from charts.kit.unit_rows import unit_rows
from words.language import translator

MOST_PAIRS = 10


def reliability_rows(sets: Sequence[tuple[str, Reliability]], on: Canvas) -> Chart:
    """α of every question set with its interval, ω and the verdict in a word; sets without figures say why in the table."""
    _ = translator(on.language)
    names = [name for name, _found in sets]
    muted = [on.colours.muted] * len(sets)
    alphas = [found.alpha for _name, found in sets]
    words = [_reliability_word(found, on) for _name, found in sets]
    colours = [_reliability_colour(found, on) for _name, found in sets]
    right = [
        TextColumn("α", [_figure(e, on) for e in alphas], 56, "right", strong=True),
        TextColumn("ω", [_figure(found.omega, on) for _name, found in sets], 56, "right", muted),
    ]
    if not on.narrow:
        right += [
            TextColumn(
                _("Questions"), [on.number(len(found.items), 0) for _name, found in sets], 84, "right", [on.colours.muted] * len(sets)
            ),
            TextColumn(_("Base"), [on.number(found.n, 0) for _name, found in sets], 70, "right", muted),
            TextColumn(_("Verdict"), words, 190, "right", colours),
        ]
    figure = unit_rows(names, alphas, colours, right, on, heading=_("Cronbach's α"), guide_at=RELIABLE_FROM)
    shown = [(name, e) for name, e in zip(names, alphas, strict=True) if e is not None]
    return Chart(
        title=_("Does each set of questions measure one thing?"),
        caption=_("Cronbach's α and McDonald's ω; dashed line: {limit}, from which a set is called reliable.").format(
            limit=on.number(RELIABLE_FROM, 2)
        ),
        alt_text=_alt(_("Reliability of {count} question sets.").format(count=len(shown)), shown, on),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Question set"): names,
                "α": [_value(e) for e in alphas],
                _("Lower end"): [_low(e) for e in alphas],
                _("Upper end"): [_high(e) for e in alphas],
                _("α standardised"): [_value(found.alpha_standardised) for _name, found in sets],
                "ω": [_value(found.omega) for _name, found in sets],
                "KMO": [found.kmo for _name, found in sets],
                _("Questions"): [len(found.items) for _name, found in sets],
                _("Base"): [found.n for _name, found in sets],
                _("Verdict"): [_said(found, on) for _name, found in sets],
            }
        ),
    )


def item_rows(found: Reliability, on: Canvas, *, name: str) -> Chart:
    """Every question of a set: how it goes with the others, its mean, and α without it."""
    _ = translator(on.language)
    items = found.item_analysis
    titles = [on.title(item.code) for item in items]
    muted = [on.colours.muted] * len(items)
    rests = [item.item_rest for item in items]
    colours = [on.colours.ours if fits_its_set(item) else on.colours.worse for item in items]
    dropped = [item.alpha_if_dropped for item in items]
    better_without = [lowers_alpha(item, found) for item in items]
    right = [
        TextColumn(_("Correlation"), [_figure(e, on) for e in rests], 76 if on.narrow else 90, "right", strong=True),
        TextColumn(
            _("α without it"), [_figure(e, on) for e in dropped], 80 if on.narrow else 100, "right",
            [on.colours.worse if flag else on.colours.muted for flag in better_without],
        ),
    ]  # fmt: skip
    if not on.narrow:
        right += [
            TextColumn(_("Mean"), [value_and_margin(item.mean, on) for item in items], 110, "right", muted),
            TextColumn(
                "KMO", ["" if item.kmo is None else on.number(item.kmo, 2) for item in items], 64, "right", [on.colours.muted] * len(items)
            ),
        ]
    figure = unit_rows(
        titles, rests, colours, right, on, heading=_("With the other questions"), guide_at=ITEM_REST_FROM, most_name=118 if on.narrow else 0
    )
    sentences = [_said(found, on), *(note.text(on.language) for note in found.notes)]
    if any(better_without):
        sentences.append(_("Red: α would rise without this question."))
    return Chart(
        title=_("{name}: which question fits, which does not?").format(name=name),
        caption=" ".join(sentences),
        alt_text=_alt(
            _("Questions of {name} and their correlation with the others.").format(name=name), list(zip(titles, rests, strict=True)), on
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Question"): titles,
                _("Correlation with the others"): [e.value for e in rests],
                _("Lower end"): [e.low for e in rests],
                _("Upper end"): [e.high for e in rests],
                _("α without it"): [_value(e) for e in dropped],
                _("Mean"): [item.mean.value for item in items],
                "KMO": [item.kmo for item in items],
                _("Base"): [item.mean.n for item in items],
            }
        ),
    )


def construct_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """Quality of every construct: composite reliability with its interval, ρ_A, AVE, R² and the verdict."""
    _ = translator(on.language)
    rows = result.quality
    titles = [names[row.construct] for row in rows]
    rho_c = [row.rho_c for row in rows]
    explained = {e.code: e for e in result.r_squared}
    r_squared = [explained.get(row.construct) for row in rows]
    colours = [_construct_colour(row, on) for row in rows]
    verdicts = [row.verdict.text(on.language) for row in rows]
    muted = [on.colours.muted] * len(rows)
    right = [
        TextColumn("ρ_C", [_figure(row.rho_c, on) for row in rows], 52, "right", strong=True),
        TextColumn("AVE", [_figure(row.ave, on) for row in rows], 52, "right", muted),
    ]
    if not on.narrow:
        right = [
            TextColumn("α", [_figure(row.alpha, on) for row in rows], 52, "right", muted),
            TextColumn("ρ_A", [_figure(row.rho_a, on) for row in rows], 52, "right", muted),
            *right,
            TextColumn("R²", [_figure(e, on) for e in r_squared], 52, "right", muted),
            TextColumn(_("Verdict"), [_construct_word(row, on) for row in rows], 210, "right", colours),
        ]
    figure = unit_rows(titles, rho_c, colours, right, on, heading=_("Composite reliability"), guide_at=RELIABLE_FROM)
    doubts = [
        _("{set}: {verdict}").format(set=t, verdict=v)
        for t, v, row in zip(titles, verdicts, rows, strict=True)
        if construct_level(row) in ("weak", "narrow")
    ]
    limits = _("Dashed line: {limit}. AVE from {ave} on means the questions share at least half of their variance.")
    return Chart(
        title=_("How well is each construct measured?"),
        caption=" ".join([limits.format(limit=on.number(RELIABLE_FROM, 2), ave=on.number(AVE_FROM, 2)), *doubts]),
        alt_text=_alt(
            _("Quality of {count} constructs.").format(count=len(rows)), [(t, e) for t, e in zip(titles, rho_c, strict=True) if e], on
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Construct"): titles,
                _("α standardised"): [_value(row.alpha) for row in rows],
                "ρ_A": [_value(row.rho_a) for row in rows],
                "ρ_C": [_value(e) for e in rho_c],
                _("Lower end"): [_low(e) for e in rho_c],
                _("Upper end"): [_high(e) for e in rho_c],
                "AVE": [_value(row.ave) for row in rows],
                "R²": [_value(e) for e in r_squared],
                _("Base"): [result.n] * len(rows),
                _("Verdict"): verdicts,
            }
        ),
    )


def separation_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """The pairs of constructs that are hardest to tell apart, by HTMT; the table has all of them."""
    _ = translator(on.language)
    pairs = sorted(result.separations, key=lambda pair: -(pair.htmt.value or 0.0))
    titles = [f"{names[pair.constructs[0]]} – {names[pair.constructs[1]]}" for pair in pairs]
    drawn, shown = pairs[:MOST_PAIRS], titles[:MOST_PAIRS]
    estimates = [pair.htmt for pair in drawn]
    colours = [on.colours.worse if hardly_told_apart(pair) else on.colours.ours for pair in drawn]
    right = [TextColumn("HTMT", [_figure(e, on) for e in estimates], 60, "right", strong=True)]
    if not on.narrow:
        words = [_("hardly told apart") if hardly_told_apart(pair) else _("told apart") for pair in drawn]
        right.append(TextColumn(_("Verdict"), words, 150, "right", colours))
    figure = unit_rows(shown, estimates, colours, right, on, heading="HTMT", guide_at=HTMT_BELOW, most_name=200 if on.narrow else 320)
    caption = _("Heterotrait–monotrait ratio; from {limit} on (dashed) respondents hardly tell two constructs apart.")
    more = [_("The {count} highest of {total} pairs.").format(count=len(drawn), total=len(pairs))] if len(pairs) > len(drawn) else []
    return Chart(
        title=_("Do respondents tell the constructs apart?"),
        caption=" ".join([caption.format(limit=on.number(HTMT_BELOW, 2)), *more]),
        alt_text=_alt(_("{count} pairs of constructs.").format(count=len(pairs)), list(zip(shown, estimates, strict=True)), on),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Pair of constructs"): titles,
                "HTMT": [pair.htmt.value for pair in pairs],
                _("Lower end"): [pair.htmt.low for pair in pairs],
                _("Upper end"): [pair.htmt.high for pair in pairs],
                _("Verdict"): [pair.verdict.text(on.language) for pair in pairs],
            }
        ),
    )


def _reliability_word(found: Reliability, on: Canvas) -> str:
    _ = translator(on.language)
    return {
        "single": _("one question only"), "none": _("no figure"), "opposed": _("questions run against each other"), "weak": _("weak"),
        "exploratory": _("for exploration only"), "reliable": _("reliable"), "redundant": _("nearly the same question"),
    }[reliability_level(found)]  # fmt: skip


def _reliability_colour(found: Reliability, on: Canvas) -> str:
    worse, ours = on.colours.worse, on.colours.ours
    return {"opposed": worse, "weak": worse, "reliable": ours}.get(reliability_level(found), on.colours.muted)


def _construct_colour(row: ConstructQuality, on: Canvas) -> str:
    ours = on.colours.ours
    return {"weak": on.colours.worse, "reliable": ours, "redundant": ours}.get(construct_level(row), on.colours.muted)


def _construct_word(row: ConstructQuality, on: Canvas) -> str:
    _ = translator(on.language)
    return {
        "none": _("no reliability figure"), "weak": _("weak"), "narrow": _("reliable, little in common"), "reliable": _("reliable"),
        "redundant": _("nearly the same question"),
    }[construct_level(row)]  # fmt: skip


def _said(found: Reliability, on: Canvas) -> str:
    told = found.reason or found.verdict
    return told.text(on.language) if told else ""


def _figure(e: Estimate | None, on: Canvas) -> str:
    value = _value(e)
    return "" if value is None else on.number(value, 2)


def _value(e: Estimate | None) -> float | None:
    return None if e is None else e.value


def _low(e: Estimate | None) -> float | None:
    return None if e is None else e.low


def _high(e: Estimate | None) -> float | None:
    return None if e is None else e.high


def _alt(start: str, figures: Sequence[tuple[str, Estimate]], on: Canvas) -> str:
    return " ".join([start, *(f"{name} {value_and_margin(e, on, 2)}." for name, e in figures)])
