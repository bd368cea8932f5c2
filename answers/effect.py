"""Whether a measure worked: the change of the branches where it was taken, less that of the branches left untouched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.effects.branch_paths import branch_paths
from analysis.effects.clustered import clustered_effect
from analysis.effects.difference_in_differences import ENOUGH_BRANCHES, Difference, EffectCheck, check_effect
from analysis.effects.sentence import effect_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment
from analysis.sums.tallies import WAVE
from answers.compared_columns import one_code
from answers.figure_words import VERDICT_WORDS
from answers.flat import collected
from answers.index import INDEX, IndexOptions
from answers.provenance import ValueName
from answers.question import Question, option
from answers.selection import value_of
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Role
from words.errors import ManyiError, unknown
from words.language import Language, Message, message
from words.lists import Listed
from words.periods import Period

BRANCH = str(Role.BRANCH)


@dataclass(frozen=True)
class EffectOptions:
    """``treated``: branches where something was done, ``untouched``: those it is compared with; ``since``: the first wave after it;

    ``clustered``: print the clustered effect too.
    """

    treated: tuple[str, ...] = option(
        "--treated", message("The branches where something was done."), default=(), metavar="BRANCH,…", joined=True
    )
    untouched: tuple[str, ...] = option(
        "--untouched", message("The branches they are compared with; all others unless named."), default=(), metavar="BRANCH,…", joined=True
    )
    since: str | None = option("--since", message("The first wave after it; the latest unless named."), metavar="WAVE")
    clustered: bool = option(
        "--clustered",
        message("Of a single question: beside it the effect with errors clustered by branch, as other programs have it."),
        default=False,
    )


@dataclass(frozen=True)
class Effect:
    """The check, and beside it, where it was asked for, the effect with errors clustered by branch."""

    check: EffectCheck
    clustered: Estimate | None


Asking = Question[EffectOptions]


def _settled(question: Asking, source: Source) -> Asking:
    labels, options = question.waves, question.options
    if Role.BRANCH in question.selection:
        raise ManyiError(message("An effect is told by comparing branches: name them with --treated, not with --where."))
    timeless = [label for label in labels if Period.parse(label) is None]
    if timeless:
        raise ManyiError(message("“{label}” names no period, so it is neither before nor after.", label=timeless[0]))
    since = options.since or (labels[-1] if labels else "")
    if since not in labels:
        period = Period.parse(since)
        since = period.label if period is not None else since
    if since not in labels:
        raise unknown(message("wave"), options.since or "", labels)
    if since == labels[0]:
        raise ManyiError(message("There is no wave before {wave}, so there is no change since.", wave=since))
    codes = one_code(question, source.schema.tree.code)
    if options.clustered and codes[0] not in source.schema.tree.items():
        raise ManyiError(message("--clustered is for a single question, since an indicator is no mean over rows; name one with --code."))
    return replace(question, options=_named_branches(options, since, source), codes=codes)


def _named_branches(options: EffectOptions, since: str, source: Source) -> EffectOptions:
    """The branches in codes; raises ManyiError where none is named, or one stands on both sides."""
    known = sorted({value for label in source.labels for value in source.values(label).get(BRANCH, ())})
    if not options.treated:
        told = message("Name the branches where something was done: --treated {names}.", names=Listed(tuple(known[:3])))
        raise ManyiError(told)
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
    return replace(options, treated=sides[0], untouched=sides[1], since=since)


def _compute(asked: Asked[EffectOptions]) -> Effect:
    options = asked.options
    found = asked.ask(INDEX, options=IndexOptions(common=True), by=(str(Role.WAVE), BRANCH))
    sides = {*options.treated, *options.untouched}
    used = tuple(each for each in found.estimates if each.keys.get(BRANCH) and (not options.untouched or each.keys[BRANCH] in sides))
    place = asked.waves.index(str(options.since))
    paths = branch_paths(used, asked.waves, options.treated)
    check = check_effect(paths, asked.question.codes[0], asked.waves[:place], asked.waves[place:], asked.thresholds)
    return Effect(check, _clustered(asked, check) if asked.options.clustered and check.difference.reason is None else None)


def _clustered(asked: Asked[EffectOptions], check: EffectCheck) -> Estimate:
    """Over the respondents of the branches that are compared, from the sums of their cells."""
    tallies = asked.tallies.where(asked.where)
    at = tallies.items.index(check.code)
    sums = tallies.keys[[WAVE, BRANCH]].assign(total=tallies.first[:, 0, at], weight=tallies.first[:, 1, at], n=tallies.answered[:, at])
    cells = sums[sums[BRANCH].isin([*check.treated, *check.untouched])].groupby([WAVE, BRANCH], as_index=False, observed=True).sum()
    cells = cells[cells["weight"] > 0]
    return clustered_effect(
        cells.assign(mean=cells["total"] / cells["weight"], treated=cells[BRANCH].isin(check.treated), after=cells[WAVE].isin(check.after)),
        check.code,
        asked.thresholds,
    )


def _figures(asked: Asked[EffectOptions], found_with: Effect) -> Result:
    """Effect, both changes it is the difference of, the placebo; the change of every branch; the path of either side."""
    found = found_with.check
    estimates = [*_of(found.difference)]
    if found.placebo is not None:
        estimates.append(found.placebo.effect._replace(keys={"figure": "placebo"}))
    estimates += [found_with.clustered] if found_with.clustered is not None else []
    estimates += [each._replace(keys={"figure": "branch_change", **each.keys}) for each in found.branches]
    estimates += [each._replace(keys={"figure": "path", **each.keys}) for each in found.paths]
    return collected(
        estimates,
        _how(asked, found),
        spread=found.difference.spread,
        left_out=found.left_out,
    )


def _of(difference: Difference) -> tuple[Estimate, ...]:
    return difference.effect, difference.own, difference.others


def _how(asked: Asked[EffectOptions], found: EffectCheck) -> Provenance:
    told = (
        ("before", found.before, str(Role.WAVE), message("Waves before")),
        ("after", found.after, str(Role.WAVE), message("Waves after")),
        ("treated", found.treated, BRANCH, message("Branches treated")),
        ("untouched", found.untouched, BRANCH, message("Branches compared with")),
    )
    facts = tuple(
        Fact(code, values, title, Listed([ValueName(asked.schema, column, value) for value in values]))
        for code, values, column, title in told
    )
    return Provenance(found.method, asked.thresholds, facts=facts)


def _sentence(asked: Asked[EffectOptions], found_with: Effect, language: Language) -> Sequence[Segment]:
    schema, found = asked.schema, found_with.check
    names = [schema.value_title(BRANCH, code, language) for code in found.treated]
    return effect_sentence(found, schema.title_of(found.code, language), names, language)


def _remarks(asked: Asked[EffectOptions], found_with: Effect, language: Language) -> Sequence[Message]:
    found = found_with.check
    told: list[Message] = []
    if found.difference.effect.marked:
        told.append(
            message(
                "Fewer than {count} branches: whether they would have moved alike cannot be judged well, so intervals are wide.",
                count=ENOUGH_BRANCHES,
            )
        )
    if found.left_out:
        names = tuple(asked.schema.value_title(BRANCH, code, language) for code in found.left_out)
        told.append(message("Left out, since they have no figure in some wave: {names}.", names=Listed(names)))
    if found.placebo is None:
        told.append(message("With one wave before it cannot be seen whether the branches moved alike before."))
    if found.difference.effect.value is not None:
        if found_with.clustered is not None:
            told.append(
                message("Errors clustered by branch are far too small where few branches were treated; what is judged by is the effect.")
            )
        told.append(message("This assumes that without the measure the treated branches would have moved as the others did."))
    return told


CHAPTERS = (
    Chapter(
        "effects.difference_in_differences",
        message("Effect of a measure"),
        message(
            "What changed where something was done, less what changed in the untouched branches. Each branch’s change is one observation, "
            "so branches that move by themselves count as chance; with few branches intervals are wide, and they hold their level even "
            "with a single treated branch. The same comparison among the waves before (placebo) must show nothing."
        ),
        r"\hat\delta = \bar d_{\text{treated}} - \bar d_{\text{untouched}}, \quad d_b = \bar y_{b,\text{after}} - \bar y_{b,\text{before}}",
    ),
)
EFFECT = Topic(
    name="effect",
    options=EffectOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    columns=lambda _question, _schema: (BRANCH,),
    waves="all",
    takes=frozenset({"where", "codes"}),
    figure_words={
        "effect": message("effect"),
        "own": message("change where something was done"),
        "others": message("change of the untouched"),
        "clustered": message("effect, errors clustered by branch"),
        "placebo": message("placebo: the same before the measure"),
        "branch_change": message("change of the branch"),
        "path": message("index"),
        "treated": message("treated"),
        "untouched": message("untouched"),
        **VERDICT_WORDS,
    },
    chapters=CHAPTERS,
)
TOPICS = {EFFECT.name: EFFECT}
