"""Whether a measure worked: before and after with an interval, the effect against untouched branches, target and promise beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.effects.clustered import clustered_effect
from analysis.effects.difference_in_differences import EffectCheck, check_effect
from analysis.effects.promise import Promise, check_promise
from analysis.effects.sentence import detail_sentences, effect_sentence, promise_sentence, target_sentence
from analysis.effects.target import check_target
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment, plain_text
from analysis.sums.tallies import WAVE
from answers.charted_figures import FIGURES
from answers.effect_chapters import EFFECT_CHAPTERS
from answers.effect_figures import EFFECT_WORDS, Effect, better_in, effect_figures, effect_remarks, wording
from answers.effect_levels import answer_sums, material, sides_of
from answers.effect_question import BRANCH, EFFECT_OF, EffectOf, EffectOptions, settled_effect
from answers.periods import survey_wave
from answers.topic import Asked, Topic
from words.language import Language, Message


def _compute(asked: Asked[EffectOptions]) -> Effect:
    options, found = asked.options, material(asked)
    before, after = sides_of(asked)
    code = (asked.question.codes or (str(options.of),))[0]
    check = check_effect(
        found.paths, code, before, after, asked.thresholds, everywhere=options.everywhere,
        placebo_waves=max(1, min(len(after), len(before) // 2)) if FIGURES[options.of].kinds else 1,
    )  # fmt: skip
    told = check.difference.effect.value is not None
    better = better_in(asked)
    return Effect(
        check,
        found.levels,
        found.per,
        _clustered(asked, check) if options.clustered and told else None,
        None if options.target is None else check_target(found.levels, options.target, better, options.baseline),
        None
        if options.promised is None
        else check_promise(
            Promise(options.promised, options.promised_low, options.promised_high),
            check.difference.effect if told else found.levels.change,
            better,
            of_effect=told,
            thresholds=asked.thresholds,
        ),
    )


def _clustered(asked: Asked[EffectOptions], check: EffectCheck) -> Estimate:
    """Over the respondents of the branches that are compared, from the sums of their cells."""
    tallies = answer_sums(asked).where(asked.where)
    at = tallies.items.index(check.code)
    sums = tallies.keys[[WAVE, BRANCH]].assign(total=tallies.first[:, 0, at], weight=tallies.first[:, 1, at], n=tallies.answered[:, at])
    cells = sums[sums[BRANCH].isin([*check.treated, *check.untouched])].groupby([WAVE, BRANCH], as_index=False, observed=True).sum()
    cells = cells[cells["weight"] > 0]
    return clustered_effect(
        cells.assign(mean=cells["total"] / cells["weight"], treated=cells[BRANCH].isin(check.treated), after=cells[WAVE].isin(check.after)),
        check.code,
        asked.thresholds,
    )


def told_parts(asked: Asked[EffectOptions], found: Effect, language: Language) -> tuple[Sequence[Segment], ...]:
    """The sentences one by one: effect or change, then target and promise where they were asked for and can be told."""
    how = wording(asked, found, language)
    parts = (
        effect_sentence(found.check, found.levels, how),
        target_sentence(found.target, how) if found.target else [],
        promise_sentence(found.promise, how) if found.promise else [],
    )
    return tuple(each for each in parts if each)


def whole_sentence(asked: Asked[EffectOptions], found: Effect, language: Language) -> Sequence[Segment]:
    """All of them, one after the other."""
    gap = [] if language == "zh_CN" else [Segment(" ")]
    first, *others = told_parts(asked, found, language)
    return [*first, *(segment for each in others for segment in (*gap, *each))]


def _sentence(asked: Asked[EffectOptions], found: Effect, language: Language) -> Sequence[Segment]:
    return told_parts(asked, found, language)[0]


def _remarks(asked: Asked[EffectOptions], found: Effect, language: Language) -> Sequence[str | Message]:
    """What is not in the sentence: target and promise, what the effect is made of, and how far to trust it."""
    others = map(plain_text, told_parts(asked, found, language)[1:])
    details = detail_sentences(found.check, found.levels, wording(asked, found, language))
    return [*others, *details, *effect_remarks(asked, found, language)]


EFFECT: Topic[EffectOptions, Effect] = Topic(
    name="effect",
    options=EffectOptions,
    compute=_compute,
    figures=effect_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=settled_effect,
    columns=lambda _question, _schema: (BRANCH,),
    waves="all",
    takes=frozenset({"where", "codes"}),
    figure_words=EFFECT_WORDS,
    chapters=EFFECT_CHAPTERS,
    as_asked=lambda options: _VARIANTS[options.of],
)
#: The topic for each figure: those of the survey read its waves, the others deliveries with columns of their own.
_VARIANTS: Mapping[EffectOf, Topic[EffectOptions, Effect]] = {
    of: replace(
        EFFECT, waves="deliveries", ours=False, kinds=FIGURES[of].kinds, groups=FIGURES[of].groups,
        reads=survey_wave if of == "complaints" else EFFECT.reads,
    ) if FIGURES[of].kinds else EFFECT
    for of in EFFECT_OF
}  # fmt: skip
TOPICS = {EFFECT.name: EFFECT}
