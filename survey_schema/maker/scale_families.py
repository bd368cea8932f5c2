"""Scales over the whole table: columns that are answered alike share one, so that an end nobody chose in one column is not lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_schema.maker.answer_words import bare_label
from survey_schema.maker.column_roles import Part, Role, whole_numbers
from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.maker.heading_parts import Heading, pair_runs
from survey_schema.maker.number_scales import Ends, NumberScale, number_scale, pooled
from survey_schema.maker.proposal import ProposedScale
from survey_schema.maker.side_by_side import operator_in
from survey_schema.maker.word_scales import WordScale, word_scale

_USUAL_TOPS = (5, 7, 10)


@dataclass(frozen=True)
class Scales:
    """All scales of a table, and which column is on which (position in the table → code)."""

    scales: tuple[ProposedScale, ...]
    of_column: Mapping[int, str]


def scales_of(columns: Sequence[ColumnSummary], headings: Sequence[Heading], roles: Sequence[Role]) -> Scales:
    """Scales of all columns that may be scored."""
    numbers, on_numbers = _number_scales(columns, headings, roles)
    words, on_words = _word_scales(columns, roles)
    return Scales((*numbers, *words), {**on_numbers, **on_words})


def _number_scales(
    columns: Sequence[ColumnSummary], headings: Sequence[Heading], roles: Sequence[Role]
) -> tuple[list[ProposedScale], dict[int, str]]:
    counts = {at: found for at, role in enumerate(roles) if role.part is Part.NUMBERS and (found := whole_numbers(columns[at]))}
    runs = pair_runs([column.header for column in columns])  # each half of a block of pairs is answered alike
    stems: dict[object, list[int]] = defaultdict(list)
    for at in counts:
        named = operator_in(headings[at].row)  # what is asked of several operators is answered alike
        stems[headings[at].stem or runs.get(at) or (named[1:] if named else at)].append(at)
    seen: dict[int, NumberScale] = {}
    for places in stems.values():
        together = number_scale(pooled([counts[at] for at in places]))
        for at in places:
            alone = together or number_scale(counts[at])
            if alone is not None:
                seen[at] = alone
    supported = {scale.ends for scale in seen.values() if scale.ends[1] in _USUAL_TOPS}
    made: dict[tuple[Ends, Ends | None], list[int]] = defaultdict(list)
    for at, scale in seen.items():
        made[_family(scale, supported)].append(at)
    scales, on = [], {}
    for ends, beside in sorted(made, key=lambda pair: (pair[0], pair[1] or pair[0])):
        places = made[ends, beside]
        code = f"n{ends[0]}_{ends[1]}"
        wider = beside if beside is not None and beside[0] == ends[0] else ends
        family = f"{wider[0]}_{wider[1]}"
        codes = frozenset().union(*(seen[at].codes for at in places))
        scales.append(ProposedScale(code, ends, beside, None, codes, family))
        on.update(dict.fromkeys(places, code))
    return scales, on


def _family(scale: NumberScale, supported: set[Ends]) -> tuple[Ends, Ends | None]:
    """The ends seen, and those it may have instead: the next wider usual scale of the same file goes first."""
    if scale.certain:
        return scale.ends, None
    low, high = scale.ends
    wider = sorted(ends for ends in supported if ends[0] == low and ends[1] > high)
    return scale.ends, wider[0] if wider and high < 10 else scale.choices[1]


def _word_scales(columns: Sequence[ColumnSummary], roles: Sequence[Role]) -> tuple[list[ProposedScale], dict[int, str]]:
    """One scale for all columns of a family whose words, taken together, are still certain; else one for each set of words."""
    own = {at: frozenset(a.text for a in columns[at].answers) for at, role in enumerate(roles) if role.part is Part.WORDS}
    families: dict[str, list[int]] = defaultdict(list)
    for at, labels in own.items():
        if (scale := word_scale(labels)) is not None:
            families[scale.family].append(at)
    scales: list[ProposedScale] = []
    on: dict[int, str] = {}
    for family, places in sorted(families.items()):
        for number, (scale, members) in enumerate(_sets(places, own), 1):
            code = family if number == 1 else f"{family}_{number}"
            scales.append(ProposedScale(code, (1, scale.top), None, scale, frozenset(), code))
            on.update(dict.fromkeys(members, code))
    return scales, on


def _sets(places: Sequence[int], own: Mapping[int, frozenset[str]]) -> list[tuple[WordScale, list[int]]]:
    union = word_scale(frozenset().union(*(own[at] for at in places)))
    if union is not None and union.certain:
        return [(union, list(places))]
    by_words: dict[frozenset[str], list[int]] = defaultdict(list)
    for at in places:
        by_words[frozenset(map(bare_label, own[at]))].append(at)
    ordered = sorted(by_words.items(), key=lambda pair: (-len(pair[0]), sorted(pair[0])))
    found: list[tuple[frozenset[str], WordScale, list[int]]] = []
    for words, members in ordered:
        wider = next((each for each in found if words < each[0] and each[1].certain), None)
        if wider is not None:
            wider[2].extend(members)
            continue
        scale = word_scale(frozenset().union(*(own[at] for at in members)))
        if scale is not None:
            found.append((words, scale, members))
    return [(word_scale(frozenset().union(*(own[at] for at in members))) or scale, members) for _, scale, members in found]
