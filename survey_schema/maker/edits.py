"""What a person changes in a proposal: roles, titles, scales, groups and weights. Pure: a proposal and its edits give a proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from survey_schema.maker.assemble import assembled, free_code, regrouped
from survey_schema.maker.column_roles import Part
from survey_schema.maker.heading_parts import short
from survey_schema.maker.proposal import Group, Proposal, ProposedColumn, ProposedScale
from survey_schema.maker.word_scales import MOST_LABELS, WordScale, word_scale
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

#: Scales of numbers that can be given to any column of numbers, written ``low-high``.
USUAL_SCALES = ("1-5", "1-7", "1-10", "0-10", "0-100", "1-3", "1-4", "1-6")
_ENDS = re.compile(r"^(\d{1,3})-(\d{1,3})$")
#: How groups are coded; anything else is the title of a new one.
_GROUP_CODE = re.compile(r"g\d+")
#: Roles of one column only, and what the column that had it before becomes.
_ONCE = {
    Part.ID: Part.PLATFORM, Part.DATE: Part.PLATFORM, Part.WAVE: Part.PLATFORM, Part.BRANCH: Part.ATTRIBUTE, Part.OPERATOR: Part.ATTRIBUTE,
    Part.WEIGHT: Part.QUANTITY, Part.DURATION: Part.PLATFORM,
}  # fmt: skip
#: Roles a private column may have: none that keeps its values.
_WITHOUT_VALUES = (Part.PRIVATE, Part.PLATFORM)


@dataclass(frozen=True)
class ColumnEdit:
    """What is changed of one column; None leaves it. ``scale`` is the code of a scale or ``low-high``, ``group`` a code or a new title."""

    part: Part | None = None
    title: str | None = None
    scale: str | None = None
    group: str | None = None
    weight: float | None = None


@dataclass(frozen=True)
class GroupEdit:
    """What is changed of one group."""

    title: str | None = None
    weight: float | None = None


@dataclass(frozen=True)
class Edits:
    """All changes: of columns by their code, of groups by theirs, the survey's own name (a code) and title."""

    columns: Mapping[str, ColumnEdit] = field(default_factory=dict)
    groups: Mapping[str, GroupEdit] = field(default_factory=dict)
    name: str | None = None
    title: str | None = None

    def with_column(self, code: str, **changed: object) -> Edits:
        """These and a change of one column."""
        edit = replace(self.columns.get(code, ColumnEdit()), **changed)  # type: ignore[arg-type]  # names of ColumnEdit's own fields
        return replace(self, columns={**self.columns, code: edit})

    def with_group(self, code: str, **changed: object) -> Edits:
        """These and a change of one group."""
        edit = replace(self.groups.get(code, GroupEdit()), **changed)  # type: ignore[arg-type]  # names of GroupEdit's own fields
        return replace(self, groups={**self.groups, code: edit})


def edited(proposal: Proposal, edits: Edits) -> Proposal:
    """The proposal with the changes made and asked anew. Edits of columns that are not there change nothing.

    Raises :class:`ManyiError` where a column cannot be what it is made: words as numbers, a private column as one that is kept.
    """
    columns, scales = list(proposal.columns), list(proposal.scales)
    places = {column.code: place for place, column in enumerate(columns)}
    for code, edit in edits.columns.items():
        if code in places:
            place = places[code]
            columns[place] = _changed(columns[place], edit, scales)
            _only_one(columns, place)
    bare = replace(
        proposal, columns=tuple(columns), scales=tuple(scales), name=edits.name or proposal.name, title=edits.title or proposal.title
    )
    found = assembled(bare, proposal.groups)
    return regrouped(found, _groups(found, edits))


def _changed(column: ProposedColumn, edit: ColumnEdit, scales: list[ProposedScale]) -> ProposedColumn:
    part = edit.part or column.part
    if column.part is Part.PRIVATE and part not in _WITHOUT_VALUES:
        raise ManyiError(message("{title} holds what tells a person; its values are never kept.", title=column.title))
    changed = replace(column, part=part, title=short(edit.title.strip()) if edit.title and edit.title.strip() else column.title)
    changed = replace(changed, weight=edit.weight, against=column.against and part.scored)
    if not part.scored:
        return replace(changed, scale=None)
    if edit.scale is None and column.part is part and column.scale is not None:
        return changed
    scale = _number_scale(changed, edit.scale, scales) if part is Part.NUMBERS else _word_scale(changed, edit.scale, scales)
    return replace(changed, scale=scale.code)


