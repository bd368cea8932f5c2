"""Which words comments mention: a bar a word, how many comments mention it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.comments.read_comments import WordCount
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, OURS, Form
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

MOST_ROWS = 15


def word_bars(words: Sequence[WordCount], on: Canvas, *, comments: int) -> Chart:
    """Rows in the order given, the commonest first; the first fifteen are drawn, the table has all."""
    _ = translator(on.language)
    names = [each.word.title.text(on.language) for each in words]
    counts = tuple(each.comments for each in words)
    told = [_("Of {count} comments; one may mention several words.").format(count=on.number(comments, 0))]
    if len(words) > MOST_ROWS:
        told.append(_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(words)))
    described = Description(
        title=_("What comments mention"),
        caption=(" " if on.language == "en" else "").join(told),
        body=Rows(
            _("Word"),
            names_of_rows(names, most=MOST_ROWS),
            (Column(_("Comments"), counts, Form(0), place="always", tones=(INK,), strong=True, drawn=Drawn("bar", tones=(OURS,))),),
        ),
    )
    return draw(described, on)
