"""The two pages of the monthly report that README shows, drawn anew: ``python docs/report_pages.py`` with the sample data in the store.

Needs LibreOffice (``soffice``), ``pdftoppm`` and Pillow; tests never run it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).parent
SURVEY = "telecom_csi"
#: File → language of the report and number of its page.
PAGES = {"report_page_en.png": ("en", 2), "report_page_zh.png": ("zh_CN", 4)}
WIDTH, COLOURS = 900, 160


def draw_page(name: str, language: str, page: int) -> None:
    """One page as a small picture in ``docs``."""
    with tempfile.TemporaryDirectory() as folder:
        deck = Path(folder, "report.pptx")
        report = [sys.executable, str(DOCS.parent / "cli.py"), "report", "monthly", "--survey", SURVEY]
        subprocess.run([*report, "--out", str(deck), "--language", language], check=True)
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*office, str(deck)], check=True)
        only = ["-f", str(page), "-l", str(page), "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
        subprocess.run(["pdftoppm", "-png", *only, str(deck.with_suffix(".pdf")), str(Path(folder, "page"))], check=True)
        with Image.open(Path(folder, "page.png")) as drawn:
            drawn.convert("RGB").quantize(COLOURS).save(DOCS / name, optimize=True)


if __name__ == "__main__":
    for name, (language, page) in PAGES.items():
        draw_page(name, language, page)
