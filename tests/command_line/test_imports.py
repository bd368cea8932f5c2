"""A command imports what it needs: help and small commands load no library that computes, draws or writes files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

COMPUTING = frozenset(("pandas", "scipy", "statsmodels", "factor_analyzer"))
DRAWING = frozenset(("plotly", "kaleido", "streamlit", "pptx", "docx"))
STORING = frozenset(("numpy", "pyarrow", "duckdb", "narwhals", "sqlalchemy"))
READING = frozenset(("openpyxl", "xlsxwriter", "python_calamine"))
#: Command → what it must not load.
NEEDLESS = {
    "--help": COMPUTING | DRAWING | STORING | READING,
    "estimate --help": COMPUTING | DRAWING | STORING | READING,
    "project --help": COMPUTING | DRAWING | STORING | READING,
    "waves": COMPUTING | DRAWING,
    "template telecom_csi --out blank.xlsx": COMPUTING | DRAWING,
    "check missing.xlsx --schema telecom_csi": COMPUTING | DRAWING,
    "sample --help": COMPUTING | DRAWING,
    "estimate index --help": DRAWING | frozenset(("statsmodels", "factor_analyzer")),
}
_RUN = """
import contextlib, io, json, runpy, sys
sys.argv[0] = "cli.py"
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    runpy.run_path("cli.py", run_name="__main__")
print(json.dumps([name for name in sys.modules if "." not in name]))
"""


@pytest.mark.parametrize("line", NEEDLESS)
def test_a_command_loads_only_what_it_needs(line: str, tmp_path: Path) -> None:
    words = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in line.split()]
    environment = {**os.environ, "MANYI_DATA": str(tmp_path / "data"), "MANYI_LANGUAGE": "en"}
    command = [sys.executable, "-c", _RUN, *words]
    loaded = set(json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout))
    assert "typer" in loaded  # it ran
    assert loaded & NEEDLESS[line] == set()
