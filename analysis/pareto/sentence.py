"""What a Pareto chart says, what changed between two of them, each in one plain sentence with its base."""

from __future__ import annotations

from collections.abc import Callable

from analysis.pareto.before_and_after import CauseChange, ParetoPair
from analysis.pareto.estimate_pareto import Pareto
from analysis.results.sentences import Segment, Tone, p_equals_text
from words.counts import cases_text
from words.language import Language, number_text, translator
from words.lists import listed

Name = Callable[[str | None], str]
#: Columns whose values are causes; those of others, such as branches, are groups.
CAUSES = ("cause",)
#: Causes named one by one.
MOST = 3
#: Share without a named cause, in per cent, that is worth a word.
NOTABLE = 20


def pareto_sentence(found: Pareto, language: Language, name: Name) -> list[Segment]:
    """The base, the vital few with their share, or that there are none; ``name`` gives the title of a cause."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    base = cases_text(found.base, language)
    if found.spread:
        over = _("{base} are spread over {count} causes; no few of them make most")
        if found.by not in CAUSES:
            over = _("{base} are spread over {count} groups; no few of them make most")
        text = over.format(base=base, count=sum(not row.leftover for row in found.rows))
        segments = [Segment(text, "unclear")]
    elif not found.vital_few:
        segments = [Segment(_("None of {base} has a cause that could be named").format(base=base), "unclear")]
    else:
        few = found.vital_few
        share = number_text(few[-1].cumulative.value or 0.0, 1, language)
        head = _("Of {base}, {share} % come from {names}") if found.measure == "count" else _(
            "Of the weight of {base}, {share} % comes from {names}"
        )  # fmt: skip
        segments = [Segment(head.format(base=base, share=share, names=listed([name(row.cause) for row in few], language, MOST)))]
    leftover = sum(row.share.value or 0.0 for row in found.rows if row.leftover)
    if leftover >= NOTABLE:
        segments.append(Segment(_("; {share} % are without a named cause").format(share=number_text(leftover, 1, language)), "unclear"))
    if found.small_base:
        segments.append(Segment(_(" (few cases, so shares are uncertain)"), "unclear"))
    return [*segments, Segment(_("."))]


def pair_sentence(pair: ParetoPair, language: Language, name: Name) -> list[Segment]:
    """Which causes became rarer and which more frequent beyond chance, and what became of all cases."""
    _ = translator(language)
    whole = pair.total
    before, after = cases_text(whole.before, language), number_text(whole.after, 0, language)
    head = _("{before} before, {after} after").format(before=before, after=after)
    segments = [Segment(head), _whole(whole, language)]
    for verdict, text in (("lower", _("; rarer: {names}")), ("higher", _("; more frequent: {names}"))):
        those = [change for change in pair.causes if change.verdict == verdict]
        if those:
            tone: Tone = "better" if verdict == "lower" else "worse"
            segments.append(Segment(text.format(names=listed([name(change.cause) for change in those], language, MOST)), tone))
    if all(change.verdict == "unclear" for change in pair.causes):
        segments.append(Segment(_("; no single cause changed beyond chance"), "unclear"))
    return [*segments, Segment(_("."))]


def _whole(whole: CauseChange, language: Language) -> Segment:
    _ = translator(language)
    expected, p = number_text(whole.expected, 1, language), p_equals_text(whole.p_adjusted, language)
    if whole.verdict == "unclear":
        return Segment(_(", no more than chance against the {expected} expected ({p})").format(expected=expected, p=p), "unclear")
    tone: Tone = "better" if whole.verdict == "lower" else "worse"
    return Segment(_(" against {expected} expected had nothing changed ({p})").format(expected=expected, p=p), tone)
