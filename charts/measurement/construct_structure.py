"""What stands behind a path model's verdicts: what each arrow adds, Fornell–Larcker, and the questions with every construct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.measurement.measurement_levels import (
    INNER_VIF_WARNED_ABOVE,
    LARGE,
    MEDIUM,
    SMALL,
    effect_size,
    is_inflated,
    nearer_constructs,
)
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.path_model_structure import shares_too_much
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import (
    INK,
    MUTED,
    OURS,
    UNCLEAR,
    Axis,
    Form,
    Hue,
    Reference,
    Tone,
    number_of,
    numbers_of,
)
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from survey_schema.path_models import PathModel
from words.language import translator
from words.lists import listed


def arrow_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """What the explained variance of its end would lose without each arrow (f²), and how much its start repeats the other starts (VIF)."""
    _ = translator(on.language)
    arrows = sorted(result.f_squared, key=lambda e: -(e.value or 0.0))
    titles = [_way(e, names) for e in arrows]
    inflation = {(e.keys["from"], e.keys["to"]): e for e in result.inner_vif}
    vifs = [inflation.get((e.keys["from"], e.keys["to"])) for e in arrows]
    high = [is_inflated(e) for e in vifs]
    f_squared = Column(
        "f²", numbers_of(arrows, on.language), Form(2), (_("Lower end"), _("Upper end")),
        Drawn("dot", tones=tuple(UNCLEAR if effect_size(e) == "negligible" else OURS for e in arrows)), "always",
        texts=tuple(_text(e, on) for e in arrows), tones=(INK,),
    )  # fmt: skip
    described = Description(
        title=_("What does each arrow add?"),
        caption=" ".join(_arrow_caption([title for title, flag in zip(titles, high, strict=True) if flag], on)),
        body=Rows(
            _("Arrow"),
            names_of_rows(titles),
            (
                f_squared,
                Column(_("Effect"), tuple(_size(e, on) for e in arrows), place="wide"),
                Column(
                    "VIF", numbers_of(vifs, on.language), Form(2), place="always", texts=tuple(_text(e, on) for e in vifs),
                    tones=tuple(INK if flag else MUTED for flag in high),
                ),
            ),
            heading="f²",
            references=(Reference(SMALL, _("small")),),
            axis=Axis(holds=(0.0,)),
        ),
        table=long_table(
            (
                Column(_("From"), tuple(names[str(e.keys["from"])] for e in arrows)),
                Column(_("To"), tuple(names[str(e.keys["to"])] for e in arrows)),
                replace(f_squared, drawn=None),
                Column(_("Effect"), tuple(_size(e, on) for e in arrows)),
                Column("VIF", numbers_of(vifs, on.language)),
            )
        ),
    )  # fmt: skip
    return draw(described, on)


def _arrow_caption(doubtful: Sequence[str], on: Canvas) -> list[str]:
    _ = translator(on.language)
    limits = _("f²: what the explained variance loses without the arrow; small from {small}, medium from {medium}, large from {large}.")
    repeats = _("VIF: how much a predecessor repeats the others; above {limit} (dark) their arrows cannot be told apart well.")
    return [
        limits.format(small=on.number(SMALL, 2), medium=on.number(MEDIUM, 2), large=on.number(LARGE, 2)),
        repeats.format(limit=on.number(INNER_VIF_WARNED_ABOVE, 0)),
        *([_("Above: {names}.").format(names=listed(doubtful, on.language))] if doubtful else []),
    ]


def fornell_larcker_map(result: PathModelResult, model: PathModel, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """The root of every AVE on the diagonal, correlations of constructs below; pairs that fail the comparison are red."""
    _ = translator(on.language)
    codes = [construct.code for construct in model.constructs]
    pairs = {frozenset(row.constructs): row for row in result.correlated}
    roots = {row.construct: row.root_ave for row in result.quality}
    fails = {pair for pair, row in pairs.items() if shares_too_much(row.correlation.value, _both(row.constructs, roots))}
    titles = [names[code] for code in codes]

    def entry(row: int, column: int) -> Estimate | None:
        if row == column:
            return roots.get(codes[row])
        return pairs[frozenset((codes[row], codes[column]))].correlation if column < row else None

    every = range(len(codes))
    columns = [
        GridColumn(
            names[codes[at]],
            tuple(
                HeatCell(blank=True)
                if at > row
                else _cell(entry(row, at), on, worse=frozenset((codes[row], codes[at])) in fails, own=row == at)
                for row in every
            ),
        )
        for at in every
    ]
    told = [" – ".join(names[code] for code in codes if code in pair) for pair in pairs if pair in fails]
    sentence = (
        _("Share as much with each other as with their own questions: {names}.").format(names=listed(told, on.language))
        if told
        else _("Every construct shares more with its own questions than with any other.")
    )
    described = Description(
        title=_("Fornell–Larcker: own questions against other constructs"),
        caption=" ".join(
            [_("Diagonal: root of the AVE; below: correlations of the constructs, red where the comparison fails."), sentence]
        ),
        findings=sentence,
        body=Grid(_("Construct"), tuple(titles), tuple(columns), Form(2), tall=27),
        table=long_table(
            (
                Column(_("Construct"), tuple(titles)),
                *(Column(title, numbers_of([entry(row, at) for row in every], on.language)) for at, title in enumerate(_apart(titles))),
            )
        ),
    )
    return draw(described, on)


def cross_loadings_map(result: PathModelResult, model: PathModel, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """Every question with every construct's score; its own construct is framed, a question nearer to another one is red there."""
    _ = translator(on.language)
    codes = [construct.code for construct in model.constructs]
    found = {(e.code, str(e.keys["construct"])): e for e in result.cross_loadings}
    rows = [(item, construct.code) for construct in model.constructs for item in construct.items]
    nearer = nearer_constructs(result, model)
    strayed = [on.title(item) for item, _home in rows if nearer[item]]
    columns = [
        GridColumn(
            names[code],
            tuple(_cell(found[item, code], on, worse=code in nearer[item], own=code == home) for item, home in rows),
        )
        for code in codes
    ]
    titles = [on.title(item) for item, _home in rows]
    sentence = (
        _("Nearer to another construct than to their own: {names}.").format(names=listed(strayed, on.language))
        if strayed
        else _("Every question goes most with its own construct.")
    )
    described = Description(
        title=_("Cross-loadings: every question with every construct"),
        caption=" ".join([_("Correlations; framed: the question's own construct."), sentence]),
        findings=sentence,
        body=Grid(_("Question"), tuple(titles), tuple(columns), Form(2), tall=25),
        table=long_table(
            (
                Column(_("Question"), tuple(titles)),
                Column(_("Construct"), tuple(names[home] for _item, home in rows)),
                *(
                    Column(name, numbers_of([found[item, code] for item, _home in rows], on.language))
                    for name, code in zip(_apart([names[code] for code in codes]), codes, strict=True)
                ),
            )
        ),
    )
    return draw(described, on)


