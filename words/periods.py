"""Wave labels: ``2026``, ``2026H1``, ``2026Q2``, ``2026-06`` or ``2026-06-15``, how they sort and which came before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from words.language import Language, translator

_FORMS = (
    ("day", re.compile(r"^(?P<year>\d{4})[-/.年](?P<part>\d{1,2})[-/.月](?P<day>\d{1,2})日?$")),
    ("half", re.compile(r"^(?P<year>\d{4})\s*+年?\s*+-?(?:H(?P<part>[12])|(?P<word>[上下])半年)$", re.I)),
    ("quarter", re.compile(r"^(?P<year>\d{4})\s*+年?\s*+-?第?\s*+(?:Q(?P<part>[1-4])|(?P<word>[1-4一二三四])\s*+季度?)$", re.I)),
    ("quarter", re.compile(r"^(?P<short>\d{2})(?:Q(?P<part>[1-4])|年第?(?P<word>[1-4一二三四])季度?)$", re.I)),
    ("half", re.compile(r"^(?P<short>\d{2})(?:H(?P<part>[12])|年(?P<word>[上下])半年)$", re.I)),
    ("quarter", re.compile(r"^Q(?P<part>[1-4])[-/\s]++(?P<year>\d{4})$", re.I)),
    ("month", re.compile(r"^(?P<year>\d{4})[-/.年](?P<part>\d{1,2})月?$")),
    ("month", re.compile(r"^(?P<year>20\d{2})(?P<part>0[1-9]|1[0-2])$")),
    ("year", re.compile(r"^(?P<year>\d{4})(?:年度?)?$")),
)  # fmt: skip
_WORDS = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}
_PER_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time a wave stands for; sorts by its first day."""

    first_day: date
    kind: str

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period a label names, in Chinese or English; None when it names none."""
        for kind, form in _FORMS:
            found = form.match(text.strip())
            if not found:
                continue
            groups = found.groupdict()
            word = groups.get("word")
            part = int(groups.get("part") or (_WORDS.get(word or "") or word) or 1) if kind != "year" else 1
            months = 12 // _PER_YEAR.get(kind, 12)
            try:
                year = int(groups.get("year") or 2000 + int(groups["short"]))
                return cls(date(year, (part - 1) * months + 1, int(groups.get("day") or 1)), kind)
            except ValueError:
                return None
        return None

    @classmethod
    def quarter_of(cls, day: date) -> Period:
        """The calendar quarter a day lies in."""
        return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), "quarter")

    @property
    def label(self) -> str:
        """The canonical label, the same in both languages."""
        year, month = self.first_day.year, self.first_day.month
        return {
            "year": f"{year}",
            "half": f"{year}H{(month - 1) // 6 + 1}",
            "quarter": f"{year}Q{(month - 1) // 3 + 1}",
            "month": f"{year}-{month:02d}",
            "day": self.first_day.isoformat(),
        }[self.kind]

    @property
    def months(self) -> int:
        """Its length in months; a day is the date of fieldwork and stands for its month."""
        return 12 // _PER_YEAR.get(self.kind, 12)

    @property
    def begins(self) -> float:
        """Months from the beginning of our era to its first day: months, halves, … are equally long."""
        return 12 * self.first_day.year + self.first_day.month - 1 + (self.first_day.day - 1) / 31

    @property
    def ends(self) -> float:
        """Where the next period of its kind begins, in months like ``begins``."""
        return self.begins + (1 / 31 if self.kind == "day" else self.months)

    def following(self) -> Period:
        """The period after it, of the same kind."""
        if self.kind == "day":
            return Period(self.first_day + timedelta(days=1), self.kind)
        month = self.first_day.month - 1 + self.months
        return Period(self.first_day.replace(year=self.first_day.year + month // 12, month=month % 12 + 1), self.kind)

    def year_before(self) -> Period:
        """The same period one year earlier."""
        first = self.first_day
        return Period(first.replace(year=first.year - 1, day=28 if (first.month, first.day) == (2, 29) else first.day), self.kind)

    def text(self, language: Language) -> str:
        """The label as a reader expects it: 2026年二季度, Q2 2026."""
        year, month = self.first_day.year, self.first_day.month
        if language == "en":
            return {"half": f"H{(month - 1) // 6 + 1} {year}", "quarter": f"Q{(month - 1) // 3 + 1} {year}"}.get(self.kind, self.label)
        return {
            "year": f"{year}年",
            "half": f"{year}年{'上下'[(month - 1) // 6]}半年",
            "quarter": f"{year}年{'一二三四'[(month - 1) // 3]}季度",
            "month": f"{year}年{month}月",
            "day": f"{year}年{month}月{self.first_day.day}日",
        }[self.kind]


def wave_text(label: str, language: Language) -> str:
    """A wave label for display; labels that name no period are shown as they are."""
    period = Period.parse(label)
    return period.text(language) if period else label


def span_text(labels: Sequence[str], language: Language) -> str:
    """Periods in their order as a reader expects them: the only one, or the first and the last."""
    if len(labels) < 2:
        return "".join(wave_text(label, language) for label in labels)
    told = translator(language)("{first} to {last}")
    return told.format(first=wave_text(labels[0], language), last=wave_text(labels[-1], language))


@dataclass(frozen=True)
class WaveName:
    """A wave by its label, as a parameter of a message."""

    label: str

    def text(self, language: Language) -> str:
        """The period in words; a label that names none as it is."""
        return wave_text(self.label, language)
