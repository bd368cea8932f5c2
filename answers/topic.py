"""One answer a topic: what it can be asked, what it needs, how it is computed, what it says, and what its figures are called.

``answer(topic, question, source)`` is the one door: pages, command line and reports ask there and get the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

import pandas as pd

from analysis.results.estimates import Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.results.sentences import Segment
from analysis.sums.raked_groups import whole_wave
from analysis.sums.tallies import Tallies
from answers.option_bounds import refuse_outside
from answers.periods import periods_of, periods_within
from answers.provenance import door_facts
from answers.question import NoOptions, Question, pairs
from answers.selection import EVERYBODY
from answers.source import Frame, Source
from answers.source_notes import branch_notes
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Language, Message

O = TypeVar("O")  # noqa: E741  options of a topic
R = TypeVar("R")  # what its analysis finds
S = TypeVar("S")  # sums
#: The waves a question is about where it names none. ``deliveries``: its waves are the periods of its ``kinds``, and it reads responses
#: only where its ``reads`` names waves of them.
WaveRule = Literal["latest", "all", "deliveries"]


@dataclass(frozen=True)
class Chapter:
    """How one quantity comes about. ``module`` is the one in ``analysis`` that computes it, by its name within the room."""

    module: str
    title: Message
    text: Message
    formula: str = ""

    @property
    def code(self) -> str:
        """What the chapter is called in an address: the module without its topic."""
        return self.module.rpartition(".")[2]


@dataclass(frozen=True)
class Asked(Generic[O]):
    """A settled question with the source it is asked of: all that an analysis needs."""

    question: Question[O]
    source: Source
    columns: tuple[str, ...]
    reads: tuple[str, ...]

    @property
    def options(self) -> O:
        """What only this topic asks."""
        return self.question.options

    @property
    def schema(self) -> SurveySchema:
        """The survey figures are reported by."""
        return self.source.schema

    @property
    def thresholds(self) -> Thresholds:
        """When a base is marked or hidden, and the level of decisions."""
        return self.source.rules.thresholds

    @cached_property
    def where(self) -> dict[str, str]:
        """The selection; an operator left open on purpose narrows nothing."""
        return {name: value for name, value in self.question.selection.items() if name != Role.OPERATOR or value not in EVERYBODY}

    @property
    def everybody(self) -> bool:
        """Whether the customers of all operators are meant where ours are usual."""
        return self.question.selection.get(Role.OPERATOR) in EVERYBODY

    @property
    def by(self) -> tuple[str, ...]:
        """The columns to group by."""
        return self.question.by

    @property
    def codes(self) -> tuple[str, ...] | None:
        """Indicators, items or constructs; None where none is named."""
        return self.question.codes or None

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves asked for, oldest first."""
        return self.question.waves

    @property
    def wave(self) -> str:
        """The latest of them."""
        return self.question.waves[-1]

    @cached_property
    def tallies(self) -> Tallies:
        """The sums of the waves that are read, not narrowed down: whether a group may be shown depends on the groups beside it."""
        return self.source.tallies(self.reads, (Role.WAVE, *self.columns))

    @property
    def frame(self) -> Frame:
        """The responses of the waves that are read, not narrowed down to the selection."""
        return self.source.frame(self.reads)

    @property
    def population(self) -> pd.DataFrame | None:
        """The customers of the latest wave."""
        return self.source.population(self.wave)

    def rows(self, kind: str) -> Frame:
        """The rows of a kind of data beside responses in the periods that lie within the waves asked for; lists are read whole.

        Raises ManyiError where there are none. The topic names the kind among its ``kinds``.
        """
        return self.source.rows(kind, periods_within(self.source, kind, self.waves))

    def summed(self, kind: str, add_up: Callable[[Frame], S]) -> S:
        """What ``add_up`` makes of those rows, kept by their content, so that every question about them shares it."""
        periods = periods_within(self.source, kind, self.waves)
        key = (add_up.__module__, add_up.__qualname__, self.source.rows_key(kind, periods))
        return self.source.kept.get(key, lambda: add_up(self.source.rows(kind, periods)))

    def ask(self, topic: Topic[Any, R], **changes: Any) -> R:
        """What another topic finds for the same source; ``changes`` are fields of its question that differ from this one's."""
        options = changes.pop("options", None) or topic.options()
        question = replace(self.question, topic=topic.name, options=options, **changes)
        return answer(topic, question, self.source).result


