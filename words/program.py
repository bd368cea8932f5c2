"""Which version of the program this is; figures of another version need not be the same."""

from __future__ import annotations

VERSION = "0.1.0"
