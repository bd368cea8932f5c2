"""Words that several charts share."""

from __future__ import annotations

from survey_schema.language import Language, translator


def verdict_word(verdict: str | None, language: Language) -> str:
    """The verdict of a comparison in a word; empty when nothing was compared."""
    _ = translator(language)
    return {"higher": _("above"), "lower": _("below"), "unclear": _("not clear")}.get(verdict or "", "")


def change_word(verdict: str | None, language: Language) -> str:
    """The verdict on a change over time in words; empty when nothing was compared."""
    _ = translator(language)
    return {"higher": _("real rise"), "lower": _("real fall"), "unclear": _("no change shown")}.get(verdict or "", "")


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


def listed(names: list[str], language: Language) -> str:
    """Names joined as the language does it."""
    return ("、" if language == "zh_CN" else ", ").join(names)