def _no_sentence(_asked: Asked[Any], _found: Any, _language: Language) -> Sequence[Segment]:
    return ()


def _no_remarks(_asked: Asked[Any], _found: Any, _language: Language) -> Sequence[str | Message]:
    return ()


def _never_heavy(_question: Question[Any]) -> bool:
    return False


def _no_settling(question: Question[Any], _source: Source) -> Question[Any]:
    return question


def _opens_on_all(_source: Source) -> tuple[str, ...]:
    return ()


def _no_columns(_question: Question[Any], _schema: SurveySchema) -> tuple[str, ...]:
    return ()


def _reads_its_waves(question: Question[Any], _labels: Sequence[str]) -> tuple[str, ...]:
    return question.waves


@dataclass(frozen=True)
class Topic(Generic[O, R]):
    """What one kind of question is.

    ``compute`` is the analysis; ``figures`` its result as flat estimates, a record each; ``provenance`` how they came about, where that is
    known without making them all;
    ``sentence`` the answer in words, where it has one, ``remarks`` what to mind beside it. ``settle`` turns words into codes and
    writes out what is usual, and raises ManyiError for what cannot be asked. ``columns`` are those it groups by beside ``by`` and
    ``where``: few columns make few cells, and few cells are fast. ``reads``: the waves whose responses it needs, of all labels there
    are; ``speaks_of``: those its sentence is about, beside them. ``opens_on``: the periods of deliveries where
    a question names none (nothing: all). ``ours``: of our own customers where no operator is named or compared.
    ``takes``: what of a question it understands. ``kinds``: data beside responses that it reads; ``groups``: columns of theirs that
    it is grouped and narrowed by in the place of the survey's. ``share``: proportions, shown in per cent; ``signed``: differences;
    ``decimals`` of a table. ``figure_words``: what the values of the keys ``figure``, ``stage``, ``side`` … are called. ``as_asked``: the
    same topic as its options make it, where they say whether it reads responses or deliveries.
    ``heavy``: which settled questions take so long that a server has another process find it.
    """

    name: str
    compute: Callable[[Asked[O]], R]
    figures: Callable[[Asked[O], R], Result]
    options: type[O] = NoOptions  # type: ignore[assignment]
    provenance: Callable[[Asked[O], R], Provenance] | None = None
    sentence: Callable[[Asked[O], R, Language], Sequence[Segment]] = _no_sentence
    remarks: Callable[[Asked[O], R, Language], Sequence[str | Message]] = _no_remarks
    settle: Callable[[Question[O], Source], Question[O]] = _no_settling
    columns: Callable[[Question[O], SurveySchema], tuple[str, ...]] = _no_columns
    reads: Callable[[Question[O], Sequence[str]], tuple[str, ...]] = _reads_its_waves
    speaks_of: Callable[[Question[O], Sequence[str]], tuple[str, ...]] = _reads_its_waves
    waves: WaveRule = "latest"
    opens_on: Callable[[Source], tuple[str, ...]] = _opens_on_all
    ours: bool = True
    takes: frozenset[str] = frozenset({"by", "where", "codes"})
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    share: bool = False
    signed: bool = False
    decimals: int = 2
    figure_words: Mapping[str, Message] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    as_asked: Callable[[O], Topic[O, R]] | None = None
    heavy: Callable[[Question[O]], bool] = _never_heavy

    def suited(self, options: O) -> Topic[O, R]:
        """The topic for these options."""
        return self.as_asked(options) if self.as_asked else self

    @property
    def of_deliveries(self) -> bool:
        """Whether it reads no responses but deliveries of its kinds."""
        return self.waves == "deliveries"


