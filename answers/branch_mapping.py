"""Letting a branch count as another one: what screen and command line both do, and what they refuse.

A mapping changes the figures of all users, so both branches must be known to whoever makes it. Figures of a group too small to be shown
must not follow from the difference of what is shown before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw
import pandas as pd

from answers.source import StoreSource
from storage.branch_mappings import BranchMapping
from storage.mapped_branches import final_names
from storage.records import Scope
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from words.errors import ManyiError, shown_value
from words.language import message
from words.lists import Listed

_N = "responses"


def branches_to_map(source: StoreSource) -> tuple[str, ...]:
    """The branches whoever asks may see and map: by their stored names those of responses and deliveries, and those the survey lists."""
    kinds = tuple(sorted({each.kind for each in source.store.deliveries(source.survey)}))
    plain = source.without_branches()
    return source.kept.get(("branches to map", plain.key(plain.labels, kinds)), lambda: _known(source, kinds))


def _known(source: StoreSource, kinds: Sequence[str]) -> tuple[str, ...]:
    """Read from all there is."""
    allowed = source.scope.allowed.get(Role.BRANCH)
    found = {str(name) for name in _counts(source)[Role.BRANCH].dropna()}
    found |= {choice.code for choice in source.schema.choices(Role.BRANCH)}
    for code in kinds:
        if any(column.code == Role.BRANCH for column in kind_of(code).columns):
            rows = source.store.scan_kind(source.survey, code, scope=source.scope).select(Role.BRANCH).unique().collect()
            found |= {str(name) for name in rows[str(Role.BRANCH)].to_list() if name is not None}
    return tuple(sorted(name for name in found if allowed is None or name in allowed))


def map_branch(source: StoreSource, old: str, new: str, since: date, by: str, note: str = "") -> BranchMapping:
    """From now on ``old`` counts as ``new``, in every wave and for everybody; may be undone.

    Raises :class:`ManyiError` where one of the two is not known to whoever asks, where they are the same, count as each other already or
    would go in a circle, and where figures of a branch that is hidden would follow.
    """
    known = branches_to_map(source)
    source.store.branches.refuse(source.survey, old, new, known)
    _refuse_hidden(source, old, new)
    return source.store.branches.make(source.survey, old, new, since, by, known, note)


def undo_mapping(source: StoreSource, old: str, by: str) -> BranchMapping:
    """Let a branch be one of its own again; raises :class:`ManyiError` where it counts as none other that whoever asks may see."""
    allowed = source.scope.allowed.get(Role.BRANCH)
    there = {each.source: each for each in mappings_seen(source)}
    if allowed is not None and old in there and there[old].target not in allowed:
        raise ManyiError(message("{name} counts as a branch you do not see; who sees both may undo it.", name=shown_value(old)))
    return source.store.branches.undo(source.survey, old, by, list(there))


def mappings_seen(source: StoreSource, *, undone: bool = False) -> tuple[BranchMapping, ...]:
    """The mappings of the survey of which whoever asks may see both branches."""
    allowed = source.scope.allowed.get(Role.BRANCH)
    found = source.store.branches.of(source.survey, undone=undone)
    return tuple(each for each in found if allowed is None or {each.source, each.target} <= allowed)


def _counts(source: StoreSource) -> pd.DataFrame:
    """Responses by wave, stored branch and operator, of the rows whoever asks may see."""
    columns = [Role.WAVE, Role.BRANCH, Role.OPERATOR]
    if not source.waves:
        return pd.DataFrame(columns=[*columns, _N])
    frame = source.without_branches().frame(source.labels)
    return frame.group_by(*columns).agg(nw.len().alias(_N)).collect("pandas").to_native()


def _refuse_hidden(source: StoreSource, old: str, new: str) -> None:
    """Refuses to merge two branches with responses in a wave in which some branch is too small to be shown.

    Figures of the small one, or of the one that is hidden to protect it, would follow from what is shown before and after. Two small
    branches that can be shown together may be merged where no other is small: their sum follows from all the others already.
    """
    steps = source.store.branches.steps(source.survey)
    names = final_names(steps, Scope())
    counts = _counts(source)
    counts[Role.BRANCH] = [names.get(name, name) for name in counts[Role.BRANCH]]
    sides = [names.get(old, old), names.get(new, new)]
    least, refused = source.rules.thresholds.hidden_below, []
    ours = source.schema.our_operator
    for view in (counts, counts[counts[Role.OPERATOR] == ours]):
        for wave, own in view.groupby(Role.WAVE):
            sizes = own.groupby(Role.BRANCH)[_N].sum()
            small = set(sizes.index[sizes < least])
            merged = sizes.reindex(sides, fill_value=0)
            alone = small == set(sides) and merged.sum() >= least
            if merged.min() > 0 and small and not alone:
                refused.append(str(wave))
    if refused:
        raise ManyiError(
            message(
                "In {waves} some branch has too few responses to be shown, and its figures would follow from those shown before and after "
                "the two are put together. Branches can be put together where every branch can be shown.",
                waves=Listed(sorted(set(refused))),
            )
        )
