"""A company's template for tests: 4:3 or 16:9, with sample slides."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm, Emu, Inches


def company(*, wide: bool = False, samples: int = 2) -> Any:
    """A template in 4:3 or 16:9 with sample slides that hold charts."""
    deck = Presentation()
    if wide:
        deck.slide_width = Inches(13.333)
        for holder in (deck.slide_masters[0], *deck.slide_layouts):
            for shape in holder.placeholders:
                if shape._element.xpath("./p:spPr/a:xfrm"):
                    shape.left, shape.width = Emu(int(shape.left * 4 / 3)), Emu(int(shape.width * 4 / 3))
    for _number in range(samples):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series("s", (1, 2))
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(5), Cm(9), Cm(9), data)
    return deck


def saved_deck(deck: Any) -> bytes:
    """The file."""
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()
