"""Things with their number, where one of them reads otherwise than several: 1 visit, 2 visits."""

from __future__ import annotations

from dataclasses import dataclass

from words.language import Language, number_text, translator


@dataclass(frozen=True)
class Count:
    """A number of things as a parameter of :func:`words.language.message`, with the grouping of thousands of the language."""

    value: int

    def text(self, language: Language) -> str:
        """The number."""
        return number_text(self.value, 0, language)


def visits_text(count: float, language: Language) -> str:
    """Visits to halls."""
    _ = translator(language)
    return _("1 visit") if count == 1 else _("{count} visits").format(count=number_text(count, 0, language))


def complaints_text(count: float, language: Language) -> str:
    """Complaints."""
    _ = translator(language)
    return _("1 complaint") if count == 1 else _("{count} complaints").format(count=number_text(count, 0, language))


def cases_text(count: float, language: Language) -> str:
    """Cases of whatever is counted."""
    _ = translator(language)
    return _("1 case") if count == 1 else _("{count} cases").format(count=number_text(count, 0, language))
