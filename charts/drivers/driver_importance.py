"""How much each driver matters: its share of what all explain, two methods side by side, and what cannot be told apart."""

from __future__ import annotations

from analysis.drivers.driver_sentence import importance_letters
from analysis.drivers.relative_importance import Importance, RankInterval
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, Reference, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed

#: Johnson's mark stands a little below the row's middle, so that both intervals can be seen.
_BELOW = 0.26


def driver_importance(importance: Importance, on: Canvas) -> Chart:
    """One row a driver, most important first: LMG share (dot, thick interval) and Johnson's relative weight (diamond, thin line).

    Shares are per cent of the R² of all drivers. Above 15 drivers there is no LMG and Johnson's weight takes its place.
    The importance must be estimable.
    """
    _ = translator(on.language)
    rows = sorted(importance.primary, key=lambda e: e.rank or 0)
    beside = {e.code: e for e in importance.johnson} if importance.lmg else {}
    ranks = {rank.code: rank for rank in importance.ranks}
    groups = importance_letters(importance)
    johnson: list[Column] = []
    if beside:
        johnson = [
            Column(
                "Johnson, %", numbers_of([beside.get(e.code) for e in rows], on.language), place="wide", head="Johnson",
                ends=(_("Johnson: lower end"), _("Johnson: upper end")),
                drawn=Drawn("diamond", "comparison", (MUTED,), name="Johnson", lane=_BELOW),
            )
        ]  # fmt: skip
    described = Description(
        title=_("What moves {outcome}").format(outcome=on.title(importance.outcome)),
        caption=_caption(importance, bool(beside), any(e.marked for e in rows), on),
        body=Rows(
            _("Driver"),
            names_of_rows([on.title(e.code) for e in rows]),
            (
                Column(
                    _("Share, %"), numbers_of(rows, on.language), ends=(_("Lower end"), _("Upper end")), place="always", strong=True,
                    drawn=Drawn("dot", name="LMG" if importance.lmg else "Johnson"), head="LMG" if importance.lmg else "Johnson",
                ),
                *johnson,
                Column(_("Rank"), tuple(e.rank for e in rows), place="wide", texts=tuple(_rank(ranks.get(e.code)) for e in rows)),
                Column(
                    _("Possible ranks"),
                    tuple(f"{ranks[e.code].best}–{ranks[e.code].worst}" if e.code in ranks else "" for e in rows),
                ),
                Column(_("Group"), tuple(groups.get(e.code, "") for e in rows), place="wide", align="left", tones=(INK,)),
                Column(
                    _("Direction"), tuple(_direction(e.code, importance, on) for e in rows), place="wide", align="left",
                    tones=tuple(INK if e.code in importance.opposed else MUTED for e in rows), reads="note",
                ),
                *base_columns(rows, on.language),
            ),
            heading=_("Share of what the drivers explain, %"),
            references=(Reference(0.0, _("no share"), dashed=False),),
        ),
    )  # fmt: skip
    return draw(described, on)


def _rank(rank: RankInterval | None) -> str:
    if rank is None:
        return ""
    return f"{rank.rank}" if rank.best == rank.worst else f"{rank.rank} ({rank.best}–{rank.worst})"


def _direction(code: str, importance: Importance, on: Canvas) -> str:
    _ = translator(on.language)
    if code in importance.opposed:
        return _("signs conflict")
    return {1: _("same way"), -1: _("opposite way")}.get((importance.signs or {}).get(code, 0), "—")


def _caption(importance: Importance, both: bool, marked: bool, on: Canvas) -> str:
    _ = translator(on.language)
    both_methods = _("Dot and band: LMG with its interval; diamond and line: Johnson’s weight.")
    parts = [both_methods if both else _("Dot and band: share and its interval.")]
    if len(importance.primary) > 1:
        parts.append(_("Two that share a letter cannot be told apart (Holm); in brackets the ranks that are possible."))
    if importance.opposed:
        names = listed([on.title(code) for code in importance.opposed], on.language)
        parts.append(_("Signs conflict for {names}: alone up, beside the others down, or the reverse; not an effect.").format(names=names))
    if marked:
        parts.append(_("Hollow dot: small base, read with care."))
    return " ".join(parts)
