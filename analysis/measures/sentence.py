"""What the board says: how many measures are overdue, and how many of the issues found are closed."""

from __future__ import annotations

from datetime import date

from analysis.measures.board import Board
from analysis.results.sentences import Segment
from words.language import Language, number_text, translator


def board_sentence(found: Board, language: Language) -> list[Segment]:
    """``On 2026-07-01 3 of 12 measures are overdue, 4 are done; 68 of 68 issues are closed.``"""
    _ = translator(language)
    counts, day = found.whole.states, found.on.isoformat()
    if not found.measures:
        return [Segment(_("There is no measure in this selection."), "unclear")]
    if counts["overdue"]:
        text = _("On {day} {overdue} of {count} measures are overdue")
    else:
        text = _("On {day} none of {count} measures is overdue")
    told = [
        Segment(text.format(day=day, overdue=counts["overdue"], count=found.whole.measures), "worse" if counts["overdue"] else "better")
    ]
    told.append(Segment(_(", {done} finished").format(done=counts["done"])))
    if found.whole.found > 0:
        issues, closed = (number_text(value, 0, language) for value in (found.whole.found, found.whole.closed))
        all_closed = found.whole.closed >= found.whole.found
        text = _("; {closed} of {found} issues are closed").format(closed=closed, found=issues)
        told.append(Segment(text, "better" if all_closed else "neutral"))
    return [*told, Segment(_("."))]


def latest_overdue(found: Board) -> tuple[str, date] | None:
    """The measure that is overdue longest, and when it was due; None where none is."""
    first = found.measures[0] if found.measures else None
    if first is None or first.due is None or first.state(found.on) != "overdue":
        return None
    return first.measure, first.due
