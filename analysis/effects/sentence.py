"""Whether a measure worked, in a plain sentence that claims only what the comparison shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.effects.difference_in_differences import EffectCheck
from analysis.effects.levels import Levels
from analysis.effects.promise import PromiseCheck
from analysis.effects.target import Better, TargetCheck
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment, Tone, p_equals_text
from words.language import Language, number_text, translator
from words.lists import listed
from words.periods import wave_text

MOST = 3


@dataclass(frozen=True)
class Wording:
    """How the figure is told: its ``title`` in the language, its unit, decimals, and the good direction.

    ``unit``: points on 0–100, per cent, or ``plain`` where the title says it. ``treated``: names of the branches where something was
    done; none: everywhere.
    """

    title: str
    language: Language
    treated: tuple[str, ...] = ()
    unit: Literal["points", "percent", "plain"] = "points"
    decimals: int = 1
    better: Better = "higher"

    def level(self, value: float) -> str:
        """A level with its unit."""
        return self.number(value) + ("%" if self.unit == "percent" else "")

    def number(self, value: float, *, signed: bool = False) -> str:
        """A number without unit."""
        return number_text(value, self.decimals, self.language, signed=signed)

    def change(self, value: float) -> str:
        """A change with its sign and unit."""
        _ = translator(self.language)
        number = self.number(value, signed=True)
        if self.unit == "plain":
            return number
        return (_("{number} percentage points") if self.unit == "percent" else _("{number} points")).format(number=number)

    def tone(self, verdict: str | None) -> Tone:
        """Whether a difference is good or bad news."""
        return "unclear" if verdict not in ("higher", "lower") else "better" if verdict == self.better else "worse"

    def where(self) -> str:
        """The branches where something was done."""
        return listed(self.treated, self.language, MOST) if self.treated else translator(self.language)("all together")

    def size(self, entry: Estimate) -> str:
        """A change with its interval and p value, as far as it has them."""
        if entry.low is None or entry.high is None:
            return self.span(entry)
        low, high = (self.number(end, signed=True) for end in (entry.low, entry.high))
        text = translator(self.language)("{points} ({low} to {high}, {p})")
        return text.format(points=self.change(entry.value or 0.0), low=low, high=high, p=p_equals_text(entry.p, self.language))

    def span(self, entry: Estimate) -> str:
        """A change with its interval, as far as it has one."""
        told = self.change(entry.value or 0.0)
        if entry.low is None or entry.high is None:
            return told
        low, high = (self.number(end, signed=True) for end in (entry.low, entry.high))
        return translator(self.language)("{level} ({low} to {high})").format(level=told, low=low, high=high)

    def margin(self, entry: Estimate) -> str:
        """A change with half its interval, as the chart beside the sentence writes it."""
        told = self.change(entry.value or 0.0)
        if entry.low is None or entry.high is None:
            return told
        return translator(self.language)("{value} (±{half})").format(value=told, half=self.number((entry.high - entry.low) / 2))


def effect_sentence(found: EffectCheck, levels: Levels, how: Wording) -> list[Segment]:
    """The effect with its interval, and whether paths ran alike before.

    Where there is no effect to be told, what it was before and since, and that this is a change and no effect.
    """
    if found.difference.effect.value is None:
        return _change_sentence(found, levels, how)
    _ = translator(how.language)
    effect = found.difference.effect
    text = _("{title} since {wave}, {branches} against {count} untouched branches")
    wave = wave_text(found.after[0], how.language)
    parts = [Segment(text.format(title=how.title, wave=wave, branches=how.where(), count=len(found.untouched)))]
    tone = how.tone(effect.verdict)
    words = {
        "better": _(": {size}, more than chance explains"),
        "worse": _(": {size}, against the measure and more than chance explains"),
        "unclear": _(": {size}, which cannot be told from chance"),
    }
    parts.append(Segment(words[tone].format(size=how.margin(effect)), tone))
    if _drifted(found) is not None:
        parts.append(Segment(_("; they had drifted apart before"), "worse"))
    return [*parts, Segment(_("."))]


def _drifted(found: EffectCheck) -> Estimate | None:
    """The difference among the periods before, where it is one."""
    placebo = found.placebo.effect if found.placebo else None
    return placebo if placebo is not None and placebo.verdict in ("higher", "lower") else None


def detail_sentences(found: EffectCheck, levels: Levels, how: Wording) -> list[str]:
    """What the effect is made of, and what weakens it; of a change that it is no effect, and why there is none."""
    _ = translator(how.language)
    told, effect = found.difference, found.difference.effect
    if effect.value is None:
        if levels.change.value is None:
            return []
        change = _("This is a change and no effect: {size}.").format(size=how.size(levels.change))
        return [change, *([told.reason.text(how.language)] if told.reason else [])]
    text = _("{own} in {branches}, {others} in the {count} untouched branches; the difference is {size}.")
    parts = [
        text.format(
            own=how.change(told.own.value or 0.0), branches=how.where(), others=how.number(told.others.value or 0.0, signed=True),
            count=len(found.untouched), size=how.size(effect),
        )
    ]  # fmt: skip
    if (placebo := _drifted(found)) is not None:
        apart = _("The branches had drifted apart before ({size}), so the measure need not be the cause.")
        parts.append(apart.format(size=how.change(placebo.value or 0.0)))
    return parts


def _change_sentence(found: EffectCheck, levels: Levels, how: Wording) -> list[Segment]:
    _ = translator(how.language)
    change = levels.change
    if change.value is None:
        return [Segment(change.reason.text(how.language) if change.reason else _("There are no figures to compare."), "unclear")]
    text = _("{title}, {branches}: {before} before, {after} since {wave}")
    parts = [
        Segment(
            text.format(
                title=how.title, branches=how.where(), before=how.level(levels.before.value or 0.0),
                after=how.level(levels.after.value or 0.0), wave=wave_text(found.after[0], how.language),
            )
        )
    ]  # fmt: skip
    tone = how.tone(change.verdict)
    words = {
        "better": _("; a change, no effect: {size}, better and more than chance explains"),
        "worse": _("; a change, no effect: {size}, worse and more than chance explains"),
        "unclear": _("; a change, no effect: {size}, which cannot be told from chance"),
    }
    parts.append(Segment(words[tone].format(size=how.span(change)), tone))
    return [*parts, Segment(_("."))]


def target_sentence(found: TargetCheck, how: Wording) -> list[Segment]:
    """Whether the target was reached, from the interval of the level since; where it was missed, that the causes are next."""
    _ = translator(how.language)
    level = found.level
    if level.value is None:
        return []
    told = how.level(level.value)
    if level.low is not None and level.high is not None:
        told = _("{level} ({low} to {high})").format(level=told, low=how.number(level.low), high=how.number(level.high))
    words: dict[str, tuple[str, Tone]] = {
        "reached": (_("The target {target} is reached: the level since is {level}."), "better"),
        "missed": (_("The target {target} is missed: the level since is {level}. Back to the causes."), "worse"),
        "open": (
            _("Whether the target {target} is reached cannot be told yet: the level since is {level}; more answers or periods tell."),
            "unclear",
        ),
    }
    text, tone = words[level.verdict or "open"]
    parts = [Segment(text.format(target=how.level(found.target), level=told), tone)]
    if found.way.value is not None and found.baseline is not None:
        way = _("That is {share}% of the way from {baseline} to {target}.")
        if found.way.value < 0:
            way = _("It moved away from the target since {baseline}.")
        share, aim = number_text(100 * found.way.value, 0, how.language), how.level(found.target)
        parts.append(Segment(_gap(how.language) + way.format(share=share, baseline=how.level(found.baseline), target=aim)))
    return parts


def promise_sentence(found: PromiseCheck, how: Wording) -> list[Segment]:
    """What was promised beside what was achieved, and whether the two agree."""
    _ = translator(how.language)
    if found.difference.value is None:
        return []
    words: dict[str, tuple[str, Tone]] = {
        "as_promised": (_("Promised were {promised}, achieved {achieved}: the two agree within chance."), "better"),
        "more": (_("Promised were {promised}, achieved {achieved}: more than was promised, beyond chance."), "better"),
        "less": (_("Promised were {promised}, achieved {achieved}: less than was promised, beyond chance."), "worse"),
        "open": (
            _("Promised were {promised}, achieved {achieved}: that agrees with the promise as well as with nothing at all."), "unclear"
        ),
    }  # fmt: skip
    text, tone = words[found.difference.verdict or "open"]
    told = text.format(promised=how.span(found.promised), achieved=how.span(found.achieved))
    return [Segment(told, tone)]


def _gap(language: Language) -> str:
    return "" if language == "zh_CN" else " "
