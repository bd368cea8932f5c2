"""What all pictures of causes share: a mark, a word and a colour for each verdict, the sentences beside, and the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.root_causes.cause_tree import Cause, CauseTree
from analysis.root_causes.verdicts import Verdict
from charts.kit.description.description import TableColumn
from charts.kit.description.numbers import number_of
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.layout import Canvas
from words.language import Language, Message, message, translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: What stands before an end cause; an end cause without a verdict is not tested yet.
MARKS: Mapping[Verdict | None, str] = {"confirmed": "●", "not_enough_data": "◐", "not_confirmed": "○", None: "△"}
WORDS: Mapping[Verdict | None, Message] = {
    "confirmed": message("confirmed"),
    "not_enough_data": message("not enough data"),
    "not_confirmed": message("not confirmed"),
    None: message("not tested"),
}
#: Causes that alternative texts name.
_MOST_NAMED = 6


@dataclass(frozen=True)
class Look:
    """How a cause is written: its mark (none where it is no end cause), its colour, and whether it is bold."""

    mark: str
    colour: str
    strong: bool
    figure: str

    def text(self, lines: list[str]) -> str:
        """The lines as Plotly shows them, marked."""
        told = "<br>".join(map(plain, lines))
        whole = f"<b>{told}</b>" if self.strong else told
        return f"<span style='color:{self.colour}'>{whole}</span>"


def look_of(cause: Cause, tree: CauseTree, on: Canvas) -> Look:
    """How a cause of the tree is written."""
    if tree.below(cause):
        return Look("", on.colours.ink, False, "")
    colour = {"confirmed": on.colours.text(on.colours.worse), "not_confirmed": on.colours.muted}.get(cause.verdict or "", on.colours.ink)
    part = cause.influence.value if cause.influence is not None and cause.verdict is not None else None
    figure = "" if part is None else f"{on.number(part)}%"  # without a blank, so that no line begins with the sign
    return Look(MARKS[cause.verdict], colour, cause.verdict == "confirmed", figure)


def written(cause: Cause, look: Look) -> str:
    """The cause with its mark and its influence."""
    return " ".join(part for part in (look.mark, " ".join(cause.text.split()), look.figure) if part)


def marks_caption(tree: CauseTree, on: Canvas) -> str:
    """What the marks that are drawn mean."""
    _ = translator(on.language)
    there = [verdict for verdict in MARKS if any(cause.verdict == verdict for cause in tree.ends)]
    told = listed([f"{MARKS[verdict]} {WORDS[verdict].text(on.language)}" for verdict in there], on.language)
    if not any(cause.influence is not None for cause in tree.ends):
        return _("End causes: {marks}.").format(marks=told) if there else ""
    return _("End causes: {marks}. Per cent: influence on the problem.").format(marks=told)


def tree_findings(tree: CauseTree, language: Language) -> str:
    """How many causes there are, and which end causes are confirmed."""
    _ = translator(language)
    counts = Counter(cause.verdict for cause in tree.ends)
    told = _("{problem}: {main} main causes, {ends} end causes, {confirmed} of them confirmed.").format(
        problem=tree.problem, main=len(tree.main), ends=len(tree.ends), confirmed=counts["confirmed"]
    )
    confirmed = [cause.text for cause in tree.ends if cause.verdict == "confirmed"]
    if not confirmed:
        return told
    named = _("Confirmed: {names}.").format(names=listed(confirmed, language, _MOST_NAMED))
    return f"{told}{'' if language == 'zh_CN' else ' '}{named}"


def tree_table(tree: CauseTree, on: Canvas) -> tuple[TableColumn, ...]:
    """Every cause with the one it is below, and of end causes the verdict and the influence in per cent."""
    _ = translator(on.language)
    texts = {cause.id: cause.text for cause in tree.causes}
    every = tree.all
    ends = {cause.id for cause in tree.ends}
    return long_table(
        (
            Column(_("Level"), tuple(level + 1 for _cause, level in every)),
            Column(_("Cause"), tuple(cause.text for cause, _level in every)),
            Column(_("Below"), tuple(texts.get(cause.parent or "", tree.problem) if level else tree.problem for cause, level in every)),
            Column(_("Verdict"), tuple(WORDS[cause.verdict].text(on.language) if cause.id in ends else "" for cause, _level in every)),
            Column(
                _("Influence, % of the problem"), tuple(number_of(cause.influence, on.language) for cause, _level in every),
                ends=(_("Lower end"), _("Upper end")),
            ),
        )
    )  # fmt: skip
