"""``store``: is it whole, back it up, put it back, make its catalogue again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from command_line.output import EXIT_ERRORS, console, print_json
from settings import Settings
from storage.backups import Backup, back_up, check_backup, restore_backup, restore_damaged
from storage.failures import told_plainly
from storage.rebuilding import rebuild
from storage.verifying import verify
from words.errors import ManyiError, unknown
from words.language import Message, message
from words.lists import Listed

ACTIONS = ("verify", "backup", "restore", "rebuild", "new-key")
_MIB = 1 << 20


@dataclass(frozen=True)
class _Told:
    """What came of an action: figures for ``--json``, sentences for a reader, and what is not as it must be."""

    figures: Mapping[str, object]
    sentences: list[Message]
    problems: tuple[Message, ...] = ()


def run_store_command(action: str, folder: Path | None, settings: Settings, *, only_damaged: bool, json: bool) -> int:
    """Does one of :data:`ACTIONS`; gives the exit code. Raises :class:`ManyiError` for what cannot be asked or done."""
    if action not in ACTIONS:
        raise unknown(message("action"), action, ACTIONS)
    if (folder is None) == (action in ("backup", "restore")):
        if folder is None:
            raise ManyiError(message("Name the folder of the backup."))
        if action != "verify":
            raise ManyiError(message("store {action} takes no folder.", action=action))
    if only_damaged and action != "restore":
        raise ManyiError(message("--only-damaged goes with store restore."))
    # A backup that cannot be written or read is told by its own place, not by that of the store.
    with told_plainly(str(folder) if folder is not None and action in ("verify", "backup") else settings.place.shown):
        told = _done(action, folder, settings, only_damaged=only_damaged)
    if json:
        problems = [problem.text(console.language) for problem in told.problems]
        print_json({**told.figures, "problems": problems})
    else:
        for sentence in (*told.problems, *told.sentences):
            console.print(sentence)
    return EXIT_ERRORS if told.problems else 0


def _done(action: str, folder: Path | None, settings: Settings, *, only_damaged: bool) -> _Told:
    if action == "verify":
        return _verify(settings) if folder is None else _verify_backup(folder)
    if action == "backup":
        return _back_up(settings, _named(folder))
    if action == "restore":
        return _restore_damaged(settings, _named(folder)) if only_damaged else _restore(settings, _named(folder))
    return _rebuild(settings) if action == "rebuild" else _new_key(settings)


def _named(folder: Path | None) -> Path:
    if folder is None:
        raise ManyiError(message("Name the folder of the backup."))
    return folder


def _verify(settings: Settings) -> _Told:
    store = settings.open_store()
    verdict = verify(*store.parts)
    figures = {"waves": verdict.waves, "files": verdict.files, "size": verdict.size, "strange": verdict.strange}
    told = {"waves": verdict.waves, "files": verdict.files, "size": _mebibytes(verdict.size), "problems": len(verdict.problems)}
    sentences = []
    if verdict.strange:
        sentences.append(message("{count} files are not of this catalogue; they are left alone.", count=verdict.strange))
    if verdict.problems:
        sentences.append(message("{waves} waves, {files} files ({size} MiB) read: {problems} problems.", **told))
    else:
        sentences.append(message("{waves} waves, {files} files ({size} MiB) read: everything is there and as it was written.", **told))
    return _Told(figures, sentences, verdict.problems)


def _verify_backup(folder: Path) -> _Told:
    made = check_backup(folder)
    sentence = message("The backup {folder} is whole: {waves} waves, {files} files ({size} MiB).", **_words(folder, made))
    return _Told(_figures(folder, made), [sentence])


def _back_up(settings: Settings, folder: Path) -> _Told:
    with told_plainly(settings.place.shown):
        store = settings.open_store()
    made = back_up(store.place, *store.parts, folder)
    sentences = [message("Backed up to {folder}: {waves} waves, {files} files ({size} MiB).", **_words(folder, made))]
    if not made.has_catalogue:
        sentences.append(
            message(
                "The catalogue is kept by a database server: back that up with its own tools too (PostgreSQL: pg_dump). Without it, "
                "store rebuild makes it from this backup, but for the key of the ids."
            )
        )
    elif not made.has_key:
        key = str(store.place.key_file)
        sentences.append(message("The key of the ids ({place}) is not in the backup: keep a copy of it in another safe place.", place=key))
    return _Told(_figures(folder, made), sentences)


def _restore(settings: Settings, folder: Path) -> _Told:
    made, aside = restore_backup(settings.place, folder)
    settings.open_store().close()
    sentences = [message("Restored from {folder}: {waves} waves, {files} files ({size} MiB).", **_words(folder, made))]
    return _Told({**_figures(folder, made), "set_aside": _place(aside)}, [*sentences, *_kept(aside)])


def _restore_damaged(settings: Settings, folder: Path) -> _Told:
    back, lacking = restore_damaged(*settings.open_store().parts, folder)
    figures: dict[str, object] = {"put_back": [f"{name}.parquet" for name in back], "lacking": [f"{name}.parquet" for name in lacking]}
    sentences = [message("{count} missing or damaged files were put back.", count=len(back))]
    if not lacking:
        return _Told(figures, sentences)
    names = Listed([f"{name}.parquet" for name in lacking])
    return _Told(figures, sentences, (message("This backup does not have: {names}. Try an older or a newer one.", names=names),))


def _rebuild(settings: Settings) -> _Told:
    made = rebuild(settings.place)
    store = settings.open_store()
    told = {"waves": len(store.waves(status=None)), "copied": made.from_copy, "added": made.from_files}
    sentences = [
        message("The catalogue was made again: {waves} waves, {copied} from its copy and {added} from the files themselves.", **told)
    ]
    if made.from_files:
        sentences.append(
            message(
                "Of those from the files, the version stored last is in force, under the weighting made last: which were withdrawn the "
                "files do not say. See waves --all, withdraw and restore."
            )
        )
    if made.unused:
        sentences.append(message("Not used, and left where they are: {names}.", names=Listed(made.unused)))
    figures = {**told, "unused": list(made.unused), "set_aside": _place(made.aside)}
    return _Told(figures, [*sentences, *_kept(made.aside)])


def _new_key(settings: Settings) -> _Told:
    store = settings.open_store()
    store.parts[0].renew_key()
    place = str(store.place.key_file)
    sentence = message("The key of the ids in {place} counts from now on; ids stored under another one match no new ones.", place=place)
    return _Told({"key": place}, [sentence])


def _kept(aside: Path | None) -> list[Message]:
    return [] if aside is None else [message("What was there before is kept in folders named {name}.", name=aside.name)]


def _place(aside: Path | None) -> str | None:
    return None if aside is None else aside.name


def _mebibytes(size: int) -> str:
    return f"{size / _MIB:,.1f}"


def _words(folder: Path, made: Backup) -> dict[str, object]:
    return {"folder": str(folder), "waves": made.waves, "files": made.files, "size": _mebibytes(made.size)}


def _figures(folder: Path, made: Backup) -> dict[str, object]:
    return {
        "folder": str(folder), "waves": made.waves, "files": made.files, "size": made.size, "made_at": made.made_at.isoformat(),
        "has_catalogue": made.has_catalogue, "has_key": made.has_key,
    }  # fmt: skip
