"""Options by the groups of one column: the figure and its letters in the cell, shaded where a group differs from the rest.

More often is no better than less often: teal and slate with an arrow, never blue and red.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.results.estimates import Estimate
from charts.kit.description.description import Description, TableColumn, table_of
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import INK, MUTED, Form, Tone, number_of
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.tones import SOFT
from charts.kit.words import arrow, verdict_word
from words.language import translator
from words.lists import listed

Found = Mapping[tuple[str, str], Estimate]
_MOST_TOLD = 6


def option_grid(
    entries: Sequence[Estimate], on: Canvas, *, title: str, role: str, first: Sequence[str] = (), decimals: int = 1, unit: str = ""
) -> Chart:
    """Entries of the options of one question by the groups of ``role``, groups in the order of ``first``; ``unit`` says what they are."""
    _ = translator(on.language)
    found = {(each.code, str(each.keys[role])): each for each in entries if each.keys[role] is not None}
    codes = list(dict.fromkeys(code for code, _group in found))
    there = list(dict.fromkeys(group for _code, group in found))
    groups = sorted(there, key=lambda group: (first.index(group) if group in first else len(first), group))
    apart = [
        _("{option}: {groups}").format(option=on.title(code), groups=listed(named, on.language))
        for code in codes
        if (named := [on.value(role, group) for group in groups if _differs(found.get((code, group)))])
    ]
    findings = (
        _("Different from the others: {list}.").format(list=listed(apart, on.language, _MOST_TOLD))
        if apart
        else _("No group can be told apart from the others.")
    )
    caption = _("{unit} ▲ teal: above the other groups together; ▼ slate: below. Same letter: cannot be told apart; “·”: too few answers.")
    columns = [
        GridColumn(on.value(role, group), tuple(_cell(found.get((code, group)), decimals, on) for code in codes)) for group in groups
    ]
    described = Description(
        title=_("{question} by {column}").format(question=title, column=on.role_title(role)),
        caption=caption.format(unit=unit).strip(),
        body=Grid(_("Option"), tuple(on.title(code) for code in codes), tuple(columns), Form(decimals, margin=False)),
        findings=findings,
        table=_table(found, codes, groups, role, on),
    )
    return draw(described, on)


def _differs(entry: Estimate | None) -> bool:
    return entry is not None and entry.verdict in ("higher", "lower")


def _cell(entry: Estimate | None, decimals: int, on: Canvas) -> HeatCell:
    if entry is None or entry.value is None:
        why = entry.reason.text(on.language) if entry is not None and entry.reason is not None else ""
        return HeatCell(ink=MUTED, texts=(HIDDEN,), notes=(why,) if why else ())
    fill = {"higher": Tone("ours", SOFT), "lower": Tone("line5", 0.7 * SOFT)}.get(entry.verdict or "")
    value, rounded = (on.number(entry.value, places) + ("*" if entry.marked else "") for places in (decimals, max(decimals - 1, 0)))
    text = " ".join(part for part in (value, arrow(entry.verdict) if fill else "", entry.letters or "") if part)
    notes = (value_and_margin(entry, on),)
    return HeatCell(number_of(entry, on.language), fill=fill, ink=INK, texts=(text,), short=value, shortest=rounded, notes=notes)


def _table(found: Found, codes: Sequence[str], groups: Sequence[str], role: str, on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    rows = [(code, group, found[code, group]) for code in codes for group in groups if (code, group) in found]
    return table_of({
        _("Option"): [on.title(code) for code, _group, _each in rows],
        on.role_title(role): [on.value(role, group) for _code, group, _each in rows],
        _("Value"): [each.value for *_keys, each in rows],
        _("Lower end"): [each.low for *_keys, each in rows],
        _("Upper end"): [each.high for *_keys, each in rows],
        _("Letters"): [each.letters or "" for *_keys, each in rows],
        _("Against the others"): [verdict_word(each.verdict, on.language) for *_keys, each in rows],
        _("Adjusted p"): [each.p_adjusted for *_keys, each in rows],
        _("Base"): [each.n if each.value is not None else None for *_keys, each in rows],
    })  # fmt: skip
