"""Figures of constructs and factors in rows: indices on 0–100, total effects on satisfaction, differences of two groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, UNCLEAR, Axis, Form, Reference, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import verdict_word
from words.language import p_number_text, translator


def index_rows(
    estimates: Sequence[Estimate],
    on: Canvas,
    *,
    names: Mapping[str, str],
    title: str,
    caption: str,
    equal: Sequence[Estimate] = (),
    strong: str = "",
) -> Chart:
    """Indices with intervals; ``equal`` are the same with equal weights, shown beside; ``strong`` is the one that matters most."""
    _ = translator(on.language)
    tones = tuple(OURS if e.code == strong or not strong else MUTED for e in estimates)
    plain_weights = {e.code: e for e in equal}
    reasons = tuple("" if e.reason is None else e.reason.text(on.language) for e in estimates)
    beside = [plain_weights[e.code] for e in estimates] if equal else []
    described = Description(
        title=title,
        caption=caption,
        body=Rows(
            _("Name"),
            names_of_rows([names[e.code] for e in estimates]),
            (
                Column(
                    _("Value"), numbers_of(estimates, on.language), ends=(_("Lower end"), _("Upper end")), place="always", head="",
                    strong=True, drawn=Drawn("dot", tones=tones),
                ),
                *([Column(_("Why not"), reasons)] if any(reasons) else []),
                *([Column(_("Equal weights"), numbers_of(beside, on.language), place="wide")] if equal else []),
                *base_columns(estimates, on.language),
            ),
            heading="0–100",
        ),
    )  # fmt: skip
    return draw(described, on)


def effect_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str], target: str) -> Chart:
    """Total effect of every construct on the target, direct and indirect beside it; the table has every pair."""
    _ = translator(on.language)
    direct = {(e.keys["from"], e.keys["to"]): e for e in result.paths}
    indirect = {(e.keys["from"], e.keys["to"]): e for e in result.indirect_effects}
    effects = sorted((e for e in result.total_effects if e.keys["to"] == target), key=lambda e: -(e.value or 0.0))
    tones = tuple(UNCLEAR if interval_verdict(e) == "unclear" else OURS for e in effects)
    ways = [(e.keys["from"], e.keys["to"]) for e in effects]
    pairs = [(e.keys["from"], e.keys["to"]) for e in result.total_effects]
    form, plain = Form(2), Form(2, margin=False)
    described = Description(
        title=_("What {target} depends on: total effects").format(target=names[target]),
        caption=_("Standardised; direct arrows and all detours together. Grey: cannot be told from zero."),
        body=Rows(
            _("From"),
            names_of_rows([names[str(e.keys["from"])] for e in effects]),
            (
                Column(_("Total"), numbers_of(effects, on.language), form, drawn=Drawn("dot", tones=tones), place="always", strong=True),
                Column(_("Direct"), numbers_of([direct.get(way) for way in ways], on.language), plain, place="wide"),
                Column(_("Indirect"), numbers_of([indirect.get(way) for way in ways], on.language), plain, place="wide"),
            ),
            heading=_("Total effect"),
            references=(Reference(0.0, _("no effect")),),
            axis=Axis(holds=(0.0, 1.0)),
        ),
        table=long_table(
            (
                Column(_("From"), tuple(names[str(start)] for start, _end in pairs)),
                Column(_("To"), tuple(names[str(end)] for _start, end in pairs)),
                Column(_("Total effect"), numbers_of(result.total_effects, on.language), ends=(_("Lower end"), _("Upper end"))),
                Column(_("Direct"), numbers_of([direct.get(way) for way in pairs], on.language)),
                Column(_("Indirect"), numbers_of([indirect.get(way) for way in pairs], on.language)),
            )
        ),
    )
    return draw(described, on)


def group_difference_rows(
    estimates: Sequence[Estimate], on: Canvas, *, names: Sequence[str], title: str, caption: str, decimals: int, trusted: Sequence[bool]
) -> Chart:
    """Differences of two groups with verdicts by adjusted p; those that are not ``trusted`` are not called."""
    _ = translator(on.language)
    verdicts = [e.verdict if flag else None for e, flag in zip(estimates, trusted, strict=True)]
    inks = tuple(map(ink_tone, verdicts))
    chance = tuple("" if e.p_adjusted is None else p_number_text(e.p_adjusted, on.language) for e in estimates)
    described = Description(
        title=title,
        caption=caption,
        body=Rows(
            _("Name"),
            names_of_rows(names),
            (
                Column(
                    _("Difference"), numbers_of(estimates, on.language), Form(decimals, signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tuple(map(verdict_tone, verdicts))), "always", tones=(INK,), strong=True,
                ),
                Column("p", tuple(e.p for e in estimates)),
                Column(_("Adjusted p"), tuple(e.p_adjusted for e in estimates), place="wide", texts=chance),
                Column(
                    _("Verdict"), tuple(verdict_word(v, on.language) for v in verdicts), place="wide", tones=inks, head="", reads="verdict"
                ),
            ),
            references=(Reference(0.0, _("no difference")),),
        ),
    )  # fmt: skip
    return draw(described, on)
