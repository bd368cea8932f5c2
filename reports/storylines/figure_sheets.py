"""An answer as a sheet: a row a figure at full precision, the same figures that ``--json`` prints, in words a reader knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from answers.figure_names import FigureNames
from answers.topic import Answered
from reports.data_tables import FIGURES, TESTS, WHOLE
from reports.office.plan import Cell
from reports.office.sheets import SheetColumn, TableSheet
from words.language import Language, message

_SHARES, _MIXED = "0.0%", "#,##0.000"
#: Field of a figure → heading, and how it is shown; None: as the values are.
_COLUMNS = (
    ("value", message("Value"), None),
    ("low", message("Interval from"), None),
    ("high", message("Interval to"), None),
    ("low_adjusted", message("Adjusted interval from"), None),
    ("high_adjusted", message("Adjusted interval to"), None),
    ("se", message("Standard error"), FIGURES),
    ("n", message("Base"), WHOLE),
    ("n_eff", message("Effective base"), "#,##0.0"),
    ("deff", message("Design effect"), FIGURES),
    ("rank", message("Rank"), WHOLE),
    ("letters", message("Letters"), ""),
    ("p", message("Unadjusted p"), TESTS),
    ("p_adjusted", message("Adjusted p"), TESTS),
    ("verdict", message("Verdict"), ""),
    ("marked", message("Small base"), ""),
    ("questions", message("Questions"), ""),
    ("why", message("Note"), ""),
)
#: Standing in every sheet, whether there are any or not.
_ALWAYS = ("value", "low", "high", "n", "n_eff")
_TEXTS = ("letters", "verdict", "marked", "questions", "why")


def figure_sheet(name: str, title: str, answered: Answered[Any, Any], language: Language) -> TableSheet:
    """The figures of one answer. A figure that is hidden is an empty cell with its reason beside it."""
    estimates, names = answered.figures.estimates, FigureNames.of(answered, language)
    keys = list(dict.fromkeys(key for estimate in estimates for key in estimate.keys))
    columns = [_texts(names.key(key), [names.value(key, estimate.keys.get(key)) for estimate in estimates]) for key in keys]
    columns += [
        _texts(message("Code").text(language), [estimate.code for estimate in estimates]),
        _texts(message("Indicator").text(language), [names.indicator(estimate.code) for estimate in estimates]),
    ]
    form = _form(answered)
    for field, heading, shown in _COLUMNS:
        values = [_cell(estimate, field, names, language) for estimate in estimates]
        if field in _ALWAYS or any(value is not None for value in values):
            columns.append(SheetColumn(heading.text(language), tuple(values), form if shown is None else shown, right=field not in _TEXTS))
    return TableSheet(name, title, told_by(answered, language), tuple(columns))


def told_by(answered: Answered[Any, Any], language: Language) -> str:
    """The answer in words with what to mind."""
    return " ".join(each for each in (plain_text(answered.sentence(language)), *answered.remarks(language)) if each)


def _form(answered: Answered[Any, Any]) -> str:
    """Proportions in per cent, but not where net promoter scores stand among them."""
    if not answered.topic.share:
        return "#,##0." + "0" * max(answered.topic.decimals, 2)
    return _MIXED if any(estimate.keys.get("share") == "nps" for estimate in answered.figures.estimates) else _SHARES


def _texts(header: str, values: Sequence[str]) -> SheetColumn:
    return SheetColumn(header, tuple(values), right=False)


def _cell(estimate: Estimate, field: str, names: FigureNames, language: Language) -> Cell:
    texts: Mapping[str, Callable[[], str | None]] = {
        "verdict": lambda: names.verdict(estimate.verdict) if estimate.verdict else None,
        "marked": lambda: "*" if estimate.marked else None,
        "questions": lambda: estimate.questions.told.text(language) if estimate.questions else None,
        "why": lambda: why.text(language) if (why := estimate.reason or estimate.note) else None,
    }
    if field in texts:
        return texts[field]()
    if estimate.value is None and field != "n":
        return None
    found: Cell = getattr(estimate, field)
    return found