@dataclass(frozen=True)
class Answered(Generic[O, R]):
    """What a topic found: the result for charts and pages, the figures as records, the sentence."""

    topic: Topic[O, R]
    asked: Asked[O]
    result: R

    @property
    def question(self) -> Question[O]:
        """The question with everything written out."""
        return self.asked.question

    @cached_property
    def figures(self) -> Result:
        """The result as flat estimates: what ``--json`` prints and a table shows."""
        return self.topic.figures(self.asked, self.result)

    @cached_property
    def provenance(self) -> Provenance:
        """How the figures came about: what the analysis says, and survey, waves and selection."""
        beside = self.topic.kinds if self.topic.of_deliveries else ()
        how = self.topic.provenance(self.asked, self.result) if self.topic.provenance else self.figures.provenance
        if beside and how.thresholds is not None:  # cases are no persons, so a small base is marked and never hidden
            how = replace(how, thresholds=replace(how.thresholds, hidden_below=0))
        named = self.asked.everybody or Role.OPERATOR in (*self.question.by, *self.asked.where)
        ours = self.asked.schema.our_operator if beside and not named else None
        return how.plus(*door_facts(self.asked.source, self.question.waves, self.asked.where, beside, ours))

    def sentence(self, language: Language) -> Sequence[Segment]:
        """The answer in words; nothing where the topic has none."""
        return self.topic.sentence(self.asked, self.result, language)

    def remarks(self, language: Language) -> tuple[str, ...]:
        """What to mind when the figures are read, each once."""
        told = self.topic.remarks(self.asked, self.result, language)
        return tuple(dict.fromkeys(each.text(language) if isinstance(each, Message) else each for each in told))

    @cached_property
    def notes(self) -> tuple[Message, ...]:
        """What is not to be seen in the figures and has to be said."""
        source = self.asked.source
        mapped = branch_notes(source.branches) if Role.BRANCH in (*self.asked.columns, *self.question.by) else ()
        if self.topic.of_deliveries:
            return mapped
        told = {*self.asked.reads, *self.topic.speaks_of(self.question, source.labels)}
        return (*source.notes([label for label in source.labels if label in told]), *mapped)


def settled(topic: Topic[O, R], question: Question[O], source: Source) -> Question[O]:
    """The question with the usual waves, codes and options written out, so that the same question is always the same value."""
    refuse_outside(question.options)
    question = _by_names_now(question, source)
    if topic.of_deliveries:
        return topic.settle(
            replace(
                question, waves=periods_of(source, topic.kinds, question.waves or topic.opens_on(source)), where=pairs(question.selection)
            ),
            source,
        )
    labels = source.labels
    waves = question.waves or (labels if topic.waves == "all" or Role.WAVE in question.by else labels[-1:])
    ordered = tuple(label for label in labels if label in waves)
    return topic.settle(replace(question, waves=ordered, where=pairs(question.selection)), source)


def _by_names_now(question: Question[O], source: Source) -> Question[O]:
    """The question with the branch that the one it names counts as, so that what was asked before goes on being answered."""
    where = question.selection
    named = where.get(Role.BRANCH)
    if named is None or named not in source.branches:
        return question
    return question.with_where({**where, str(Role.BRANCH): source.branches[named]})


def waves_read(topic: Topic[O, R], whole: Question[O], labels: Sequence[str]) -> tuple[str, ...]:
    """The waves whose responses a settled question needs, of all labels there are."""
    return () if topic.of_deliveries and topic.reads is _reads_its_waves else topic.reads(whole, labels)


def answer(topic: Topic[O, R], question: Question[O], source: Source) -> Answered[O, R]:
    """The answer, computed or kept. Raises ManyiError for what cannot be asked or is not there."""
    topic = topic.suited(question.options)
    whole = settled(topic, question, source)
    reads = waves_read(topic, whole, source.labels)
    columns = tuple(dict.fromkeys([*topic.columns(whole, source.schema), *whole.by, *whole.selection]))
    asked = Asked(whole, source, columns, reads)

    def compute() -> R:
        if source.elsewhere is not None and topic.heavy(whole):
            found: R = source.elsewhere(source, whole)
            return found
        if not source.narrowed:
            return topic.compute(asked)
        with whole_wave(lambda: source.whole(reads)):
            return topic.compute(asked)

    return Answered(topic, asked, source.kept.get((whole, reads, source.key(reads, topic.kinds)), compute))
