"""Findings by kind: one line each with its true number and its first cells."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Findings, Severity
from words.language import Language, Message, number_text, translator
from words.lists import listed

CELLS_NAMED = 5


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one kind. ``cells`` are the first ones, with the sheet where there are several; ``more`` are not named.

    ``advice`` is that of the first finding.
    """

    code: str
    severity: Severity
    title: Message
    total: int
    cells: tuple[str, ...]
    more: int
    advice: Message

    def cells_text(self, language: Language) -> str:
        """The cells in one language: F3, F9 and 72 more."""
        cells = listed(self.cells, language)
        if not self.more:
            return cells
        rest = number_text(self.more, 0, language)
        return (
            translator(language)("{names} and {count} more").format(names=cells, count=rest)
            if cells
            else number_text(self.total, 0, language)
        )


def grouped(findings: Findings) -> tuple[FindingGroup, ...]:
    """A group for each kind, in the order findings are listed: errors first."""
    groups = []
    sheets = {finding.sheet for finding in findings.listed}
    for code in dict.fromkeys(finding.code for finding in findings.listed):
        own = [finding for finding in findings.listed if finding.code == code]
        places = [f"{each.sheet}!{each.cell}" if len(sheets) > 1 and each.sheet else each.cell for each in own if each.cell]
        cells, total = tuple(dict.fromkeys(places))[:CELLS_NAMED], findings.totals[code]
        more = max(0, total - len(cells)) if cells else 0
        groups.append(FindingGroup(code, own[0].severity, FINDING_KINDS[code].title, total, cells, more, own[0].advice))
    return tuple(groups)
