"""Finds our figures in somebody's presentation: by the names of shapes, else by the recipe in the workbook behind a chart."""

from __future__ import annotations

from typing import Any

from reports.document import FigureItem
from reports.refresh.chart_parts import workbook_bytes
from reports.refresh.custom_properties import text_of_workbook
from reports.refresh.deck_shapes import Placed, item_of, named_shapes, shapes_of
from reports.refresh.recipes import recipe_of
from words.language import Language


def found_shapes(presentation: Any) -> tuple[list[Placed], dict[str, tuple[FigureItem, Language]]]:
    """The shapes with their parts in the order of slides, and the recipes that lie in workbooks by the id of their item."""
    named = {id(each.shape._element): each for each in named_shapes(presentation)}
    placed: list[Placed] = []
    recipes: dict[str, tuple[FigureItem, Language]] = {}
    for slide in presentation.slides:
        for shape in shapes_of(slide):
            known = named.get(id(shape._element))
            found = _recipe(shape)
            if found is not None:
                recipes.setdefault(found[0].id, found)
            if known is not None and (found is None or item_of(known.part) == found[0].id):
                placed.append(known)
            elif found is not None:  # renamed, or named after another figure by mistake
                placed.append(Placed(found[0].id, slide, shape))
    return placed, recipes


def _recipe(shape: Any) -> tuple[FigureItem, Language] | None:
    if not getattr(shape, "has_chart", False):
        return None
    book = workbook_bytes(shape.chart.part)
    text = None if book is None else text_of_workbook(book)
    return None if text is None else recipe_of(text)
