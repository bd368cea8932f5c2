"""Lines a figure is read against: values from outside, of last year, of the best branch; dashed, each named with its source and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas
from words.language import translator
from words.lists import listed


@dataclass(frozen=True)
class BenchmarkLine:
    """One line: its short name, and for each wave the value with what has to be known of it (source and date, wave, or branch)."""

    name: str
    values: Mapping[str, Estimate]
    told: Mapping[str, str]

    @property
    def shown(self) -> dict[str, float]:
        """Wave → value."""
        return {wave: entry.value for wave, entry in self.values.items() if entry.value is not None}


def told_lines(lines: Sequence[BenchmarkLine], on: Canvas) -> list[str]:
    """A sentence that names every line with its latest value; none without lines."""
    _ = translator(on.language)
    told = []
    for line in lines:
        if line.shown:
            latest = list(line.shown)[-1]
            told.append(f"{line.told[latest]} {on.number(line.shown[latest])}")
    return [_("Dashed: {list}.").format(list=listed(told, on.language))] if told else []
