"""Reads every unreadable file in a process of its own, which has no other children, and prints what came of each as JSON.

A line has the file's builder, what was said in both languages, the seconds it took, and the largest memory of a child so far.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.worker.read_limits import ReadLimits
from tests.stores.hostile_files import UNREADABLE
from words.errors import ManyiError


def main(folder: Path, memory_bytes: int) -> None:
    """Builds the files in ``folder`` and reads one after the other."""
    for build in UNREADABLE:
        path = build(folder)
        began = time.monotonic()
        try:
            read_workbook(path, limits=ReadLimits(memory_bytes=memory_bytes))
            said = {}
        except ManyiError as error:
            said = {"en": error.text("en"), "zh": error.text("zh_CN")}
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024  # kibibytes on Linux
        print(json.dumps({"file": build.__name__, "said": said, "seconds": time.monotonic() - began, "bytes": largest}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
