"""Findings: what is noticed about a workbook, as data, collected once and reported together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from words.language import Language, Message


class Severity(StrEnum):
    """error: the row or file cannot be used; warning: used as stated; note: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing noticed, at one place. ``value`` is what was found, as text, private data masked.

    ``blocks_file``: nothing can be stored. ``asks``: it is stored only knowingly.
    """

    code: str
    severity: Severity
    message: Message
    advice: Message
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    blocks_file: bool = False
    asks: bool = False

    def text(self, language: Language) -> str:
        """What was found and what to do, in one language."""
        return f"{self.message.text(language)} {self.advice.text(language)}"


@dataclass(frozen=True)
class Findings:
    """Findings capped per code, with the true total of each code."""

    listed: tuple[Finding, ...]
    totals: dict[str, int]

    @property
    def usable(self) -> bool:
        """Whether the workbook can be stored: no finding blocks the whole file."""
        return not any(finding.blocks_file for finding in self.listed)

    def without(self, code: str) -> Findings:
        """These findings but for those of one code, where others say better what is the matter."""
        listed = tuple(finding for finding in self.listed if finding.code != code)
        return Findings(listed, {other: total for other, total in self.totals.items() if other != code})

    def joined(self, other: Findings, order: Sequence[str]) -> Findings:
        """These findings and others of the same workbook, in the order of codes."""
        both = [*self.listed, *other.listed]
        totals = {code: self.totals.get(code, 0) + other.totals.get(code, 0) for code in order}
        return Findings(
            tuple(sorted(both, key=lambda finding: order.index(finding.code))), {code: total for code, total in totals.items() if total}
        )

    def count(self, severity: Severity) -> int:
        """True number of findings of one severity."""
        severities = {finding.code: finding.severity for finding in self.listed}
        return sum(total for code, total in self.totals.items() if severities[code] is severity)
