"""From a proposal and the answers to its questions to a survey: models that are written as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from survey_schema.columns import Choice, Column, Role
from survey_schema.gap_items import GapItem
from survey_schema.indicator_tree import Indicator
from survey_schema.kano_pairs import KanoPair
from survey_schema.maker import header_words as words
from survey_schema.maker.answers_given import Answers, told_order
from survey_schema.maker.column_roles import Part
from survey_schema.maker.index_tree import tree_of
from survey_schema.maker.number_scales import Ends
from survey_schema.maker.option_blocks import multi_of, ranking_of
from survey_schema.maker.proposal import PairBlock, Proposal, ProposedColumn, ProposedScale
from survey_schema.maker.questions import NONE, REPEAT, REVERSED
from survey_schema.maker.side_by_side import choices_of, chosen_grid, merged_items, repeat_of
from survey_schema.maker.word_scales import WordScale, turned, with_middle
from survey_schema.models import SurveySchema
from survey_schema.questions import GradeLabel, Item, Scale
from survey_schema.schema_parts import LocalText
from survey_schema.shorthand import usual_satisfied
from survey_schema.workbook.clean.clean_values import MISSING_WORDS, folded, is_error_value
from words.errors import ManyiError
from words.language import message

_ONCE: dict[Part, Role] = {
    Part.ID: Role.RESPONDENT_ID, Part.DATE: Role.DATE, Part.WAVE: Role.WAVE, Part.BRANCH: Role.BRANCH, Part.OPERATOR: Role.OPERATOR,
    Part.WEIGHT: Role.RESPONDENT_WEIGHT, Part.DURATION: Role.DURATION,
}  # fmt: skip
_FREE: dict[Part, Role] = {Part.PRIVATE: Role.PRIVATE, Part.COMMENT: Role.OPEN_COMMENT, Part.ATTRIBUTE: Role.ATTRIBUTE,
                           Part.QUANTITY: Role.ATTRIBUTE, Part.OPTION: Role.ATTRIBUTE}  # fmt: skip


@dataclass(frozen=True)
class _Scored:
    """An item on its scale, as answered."""

    item: Item
    scale: Scale


def survey_of(proposal: Proposal, answers: Answers) -> SurveySchema:
    """The survey. Raises :class:`ManyiError` while a question is open, or where nothing is left that can be scored."""
    if answers.open:
        open_codes = ", ".join(question.code for question in answers.open)
        raise ManyiError(message("Questions are still open: {codes}.", codes=open_codes))
    if not proposal.groups:
        raise ManyiError(message("No column of {title} holds grades, so there is nothing to make a survey of.", title=proposal.title))
    scored = _scored(proposal, answers)
    items = {index: each.item for index, each in scored.items()}
    ours = answers.one(REPEAT)
    if (grid := chosen_grid(proposal, ours)) is not None:
        items = merged_items(grid, items)
        scored = {index: replace(each, item=items[index]) for index, each in scored.items()}
    columns = _columns(proposal, answers, set(items))
    repeat = None
    if grid is not None:
        by = Role.BRAND if any(column.role is Role.OPERATOR for column in columns) else Role.OPERATOR
        title = LocalText(zh_CN="品牌", en="Brand") if by is Role.BRAND else LocalText(zh_CN="运营商", en="Operator")
        columns.append(Column(code=str(by), role=by, title=title, choices=choices_of(grid, ours)))
        repeat = repeat_of(grid, proposal, items, str(by))
    gaps, kano = _pairs(proposal, answers, items)
    outcome = items.get(proposal.outcome) if proposal.outcome is not None else None
    tree = tree_of(proposal, answers, items)
    scales = _with_silences(proposal, scored)
    together = answers.one("one_option") == "yes"
    return SurveySchema(
        name=proposal.name, title=_both(proposal.title), scales=scales, columns=columns,
        items=list({item.code: item for item in items.values()}.values()), tree=tree, outcome=outcome.code if outcome else None,
        drivers=_drivers(tree, outcome) if outcome else [], gap_items=gaps, kano_pairs=kano, recommend=_recommend(scored),
        multi=[multi_of(proposal, block, one_option=together) for block in proposal.blocks if block.kind != "ranks"],
        rankings=[ranking_of(proposal, block) for block in proposal.blocks if block.kind == "ranks"],
        repeat=repeat,
    )  # fmt: skip


def _with_silences(proposal: Proposal, scored: Mapping[int, _Scored]) -> dict[str, Scale]:
    """Scales by code, each with the words for no answer of its columns that are not known of themselves."""
    words: dict[str, set[str]] = {}
    for index, each in scored.items():
        found = {text for text in proposal.column(index).silences if folded(text) not in MISSING_WORDS and not is_error_value(text)}
        words.setdefault(each.item.scale, set()).update(found)
    return {each.item.scale: each.scale.model_copy(update={"missing_labels": sorted(words[each.item.scale])}) for each in scored.values()}


def _both(text: str) -> LocalText:
    return LocalText(zh_CN=text, en=text)


def _scored(proposal: Proposal, answers: Answers) -> dict[int, _Scored]:
    other_way, singles = set(answers.several(REVERSED)), {value.partition(":")[0]: value for value in answers.several("scores")}
    single = next((question for question in proposal.questions if question.code == "scores"), None)
    alone = {choice.value.partition(":")[0] for choice in single.choices} if single else set()
    kano = {index: answers.one(block.code) for block in proposal.pairs for pair in block.pairs for index in pair}
    found: dict[int, _Scored] = {}
    scales: dict[str, Scale] = {}
    for column in proposal.columns:
        scale = proposal.scale(column.scale) if column.part.scored else None
        if scale is None or (column.code in alone and column.code not in singles):
            continue
        if scale.words is not None:
            order = _order(scale.words, answers.one(f"words_{scale.code}"))
            made = _of_words(order) if order is not None else None
            low_best = False
        else:
            ends = scale.ends if column.code in alone else _ends(scale, answers)
            made = None if scale.codes and answers.one("no_answer") == "no" else _of_numbers(ends, scale)
            low_best = singles[column.code].endswith(":low") if column.code in singles else answers.one(f"best_{scale.family}") == "low"
            if kano.get(column.index, "").startswith("kano"):
                low_best = kano[column.index] == "kano_low"
        if made is not None:
            code = f"n{made.minimum:g}_{made.maximum:g}" if scale.words is None else scale.code
            if scales.setdefault(code, made) != made:  # the same ends with other numbers for no answer
                code = f"{code}_{scale.code}"
            found[column.index] = _Scored(_item(column, code, made, reverse=low_best != (column.code in other_way)), made)
    return found


def _ends(scale: ProposedScale, answers: Answers) -> Ends:
    if scale.beside is None:
        return scale.ends
    if scale.ends[1] < 10:
        return scale.beside if answers.one("ends_narrow") == "wider" else scale.ends
    low, high = answers.one(f"ends_{scale.ends[0]}_{scale.ends[1]}").split("-")
    return int(low), int(high)


def _order(scale: WordScale, said: str) -> WordScale | None:
    if scale.certain or said == "ranked":
        return scale
    if said == NONE:
        return None
    if said == "turned":
        return turned(scale)
    return with_middle(scale) if said == "middle" else told_order(scale, said)


def _of_numbers(ends: Ends, scale: ProposedScale) -> Scale | None:
    low, high = ends
    codes = sorted(float(code) for code in scale.codes if not low <= code <= high)
    return Scale(minimum=low, maximum=high, satisfied_from=usual_satisfied(low, high), missing_codes=codes)


def _of_words(scale: WordScale) -> Scale:
    by_grade: dict[int, list[str]] = {}
    for label in scale.best_first:
        by_grade.setdefault(scale.grades[label], []).append(label)
    labels = [GradeLabel(grade=grade, zh_CN=found, en=found) for grade, found in by_grade.items()]
    return Scale(minimum=1, maximum=scale.top, satisfied_from=usual_satisfied(1, scale.top), labels=labels)


def _item(column: ProposedColumn, scale: str, made: Scale, *, reverse: bool) -> Item:
    heading = column.label or column.header
    return Item(
        code=column.code, title=_both(column.title), wording=_both(heading) if heading != column.title else None,
        aliases=[column.header] if column.header not in (heading, column.title) else [], nth=column.nth if column.of > 1 else None,
        scale=scale, reversed=reverse, net_promoter=False if made.zero_to_ten and not words.is_recommendation(heading) else None,
    )  # fmt: skip


def _columns(proposal: Proposal, answers: Answers, items: set[int]) -> list[Column]:
    found = []
    blocks = {index for block in proposal.blocks for index in block.columns}
    for column in proposal.columns:
        role = _ONCE.get(column.part) or _FREE.get(column.part)
        if column.index in items or column.index in blocks:
            continue
        if column.part.scored:
            role = Role.ATTRIBUTE
        if role is None:
            continue
        named = [text for text in dict.fromkeys((column.header, column.label)) if text and text != column.title]
        found.append(Column(
            code=str(role) if role.once else column.code, role=role, title=_both(column.title), aliases=named,
            nth=column.nth if column.of > 1 else None, kind="number" if column.part in (Part.QUANTITY, Part.NUMBERS) else "text",
            choices=_choices(column, answers), closed=column.part is not Part.OPERATOR,
        ))  # fmt: skip
    names = answers.one("sheets_are")
    if names in ("branch", "wave") and all(str(column.role) != names for column in found):
        title = LocalText(zh_CN="分公司", en="Branch") if names == "branch" else LocalText(zh_CN="期次", en="Wave")
        found.append(Column(code=names, role=Role(names), title=title))
    return found


def _choices(column: ProposedColumn, answers: Answers) -> list[Choice]:
    if column.part is Part.OPERATOR:
        values = sorted(answer.text for answer in column.commonest)
        return [Choice(code=f"o{at}", title=_both(value), ours=value == answers.one("ours")) for at, value in enumerate(values, 1)]
    return []


def _recommend(scored: Mapping[int, _Scored]) -> str | None:
    """The question how likely one is to recommend, where it is asked once, from 0 to 10, and 10 is the best."""
    asked = {
        each.item.code for each in scored.values()
        if each.scale.zero_to_ten and not each.item.reversed and each.item.net_promoter is None
    }  # fmt: skip
    return asked.pop() if len(asked) == 1 else None


def _drivers(tree: Indicator, outcome: Item) -> list[str]:
    """What may move the overall impression: the items of the index beside it."""
    return [code for code in tree.items() if code != outcome.code]


def _pairs(proposal: Proposal, answers: Answers, items: dict[int, Item]) -> tuple[list[GapItem], list[KanoPair]]:
    gaps: list[GapItem] = []
    kano: list[KanoPair] = []
    for block in proposal.pairs:
        said = answers.one(block.code)
        for code, first, second in _both_items(block, items):
            title = first.title
            if said == "expectation_perception":
                gaps.append(GapItem(code=code, title=title, perception=second.code, expectation=first.code))
            elif said == "importance_performance":
                gaps.append(GapItem(code=code, title=title, perception=second.code, importance=first.code))
            elif said.startswith("kano"):
                kano.append(KanoPair(code=code, title=title, functional=first.code, dysfunctional=second.code))
    return gaps, kano


def _both_items(block: PairBlock, items: dict[int, Item]) -> list[tuple[str, Item, Item]]:
    number = block.code.removeprefix("pairs_")
    return [
        (f"pair{number}_{place}", items[first], items[second])
        for place, (first, second) in enumerate(block.pairs, 1) if first in items and second in items
    ]  # fmt: skip
