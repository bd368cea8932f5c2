"""Where the project and its reference values lie, said once, so that a test may move."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "tests" / "reference"
#: Where tests reach Apache Spark: in a process of this machine.
SPARK = "local[2]"
