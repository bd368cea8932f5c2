"""Writes the table of answers into README.md: every topic of ``answers/``, what it says, and the options only it takes.

``python docs/update_readme.py`` (part of ``make locale``); a test holds README to it.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answers.question import option_words  # noqa: E402
from answers.topic_list import TOPICS  # noqa: E402
from answers.topics import topic_named  # noqa: E402

README = ROOT / "README.md"
BEGIN, END = "<!-- answers: begin (make locale) -->", "<!-- answers: end -->"
#: What of a question is named by which option.
_PARTS = {"by": "--by", "where": "--where", "codes": "--code", "population": "--population", "measures": "--measures"}


def table() -> str:
    """The table in Markdown."""
    rows = ["| `estimate …` | what it says | takes |", "|---|---|---|"]
    for name, entry in TOPICS.items():
        topic = topic_named(name)
        parts = [flag for part, flag in _PARTS.items() if part in topic.takes]
        flags = [*parts, *(words.flag for _one, words in option_words(topic.options).values())]
        told = entry.title.text("en").replace("|", "\\|")
        rows.append(f"| `{name}` | {told} | {' '.join(f'`{flag}`' for flag in flags)} |")
    return "\n".join(rows)


def with_table(text: str) -> str:
    """README's text with the table between its marks."""
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
