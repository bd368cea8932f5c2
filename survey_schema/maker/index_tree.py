"""The indicator tree of a made survey: ticked groups below the index, each with its items, and the weights somebody gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.maker.answers_given import Answers
from survey_schema.maker.proposal import Group, Proposal
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
    item_of = {column.code: items[column.index].code for column in proposal.columns if column.index in items}
    weight_of = {column.code: column.weight for column in proposal.columns}
    groups = {group.code: group for group in proposal.groups}
    chosen = list(dict.fromkeys(answers.several("index")))
    children: list[tuple[_Child, float | None]] = []
    alone: set[str] = set()
    placed = {item_of[code] for code in chosen if code in item_of}
    for code in chosen:
        if code in groups:
            members = [(items[at].code, proposal.column(at).weight) for at in groups[code].columns if at in items]
            leaves: list[tuple[_Child, float | None]] = [(Leaf(item=item), weight) for item, weight in members if item not in placed]
            placed.update(item for item, _ in members)
            if leaves:
                children.append((_node(code, _title(groups[code], proposal, items), leaves), groups[code].weight))
        elif code in item_of and item_of[code] not in alone:
            alone.add(item_of[code])
            children.append((Leaf(item=item_of[code]), weight_of[code]))
    if not children:
        raise ManyiError(message("Nothing of what is to make up the index is a score. Name groups or questions of the list."))
    only = children[0][0]
    title = LocalText(zh_CN="满意度指数", en="Satisfaction index")
    if len(children) == 1 and isinstance(only, Indicator):
        return only.model_copy(update={"code": "index", "title": title})
    return _parent("index", title, children)


def _title(group: Group, proposal: Proposal, items: Mapping[int, Item]) -> str:
    """What a group is called: one of questions that are asked of several operators not by the operator, but by its questions."""
    members = [items[at] for at in group.columns if at in items]
    own = all(items[at].code == proposal.column(at).code for at in group.columns if at in items)
    shared = not own or any(sum(item.code == each.code for each in items.values()) > 1 for item in members)
    first, last = members[0].title.zh_CN, members[-1].title.zh_CN
    return group.title if not shared else first if first == last else f"{first} … {last}"


def _node(code: str, title: str, children: Sequence[tuple[_Child, float | None]]) -> Indicator:
    return _parent(code, LocalText(zh_CN=title, en=title), children)


def _parent(code: str, title: LocalText, children: Sequence[tuple[_Child, float | None]]) -> Indicator:
    """A node; without any weight its children count alike."""
    full = [1.0 if weight is None else weight for _, weight in children]
    if all(weight is None for _, weight in children) or not sum(full):
        return Indicator(code=code, title=title, children=[child for child, _ in children])
    weighted = [child.model_copy(update={"weight": w / sum(full)}) for (child, _), w in zip(children, full, strict=True)]
    return Indicator(code=code, title=title, weighting="given", children=weighted)
