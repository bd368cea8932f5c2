"""Every indicator against every competitor at a glance: coloured where we lead or trail for certain, grey elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.compare.compare_competitors import Duel, Duels
from analysis.compare.competitor_sentence import rivals
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns, question_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import INK, MUTED, Form, Tone, number_of, numbers_of, verdict_tone
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.description.texts import with_margin
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import arrow, lead_lag_word, left_out, on_questions
from words.language import translator

#: A gap of this many points takes the full colour.
_FULL_COLOUR_AT = 8.0
_SIGNED = Form(signed=True)
_TALL = 25
_Cells = Mapping[tuple[str, str | None], Duel]


def rival_matrix(found: Duels, on: Canvas) -> Chart:
    """A row an indicator, a column a competitor, and one for the composite by customers where there is one.

    The index and its dimensions come first, in their order; then the items: those we trail on, those we lead on, and those of which
    neither is certain, the largest gap first. A cell is ours minus theirs with its interval and the verdict in a word.
    """
    _ = translator(on.language)
    cells = {(d.gap.code, d.gap.keys["operator"]): d for d in (*found.duels, *found.composite) if d.gap.keys["brand"] is None}
    columns: list[str | None] = [*rivals(found), *([None] if found.composite else [])]
    codes = _ordered(cells, columns, on)
    named = [on.value("operator", rival) if rival else _composite(on) for rival in columns]
    gaps = [cells[key].gap for code in codes for rival in columns if (key := (code, rival)) in cells]
    named_gaps = [f"{on.title(gap.code)} / {_rival(gap, on)}" for gap in gaps]
    described = Description(
        title=_("Ours against each competitor, indicator by indicator"),
        caption=" ".join(
            [
                _("Ours minus theirs in points ± half the {level}% interval. Blue: we lead; red: we trail; grey: neither.").format(
                    level=level_text(found.as_result(), on)
                ),
                *([_("Intervals are widened for the number of comparisons, as the verdicts are.")] if any(g.widened for g in gaps) else []),
                *on_questions(gaps, named_gaps, on.language),
                *left_out(gaps, on.language),
            ]
        ),
        findings=" ".join(_spoken(gap, on) for gap in gaps if gap.verdict in ("higher", "lower")),
        body=Grid(
            _("Indicator"),
            tuple(on.title(code) for code in codes),
            tuple(
                GridColumn(name, tuple(_cell(cells.get((code, rival)), on) for code in codes), short="" if rival else _("the competition"))
                for name, rival in zip(named, columns, strict=True)
            ),
            _SIGNED,
            tall=_TALL,
        ),
        table=_table([cells[key] for code in codes for rival in columns if (key := (code, rival)) in cells], on),
    )
    return draw(described, on)


def _ordered(cells: _Cells, columns: Sequence[str | None], on: Canvas) -> list[str]:
    """The indicators in the order of their rows."""
    tree = on.schema.tree
    top = list(dict.fromkeys([tree.code, *(child.code for child in tree.children)]))
    present = list(dict.fromkeys(code for code, _rival in cells))

    def place(code: str) -> tuple[int, float]:
        gaps = [cells[code, rival].gap for rival in columns if rival is not None and (code, rival) in cells]
        certain = {
            verdict: max((abs(g.value or 0.0) for g in gaps if g.verdict == verdict), default=0.0) for verdict in ("lower", "higher")
        }
        group = 0 if certain["lower"] else 1 if certain["higher"] else 2
        return group, -(certain["lower"] or certain["higher"] or max((abs(g.value or 0.0) for g in gaps), default=0.0))

    return [code for code in top if code in present] + sorted((code for code in present if code not in top), key=place)


def _cell(duel: Duel | None, on: Canvas) -> HeatCell:
    """The gap; a dot where it may not be shown, a dash where there is none."""
    if duel is None:
        return HeatCell(ink=MUTED, texts=("–",))
    gap, number = duel.gap, number_of(duel.gap, on.language)
    if number is None or number.value is None:
        return HeatCell(number, ink=MUTED)
    certain, word, text = gap.verdict in ("higher", "lower"), lead_lag_word(gap.verdict, on.language), with_margin(number, _SIGNED, on)
    strength = 0.3 + 0.4 * min(abs(number.value) / _FULL_COLOUR_AT, 1.0)
    both = [f"{name} {on.number(side.value)}" for name, side in _sides(duel, on) if side.value is not None]
    return HeatCell(
        number,
        Tone(verdict_tone(gap.verdict).hue, strength) if certain else Tone("unclear", 0.16),
        INK if certain else MUTED,
        texts=(f"{text} {word}" if word else text,),
        short=f"{arrow(gap.verdict)}{text}" if certain else text,
        shortest=on.number(number.value, signed=True),
        notes=(word, *both) if word else tuple(both),
    )


def _sides(duel: Duel, on: Canvas) -> tuple[tuple[str, Estimate], tuple[str, Estimate]]:
    _ = translator(on.language)
    return (_("Ours"), duel.ours), (_("Theirs"), duel.theirs)


def _composite(on: Canvas) -> str:
    """The competition as the sentence names it, and how it is made."""
    _ = translator(on.language)
    return _("the competition, by customers")


def _rival(gap: Estimate, on: Canvas) -> str:
    rival = gap.keys["operator"]
    return on.value("operator", rival) if rival else _composite(on)


def _spoken(gap: Estimate, on: Canvas) -> str:
    number = number_of(gap, on.language)
    size = with_margin(number, _SIGNED, on) if number else ""
    return f"{on.title(gap.code)} / {_rival(gap, on)}: {lead_lag_word(gap.verdict, on.language)} {size}."


def _table(duels: Sequence[Duel], on: Canvas) -> tuple[TableColumn, ...]:
    """A row for every shown gap."""
    _ = translator(on.language)
    shown = [duel for duel in duels if duel.gap.value is not None]
    if not shown:
        return ()
    gaps = [duel.gap for duel in shown]
    return long_table(
        (
            Column(_("Indicator"), tuple(on.title(gap.code) for gap in gaps)),
            Column(_("Competitor"), tuple(_rival(gap, on) for gap in gaps)),
            Column(_("Ours"), numbers_of([duel.ours for duel in shown], on.language), Form(margin=False)),
            Column(_("Theirs"), numbers_of([duel.theirs for duel in shown], on.language), Form(margin=False)),
            Column(_("Difference"), numbers_of(gaps, on.language), _SIGNED, (_("Lower end"), _("Upper end"))),
            Column(_("Verdict"), tuple(lead_lag_word(gap.verdict, on.language) for gap in gaps)),
            Column(_("Adjusted p"), tuple(gap.p_adjusted for gap in gaps)),
            *base_columns(gaps, on.language),
            *question_columns(gaps, on.language),
        )
    )
