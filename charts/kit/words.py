"""Words that several charts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.results.estimates import Estimate
from analysis.results.reasons import Kind, kind_of
from words.language import Language, translator
from words.lists import listed

_MOST_NAMED = 4


def _undecided(language: Language) -> dict[str, str]:
    """What is certain and less than what matters, and what cannot be told from chance: two verdicts, never one word."""
    _ = translator(language)
    return {"small": _("certain but small"), "unclear": _("may be chance")}


def lead_lag_word(verdict: str | None, language: Language) -> str:
    """Ours against theirs in words; empty when nothing was compared."""
    _ = translator(language)
    return {"higher": _("we lead"), "lower": _("we trail"), **_undecided(language)}.get(verdict or "", "")


def whiskers_told(estimates: Iterable[Estimate | None], level: str, language: Language) -> str:
    """What the whiskers of differences are and what grey means; ``level`` is the confidence in per cent.

    Of differences judged among several they are the adjusted ones, so that a whisker leaves out zero exactly where the verdict is certain.
    """
    _ = translator(language)
    if any(e is not None and e.widened for e in estimates):
        told = _(
            "Whisker: {level}% interval, widened for the number of comparisons like the verdict; grey: certain but small, or may be chance."
        )
    else:
        told = _("Whisker: {level}% interval; grey: certain but small, or may be chance.")
    return told.format(level=level)


def verdict_word(verdict: str | None, language: Language) -> str:
    """The verdict of a comparison in a word; empty when nothing was compared."""
    _ = translator(language)
    return {"higher": _("above"), "lower": _("below"), **_undecided(language)}.get(verdict or "", "")


def change_word(verdict: str | None, language: Language) -> str:
    """The verdict on a change over time in words; empty when nothing was compared."""
    _ = translator(language)
    return {"higher": _("real rise"), "lower": _("real fall"), **_undecided(language)}.get(verdict or "", "")


def heads_p(name: str, language: Language) -> bool:
    """Whether a column of a chart's table holds p values, which are shown with three decimals."""
    _ = translator(language)
    return name == "p" or name.lower().endswith(_("Adjusted p").lower())


def heads_whole_numbers(name: str, language: Language) -> bool:
    """Whether a column of a chart's table holds bases or customers, which are shown without decimals though they may have some."""
    _ = translator(language)
    return name in (_("Effective base"), _("Customers"))


def arrow(verdict: str | None) -> str:
    """A sign that does not rely on colour: up, down or level."""
    return {"higher": "▲", "lower": "▼"}.get(verdict or "", "—")


def hidden_sentence(count: int, language: Language) -> list[str]:
    """One sentence on values left out for a small base; none when nothing is hidden."""
    _ = translator(language)
    return [_("{count} not shown: the base is too small.").format(count=count)] if count else []


def left_out(estimates: Iterable[Estimate | None], language: Language) -> list[str]:
    """A sentence for each reason why figures are not shown: a small base, not asked, other questions; none when all are shown."""
    _ = translator(language)
    kinds = Counter(kind_of(e.reason) for e in estimates if e is not None and e.value is None)
    told: dict[Kind, list[str]] = {
        "small": hidden_sentence(kinds["small"], language),
        "not asked": [_("{count} not asked: nobody answered.").format(count=kinds["not asked"])],
        "not comparable": [
            _("{count} not compared: too few questions in common or too few answers to them.").format(count=kinds["not comparable"])
        ],
    }
    return [sentence for kind, sentences in told.items() if kinds[kind] for sentence in sentences]


def on_questions(estimates: Sequence[Estimate | None], names: Sequence[str], language: Language) -> list[str]:
    """A sentence that names the figures on fewer questions than their indicator has; none when all are on all."""
    _ = translator(language)
    fewer = [(name, e.questions) for name, e in zip(names, estimates, strict=True) if e is not None and e.value is not None and e.questions]
    if not fewer:
        return []
    told = [f"{name} {questions.told.text(language)}" for name, questions in fewer[:_MOST_NAMED]]
    more = _(" and {count} more").format(count=len(fewer) - _MOST_NAMED) if len(fewer) > _MOST_NAMED else ""
    return [_("Fewer questions: {list}{more}.").format(list=listed(told, language), more=more)]


def unranked(estimates: Iterable[Estimate], language: Language) -> list[str]:
    """Why some shown figures have no rank or verdict among the others; nothing when there are none."""
    return list(dict.fromkeys(e.note.text(language) for e in estimates if e.value is not None and e.note is not None))
