"""Better and worse: how much satisfaction a feature brings where it is there, and how much it costs where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.sentence import class_name
from charts.kano.class_tones import candidates_text, class_tone
from charts.kit.description.description import Description, table_of
from charts.kit.description.numbers import Axis, Number, Reference, number_of
from charts.kit.description.planes import Points, Spot
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed

_ENDS = (0.0, 100.0)


def better_worse(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str]) -> Chart:
    """Features of one group by their two coefficients, both 0–100, with intervals; quarters are the classes. Hidden ones are left out."""
    _ = translator(on.language)
    rows = [each for each in features if each.better.value is not None and each.worse.value is not None]
    spots = [
        Spot(titles[each.code], _turned(each, on), number_of(each.better, on.language) or Number(None), class_tone(each.kind, 1.0),
             each.strength.value or 0.0, candidates_text(each, on))
        for each in rows
    ]  # fmt: skip
    told = [f"{spot.name} {on.number(spot.y.value or 0.0, 0)} / {on.number(spot.x.value or 0.0, 0)}" for spot in spots]
    corners = [class_name(name, on.language) for name in ("A", "O", "I", "M")]
    half = (Reference(50.0, "50"),)
    described = Description(
        title=_("Better and worse"),
        caption=_(
            "Up: better, per cent of respondents whom the feature would please; right: worse, per cent whom its absence would annoy. Bars: "
            "intervals. Dots have the colour of their class."
        ),
        body=Points(
            Axis(_("Worse: dissatisfaction where it is missing, %"), _ENDS, numbered=True),
            Axis(_("Better, %"), _ENDS, numbered=True),
            tuple(spots), half, half, corners=(corners[0], corners[1], corners[2], corners[3]),
        ),
        findings=_("Better and worse of {n} features: {list}.").format(n=len(rows), list=listed(told, on.language, 8)),
        table=table_of({
            _("Feature"): [spot.name for spot in spots],
            _("Better"): [each.better.value for each in rows],
            _("{figure}: lower end").format(figure=_("Better")): [each.better.low for each in rows],
            _("{figure}: upper end").format(figure=_("Better")): [each.better.high for each in rows],
            _("Worse"): [each.worse.value for each in rows],
            _("{figure}: lower end").format(figure=_("Worse")): [each.worse.low for each in rows],
            _("{figure}: upper end").format(figure=_("Worse")): [each.worse.high for each in rows],
            _("Base"): [each.better.n for each in rows],
        }),
    )  # fmt: skip
    return draw(described, on)


def _turned(each: KanoFeature, on: Canvas) -> Number:
    """Worse as a share of 0 … 100."""
    found = number_of(each.worse, on.language, times=-1.0) or Number(None)
    return Number(found.value, found.high, found.low, found.small, found.why, found.note)
