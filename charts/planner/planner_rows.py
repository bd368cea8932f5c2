"""The sample plan: what each group shows now as a bar against the wish, with responses there are, needed and still missing."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.planner.planner_sentence import group_name
from analysis.planner.sample_planner import GroupPlan, Plan, now_of
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, WORSE, Form, Reference, Tone
from charts.kit.description.rows import Column, Drawn, Row, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed


def planner_rows(plan: Plan, on: Canvas) -> Chart:
    """One row a group, the least precise first; a group that shows nothing now has no bar and stands last. Several are summed up below."""
    _ = translator(on.language)
    rows = sorted(plan.groups, key=lambda group: -(now_of(group, plan.aim) or 0.0))
    names = [group_name(group, plan, on.schema, on.language) for group in rows]
    missing = [name for name, group in zip(names, rows, strict=True) if group.more]
    described = Description(
        title=_what(plan, on),
        caption=" ".join(
            [
                _("Dashed line: the wish, {size} points; blue reaches it now, red does not.").format(size=on.number(plan.aim.size)),
                *([_("*: planned with the variance of the other groups.")] if any(group.borrowed for group in rows) else []),
                *([_("Pale: small base, read with care.")] if any(group.now.marked for group in rows) else []),
                *_still_small(rows, plan, on),
            ]
        ),
        findings=_("More responses are needed for: {names}.").format(names=listed(missing, on.language)) if missing else "",
        body=Rows(
            on.role_title(plan.dimension) if plan.dimension else _("Group"),
            (*names_of_rows(names), *_sum_row(rows, on)),
            _columns(rows, plan, on),
            references=(Reference(plan.aim.size, _("wish")),),
            strong_names=False,
        ),
    )
    return draw(described, on)


def _still_small(rows: Sequence[GroupPlan], plan: Plan, on: Canvas) -> list[str]:
    """A wish may be fulfilled by so few responses that the figure is marked as a small base all the same."""
    if not any(plan.still_small(group) for group in rows):
        return []
    told = translator(on.language)("Below an effective base of {limit} a figure is marked as a small base, however narrow its interval.")
    return [told.format(limit=on.number(plan.marked_below, 0))]


def _what(plan: Plan, on: Canvas) -> str:
    _ = translator(on.language)
    indicator = on.title(plan.code)
    if plan.aim.wish == "half_width":
        return _("{indicator}: half-width of the interval now").format(indicator=indicator)
    if plan.aim.wish == "rest":
        return _("{indicator}: difference from the rest that can be seen now").format(indicator=indicator)
    return _("{indicator}: change between two waves that can be seen now").format(indicator=indicator)


def _sum_row(rows: Sequence[GroupPlan], on: Canvas) -> tuple[Row, ...]:
    if len(rows) < 2:
        return ()
    return (Row(translator(on.language)("All {count} together").format(count=len(rows)), kind="total"),)


def _columns(rows: Sequence[GroupPlan], plan: Plan, on: Canvas) -> tuple[Column, ...]:
    """What each group shows now as a bar and in figures; the widths that are drawn stand in the table under their own names."""
    _ = translator(on.language)
    several = len(rows) > 1
    nothing = (None,) if several else ()  # what cannot be summed up
    now = (*(now_of(group, plan.aim) for group in rows), *nothing)
    needed = [_needed(group.needed, on) + ("*" if group.borrowed and group.needed is not None else "") for group in rows]
    more = [_more(group.more, on) for group in rows]
    if several:
        needed.append(_needed(plan.needed, on))
        more.append(_more(plan.more, on))
    texts = (*("—" if value is None else on.number(value) for value in now[: len(rows)]), *("" for _sum in nothing))
    rest = [Column(_("Seen against the rest now"), (*(group.detectable_rest for group in rows), *nothing))] if plan.dimension else []
    tones = (*(_tone(group, plan) for group in rows), *(Tone("unclear") for _sum in nothing))
    sums = ((plan.n,), (plan.needed,), (plan.more,)) if several else ((), (), ())
    return (
        Column(
            _("Now"), now, Form(2), drawn=Drawn("bar", tones=tones), place="always", texts=texts, strong=True, in_table=False,
        ),
        Column(_("Responses"), (*(group.now.n for group in rows), *sums[0]), Form(0), place="wide", tones=(INK,)),
        Column(_("Effective base"), (*(group.now.n_eff for group in rows), *nothing), Form(0)),
        Column(_("Half-width now"), (*(group.half_width for group in rows), *nothing)),
        *rest,
        Column(_("Seen between two waves now"), (*(group.detectable_wave for group in rows), *nothing)),
        Column(
            _("Responses needed"), (*(group.needed for group in rows), *sums[1]), place="always", texts=tuple(needed), head=_("Needed"),
            tones=(INK,),
        ),
        Column(
            _("More responses"), (*(group.more for group in rows), *sums[2]), place="always", texts=tuple(more), head=_("More"),
            tones=(WORSE,),
        ),
        Column(_("Standard deviation"), (*(group.deviation for group in rows), *nothing)),
        Column(_("Design effect of weights"), (*(group.design_effect for group in rows), *nothing)),
        Column(_("Customers"), (*(group.customers for group in rows), *nothing)),
        Column(_("Note"), (*(_note(group, on) for group in rows), *("" for _sum in nothing))),
    )  # fmt: skip


def _needed(count: int | None, on: Canvas) -> str:
    return "—" if count is None else on.number(count, 0)


def _more(count: int | None, on: Canvas) -> str:
    return on.number(count, 0, signed=True) if count else ""


def _tone(group: GroupPlan, plan: Plan) -> Tone:
    """Blue where the wish is fulfilled now, red where not, pale on a small base."""
    return Tone("better" if plan.fulfils(group) else "worse", 0.35 if group.now.marked else 0.7)


def _note(group: GroupPlan, on: Canvas) -> str:
    _ = translator(on.language)
    notes = [reason.text(on.language) for reason in (group.now.reason, group.reason) if reason]
    return " ".join([*notes, *([_("Planned with the variance of the other groups.")] if group.borrowed else [])])
