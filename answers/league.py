"""Groups in order: the league with its letters, and the ranks that each group may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.compare.compare_groups import league
from analysis.compare.rank_intervals import rank_intervals
from analysis.compare.rank_sentence import rank_sentence
from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Result
from analysis.results.gaps import League
from analysis.results.provenance import Fact
from analysis.results.sentences import Segment, league_sentence
from answers.compared_columns import compared_column, compared_columns, one_code
from answers.comparison_chapters import GROUPS, RANK_RANGES
from answers.flat import collected
from answers.index import IndexOptions
from answers.question import Question, option
from answers.shares import SHARE_NAMES, in_place_of_scores, in_shares, share_remark
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.answer_shares import Share
from words.language import Language, Message, message


@dataclass(frozen=True)
class LeagueOptions(IndexOptions):
    """``share``: a share of the answers to one question instead of scores."""

    share: Share | None = option(
        "--share", message("A share of the answers or the net promoter score instead of scores."), known=SHARE_NAMES, metavar="SHARE"
    )


def _settled(question: Question[LeagueOptions], source: Source) -> Question[LeagueOptions]:
    """Along one column, for one indicator: the index, or the outcome where a share of its answers is asked for."""
    share = question.options.share
    if share:
        question = in_shares(question, share, source, one=True)
    return replace(question, by=(compared_column(source.schema, question.by),), codes=one_code(question, source.schema.tree.code))


def _league(asked: Asked[LeagueOptions]) -> League:
    share = asked.options.share
    found = league(
        in_place_of_scores(asked.tallies, share), asked.schema, dimension=asked.by[0], where=asked.where, code=asked.question.codes[0],
        common=asked.options.common, thresholds=asked.thresholds,
    )  # fmt: skip
    return with_share_intervals(found, share, asked.thresholds) if share else found


def _figures(_asked: Asked[LeagueOptions], found: League) -> Result:
    return replace(found, provenance=found.provenance.plus(Fact("rank_ranges", found.possible_ranks)))


def _sentence(asked: Asked[LeagueOptions], found: League, language: Language) -> Sequence[Segment]:
    return league_sentence(found, asked.schema, language, dimension=asked.by[0])


def _remarks(asked: Asked[LeagueOptions], _found: Result, _language: Language) -> Sequence[Message]:
    return share_remark(asked.options.share)


def _league_remarks(asked: Asked[LeagueOptions], found: League, language: Language) -> Sequence[Message]:
    ranked = sum(entry.rank is not None for entry in found.estimates)
    unlettered = ranked > 1 and not any(entry.letters for entry in found.estimates)
    told = [message("No letters: nobody could read those of {count} groups; the possible ranks say the same.", count=ranked)]
    return [*_remarks(asked, found, language), *(told if unlettered else [])]


def _ranks(asked: Asked[LeagueOptions]) -> Result:
    return rank_intervals(asked.ask(LEAGUE, options=asked.options))


def _rank_figures(_asked: Asked[LeagueOptions], found: Result) -> Result:
    return collected(found.estimates, found.provenance)


def _rank_sentence(asked: Asked[LeagueOptions], found: Result, language: Language) -> Sequence[Segment]:
    return rank_sentence(found, asked.schema, language, dimension=asked.by[0])


LEAGUE = Topic(
    name="league",
    options=LeagueOptions,
    compute=_league,
    figures=_figures,
    sentence=_sentence,
    remarks=_league_remarks,
    settle=_settled,
    columns=compared_columns,
    chapters=(GROUPS,),
)
RANKS = Topic(
    name="ranks",
    options=LeagueOptions,
    compute=_ranks,
    figures=_rank_figures,
    sentence=_rank_sentence,
    remarks=_remarks,
    settle=_settled,
    columns=compared_columns,
    decimals=0,
    chapters=(RANK_RANGES,),
)
TOPICS = {topic.name: topic for topic in (LEAGUE, RANKS)}
