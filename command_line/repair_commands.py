"""``repairs`` and ``branches`` without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.branch_mapping import map_branch, mappings_seen, undo_mapping
from answers.selection import value_of
from answers.source import StoreSource
from command_line.asking import Words, stored_source
from command_line.output import console, print_json, print_table
from settings import Settings
from storage.branch_mappings import BranchMapping
from storage.repairs import KeptRepair
from storage.store import Store
from survey_schema.columns import Role
from survey_schema.workbook.repair.repairs import Decision
from words.errors import ManyiError, unknown
from words.language import Message, message, translator

REPAIR_ACTIONS = ("list", "revoke")
BRANCH_ACTIONS = ("list", "map", "undo")


def run_repairs_command(
    action: str, survey: str, entries: Sequence[int], store: Store, by: str, *, revoked: bool = False, json: bool = False
) -> None:
    """Does one of :data:`REPAIR_ACTIONS`; raises :class:`ManyiError` for what cannot be asked."""
    if action not in REPAIR_ACTIONS:
        raise unknown(message("action"), action, REPAIR_ACTIONS)
    if action == "revoke":
        _revoke(survey, entries, store, by)
        return
    found = store.repairs.of(survey, revoked=revoked)
    if json:
        print_json([_repair_record(kept) for kept in found])
    elif not found:
        console.print(message("No repair of {survey} is remembered.", survey=survey))
    else:
        _ = translator(console.language)
        header = [_("Column or scale"), _("Value"), _("Meaning"), _("Decided at"), _("Decided by"), _("Revoked at"), _("Number")]
        print_table(header, [_repair_row(kept) for kept in found], numbers_from=6)


def _revoke(survey: str, entries: Sequence[int], store: Store, by: str) -> None:
    if not entries:
        raise ManyiError(message("Name the numbers to revoke; repairs list {survey} shows them.", survey=survey))
    there = {kept.entry for kept in store.repairs.of(survey)}
    for entry in entries:
        if entry not in there:
            raise unknown(message("remembered repair"), entry, sorted(there), place=survey)
    count = store.repairs.revoke(survey, entries, by)
    console.print(message("Revoked: {count}. The next workbook asks again.", count=count))


def _repair_row(kept: KeptRepair) -> list[str]:
    revoked = f"{kept.revoked_at.astimezone():%Y-%m-%d %H:%M} · {kept.revoked_by}" if kept.revoked_at else "–"
    return [
        kept.repair.scope, kept.repair.value, _meaning(kept), f"{kept.decided_at.astimezone():%Y-%m-%d %H:%M}", kept.decided_by, revoked,
        str(kept.entry),
    ]  # fmt: skip


def _meaning(kept: KeptRepair) -> str:
    words = {Decision.NEW: message("a value of its own"), Decision.NOT_KNOWN: message("not known")}
    decision = kept.repair.decision
    return f"= {kept.repair.target}" if decision is Decision.IS else words[decision].text(console.language)


def _repair_record(kept: KeptRepair) -> dict[str, object]:
    return {
        "entry": kept.entry, "survey": kept.survey, "scope": kept.repair.scope, "value": kept.repair.value,
        "decision": kept.repair.decision.value, "target": kept.repair.target, "decided_at": kept.decided_at.isoformat(),
        "decided_by": kept.decided_by, "revoked_at": kept.revoked_at and kept.revoked_at.isoformat(), "revoked_by": kept.revoked_by,
    }  # fmt: skip


def run_branches_command(
    action: str, survey: str, names: Sequence[str], settings: Settings, by: str, *, since: str | None, note: str, undone: bool, json: bool
) -> None:
    """Does one of :data:`BRANCH_ACTIONS`; raises :class:`ManyiError` for what cannot be asked."""
    if action not in BRANCH_ACTIONS:
        raise unknown(message("action"), action, BRANCH_ACTIONS)
    source = stored_source(Words(schema=survey), settings, beside=True)
    if action == "list":
        _list_branches(mappings_seen(source, undone=undone), json=json)
    elif action == "map":
        _map(source, names, by, since, note)
    else:
        (name,) = _named(names, 1, message("Name the branch that is to be one of its own again."))
        gone = undo_mapping(source, value_of(Role.BRANCH, name, source.schema), by)
        console.print(message("{source} is a branch of its own again.", source=gone.source))


def _map(source: StoreSource, names: Sequence[str], by: str, since: str | None, note: str) -> None:
    named = _named(names, 2, message("Name two branches: the old one and the one it counts as."))
    old, new = (value_of(Role.BRANCH, name, source.schema) for name in named)
    made = map_branch(source, old, new, _day(since), by, note)
    told = {"source": made.source, "target": made.target, "since": made.since.isoformat()}
    console.print(message("{source} counts as {target} (since {since}) in every wave; the stored files stay as they are.", **told))


def _named(names: Sequence[str], count: int, wanted: Message) -> Sequence[str]:
    if len(names) != count:
        raise ManyiError(wanted)
    return names


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ManyiError(message("--since is a day such as 2026-05-15; found {found}.", found=text)) from None


def _list_branches(found: Sequence[BranchMapping], *, json: bool) -> None:
    if json:
        print_json([_branch_record(each) for each in found])
        return
    if not found:
        console.print(message("No branch counts as another one."))
        return
    _ = translator(console.language)
    header = [_("Branch"), _("Counts as"), _("Since"), _("Why"), _("Made at"), _("Made by"), _("Undone at")]
    rows = [
        [
            each.source, each.target, each.since.isoformat(), each.note, f"{each.made_at.astimezone():%Y-%m-%d %H:%M}", each.made_by,
            f"{each.undone_at.astimezone():%Y-%m-%d %H:%M} · {each.undone_by}" if each.undone_at else "–",
        ]
        for each in found
    ]  # fmt: skip
    print_table(header, rows, numbers_from=len(header))


def _branch_record(each: BranchMapping) -> dict[str, object]:
    days = {"since": each.since.isoformat(), "made_at": each.made_at.isoformat()}
    return {**vars(each), **days, "undone_at": each.undone_at and each.undone_at.isoformat()}
