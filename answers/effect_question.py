"""What can be asked about a measure, and the question with everything usual written out; what cannot be told is refused here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, get_args

from answers.charted_figures import FIGURES
from answers.compared_columns import one_code
from answers.complaint_sums import DATA, Data
from answers.control_chart_question import of_deliveries
from answers.promised import settled_promise
from answers.question import Question, option
from answers.selection import EVERYBODY, value_of
from answers.shares import in_shares
from answers.source import Source
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from survey_schema.data_kinds.commitments import PROMISES
from words.errors import ManyiError, unknown
from words.language import message
from words.lists import Listed
from words.periods import Period

BRANCH = str(Role.BRANCH)
EffectOf = Literal["index", "satisfied", "dissatisfied", "top_box", "nps", "complaints", "kpi"]
EFFECT_OF: tuple[EffectOf, ...] = get_args(EffectOf)
#: Levels of KPIs and complaints know no scale; a number beyond this is none that was meant.
_LARGEST = 1e9
#: The branches treated, where something was done everywhere.
EVERYWHERE = (EVERYBODY[0],)


@dataclass(frozen=True)
class EffectOptions:
    """``treated``: branches where something was done, ``untouched``: those it is compared with; ``since``: the first wave after it;

    ``of``: the figure; ``target`` and ``baseline`` levels of it; ``promised`` a change of it with its interval, or that of a saved
    ``scenario``; ``clustered``: print the clustered effect too.
    """

    treated: tuple[str, ...] = option(
        "--treated", message("The branches where something was done; all: everywhere."), default=(), metavar="BRANCH,…", joined=True
    )
    untouched: tuple[str, ...] = option(
        "--untouched", message("The branches they are compared with; all others unless named."), default=(), metavar="BRANCH,…", joined=True
    )
    since: str | None = option(
        "--since", message("The first wave or month after it, or its day; the latest unless named."), metavar="PERIOD"
    )
    of: EffectOf = option(
        "--of",
        message("What it was to change: index, satisfied, dissatisfied, top_box, nps, complaints or kpi."),
        default="index",
        known=EFFECT_OF,
        metavar="FIGURE",
    )
    target: float | None = option(
        "--target", message("The level to be reached: reached, missed, or not to be told yet."), minimum=-_LARGEST, maximum=_LARGEST
    )
    baseline: float | None = option(
        "--baseline", message("The level the target was set from; the one before unless named."), minimum=-_LARGEST, maximum=_LARGEST
    )
    promised: float | None = option(
        "--promised", message("The change that was promised; achieved is set beside it."), minimum=-_LARGEST, maximum=_LARGEST
    )
    promised_low: float | None = option("--promised-low", message("Lower end of what was promised."), minimum=-_LARGEST, maximum=_LARGEST)
    promised_high: float | None = option("--promised-high", message("Upper end of what was promised."), minimum=-_LARGEST, maximum=_LARGEST)
    scenario: str | None = option("--scenario", message("A saved what-if scenario that promised it."), metavar="NAME")
    clustered: bool = option(
        "--clustered",
        message("Of a single question: beside it the effect with errors clustered by branch, as other programs have it."),
        default=False,
    )
    per: int = option("--per", message("Complaints per so many customers."), default=10_000, minimum=1, maximum=1_000_000)
    data: Data | None = option(
        "--data", message("Count tickets, or take the stated numbers: tickets or counts."), known=DATA, metavar="DATA"
    )

    @property
    def everywhere(self) -> bool:
        """Whether something was done in all branches, so that none is left to compare with."""
        return self.treated == EVERYWHERE


Asking = Question[EffectOptions]


def settled_effect(question: Asking, source: Source) -> Asking:
    """Branches by their codes, the first period after, the figure, and what a scenario promised; raises ManyiError for what cannot be."""
    if Role.BRANCH in question.selection:
        raise ManyiError(message("An effect is told by comparing branches: name them with --treated, not with --where."))
    found = _periods(_figure(question, source))
    options = found.options
    if options.baseline is not None and options.target is None:
        raise ManyiError(message("--baseline goes with --target: the level the target was set from."))
    if options.clustered and (options.of not in ("index", *SHARES) or found.codes[0] not in source.schema.tree.items()):
        raise ManyiError(message("--clustered is for a single question, since an indicator is no mean over rows; name one with --code."))
    return settled_promise(replace(found, options=_named_branches(found, source)), source)


def _figure(question: Asking, source: Source) -> Asking:
    """With the indicator, question or KPI it is about, and the periods that have a place in time."""
    of = question.options.of
    if FIGURES[of].kinds:
        return of_deliveries(question, source)
    if of in SHARES:
        return in_shares(question, of, source, one=True)
    return replace(question, codes=one_code(question, source.schema.tree.code))


def _periods(question: Asking) -> Asking:
    """With the first period after: the one named, or the first that begins when the named one does or later.

    A period in which the measure began is neither before nor after, so it is left out.
    """
    labels, options = question.waves, question.options
    timeless = [label for label in labels if Period.parse(label) is None]
    if timeless:
        raise ManyiError(message("“{label}” names no period, so it is neither before nor after.", label=timeless[0]))
    since = options.since or (labels[-1] if labels else "")
    if since not in labels:
        begun = Period.parse(since)
        after = [label for label in labels if begun is not None and _period(label).begins >= begun.begins]
        if begun is None or not after:
            raise unknown(message("wave"), since, labels)
        labels = tuple(label for label in labels if label in after or _period(label).ends <= begun.begins)
        since = after[0]
    if since == labels[0]:
        raise ManyiError(message("There is no wave before {wave}, so there is no change since.", wave=since))
    return replace(question, waves=labels, options=replace(options, since=since))


def _period(label: str) -> Period:
    period = Period.parse(label)
    if period is None:
        raise ValueError(label)
    return period


def _named_branches(question: Asking, source: Source) -> EffectOptions:
    """The branches in codes; raises ManyiError where none is named, or one stands on both sides."""
    options, known = question.options, branches_there(question, source)
    if not options.treated and known:
        named = message("Name the branches where something was done: --treated {names}.", names=Listed(tuple(known[:3])))
        raise ManyiError(message("{named} {all}", named=named, all=message("Everywhere is --treated all.")))
    if not options.treated or (len(options.treated) == 1 and options.treated[0] in EVERYBODY):
        if options.untouched:
            raise ManyiError(message("Where something was done everywhere, no branch is untouched; leave out --untouched."))
        return replace(options, treated=EVERYWHERE)
    sides = []
    for names in (options.treated, options.untouched):
        codes = [value_of(BRANCH, name, source.schema) for name in names]
        for code, name in zip(codes, names, strict=True):
            if code not in known:
                raise unknown(message("branch"), name, known)
        sides.append(tuple(sorted(dict.fromkeys(codes))))
    if both := set(sides[0]) & set(sides[1]):
        name = source.schema.value_title(BRANCH, min(both), "zh_CN")
        raise ManyiError(message("{branch} cannot be treated and untouched at once.", branch=name))
    return replace(options, treated=sides[0], untouched=sides[1])


def branches_there(question: Asking, source: Source) -> Sequence[str]:
    """The branches of the survey, and those that deliveries of the figure name beside them."""
    known = {value for label in source.labels for value in source.values(label).get(BRANCH, ())}
    for kind in FIGURES[question.options.of].kinds:
        if kind != PROMISES.code and source.deliveries(kind):
            known |= source.kept.get(("branches delivered", source.rows_key(kind)), partial(_delivered, source, kind))
    return sorted(known)


def _delivered(source: Source, kind: str) -> set[str]:
    return set(source.rows(kind).select(BRANCH).unique().collect("pandas").to_native()[BRANCH].dropna())
