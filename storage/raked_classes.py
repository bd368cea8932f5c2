"""Which categories a respondent's weight was raked to: a column beside the responses of waves whose weighting in force is a raking.

Intervals need it, since what the margins explain of a figure does not vary from sample to sample. It is written from the weighting's
recipe while the responses are read, so weightings kept earlier have it too; the files stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from survey_schema.columns import Role

#: Name of the column, and what stands between margins in it, each written ``column=value``, and between the columns of a combination.
CLASS = "weighting_class"
BETWEEN_MARGINS, BETWEEN_COLUMNS = "\x1e", "\x1f"


def with_classes(frame: nw.LazyFrame[Any], recipes: Mapping[str, Mapping[str, Any]]) -> nw.LazyFrame[Any]:
    """The responses with their class, null in waves whose weights are not raked; as they are where no wave's weights are.

    ``recipes`` are those of the weightings in force by wave label (``storage.weightings``).
    """
    made = {label: recipe["targets"] for label, recipe in recipes.items() if recipe.get("targets")}
    found = nw.lit(None).cast(nw.String())
    for label, targets in made.items():
        margins = [_margin(target["columns"]) for target in targets]
        text = nw.concat_str(margins, separator=BETWEEN_MARGINS) if len(margins) > 1 else margins[0]
        found = nw.when(nw.col(Role.WAVE) == label).then(text).otherwise(found)
    return frame.with_columns(found.alias(CLASS)) if made else frame


def _margin(columns: list[str]) -> nw.Expr:
    named = [nw.concat_str([nw.lit(f"{name}="), nw.col(name).cast(nw.String()).fill_null("")]) for name in columns]
    return nw.concat_str(named, separator=BETWEEN_COLUMNS) if len(named) > 1 else named[0]
