"""Where a figure comes from, as it travels with every copy of a chart: on the slide, under the picture, in the workbook behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from words.language import Language, translator

#: The name of the property of a workbook that holds the key.
KEY_PROPERTY = "manyi-key"
#: What such a property may be long; a longer key stands there by its fingerprint, and in full on the sheet.
_MOST_OF_A_PROPERTY = 255


@dataclass(frozen=True)
class Origin:
    """``key`` asks for the same figures again; ``facts`` are names with what is known (survey, wave, selection, weighting, base, …);

    ``methods`` how the figures came about, a sentence each; ``made`` when they were written down; ``brief`` the facts below a chart (none:
    all); ``seal`` the code by which the store tells whether they are the same today; ``recipe`` how a report asks the figure again.
    """

    key: str
    facts: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]
    made: datetime
    language: Language
    brief: tuple[tuple[str, str], ...] = ()
    seal: str = ""
    recipe: str = ""

    @property
    def mark(self) -> str:
        """The key as a property of a workbook holds it."""
        return self.key if len(self.key) <= _MOST_OF_A_PROPERTY else "sha256:" + hashlib.sha256(self.key.encode()).hexdigest()

    @property
    def made_text(self) -> str:
        """The day and time, the same in all languages."""
        return self.made.strftime("%Y-%m-%d %H:%M")

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """All of it as names and texts: what a sheet, a note or a table below a chart holds."""
        _ = translator(self.language)
        methods = tuple((_("Method"), method) for method in self.methods)
        return (*self.facts, *methods, (_("Made on"), self.made_text), *self._sealed, (_("Settings of the question"), self.key))

    @property
    def _sealed(self) -> tuple[tuple[str, str], ...]:
        return ((translator(self.language)("Seal code"), self.seal),) if self.seal else ()

    @property
    def line(self) -> str:
        """The same in a line or two, without the key: what stands under a chart."""
        _ = translator(self.language)
        colon, stop = ("：", "；") if self.language == "zh_CN" else (": ", "; ")
        told = [f"{name}{colon}{text}" for name, text in (*(self.brief or self.facts), (_("Made on"), self.made_text), *self._sealed)]
        methods = " ".join(self.methods)
        return stop.join(told) + (("。" if self.language == "zh_CN" else ". ") + methods if methods else "")
