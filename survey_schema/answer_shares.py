"""Which answers count: satisfied, dissatisfied, the best grade, promoters and detractors, as cuts on the answers as they were asked.

Cuts are written for the turned answer, so that one scale serves straight and reversed items; a reversed item's cut is turned back here.
"""

from __future__ import annotations

from typing import Literal, get_args

from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from words.language import Language, Message, message, translator
from words.lists import listed

#: Shares of those who answered an item; the net promoter score is the share of promoters minus that of detractors, times 100.
Share = Literal["satisfied", "dissatisfied", "top_box", "nps"]
SHARES: tuple[Share, ...] = get_args(Share)
#: What is counted for them: answers at or above a grade, or at or below one.
Mark = Literal["satisfied", "dissatisfied", "top_box", "promoter", "detractor"]
#: Reichheld (2003), *Harvard Business Review* 81(12): 9 and 10 promote, 0 to 6 detract.
PROMOTERS_FROM, DETRACTORS_TO = 9, 6
SHARE_WORDS: dict[Share, Message] = {
    "satisfied": message("satisfied"),
    "dissatisfied": message("dissatisfied"),
    "top_box": message("top box"),
    "nps": message("net promoter score"),
}


def dissatisfied_to(scale: Scale) -> float | None:
    """The highest grade that counts as dissatisfied; None where the scale names none.

    A scale whose every grade has a word names them by its words: those below its middle, and below the satisfied ones.
    """
    if scale.dissatisfied_to is not None or not _in_words(scale):
        return scale.dissatisfied_to
    below = [grade for grade in scale.grades if grade < min((scale.minimum + scale.maximum) / 2, scale.satisfied_from)]
    return below[-1] if below else None


def _in_words(scale: Scale) -> bool:
    labels = {label.grade for label in scale.labels}
    return bool(scale.grades) and all(grade in labels for grade in scale.grades)


def has_net_promoter(schema: SurveySchema, code: str) -> bool:
    """Whether the net promoter score of an item is reported."""
    asked = schema.item(code).net_promoter
    return schema.scale_of(code).zero_to_ten if asked is None else asked


def shares_of(schema: SurveySchema, code: str) -> tuple[Share, ...]:
    """The shares an item has, in the order they are shown."""
    scale = schema.scale_of(code)
    there = {
        "satisfied": True, "dissatisfied": dissatisfied_to(scale) is not None, "top_box": scale.step is not None,
        "nps": has_net_promoter(schema, code),
    }  # fmt: skip
    return tuple(share for share in SHARES if there[share])


def turned_cut(schema: SurveySchema, code: str, mark: Mark) -> tuple[float, bool] | None:
    """The grade of the turned answer from which on answers count, and whether that is downwards; None where the item has no such cut."""
    scale = schema.scale_of(code)
    if mark in ("promoter", "detractor"):
        if not has_net_promoter(schema, code):
            return None
        return (PROMOTERS_FROM, False) if mark == "promoter" else (DETRACTORS_TO, True)
    if mark == "top_box":
        return (scale.maximum, False) if scale.step is not None else None
    if mark == "satisfied":
        return scale.satisfied_from, False
    low = dissatisfied_to(scale)
    return None if low is None else (low, True)


def cut_as_asked(schema: SurveySchema, code: str, mark: Mark) -> tuple[float, bool] | None:
    """The same for the answer as it was asked: a reversed item's cut stands at the other end and looks the other way."""
    found, scale = turned_cut(schema, code, mark), schema.scale_of(code)
    if found is None or not schema.item(code).reversed:
        return found
    cut, downwards = found
    return scale.minimum + scale.maximum - cut, not downwards


def answers_text(schema: SurveySchema, code: str, mark: Mark, language: Language) -> str:
    """The answers that count, as they were asked: “8–10”, “1–2 (很不满意、不满意)”; empty where the item has no such cut."""
    found, scale = cut_as_asked(schema, code, mark), schema.scale_of(code)
    if found is None:
        return ""
    cut, downwards = found
    low, high = (scale.minimum, cut) if downwards else (cut, scale.maximum)
    words = {label.grade: label.text(language) for label in scale.labels}
    named = [words[grade] for grade in scale.grades if low <= grade <= high and grade in words]
    ends = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return f"{ends} ({listed(named, language)})" if named else ends


def cuts_text(schema: SurveySchema, code: str, language: Language) -> str:
    """One sentence on an item: which answers as asked count as satisfied, dissatisfied, promoters and detractors."""
    _ = translator(language)
    texts: dict[Mark, str] = {
        "satisfied": _("Satisfied: {answers}."), "dissatisfied": _("Dissatisfied: {answers}."), "top_box": _("Top box: {answers}."),
        "promoter": _("Promoters: {answers}."), "detractor": _("Detractors: {answers}."),
    }  # fmt: skip
    said = [text.format(answers=answers) for mark, text in texts.items() if (answers := answers_text(schema, code, mark, language))]
    if schema.item(code).reversed:
        said.append(_("Reversed: the lowest answer is the best."))
    return " ".join(said)
