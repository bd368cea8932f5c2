"""Root causes: each end cause of a problem tested, with its influence on the problem and the verdict that follows from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment
from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.correlation import FEW_PAIRS
from analysis.root_causes.sentence import cause_texts, root_causes_sentence
from analysis.root_causes.verdicts import JudgedCause, RootCauses, judge_causes
from answers.cause_chapters import CAUSE_CHAPTERS, CAUSE_FIGURE_WORDS
from answers.cause_live import group_of, live_evidence
from answers.cause_words import evidence_of, written_causes
from answers.complaint_sums import GROUPS, KINDS
from answers.flat import collected
from answers.question import Question, option
from answers.shares import in_shares
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.data_kinds.kpis import KPIS as KPI_KIND
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message, number_text
from words.lists import Listed
from words.periods import Period


@dataclass(frozen=True)
class CauseTestOptions:
    """``causes``: each end cause with its test, ``NAME=KIND:…``; ``least``: per cent of the problem a root cause must account for."""

    causes: tuple[str, ...] = option(
        "--cause",
        message(
            "An end cause with its test, CAUSE=KIND:…; several are judged together. Kinds: share:38/41, "
            "stratified:110/3000,50/3000 (with and without the cause), correlation:1.2/30,1.5/34,…, before_after:41/900,12/880, "
            "trial_means:70/20/300,74/19/280,5 (mean/deviation/number before and after, points to gain); from the store "
            "complaints:position=trainee, unsatisfied:brand=gotone, driver:CODE, kpi:CODE."
        ),
        default=(), metavar="CAUSE=KIND:…", many=True,
    )  # fmt: skip
    least: float | None = option(
        "--least", message("Per cent of the problem that a root cause must at least account for; that of the settings unless named."),
        metavar="NUMBER", minimum=0.1, maximum=100,
    )  # fmt: skip
    problem: str | None = option(
        "--problem", message("Which complaints are the problem; all of them unless named."), metavar="COLUMN=VALUE"
    )

    @property
    def live(self) -> frozenset[str]:
        """The kinds of tests whose figures are those of the store."""
        return frozenset(cause.kind for cause in written_causes(self.causes) if cause.live)


def _settled(question: Question[CauseTestOptions], source: Source) -> Question[CauseTestOptions]:
    """Typed figures are of no wave; the share of those who are not satisfied is that of one question."""
    if not question.options.causes:
        raise ManyiError(message("Name the end causes with their tests: --cause “{example}”.", example="服务态度=share:38/41"))
    for cause in written_causes(question.options.causes):
        if not cause.live:
            evidence_of(cause)
    options = question.options
    question = replace(question, options=replace(options, least=options.least or source.rules.least_influence))
    live = options.live
    if "unsatisfied" in live:
        return in_shares(question, "satisfied", source, one=True)
    if "kpi" in live:
        return replace(question, codes=question.codes or (source.schema.tree.code,))
    return question if live else replace(question, waves=(), where=(), codes=())


def _columns(question: Question[CauseTestOptions], schema: SurveySchema) -> tuple[str, ...]:
    """The columns that groups of respondents are told apart by."""
    causes = [cause for cause in written_causes(question.options.causes) if cause.kind == "unsatisfied"]
    return tuple(dict.fromkeys(group_of(cause, schema)[0] for cause in causes))


def _reads(question: Question[CauseTestOptions], labels: Sequence[str]) -> tuple[str, ...]:
    """KPIs are set against all waves that name a period."""
    return (
        tuple(label for label in labels if Period.parse(label) or label in question.waves)
        if "kpi" in question.options.live
        else question.waves
    )


def _compute(asked: Asked[CauseTestOptions]) -> RootCauses:
    rules = CauseRules(asked.options.least or asked.source.rules.least_influence, asked.thresholds)
    causes = written_causes(asked.options.causes)
    return judge_causes({cause.name: live_evidence(cause, asked) if cause.live else evidence_of(cause) for cause in causes}, rules)


def _figures(_asked: Asked[CauseTestOptions], found: RootCauses) -> Result:
    """For each cause its influence with the verdict, the effect that was tested, what both follow from, and how many cases would tell."""
    return collected([entry for cause in found.causes for entry in _of(cause)], found.provenance)


def _of(cause: JudgedCause) -> list[Estimate]:
    test = cause.test
    rows = [test.influence, test.effect, *test.beside]
    if cause.needed is not None:
        rows.append(Estimate({"figure": "cases_needed"}, "cause", float(cause.needed), n=test.influence.n, n_eff=test.influence.n_eff))
    return [row._replace(keys={**row.keys, "end_cause": cause.cause, "tested_by": test.kind}, code="problem") for row in rows]


def _sentence(_asked: Asked[CauseTestOptions], found: RootCauses, language: Language) -> Sequence[Segment]:
    return root_causes_sentence(found, language)


def cause_remarks(found: RootCauses, language: Language, names: dict[str, str] | None = None) -> list[Message]:
    """Why causes could not be told and what would tell them; what their kind of test cannot say."""
    told = []
    for cause in found.causes:
        (name,) = cause_texts([cause], names or {})
        if cause.test.reason is not None:
            told.append(message("{cause}: {why}", cause=name, why=cause.test.reason))
        elif cause.needed is not None:
            told.append(_more(cause, name, language))
    kinds = {cause.test.kind for cause in found.causes}
    if "share" in kinds:
        told.append(message("A check sheet of cases alone does not say how common a cause is where there is no problem."))
    if "correlation" in kinds:
        told.append(message("What goes along need not be a cause: figures that both rise over the months go along anyway."))
    if few := [cause for cause in found.causes if cause.test.kind == "correlation" and cause.test.influence.n < FEW_PAIRS]:
        told.append(message("Fewer than {count} pairs: {names}.", count=FEW_PAIRS, names=Listed(cause_texts(few, names or {}))))
    if "before_after" in kinds:
        told.append(message("A trial before and after does not say what else changed meanwhile."))
    return told


def _more(cause: JudgedCause, name: str, language: Language) -> Message:
    needed, found = number_text(float(cause.needed or 0), 0, language), number_text(cause.test.influence.n_eff, 0, language)
    if cause.test.kind == "correlation":
        return message("{cause}: about {needed} pairs like these would tell, {found} there are.", cause=name, needed=needed, found=found)
    if cause.test.kind == "regression":
        return message("{cause}: about {needed} answers like these would tell, {found} there are.", cause=name, needed=needed, found=found)
    return message("{cause}: about {needed} cases like these would tell, {found} there are.", cause=name, needed=needed, found=found)


def _variant(options: CauseTestOptions) -> Topic[CauseTestOptions, RootCauses]:
    return _OF_COMPLAINTS if options.live == {"complaints"} else CAUSE_TEST


CAUSE_TEST: Topic[CauseTestOptions, RootCauses] = Topic(
    name="cause-test",
    options=CauseTestOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=lambda _asked, found, language: cause_remarks(found, language),
    settle=_settled,
    columns=_columns,
    reads=_reads,
    takes=frozenset({"where", "codes"}),
    kinds=(*KINDS, KPI_KIND.code),
    decimals=2,
    figure_words=CAUSE_FIGURE_WORDS,
    chapters=CAUSE_CHAPTERS,
    as_asked=_variant,
)
#: Of complaints alone, which have columns of their own and need no wave.
_OF_COMPLAINTS = replace(
    CAUSE_TEST, waves="deliveries", reads=lambda _question, _labels: (), ours=False, kinds=KINDS, groups=GROUPS, takes=frozenset({"where"})
)  # fmt: skip
TOPICS = {CAUSE_TEST.name: CAUSE_TEST}
