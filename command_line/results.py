"""A result on the command line: records with full precision, or a table rounded for reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum

from analysis.results.estimates import Estimate, Result
from answers.figure_words import CODE_WORDS, COUNTS, KEY_TITLES, KEY_WORDS, NOT_GROUPS, VERDICT_WORDS
from command_line.output import console, print_json, print_table
from command_line.requests import Request
from survey_schema.answer_shares import SHARE_WORDS
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierAxis
from words.language import Message, message, number_text, p_number_text, translator
from words.lists import Listed
from words.periods import wave_text

#: Written where they apply only; the other fields are in every record.
_SOMETIMES = ("df", "deff", "p", "p_adjusted", "rank", "letters", "verdict", "dropped", "missing_cells")
_FIELDS = ("code", "value", "se", "low", "high", "n", "n_eff", *_SOMETIMES, "marked", "questions", "questions_of", "note", "reason")
_VERDICTS = {
    "higher": message("higher"),
    "lower": message("lower"),
    "unclear": message("chance or too small"),
    **VERDICT_WORDS,
}


def print_records(result: Result, request: Request) -> None:
    """``{"estimates": […], "method": …, "settings": {…}}``."""
    print_json(result_record(result, request))


def result_record(result: Result, request: Request) -> dict[str, object]:
    """A result as JSON knows it, with the selection it was computed for."""
    used = [name for name in _SOMETIMES if any(getattr(estimate, name) is not None for estimate in result.estimates)]
    asked = {"schema": request.schema.name, "waves": request.waves, "by": request.by, "where": request.where, "against": request.against}
    settings = {**asked, **result.settings}
    records = [_record(estimate, used) for estimate in result.estimates]
    return {"estimates": records, "method": result.method.text(console.language), "settings": _plain(settings)}


def _record(estimate: Estimate, used: list[str]) -> dict[str, object]:
    keys = {f"{name}_" if name in _FIELDS else name: value for name, value in estimate.keys.items()}
    record: dict[str, object] = {
        **keys,
        "code": estimate.code,
        "value": estimate.value,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "n_eff": estimate.n_eff,
        **{name: getattr(estimate, name) for name in used},
        "marked": estimate.marked,
    }
    if estimate.questions is not None:
        record |= {"questions": estimate.questions.asked, "questions_of": estimate.questions.of}
    for name, told in (("note", estimate.note), ("reason", estimate.reason)):
        if told is not None:
            record[name] = told
    return {name: _plain(value) for name, value in record.items()}


def _plain(value: object) -> object:
    """A value as JSON knows it; what is not finite is null."""
    if isinstance(value, Message):
        return value.text(console.language)
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Enum):
        return _plain(value.value)
    if hasattr(value, "item"):  # numpy
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def print_estimates(result: Result, request: Request, *, share: bool, signed: bool, decimals: int = 2) -> None:
    """A table: names, value, interval, bases and what else applies; then method and what the marks mean.

    ``share``: values are proportions and shown in per cent; others with ``decimals``. Small bases carry an asterisk; a
    hidden figure is a dot with its reason.
    """
    language, schema = console.language, request.schema
    _ = translator(language)
    keys = list(result.estimates[0].keys) if result.estimates else []
    optional = {
        "deff": _("Design effect"),
        "rank": _("Rank"),
        "letters": _("Letters"),
        "p": "p",
        "p_adjusted": _("Adjusted p"),
        "verdict": _("Verdict"),
    }
    used = [name for name in optional if any(getattr(estimate, name) is not None for estimate in result.estimates)]
    if all(estimate.p is None or estimate.p_adjusted is not None for estimate in result.estimates):
        used = [name for name in used if name != "p"]
    reasons = any(estimate.reason is not None or estimate.note is not None for estimate in result.estimates)
    fewer = any(estimate.questions is not None for estimate in result.estimates)
    header = [
        *(_key_title(name, schema) for name in keys), _("Code"), _("Indicator"), _("Value"), _("Interval"), _("Base"),
        _("Effective base"),
        *(optional[name] for name in used), *([_("Questions")] if fewer else []), *([_("Why not")] if reasons else []),
    ]  # fmt: skip
    rows = [
        [
            *(_key_text(name, estimate.keys.get(name), schema) for name in keys), estimate.code, _title(estimate.code, schema),
            *interval_text(estimate, share=share, decimals=decimals, signed=signed and estimate.keys.get("side") in (None, "gap")),
            str(estimate.n), number_text(estimate.n_eff, 1, language),
            *(_optional(estimate, name) for name in used),
            *([estimate.questions.told.text(language) if estimate.questions else ""] if fewer else []),
            *([told.text(language) if (told := estimate.reason or estimate.note) else ""] if reasons else []),
        ]
        for estimate in result.estimates
    ]  # fmt: skip
    print_table(header, rows, numbers_from=len(keys) + 2)
    console.print()
    if any(estimate.marked for estimate in result.estimates):
        console.print(message("* small base: effective base below {limit}.", limit=result.settings.get("marked_below", "?")))
    for sentence in _sentences(result):
        console.print(sentence)
    console.print(message("Method: {method}", method=result.method))
    for told in _raking(result.settings):
        console.print(told)
    console.print(message("Selection: {selection}", selection=_selection(request)))
    console.print(message("Waves: {waves}", waves=", ".join(wave_text(wave, language) for wave in request.waves)))


def _raking(settings: Mapping[str, object]) -> list[Message]:
    """What weights were raked to, and how the intervals know it."""
    residuals, again = _margins(settings.get("raked_margins")), _margins(settings.get("reraked_margins"))
    found = []
    if residuals:
        found.append(
            message(
                "Weights raked to {margins}; intervals are those of the residuals from these margins (calibrated linearisation).",
                margins=residuals,
            )
        )
    if again:
        found.append(
            message(
                "Weights raked to {margins}; intervals by replicate groups are of weights raked again to these margins without each group.",
                margins=again,
            )
        )
    return found


def _margins(raked: object) -> str:
    return "; ".join(f"{label}: {', '.join(map(str, named))}" for label, named in raked.items()) if isinstance(raked, Mapping) else ""


def _selection(request: Request) -> Message | Listed:
    """What ``--where`` narrows to, ours included."""
    if not request.where:
        return message("all responses")
    named = [f"{_key_title(name, request.schema)} {_key_text(name, value, request.schema)}" for name, value in request.where.items()]
    return Listed(named)


def _sentences(result: Result) -> list[str]:
    """The answer in a sentence and what to mind, where the analysis says so."""
    answer, notes = result.settings.get("answer"), result.settings.get("notes")
    found = [answer, *(notes if isinstance(notes, list) else [])]
    told = [each.text(console.language) if isinstance(each, Message) else str(each) for each in found if each]
    return list(dict.fromkeys(told))


def interval_text(estimate: Estimate, *, share: bool = False, decimals: int = 2, signed: bool = False) -> tuple[str, str]:
    """Value (a dot where it is hidden) and interval, rounded for reading."""
    if estimate.value is None:
        return "·", ""
    share = share and estimate.keys.get("share") != "nps"  # points, not a proportion
    times, decimals, unit = (100, 1, "%") if share else (1, 0 if estimate.keys.get("figure") in COUNTS else decimals, "")

    def shown(value: float, *, sign: bool) -> str:
        return number_text(value * times, decimals, console.language, signed=sign) + unit

    value = shown(estimate.value, sign=signed) + ("*" if estimate.marked else "")
    known = estimate.low is not None and estimate.high is not None and math.isfinite(estimate.low) and math.isfinite(estimate.high)
    if not known or estimate.low is None or estimate.high is None:
        return value, ""
    return value, f"{shown(estimate.low, sign=signed)} … {shown(estimate.high, sign=signed)}"


def _optional(estimate: Estimate, name: str) -> str:
    found = getattr(estimate, name)
    if found is None:
        return ""
    if name == "deff":
        return number_text(found, 2, console.language)
    if name in ("p", "p_adjusted"):
        return p_number_text(found, console.language)
    if name == "verdict":
        return _VERDICTS[found].text(console.language) if found in _VERDICTS else str(found)
    return str(found)


def _title(code: str, schema: SurveySchema) -> str:
    """The name of an indicator, item or construct; of both ends of an arrow or a pair of constructs."""
    for written, shown in (("->", " → "), ("~", " · ")):
        if written in code:
            return shown.join(schema.title_of(part, console.language) for part in code.split(written))
    return CODE_WORDS[code].text(console.language) if code in CODE_WORDS else schema.title_of(code, console.language)


def _key_title(name: str, schema: SurveySchema) -> str:
    column = next((column for column in schema.columns if name in (column.stored_as, column.code)), None)
    if column:
        return column.title.text(console.language)
    if axis := _axis(name, schema):
        return axis.title.text(console.language)
    return KEY_TITLES[name].text(console.language) if name in KEY_TITLES else name


def _axis(name: str, schema: SurveySchema) -> TierAxis | None:
    """The axis of the survey's tier rules that a key names."""
    return next((axis for rules in schema.tiers for axis in rules.axes if axis.code == name), None)


def _key_text(name: str, value: str | None, schema: SurveySchema) -> str:
    if value is None:
        return "" if name in NOT_GROUPS else message("All").text(console.language)
    if name == Role.WAVE:
        return wave_text(value, console.language)
    if name == "share":
        return SHARE_WORDS[value].text(console.language) if value in SHARE_WORDS else value
    if name in ("part", "side", "stage", "figure", "against") and value in KEY_WORDS:
        return KEY_WORDS[value].text(console.language)
    if name in ("construct", "from", "to"):
        return schema.title_of(value, console.language)
    if axis := _axis(name, schema):
        return next((one.title.text(console.language) for one in axis.classes if one.code == value), value)
    if name == "against":
        choices = (choice for column in schema.columns for choice in column.choices)
        return next((choice.text(console.language) for choice in choices if choice.code == value), value)
    stored = Role.OPERATOR if name == "competitor" else name
    column = next((column for column in schema.columns if stored in (column.stored_as, column.code)), None)
    choice = next((choice for choice in column.choices if choice.code == value), None) if column else None
    return choice.text(console.language) if choice else value
