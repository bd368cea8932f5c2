"""``store``: is it whole, back it up, put it back, make its catalogue again."""

from __future__ import annotations

from pathlib import Path

from command_line.output import EXIT_ERRORS, console, print_json
from settings import Settings
from storage.backups import Backup, back_up, check_backup, restore_backup, restore_damaged
from storage.failures import told_plainly
from storage.rebuilding import rebuild
from storage.verifying import verify
from survey_schema.errors import ManyiError
from survey_schema.language import message

ACTIONS = ("verify", "backup", "restore", "rebuild", "new-key")
_MIB = 1 << 20


def run_store_command(action: str, folder: Path | None, settings: Settings, *, only_damaged: bool, json: bool) -> int:
    """Does one of :data:`ACTIONS`; gives the exit code. Raises :class:`ManyiError` for what cannot be asked or done."""
    if action not in ACTIONS:
        raise ManyiError(message("There is no action {action}. There are: {known}.", action=action, known=", ".join(ACTIONS)))
    if (folder is None) == (action in ("backup", "restore")):
        if folder is None:
            raise ManyiError(message("Name the folder of the backup."))
        if action != "verify":
            raise ManyiError(message("store {action} takes no folder.", action=action))
    with told_plainly(settings.place.shown):
        if action == "verify":
            return _verify(settings, json=json) if folder is None else _verify_backup(folder)
        if action == "backup":
            return _back_up(settings, _named(folder))
        if action == "restore":
            return _restore_damaged(settings, _named(folder)) if only_damaged else _restore(settings, _named(folder))
        return _rebuild(settings) if action == "rebuild" else _new_key(settings)


def _named(folder: Path | None) -> Path:
    if folder is None:
        raise ManyiError(message("Name the folder of the backup."))
    return folder


def _verify(settings: Settings, *, json: bool) -> int:
    store = settings.open_store()
    verdict = verify(*store.parts)
    told = {"waves": verdict.waves, "files": verdict.files, "size": f"{verdict.size / _MIB:,.1f}", "problems": len(verdict.problems)}
    if json:
        problems = [problem.text(console.language) for problem in verdict.problems]
        print_json({**told, "size": verdict.size, "problems": problems, "strange": verdict.strange})
        return EXIT_ERRORS if verdict.problems else 0
    for problem in verdict.problems:
        console.print(problem)
    if verdict.strange:
        console.print(message("{count} files are not of this catalogue; they are left alone.", count=verdict.strange))
    if verdict.problems:
        console.print(message("{waves} waves, {files} files ({size} MiB) read: {problems} problems.", **told))
        return EXIT_ERRORS
    console.print(message("{waves} waves, {files} files ({size} MiB) read: everything is there and as it was written.", **told))
    return 0


def _verify_backup(folder: Path) -> int:
    made = check_backup(folder)
    console.print(message("The backup {folder} is whole: {waves} waves, {files} files ({size} MiB).", **_told(folder, made)))
    return 0


def _back_up(settings: Settings, folder: Path) -> int:
    store = settings.open_store()
    made = back_up(store.place, *store.parts, folder)
    console.print(message("Backed up to {folder}: {waves} waves, {files} files ({size} MiB).", **_told(folder, made)))
    if not made.has_catalogue:
        console.print(
            message(
                "The catalogue is kept by a database server: back that up with its own tools too (PostgreSQL: pg_dump). Without it, "
                "store rebuild makes it from this backup, but for the key of the ids."
            )
        )
    elif not made.has_key:
        key = str(store.place.key_file)
        console.print(message("The key of the ids ({place}) is not in the backup: keep a copy of it in another safe place.", place=key))
    return 0


def _restore(settings: Settings, folder: Path) -> int:
    made, aside = restore_backup(settings.place, folder)
    settings.open_store().close()
    console.print(message("Restored from {folder}: {waves} waves, {files} files ({size} MiB).", **_told(folder, made)))
    if aside is not None:
        console.print(message("What was there before is kept in folders named {name}.", name=aside.name))
    return 0


def _restore_damaged(settings: Settings, folder: Path) -> int:
    back, lacking = restore_damaged(*settings.open_store().parts, folder)
    console.print(message("{count} missing or damaged files were put back.", count=len(back)))
    if lacking:
        names = ", ".join(f"{name}.parquet" for name in lacking)
        console.print(message("This backup does not have: {names}. Try an older or a newer one.", names=names))
    return EXIT_ERRORS if lacking else 0


def _rebuild(settings: Settings) -> int:
    made = rebuild(settings.place)
    store = settings.open_store()
    told = {"waves": len(store.waves(status=None)), "copied": made.from_copy, "added": made.from_files}
    console.print(
        message("The catalogue was made again: {waves} waves, {copied} from its copy and {added} from the files themselves.", **told)
    )
    if made.from_files:
        console.print(
            message(
                "Of those from the files, the version stored last is in force, under the weighting made last: which were withdrawn the "
                "files do not say. See waves --all, withdraw and restore."
            )
        )
    if made.unused:
        console.print(message("Not used, and left where they are: {names}.", names=", ".join(made.unused)))
    if made.aside is not None:
        console.print(message("What was there before is kept in folders named {name}.", name=made.aside.name))
    return 0


def _new_key(settings: Settings) -> int:
    store = settings.open_store()
    store.parts[0].renew_key()
    told = message(
        "The key of the ids in {place} counts from now on; ids stored under another one match no new ones.", place=str(store.place.key_file)
    )
    console.print(told)
    return 0


def _told(folder: Path, made: Backup) -> dict[str, object]:
    return {"folder": str(folder), "waves": made.waves, "files": made.files, "size": f"{made.size / _MIB:,.1f}"}
