"""Every entry limits the threads of linear algebra, whatever was imported before it, and nothing overrules the user."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from blas_threads import VARIABLES
from tests.places import ROOT

#: What each entry does first, as it is started.
ENTRIES = {
    "command line": "import sys; sys.argv = ['cli.py', '--help']; import cli",
    "benchmarks": "import benchmarks",
    "uvicorn": "import app",
    "streamlit, which loads numpy itself": "import numpy, scipy.linalg; import app",
}
ASKED = """
import json, os
import numpy, scipy.linalg
from threadpoolctl import threadpool_info
loaded = sorted({each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"})
print(json.dumps({"loaded": loaded, "children": os.environ.get("OPENBLAS_NUM_THREADS")}))
"""


def _in_force(entry: str, **given: str) -> dict[str, object]:
    """The threads of the libraries loaded and what children inherit, in a process of its own with those words in its environment only."""
    unset = {name: value for name, value in os.environ.items() if name not in (*VARIABLES, "OMP_NUM_THREADS")}
    command = [sys.executable, "-c", entry + ASKED]
    done = subprocess.run(command, cwd=ROOT, env={**unset, **given}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_each_entry_leaves_one_thread(entry: str) -> None:
    assert _in_force(entry) == {"loaded": [1], "children": "1"}


@pytest.mark.slow
def test_what_the_user_says_is_left() -> None:
    assert _in_force(ENTRIES["benchmarks"], OPENBLAS_NUM_THREADS="2") == {"loaded": [2], "children": "2"}
    assert _in_force(ENTRIES["benchmarks"], OMP_NUM_THREADS="2") == {"loaded": [2], "children": None}
