"""Refreshing a presentation without a screen: reads the file, writes another, and prints the list of what was done."""

from __future__ import annotations

from pathlib import Path

from answers.kept import Kept
from command_line.output import console, print_json, write_file
from reports.making.reader import Reader
from reports.refresh.outcome import KIND_WORDS, LINE_KINDS
from reports.refresh.refresh import refreshed
from settings import acting_user, load_settings
from words.errors import ManyiError
from words.language import message
from words.periods import Period


def refresh_deck(deck: Path, out: Path, wave: str | None, *, by: str | None, json: bool) -> None:
    """Writes ``out``; raises ManyiError for a deck that cannot be read or would be written over."""
    if out.exists() and deck.exists() and out.samefile(deck):
        raise ManyiError(message("--out is the presentation itself; name another file, the old one stays as it is."))
    try:
        content = deck.read_bytes()
    except OSError as error:
        raise ManyiError(message("{path} cannot be read: {reason}.", path=str(deck), reason=error.strerror or str(error))) from error
    settings = load_settings()
    period = Period.parse(wave) if wave else None
    reader = Reader(settings.open_store(), settings.rules, Kept(), by or acting_user())
    done = refreshed(content, reader, period.label if period else wave or "")
    write_file(out, done.file)
    if json:
        lines = [{"kind": each.kind, "slide": each.slide, "told": each.told.text(console.language)} for each in done.lines]
        print_json({"written": str(out), "counts": done.counts, "lines": lines})
        return
    for kind in LINE_KINDS:
        if there := done.of(kind):
            console.print(message("{kind}: {count}", kind=KIND_WORDS[kind], count=len(there)))
            for each in there:
                console.print(f"  {each.sentence.text(console.language)}")
    console.print(message("Written: {path}", path=str(out)))
