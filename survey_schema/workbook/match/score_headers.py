"""How much a header looks like each item or column of the schema, 0 to 100."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from survey_schema.columns import WAVE_TITLES, Role
from survey_schema.workbook.match.column_targets import ColumnTargets, How, TargetName, names_meant
from survey_schema.workbook.match.find_table import Header
from survey_schema.workbook.match.header_text import beginning, both_ends, header_variants, normalised, rated_thing

#: A code in front: set off by a sign, or a letter with digits right before a Chinese wording (``C11公司知名度``).
_CODE_FIRST = re.compile(
    r"^\s*+(?:([A-Za-z][A-Za-z0-9]*(?:_+[A-Za-z0-9]+)*)[\s.、:：_\-—]++(\S.*)|([A-Za-z]+\d+)([^\x00-\x7f].*))", re.DOTALL
)
_CODE_FIRST_SCORE = 97.0
_PART = re.compile(r"^(?:[\W\d_]*+$|(?:others?|text|comments?|remarks?|specify|open|其他|其它|备注|说明|注明|原因)(?![^\W_]))", re.I)
_QUESTION_NUMBER = re.compile(r"^[qt]\d+$")
_RELATED = 50.0
#: Scores of the very name, of one equal but for signs and case, of a variant (question number left out ...), of a request to rate it.
LITERAL_SCORE, _EQUAL_SCORE, _VARIANT_SCORE, _RATED_SCORE = 100.0, 99.5, 99.0, 96.0
_LONGEST_CODE = 300


@dataclass(frozen=True)
class MatchSettings:
    """Scores are 0-100. From ``sure`` on a match is used, from ``ask`` on it is asked about, below it is none.

    Columns within ``margin`` of each other have the same claim. ``partial_at_most`` caps the score of a name that is only like the
    header, or occurs inside it: always a question, for one word ("without", 不) can turn a question round. ``candidates`` are kept per
    column. Only the first ``compared_columns`` columns are compared by wording; columns further right need an equal name.
    """

    sure: float = 95.0
    ask: float = 72.0
    margin: float = 4.0
    partial_at_most: float = 90.0
    candidates: int = 5
    compared_columns: int = 1000


@dataclass(frozen=True)
class Score:
    """A likeness and what it rests on."""

    score: float
    how: How


def header_scores(
    headers: Sequence[Header], free: Sequence[str], targets: ColumnTargets, settings: MatchSettings
) -> list[dict[str, Score]]:
    """For each header its score for each target it resembles."""
    wanted = set(free)
    scores: list[dict[str, Score]] = [_equal_scores(header, wanted, targets, settings) for header in headers]
    names = [name for name in targets.names if name.target in wanted and len(name.text) > 1]
    compared = list(enumerate(headers))[: settings.compared_columns]
    loose = [(row, variant) for row, header in compared if not scores[row] for variant in header.variants if len(variant) > 1]
    if not names or not loose:
        return scores
    ends, starts = ([cut(text) for text in [name.text for name in names]] for cut in (both_ends, beginning))
    whole = process.cdist([both_ends(variant) for _, variant in loose], ends, scorer=fuzz.ratio, dtype=np.float32)
    part = process.cdist([beginning(variant) for _, variant in loose], starts, scorer=fuzz.partial_ratio, dtype=np.float32, score_cutoff=95)
    for (row, variant), ratios, parts in zip(loose, whole, part, strict=True):
        for position in np.flatnonzero((ratios >= settings.ask) | (parts >= 95)):
            name = names[position]
            score = _similarity(variant, name.text, float(ratios[position]), float(parts[position]), settings)
            if score >= settings.ask and score > scores[row].get(name.target, Score(0, "none")).score:
                scores[row][name.target] = Score(round(score, 1), "wording")
    return scores


def _equal_scores(header: Header, wanted: set[str], targets: ColumnTargets, settings: MatchSettings) -> dict[str, Score]:
    if Role.WAVE in wanted and Role.WAVE in header.literals and set(header.literals) & set(WAVE_TITLES):
        return {str(Role.WAVE): Score(LITERAL_SCORE, "code")}  # an exported wave, also of a survey that has no such column
    if contradicting := _meant_by_both(header, targets):  # a variable named Q3 whose label is the wording of another question
        return {code: Score(settings.partial_at_most, "wording") for code in contradicting if code in wanted}
    for text in header.literals:
        known = [name for name in names_meant(targets.literal.get(text, ()), header.nth, header.of) if name.target in wanted]
        if known:
            return {name.target: Score(LITERAL_SCORE, name.how) for name in known}
    for depth, variant in enumerate(header.variants):
        known = [name for name in names_meant(targets.exact.get(variant, ()), header.nth, header.of) if name.target in wanted]
        if known:
            return {name.target: Score(_VARIANT_SCORE if depth else _EQUAL_SCORE, name.how) for name in known}
    return _code_first(header, wanted, targets, settings) or _rated(header, wanted, targets)


def _meant_by_both(header: Header, targets: ColumnTargets) -> list[str]:
    """What the two texts of a header mean, where each means something else; nothing where they agree."""
    if len(header.literals) != 2:
        return []
    meant = [{name.target for variant in header_variants(text) for name in targets.exact.get(variant, ())} for text in header.literals]
    return sorted(meant[0] | meant[1]) if all(meant) and not meant[0] & meant[1] else []


def _code_first(header: Header, wanted: set[str], targets: ColumnTargets, settings: MatchSettings) -> dict[str, Score]:
    leading = _CODE_FIRST.match(header.text[:_LONGEST_CODE])
    code, wording = ((leading[1] or leading[3]), (leading[2] or leading[4])) if leading else ("", "")
    code = normalised(code)
    named: list[TargetName] = [name for name in targets.exact.get(code, ()) if name.how == "code" and name.target in wanted]
    if len(code) < 2 or not named or _PART.match(wording):  # C11_2 and C11_other are parts of C11
        return {}
    meant = {name.target for variant in header_variants(wording) for name in targets.exact.get(variant, ())}
    if meant and named[0].target not in meant:  # "P7. Network quality" where P7 is something else: the code of another questionnaire
        return {code: Score(settings.partial_at_most, "wording") for code in (named[0].target, *sorted(meant & wanted))}
    # "Q1. Your age?" is the first question of any survey, and C11_other goes with C11: such a code counts only beside a wording of its own.
    joined = leading is not None and leading[1] is not None and header.text[len(leading[1]) :].startswith("_")
    loose = (joined or _QUESTION_NUMBER.match(code) is not None) and not _related(normalised(wording), named[0].target, targets)
    return {named[0].target: Score(settings.partial_at_most if loose else _CODE_FIRST_SCORE, "wording" if loose else "code")}


def _rated(header: Header, wanted: set[str], targets: ColumnTargets) -> dict[str, Score]:
    things = dict.fromkeys(thing for variant in header.variants for thing in (rated_thing(variant), variant) if thing)
    for thing in things:
        known = [name for name in targets.rated.get(thing, ()) if name.target in wanted]
        if known:
            return {name.target: Score(_RATED_SCORE, "wording") for name in known}
    return {}


def _related(text: str, target: str, targets: ColumnTargets) -> bool:
    return any(fuzz.partial_ratio(text, name.text) >= _RELATED for name in targets.names if name.target == target and name.how != "code")


def _similarity(header: str, name: str, ratio: float, part: float, settings: MatchSettings) -> float:
    shorter, longer = sorted((header, name), key=len)
    telling = len(shorter) >= (4 if shorter.isascii() else 2) and not shorter.replace("-", "").isdigit()
    inside = settings.partial_at_most * (0.8 + 0.2 * len(shorter) / len(longer)) if part >= 95 and telling else 0.0
    return min(max(ratio, inside), settings.partial_at_most)
