"""What people put first: score, first-place share and mean rank of the options of a ranking, by any grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.choices.estimate_ranking import RankedOptions, estimate_ranking
from analysis.choices.sentence import ranking_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.flat import collected, tagged
from answers.option_sums_kept import kept_tallies
from answers.question import NoOptions, Question
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from words.errors import ManyiError, unknown
from words.language import Language, message


@dataclass(frozen=True)
class RankingsFound:
    """Each ranking asked about."""

    questions: tuple[RankedOptions, ...]

    def of(self, code: str) -> RankedOptions:
        """The ranking of that code."""
        return next(each for each in self.questions if each.question.code == code)


def _settled(question: Question[NoOptions], source: Source) -> Question[NoOptions]:
    """All rankings where none is named."""
    there = [each.code for each in source.schema.rankings]
    if not there:
        raise ManyiError(message("This survey has no ranking; name them under rankings of its schema."))
    for code in question.codes:
        if code not in there:
            raise unknown(message("ranking"), code, there)
    return replace(question, codes=question.codes or tuple(there))


def _compute(asked: Asked[NoOptions]) -> RankingsFound:
    chosen = [each for each in asked.schema.rankings if each.code in asked.question.codes]
    found = [estimate_ranking(kept_tallies(asked, each), by=asked.by, where=asked.where, thresholds=asked.thresholds) for each in chosen]
    return RankingsFound(tuple(found))


def _figures(_asked: Asked[NoOptions], found: RankingsFound) -> Result:
    rows = [
        entry
        for each in found.questions
        for name, parts in (
            ("rank_score", [row.score for row in each.rows]),
            ("first_place", [row.first for row in each.rows]),
            ("mean_rank", [row.mean for row in each.rows]),
        )
        for entry in tagged(name, parts, tested=False, question=each.question.code)
    ]
    provenance = [each.provenance for each in found.questions]
    return collected(rows, provenance[0].joined(*provenance[1:]))


def _sentence(_asked: Asked[NoOptions], found: RankingsFound, language: Language) -> Sequence[Segment]:
    told: list[Segment] = []
    for each in found.questions:
        part = ranking_sentence(each, language)
        told += [*([Segment("" if language == "zh_CN" else " ")] if told and part else []), *part]
    return told


RANKING = Topic(
    name="ranking",
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    settle=_settled,
    figure_words={
        "rank_score": message("score by places"),
        "first_place": message("put first, %"),
        "mean_rank": message("mean rank, 1 the best"),
    },
    chapters=(
        Chapter(
            "choices.estimate_ranking",
            message("Rankings"),
            message(
                "Where K places may be given, the first is worth K points, the second K − 1 … and an option left unranked nothing "
                "(Borda 1781; the weighted score of survey tools); the score is the mean over all who ranked anything. The share put "
                "first is of the same people. The mean rank is of those who ranked the option, so an option ranked by few may have a "
                "good one. A ranking with a rank given twice or out of range is not used. Groups are told apart by their scores. Agrees"
                " with svymean of the R package survey."
            ),
            r"S_o = \frac{\sum w_k (K + 1 - r_{ko})\,[r_{ko} > 0]}{\sum w_k}",
        ),
    ),
)
TOPICS = {RANKING.name: RANKING}
