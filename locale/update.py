"""Brings the catalogues up to date with the sentences in the code.

``python locale/update.py`` adds new sentences and removes unused ones; English repeats the sentence,
Chinese is left empty for a translator and listed. ``--merge FILE.json`` takes over translations
(``{"English": "中文"}``).
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # a date of its own would change the files at every run
KEYWORDS = ("_", "message")
ROOMS = (
    "words",
    "survey_schema",
    "storage",
    "analysis",
    "answers",
    "charts",
    "projects",
    "reports",
    "pages",
    "command_line",
    "sample_data",
)


def code_files() -> list[Path]:
    """Every Python file that may hold a sentence."""
    return sorted(ROOT.glob("*.py")) + sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def sentences() -> dict[str, list[tuple[str, int]]]:
    """Each sentence in the code with the places it stands at."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in code_files():
        for line, text in _marked(path.read_text("utf-8")):
            found.setdefault(text, []).append((path.relative_to(ROOT).as_posix(), line))
    return found


def _marked(code: str) -> list[tuple[int, str]]:
    """Line and text of every literal in ``_(…)``, ``message(…)`` or ``translator(…)(…)``, also within f-strings, where Babel is blind."""
    return [
        (call.lineno, call.args[0].value)
        for call in ast.walk(ast.parse(code))
        if isinstance(call, ast.Call)
        and _is_marker(call.func)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and call.args[0].value
    ]


def _is_marker(called: ast.expr) -> bool:
    """Whether what is called makes its first argument a sentence."""
    if isinstance(called, ast.Call):
        return isinstance(called.func, ast.Name) and called.func.id == "translator"
    return isinstance(called, ast.Name) and called.id in KEYWORDS


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "manyi.po"


def translations(language: str) -> dict[str, str]:
    """Sentence → translation of one catalogue."""
    with catalogue_path(language).open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source, locale=language) if entry.id}


def write(language: str, known: dict[str, str]) -> list[str]:
    """Writes one catalogue anew; returns the sentences left without a translation."""
    catalogue = Catalog(
        locale=language,
        project="Manyi",
        version="1",
        header_comment="# Sentences of Manyi.",
        fuzzy=False,
        creation_date=FIXED,
        revision_date=FIXED,
    )
    missing = []
    for text, places in sorted(sentences().items()):
        translated = text if language == "en" else known.get(text, "")
        if not translated:
            missing.append(text)
        catalogue.add(text, translated, locations=sorted({(name, None) for name, _line in places}))
    with catalogue_path(language).open("wb") as target:
        write_po(target, catalogue, width=120, omit_header=False, include_lineno=False, sort_output=True)
    return missing


def main() -> int:
    """Updates both catalogues; exit code 1 when Chinese sentences are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--merge", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    chinese = translations("zh_CN")
    for path in arguments.merge:
        chinese |= json.loads(path.read_text("utf-8"))
    write("en", {})
    missing = write("zh_CN", chinese)
    for text in missing:
        sys.stdout.write(f"no Chinese yet: {json.dumps(text, ensure_ascii=False)}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
