"""Figures of constructs and factors in rows: indices on 0–100, total effects on satisfaction, differences of two groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.layout import Canvas, Chart, half_width, value_and_margin
from charts.kit.rows import TextColumn, value_range
from charts.kit.unit_rows import unit_rows
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
    titles = [names[e.code] for e in estimates]
    colours = [on.colours.ours if e.code == strong or not strong else on.colours.muted for e in estimates]
    right = [
        TextColumn("", ["–" if e.value is None else on.number(e.value) for e in estimates], 52, "right", strong=True),
        TextColumn(
            "",
            [f"±{on.number(half)}" if (half := half_width(e)) is not None else "" for e in estimates],
            52,
            "right",
            [on.colours.muted] * len(estimates),
        ),
    ]
    plain_weights = {e.code: e for e in equal}
    if equal and not on.narrow:
        texts = [value_and_margin(plain_weights[e.code], on) for e in estimates]
        right.append(TextColumn(_("Equal weights"), texts, 120, "right", [on.colours.muted] * len(estimates)))
    figure = unit_rows(
        titles, estimates, colours, right, on, heading="0–100", ends=value_range(estimates, share=0.15),
        text=lambda e: value_and_margin(e, on), most_name=0 if on.narrow else 330,
    )  # fmt: skip
    table = {
        _("Name"): titles,
        _("Value"): [e.value for e in estimates],
        _("Lower end"): [e.low for e in estimates],
        _("Upper end"): [e.high for e in estimates],
    }
    reasons = ["" if e.reason is None else e.reason.text(on.language) for e in estimates]
    if any(reasons):
        table[_("Why not")] = reasons
    if equal:
        table[_("Equal weights")] = [plain_weights[e.code].value for e in estimates]
    table |= {_("Base"): [e.n for e in estimates], _("Effective base"): [e.n_eff for e in estimates]}
    alt = " ".join(f"{name} {value_and_margin(e, on)}." for name, e in zip(titles, estimates, strict=True))
    return Chart(title=title, caption=caption, alt_text=alt, figure=figure, table=pd.DataFrame(table))


def effect_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str], target: str) -> Chart:
    """Total effect of every construct on the target, direct and indirect beside it; the table has every pair."""
    _ = translator(on.language)
    direct = {(e.keys["from"], e.keys["to"]): e for e in result.paths}
    indirect = {(e.keys["from"], e.keys["to"]): e for e in result.indirect_effects}
    effects = sorted((e for e in result.total_effects if e.keys["to"] == target), key=lambda e: -(e.value or 0.0))
    titles = [names[str(e.keys["from"])] for e in effects]
    colours = [on.colours.unclear if interval_verdict(e) == "unclear" else on.colours.ours for e in effects]
    right = [TextColumn(_("Total"), [_figure(e, on) for e in effects], 60, "right", strong=True)]
    if not on.narrow:
        muted = [on.colours.muted] * len(effects)
        ways = [(e.keys["from"], e.keys["to"]) for e in effects]
        right += [
            TextColumn(_("Direct"), [_figure(direct.get(way), on) for way in ways], 76, "right", muted),
            TextColumn(_("Indirect"), [_figure(indirect.get(way), on) for way in ways], 84, "right", muted),
        ]
    figure = unit_rows(titles, effects, colours, right, on, heading=_("Total effect"), guide_at=0.0)
    pairs = [(e.keys["from"], e.keys["to"]) for e in result.total_effects]
    return Chart(
        title=_("What {target} depends on: total effects").format(target=names[target]),
        caption=_("Standardised; direct arrows and all detours together. Grey: cannot be told from zero."),
        alt_text=" ".join(f"{name} {value_and_margin(e, on, 2)}." for name, e in zip(titles, effects, strict=True)),
        figure=figure,
        table=pd.DataFrame(
            {
                _("From"): [names[str(start)] for start, _end in pairs],
                _("To"): [names[str(end)] for _start, end in pairs],
                _("Total effect"): [e.value for e in result.total_effects],
                _("Lower end"): [e.low for e in result.total_effects],
                _("Upper end"): [e.high for e in result.total_effects],
                _("Direct"): [_value(direct.get(way)) for way in pairs],
                _("Indirect"): [_value(indirect.get(way)) for way in pairs],
            }
        ),
    )


def group_difference_rows(
    estimates: Sequence[Estimate], on: Canvas, *, names: Sequence[str], title: str, caption: str, decimals: int, trusted: Sequence[bool]
) -> Chart:
    """Differences of two groups with verdicts by adjusted p; those that are not ``trusted`` are not called."""
    _ = translator(on.language)
    verdicts = [e.verdict if flag else None for e, flag in zip(estimates, trusted, strict=True)]
    colours = [on.colours.verdict(verdict) for verdict in verdicts]
    inks = [colour if v in ("higher", "lower") else on.colours.muted for v, colour in zip(verdicts, colours, strict=True)]
    words = [verdict_word(verdict, on.language) for verdict in verdicts]
    right = [
        TextColumn(
            _("Difference"),
            ["–" if e.value is None else on.number(e.value, decimals, signed=True) for e in estimates],
            92,
            "right",
            strong=True,
        )
    ]
    if not on.narrow:
        chance = ["" if e.p_adjusted is None else p_number_text(e.p_adjusted, on.language) for e in estimates]
        right += [
            TextColumn(_("Adjusted p"), chance, 96, "right", [on.colours.muted] * len(estimates)),
            TextColumn("", words, 92, "right", inks),
        ]
    figure = unit_rows(
        list(names), estimates, colours, right, on, heading="", guide_at=0.0, ends=value_range(estimates, [0.0]),
        text=lambda e: value_and_margin(e, on, decimals, signed=True), most_name=170 if on.narrow else 300,
    )  # fmt: skip
    return Chart(
        title=title,
        caption=caption,
        alt_text=" ".join(
            f"{n} {value_and_margin(e, on, decimals, signed=True)} {w}." for n, e, w in zip(names, estimates, words, strict=True)
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Name"): list(names),
                _("Difference"): [e.value for e in estimates],
                _("Lower end"): [e.low for e in estimates],
                _("Upper end"): [e.high for e in estimates],
                "p": [e.p for e in estimates],
                _("Adjusted p"): [e.p_adjusted for e in estimates],
                _("Verdict"): words,
            }
        ),
    )


def _figure(e: Estimate | None, on: Canvas) -> str:
    return "–" if e is None or e.value is None else on.number(e.value, 2)


def _value(e: Estimate | None) -> float | None:
    return None if e is None else e.value
