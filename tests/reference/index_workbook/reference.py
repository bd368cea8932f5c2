"""Takes our values away from the formulas of a wave workbook, has LibreOffice compute them, and writes what it finds.

    python tests/reference/index_workbook/reference.py

The workbook is that of the published comparison of brands (``sample_data/workbooks/brand_comparison.xlsx``), as the test makes it. Needs
LibreOffice (``soffice``); tests read ``output.json`` and never run this.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from load_samples import load_samples
from reports.storylines.wave_workbook import wave_workbook
from settings import Settings
from storage.store import Store
from tests.reports.storylines.scopes import MADE, scope

HERE = Path(__file__).parent


def without_values(book: bytes) -> bytes:
    """The same workbook whose formulas have no result."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content) if name.startswith("xl/worksheets/") else content)
    return target.getvalue()


def main() -> None:
    """Write ``output.json``."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        store = Store(folder / "data")
        list(load_samples(store, Settings(data=folder / "data"), "reference", ["brand_comparison.xlsx"]))
        store.close()
        book = wave_workbook(scope(folder / "data"), "en", MADE, lambda _answers: "")
        (folder / "bare.xlsx").write_bytes(without_values(book))
        (folder / "out").mkdir()
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx", "--outdir"]
        subprocess.run([*command, str(folder / "out"), str(folder / "bare.xlsx")], check=True, capture_output=True)
        version = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()[:2]
        formulas, values = (load_workbook(folder / "out" / "bare.xlsx", data_only=only) for only in (False, True))
        cells = {
            f"{sheet.title}!{cell.coordinate}": values[sheet.title][cell.coordinate].value
            for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        }  # fmt: skip
    found = {"versions": {"LibreOffice": version[1]}, "cells": cells}
    (HERE / "output.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