def _cell(e: Estimate | None, on: Canvas, *, worse: bool, own: bool) -> HeatCell:
    if e is None or e.value is None:
        return HeatCell(number_of(e, on.language), texts=("–",))
    hue: Hue = "worse" if worse else "ours" if own else "unclear"
    fill = Tone(hue, 0.5 if worse else 0.4 if own else 0.1 + 0.2 * min(abs(e.value), 1.0))
    # Seven columns on a phone have room for one decimal; the table has them all.
    return HeatCell(number_of(e, on.language), fill, short=on.number(e.value, 1), framed=own)


def _both(constructs: tuple[str, str], roots: Mapping[str, Estimate | None]) -> tuple[float | None, float | None]:
    one, other = (root.value if (root := roots.get(code)) is not None else None for code in constructs)
    return one, other


def _apart(titles: Sequence[str]) -> list[str]:
    """Column heads; equal titles get a number, since a table needs different ones."""
    return [title if title not in titles[:at] else f"{title} ({at + 1})" for at, title in enumerate(titles)]


def _way(e: Estimate, names: Mapping[str, str]) -> str:
    return f"{names[str(e.keys['from'])]} → {names[str(e.keys['to'])]}"


def _size(e: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    return {"negligible": _("negligible"), "small": _("small"), "medium": _("medium"), "large": _("large")}[effect_size(e)]


def _text(e: Estimate | None, on: Canvas) -> str:
    return "–" if e is None or e.value is None else on.number(e.value, 2)
