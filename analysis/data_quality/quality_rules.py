"""When something about a wave is worth a remark: the rules of the data quality of a wave, all of them settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QualityRules:
    """What counts as suspicious or large.

    ``speeder_share``: an interview shorter than this share of the median length is a speeder; the literature works with 0.3 to 0.7
    (Greszki, Meyer and Schoen 2015; Leiner 2019). ``duplicate_answers``: only responses with at least this many answers are compared
    for being identical. ``representation_share``: a group is under-represented when its share among respondents is below this share of
    its share among customers, over-represented above its reciprocal. ``difference_share``: shares of two groups of interviews that
    differ by less are called the same even where the difference is certain. ``open_share``: where a branch certainly leaves more
    answers open at a question than the others, that is a concern from this share of its responses on, and a note below it.
    ``variance_share``: interviewers matter from this share of the variance on; telephone surveys find about 0.01 (Groves 1989, ch. 8).
    ``fewest_groups``: variance between groups is estimated from so many groups on.
    """

    speeder_share: float = 1 / 3
    duplicate_answers: int = 10
    representation_share: float = 0.8
    difference_share: float = 0.02
    open_share: float = 0.1
    variance_share: float = 0.02
    fewest_groups: int = 5


DEFAULT_QUALITY = QualityRules()
