"""The formulas we write: made of places in a table and of nothing else, so that no text of a workbook ever becomes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell


@dataclass(frozen=True)
class WeightedMean:
    """The mean of some cells of a table's column by the weights beside them; ``rows`` count from the first row of the table."""

    values: int
    weights: int
    rows: tuple[int, ...]

    def text(self, first_row: int) -> str:
        """As a spreadsheet reads it; ``first_row`` of the sheet is the table's first.

        >>> WeightedMean(3, 2, (0, 2)).text(4)
        '=(C5*D5+C7*D7)/(C5+C7)'
        """
        weights = [xl_rowcol_to_cell(first_row + row, self.weights) for row in self.rows]
        values = [xl_rowcol_to_cell(first_row + row, self.values) for row in self.rows]
        products = "+".join(f"{weight}*{value}" for weight, value in zip(weights, values, strict=True))
        return f"=({products})/({'+'.join(weights)})"

    def of(self, values: Sequence[float | None], weights: Sequence[float | None]) -> float | None:
        """What it comes to for these columns; None where a cell is missing or the weights are nothing."""
        pairs = [(values[row], weights[row]) for row in self.rows]
        known = [(value, weight) for value, weight in pairs if value is not None and weight is not None]
        total = sum(weight for _value, weight in known)
        return sum(value * weight for value, weight in known) / total if len(known) == len(pairs) and total else None


#: Row and column of a table's cell → what it is computed by; its value stands in the column, for who does not compute.
Formulas = Mapping[tuple[int, int], WeightedMean]
