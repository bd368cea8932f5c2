"""The five service gaps: what customers find important, what managers believe, the standard, what is delivered, promised and perceived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.compare.wave_order import previous_wave
from analysis.gaps.gap_changes import gap_changes
from analysis.gaps.gap_result import NUMBERS, Gap, GapAnalysis, GapKind
from analysis.gaps.sentence import GAP_NAMES, gap_sentence, spots_of, total_sentence, weak_spot_sentence
from analysis.inference.figures import CONVENTIONS
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, plain_text
from answers.flat import collected, refused, tagged
from answers.gap_chapters import GAP_CHAPTERS, GAP_WORDS
from answers.gap_sides import GAPS, SHEETS, GapOptions, Moment
from answers.question import Question
from answers.selection import refuse_no_such_value
from answers.source import BROUGHT_BY_TEMPLATE, Source
from answers.topic import Asked, Topic
from survey_schema.columns import Role
from words.errors import none_of, unknown
from words.language import Language, Message, message
from words.periods import WaveName

_NONE = message("None of these gaps can be told.")


@dataclass(frozen=True)
class ServiceGaps:
    """The gaps asked for in the order of their numbers; ``changes`` of each since the wave ``before``, where there is one."""

    analyses: tuple[GapAnalysis, ...]
    changes: Mapping[GapKind, tuple[Estimate, ...]] = field(default_factory=dict)
    before: str | None = None
    outside: int = 0

    def of(self, kind: GapKind) -> GapAnalysis | None:
        """The gaps of one kind, where it was asked for."""
        return next((each for each in self.analyses if each.kind == kind), None)

    @property
    def known(self) -> tuple[GapAnalysis, ...]:
        """Those that there are."""
        return tuple(each for each in self.analyses if each.reason is None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of data that would bring the others, each once."""
        return tuple(dict.fromkeys(kind for each in self.analyses for kind in each.missing))

    def change(self, kind: GapKind, code: str, keys: Mapping[str, str | None]) -> Estimate | None:
        """The change of one gap since the wave before."""
        return next((each for each in self.changes.get(kind, ()) if each.code == code and each.keys == keys), None)


def _settled(question: Question[GapOptions], source: Source) -> Question[GapOptions]:
    """The gaps asked for in the order of their numbers, and what is taken for the service delivered."""
    for name in question.options.gaps:
        if name not in GAPS:
            raise none_of("--gaps", name, GAPS)
    refuse_no_such_value(source, {name: value for name, value in question.selection.items() if name != Role.OPERATOR})  # rivals: a reason
    gaps = tuple(kind for kind in GAPS if kind in question.options.gaps) or GAPS
    staff_only = bool(source.deliveries("staff")) and not source.deliveries("inspections")
    delivered = question.options.delivered or ("staff" if staff_only else "inspections")
    services = {gap.code: gap.perception for gap in source.schema.gap_items}
    codes = tuple(dict.fromkeys(services.get(code, code) for code in question.codes))
    return replace(question, options=replace(question.options, gaps=gaps, delivered=delivered), codes=codes)


def _wave_before(question: Question[GapOptions], labels: Sequence[str]) -> str | None:
    """The wave a change is counted from, where one wave is asked for."""
    return previous_wave(labels, question.waves[0]) if len(question.waves) == 1 and Role.WAVE not in question.by else None


def _reads(question: Question[GapOptions], labels: Sequence[str]) -> tuple[str, ...]:
    before = _wave_before(question, labels)
    return (before, *question.waves) if before else question.waves


def _compute(asked: Asked[GapOptions]) -> ServiceGaps:
    now = Moment(asked, asked.waves, asked.by)
    analyses = tuple(now.gap(kind) for kind in asked.options.gaps)
    known = {code for each in analyses for code in (*each.survey.indicator_codes(), *each.items)}
    for code in asked.codes or ():
        if code not in known:
            raise unknown(message("indicator"), code, sorted(known))
    before = _wave_before(asked.question, asked.source.labels)
    earlier = Moment(asked, (before,), asked.by) if before else None
    changes = {}
    for each in analyses if earlier else ():
        was = earlier.gap(each.kind) if earlier and each.reason is None else None
        if was is not None and was.reason is None:
            changes[each.kind] = gap_changes(each, was, asked.thresholds)
    narrowed = [each.narrowed(asked.codes) for each in analyses]
    told = tuple(each for each in narrowed if each.gaps or each.reason is not None)
    return ServiceGaps(told, changes, before if changes else None, now.outside)


