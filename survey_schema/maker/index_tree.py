"""The indicator tree of a made survey: ticked groups below the index, each with its items, and the weights somebody gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.maker.answers_given import Answers
from survey_schema.maker.proposal import Proposal, ProposedColumn
from survey_schema.questions import Item
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError
from words.language import message

_Child = Indicator | Leaf


def tree_of(proposal: Proposal, answers: Answers, items: Mapping[int, Item]) -> Indicator:
    """Ticked groups below the index, each with its items; single items beside them. One group alone is the index itself.

    Weights are in any unit and are brought to the sum of 1 among siblings; one that was not given counts 1. Raises
    :class:`ManyiError` where nothing ticked is a score.
    """
    columns = {items[column.index].code: column for column in proposal.columns if column.index in items}
    groups = {group.code: group for group in proposal.groups}
    chosen = list(dict.fromkeys(answers.several("index")))
    children: list[tuple[_Child, float | None]] = []
    placed = {code for code in chosen if code in columns}
    for code in chosen:
        if code in groups:
            members = [columns[items[at].code] for at in groups[code].columns if at in items and items[at].code not in placed]
            placed.update(member.code for member in members)
            if members:
                children.append((_node(code, groups[code].title, _leaves(members)), groups[code].weight))
        elif code in columns:
            children.append((Leaf(item=code), columns[code].weight))
    if not children:
        raise ManyiError(message("Nothing of what is to make up the index is a score. Name groups or questions of the list."))
    only = children[0][0]
    title = LocalText(zh_CN="满意度指数", en="Satisfaction index")
    if len(children) == 1 and isinstance(only, Indicator):
        return only.model_copy(update={"code": "index", "title": title})
    return _parent("index", title, children)


def _leaves(columns: Sequence[ProposedColumn]) -> list[tuple[_Child, float | None]]:
    return [(Leaf(item=column.code), column.weight) for column in columns]


def _node(code: str, title: str, children: Sequence[tuple[_Child, float | None]]) -> Indicator:
    return _parent(code, LocalText(zh_CN=title, en=title), children)


def _parent(code: str, title: LocalText, children: Sequence[tuple[_Child, float | None]]) -> Indicator:
    """A node; without any weight its children count alike."""
    full = [1.0 if weight is None else weight for _, weight in children]
    if all(weight is None for _, weight in children) or not sum(full):
        return Indicator(code=code, title=title, children=[child for child, _ in children])
    weighted = [child.model_copy(update={"weight": w / sum(full)}) for (child, _), w in zip(children, full, strict=True)]
    return Indicator(code=code, title=title, weighting="given", children=weighted)
