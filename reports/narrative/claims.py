"""What a sentence claims, by fingerprints that do not follow its numbers: so a later sentence can be held against it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from analysis.results.sentences import Segment

#: Words of a wave's name in Chinese; numbers are no words anyhow.
_WAVE = re.compile(r"第?[一二三四]季度|[上下]半年|年度?|月")
_WORDS = re.compile(r"[^\W\d_]+")


def claims_of(sentence: Sequence[Segment]) -> tuple[str, ...]:
    """One for each part of a sentence that is good, bad or undecided news: its tone and its words, whatever their order.

    A change of size is the same claim; another direction, other names, or news where there was none is another.
    """
    told = ((each.tone, words_of(each.text)) for each in sentence if each.tone != "neutral")
    return tuple(hashlib.sha256(" ".join((tone, *words)).encode()).hexdigest()[:12] for tone, words in told)


def words_of(text: str) -> list[str]:
    """The words of a text whatever their order, without numbers and names of waves."""
    return sorted(_WORDS.findall(_WAVE.sub("", text)))


def failed(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether something that was claimed is not claimed any more."""
    return not set(before) <= set(now)