def _figures(asked: Asked[GapOptions], found: ServiceGaps) -> Result:
    """Of each kind, group and code: the gap, its two sides and its change; a kind there is none of is one row with its reason."""
    estimates: list[Estimate] = []
    for each in found.analyses:
        if each.reason is not None:
            estimates.append(refused(each.survey.tree.code, each.reason, 0, 0.0, figure=f"{each.kind}_gap"))
            continue
        estimates += [entry for gap in each.gaps for entry in _rows(found, each.kind, gap)]
    facts = {"methods": {each.kind: each.result.provenance.method for each in found.known}, "before": found.before}
    return collected(estimates, _provenance(asked, found), **{name: value for name, value in facts.items() if value})


def _rows(found: ServiceGaps, kind: GapKind, gap: Gap) -> list[Estimate]:
    change = found.change(kind, gap.gap.code, gap.gap.keys)
    return [
        *tagged(f"{kind}_gap", [gap.gap]),
        *tagged(f"{kind}_plus", [gap.plus], tested=False),
        *tagged(f"{kind}_minus", [gap.minus], tested=False),
        *tagged(f"{kind}_change", [change]),
    ]


def _provenance(asked: Asked[GapOptions], found: ServiceGaps) -> Provenance:
    """The methods of all gaps there are, one after the other; levels are on the survey's own convention."""
    known = [each.result.provenance for each in reversed(found.known)]
    if not known:
        return Provenance(_NONE, asked.thresholds).plus(Fact("missing_sheets", found.missing))
    method = known[0].method
    for other in known[1:]:
        method = message("{one} {other}", one=method, other=other.method)
    convention = asked.schema.convention
    told = Fact("convention", convention, message("Rescaling convention"), CONVENTIONS[convention])
    return known[0].joined(*known[1:], method=method).plus(told, Fact("missing_sheets", found.missing))


def _sentence(_asked: Asked[GapOptions], found: ServiceGaps, language: Language) -> Sequence[Segment]:
    """The service gap, or the last of those that there are, since each gap lies closer to the customer than the one before."""
    known = _by_weight(found)
    return gap_sentence(known[0], language) if known else [Segment(_NONE.text(language), "unclear")]


def sentences_below(found: ServiceGaps, language: Language) -> list[list[Segment]]:
    """Below the answer: the service gap of all services together, then how each of the other gaps stands."""
    service = found.of("service")
    total = total_sentence(service, language) if service else []
    return [*([total] if total else []), *(gap_sentence(each, language) for each in _by_weight(found)[1:])]


def _by_weight(found: ServiceGaps) -> list[GapAnalysis]:
    return sorted(found.known, key=lambda one: -NUMBERS[one.kind])


def _remarks(_asked: Asked[GapOptions], found: ServiceGaps, language: Language) -> Sequence[str | Message]:
    """The other gaps, a sentence for each weak spot, then what else is to be minded."""
    told = [plain_text(sentence) for sentence in sentences_below(found, language)]
    told += [plain_text(weak_spot_sentence(each, gap, language)) for each in found.known for gap in spots_of(each)]
    return [*told, *notes_of(found), *([BROUGHT_BY_TEMPLATE] if found.missing else [])]


def notes_of(found: ServiceGaps) -> list[Message]:
    """Why gaps are missing, since when they changed, and what was left out."""
    told = [
        message("{name} is missing: {reason}", name=GAP_NAMES[each.kind], reason=each.reason)
        for each in found.analyses
        if each.reason is not None
    ]
    if found.before:
        told.append(message("Changes are those since {wave}.", wave=WaveName(found.before)))
    if found.outside:
        told.append(message("Ratings of staff that are no grade of the question's scale are left out: {count}.", count=found.outside))
    return told


GAPS_TOPIC: Topic[GapOptions, ServiceGaps] = Topic(
    name="gaps",
    options=GapOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=_reads,
    speaks_of=_reads,
    kinds=SHEETS,
    signed=True,
    figure_words=GAP_WORDS,
    chapters=GAP_CHAPTERS,
)
TOPICS = {GAPS_TOPIC.name: GAPS_TOPIC}
