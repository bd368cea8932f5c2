"""What changed between two waves, indicator by indicator or group by group."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.results.estimates import Result
from charts.kit.description.description import Description
from charts.kit.description.differences import Difference, difference_rows
from charts.kit.description.rows import Column
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import change_word, left_out, on_questions, whiskers_told
from words.language import translator


def change_bars(
    changes: Result,
    on: Canvas,
    *,
    now: Result | None = None,
    before: Result | None = None,
    title: str,
    count: int | None = None,
    role: str | None = None,
    contributions: Mapping[str, float] | None = None,
) -> Chart:
    """One row an indicator, or a group of ``role``: its change in points with interval, real changes first, then by size.

    ``changes`` has one estimate a row with a verdict; ``now`` and ``before`` the two scores, left out where they are on other questions
    than the change, which would not be their difference then. At most ``count`` rows; hidden changes are
    left out and counted. ``contributions`` of items to the change of the index, by code, become a column of the table.
    """
    _ = translator(on.language)
    shown = [e for e in changes.estimates if e.value is not None]
    shown.sort(key=lambda e: (e.verdict not in ("higher", "lower"), -abs(e.value or 0.0)))
    rows = []
    for e in shown[:count]:
        group = {role: e.keys[role]} if role else {}
        found = [score.find(e.code, **group) if score else None for score in (now, before)]
        alike = all(score is None or score.questions == e.questions for score in found)
        scores = found if alike else [None, None]
        name = on.value(role, e.keys[role]) if role else on.title(e.code)
        rows.append(Difference(name, e, change_word(e.verdict, on.language), *scores))
    real = any(row.estimate.verdict in ("higher", "lower") for row in rows)
    none = _("No real change among {n} groups.") if role else _("No real change among {n} indicators.")
    parts = [contributions.get(row.estimate.code) for row in rows] if contributions is not None else []
    described = Description(
        title=title,
        caption=" ".join(
            [
                whiskers_told(shown[:count], level_text(changes, on), on.language),
                *([_("Hollow: small base, read with care.")] if any(row.estimate.marked for row in rows) else []),
                *on_questions([row.estimate for row in rows], [row.name for row in rows], on.language),
                *left_out(changes.estimates, on.language),
            ]
        ),
        findings="" if real or not shown else none.format(n=len(shown)),
        body=difference_rows(
            rows,
            on,
            name_header=on.role_title(role) if role else _("Indicator"),
            heading=_("Change"),
            first_header=_("Now"),
            second_header=_("Before"),
            more=[Column(_("Contribution to the index"), tuple(parts))] if parts else (),
        ),
    )
    return draw(described, on)