def _number_scale(column: ProposedColumn, wanted: str | None, scales: list[ProposedScale]) -> ProposedScale:
    if any(answer.number is None for answer in column.commonest):
        raise ManyiError(message("{title} holds words; only a column of numbers can be on a scale of numbers.", title=column.title))
    known = next((scale for scale in scales if scale.code == wanted and scale.words is None), None)
    if known is not None:
        return known
    ends = _ENDS.match(wanted or "")
    if ends is None:
        numbers = [answer.number for answer in column.commonest if answer.number is not None]
        top = max(numbers, default=0)
        fitting = [text for text in USUAL_SCALES if int(text.split("-")[1]) >= top and int(text.split("-")[0]) <= min(numbers, default=0)]
        ends = _ENDS.match(fitting[0] if fitting else "0-100")
    assert ends is not None
    low, high = int(ends[1]), int(ends[2])
    code = f"n{low}_{high}"
    made = next((scale for scale in scales if scale.code == code and scale.beside is None), None)
    if made is None:
        taken = any(scale.code == code for scale in scales)  # the same ends in doubt elsewhere: here they were said
        made = ProposedScale(f"{code}_said" if taken else code, (low, high), None, None, frozenset(), f"{low}_{high}")
        scales.append(made)
    return made


def _word_scale(column: ProposedColumn, wanted: str | None, scales: list[ProposedScale]) -> ProposedScale:
    labels = frozenset(answer.text for answer in column.commonest)
    known = next((scale for scale in scales if scale.code == wanted and scale.words is not None), None)
    if known is not None and known.words is not None:
        if foreign := sorted(labels - set(known.words.best_first)):
            told = {"title": column.title, "words": Listed(foreign[:4])}
            raise ManyiError(message("{title} has answers that are not on that scale: {words}.", **told))
        return known
    if column.distinct != len(labels) or not 2 <= len(labels) <= MOST_LABELS:
        raise ManyiError(
            message("{title} has {count} different answers; grades in words are 2 to {most}.",
                    title=column.title, count=column.distinct, most=MOST_LABELS)
        )  # fmt: skip
    alike = next((scale for scale in scales if scale.words is not None and labels <= set(scale.words.best_first)), None)
    if alike is not None:
        return alike
    taken = {scale.code for scale in scales}
    code = next(code for place in range(1, len(taken) + 2) if (code := f"told_{place}") not in taken)
    words = word_scale(labels) or WordScale("any", {}, False, tuple(sorted(labels)))
    scales.append(ProposedScale(code, (1, len(labels)), None, words, frozenset(), code))
    return scales[-1]


def _only_one(columns: list[ProposedColumn], kept: int) -> None:
    """What another column with the same role becomes, where a role occurs once."""
    part = columns[kept].part
    if part in _ONCE:
        for place, column in enumerate(columns):
            if place != kept and column.part is part:
                columns[place] = replace(column, part=_ONCE[part])


def _groups(proposal: Proposal, edits: Edits) -> Sequence[Group]:
    """Groups with their new titles and weights, and with the columns that were moved."""
    groups = list(proposal.groups)
    member = {index: group.code for group in groups for index in group.columns}
    moved = [column for column in proposal.columns if column.code in edits.columns and edits.columns[column.code].group]
    for column in sorted(moved, key=lambda each: bool(_GROUP_CODE.fullmatch(str(edits.columns[each.code].group)))):  # new groups first
        edit = edits.columns[column.code]
        if not edit.group or column.index not in member or edit.group == member[column.index]:
            continue
        target = next((group for group in groups if edit.group in (group.code, group.title)), None)
        if target is None:
            target = Group(free_code(groups, proposal.columns), short(edit.group), ())
            groups.append(target)
        groups = [
            replace(group, columns=tuple(sorted((*group.columns, column.index)))) if group.code == target.code
            else replace(group, columns=tuple(index for index in group.columns if index != column.index))
            for group in groups
        ]  # fmt: skip
    told = {code: edit for code, edit in edits.groups.items() if edit.title or edit.weight is not None}
    return [
        replace(group, title=short(told[group.code].title or group.title), weight=told[group.code].weight) if group.code in told else group
        for group in groups if group.columns
    ]  # fmt: skip
