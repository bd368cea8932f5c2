"""What becomes of one mutated file: everything the application would do to it, in a copy of this process under the worker's limits.

As a program (``python -m tests.survey_schema.workbook.judge_mutated FIRST COUNT``) it judges several and prints them: a process with other
threads must not be copied, so tests ask the program.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import resource
import sys
import time
from dataclasses import asdict, dataclass

import openpyxl

from survey_schema.loading import load_schema
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.read_workbook import read_here
from survey_schema.workbook.worker.limited_worker import limit_resources
from survey_schema.workbook.worker.read_limits import ReadLimits
from survey_schema.workbook.write.annotated_workbook import annotated_here
from tests.survey_schema.workbook.mutated_files import mutated_file
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")
LIMITS = ReadLimits(memory_bytes=2 * 2**30)


@dataclass(frozen=True)
class Verdict:
    """``outcome``: checked, refused (with a sentence), or what must not happen; seconds of the clock and the most memory, in bytes."""

    seed: int
    outcome: str
    seconds: float
    memory_bytes: int


def judge(seed: int) -> Verdict:
    """Read, match, check and mark up the file of a seed; the marked-up workbook is opened."""
    name, content = mutated_file(seed)
    began = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        limit_resources(LIMITS.memory_bytes, LIMITS.seconds_at_first)
        try:
            outcome = _outcome(name, content)
        except MemoryError:
            outcome = "memory"
        except BaseException as error:
            outcome = f"traceback {type(error).__name__}: {error}"[:300]
        os.write(writing, pickle.dumps((outcome, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _pid, status = os.waitpid(child, 0)
    outcome, memory = pickle.loads(answer) if answer else (f"died with {status}", 0)
    return Verdict(seed, outcome, time.monotonic() - began, memory)


def _outcome(name: str, content: bytes) -> str:
    try:
        workbook = read_here(content, name, LIMITS)
        inspected = inspect_here(workbook, Inspection(SCHEMA))
    except ManyiError as error:
        return "refused" if error.text("zh_CN") else "refused without a sentence"
    for language in ("zh_CN", "en"):
        for finding in inspected.checked.findings.listed:
            finding.text(language)
    marked = annotated_here(content, name, inspected.checked.findings, "zh_CN", LIMITS, own_file=True)
    openpyxl.load_workbook(io.BytesIO(marked))
    read_here(marked, name, LIMITS)
    return "checked"


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:3])
    for each in range(first, first + count):
        print(json.dumps(asdict(judge(each))), flush=True)
