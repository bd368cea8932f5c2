"""The published and the made sets of the reference folder, as chart points."""

from __future__ import annotations

import pandas as pd

from analysis.control_charts.chart_points import ChartPoint, points_from_counts
from tests.places import REFERENCE

FOLDER = REFERENCE / "control_charts"


def published(name: str, *, share: bool = True, without: tuple[int, ...] = ()) -> list[ChartPoint]:
    """A published set, periods named by their place."""
    table = pd.read_csv(FOLDER / "published.csv")
    rows = table[(table["set"] == name) & ~table["place"].isin(without)]
    periods = [str(place) for place in rows["place"]]
    if rows["count"].isna().all():
        return [ChartPoint(period, float(value)) for period, value in zip(periods, rows["value"], strict=True)]
    return points_from_counts(periods, rows["count"].tolist(), rows["base"].tolist(), share=share)


def made(column: str) -> list[ChartPoint]:
    """The made set in which all eight rules are broken: its values, or its counts."""
    table = pd.read_csv(FOLDER / "made.csv")
    periods = [str(place) for place in range(len(table))]
    if column == "value":
        return [ChartPoint(period, float(value)) for period, value in zip(periods, table["value"], strict=True)]
    return points_from_counts(periods, table["count"].tolist(), table["base"].tolist())


def flat(values: list[float | None], base: float = 1.0) -> list[ChartPoint]:
    """Values on equal bases."""
    return [ChartPoint(str(place), value, base) for place, value in enumerate(values)]
