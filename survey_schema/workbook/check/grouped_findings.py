"""Findings by kind: one line each with its true number and its first cells."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Findings, Severity
from words.language import Language, Message, translator

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
        cells = ("、" if language == "zh_CN" else ", ").join(self.cells)
        _ = translator(language)
        if not self.more:
            return cells
        return _("{names} and {count} more").format(names=cells, count=f"{self.more:,}") if cells else f"{self.total:,}"


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
