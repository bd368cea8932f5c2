"""HTML → PDF by the installed Chromium that draws pictures: alone, without a network, within a time limit."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from pathlib import Path

from charts.kit.export_picture import browser_path, has_chinese_font
from words.errors import ManyiError
from words.language import Language, Message, message

#: Seconds a file may take, the start of the browser included.
PATIENCE = 90.0
NO_BROWSER = message(
    "A PDF needs Chrome, Chromium or Edge on the server, and none was found. Please have it installed, or print the page and choose "
    "PDF in the print dialogue."
)
NO_FONT = message("A Chinese PDF needs a Chinese font on the server, for example Noto Sans CJK. Please have it installed.")
_FAILED = message("The PDF could not be made. Please try again, or print the page and choose PDF in the print dialogue.")
#: As the renderer of pictures starts it; besides, no name leads anywhere. That no script runs says the page itself: without any the
#: browser would not print.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync", "--no-first-run",
    "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-breakpad",
    "--metrics-recording-only", "--password-store=basic", "--use-mock-keychain", "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
)  # fmt: skip
#: One at a time: a browser takes a processor and some hundred megabytes.
_one = threading.Lock()


def why_no_pdf(language: Language) -> Message | None:
    """Why this server makes no PDF of a page in a language; None where it does."""
    if browser_path() is None:
        return NO_BROWSER
    return NO_FONT if language == "zh_CN" and not has_chinese_font() else None


def pdf_of(html: str, language: Language) -> bytes:
    """The PDF of a page of HTML; raises ManyiError where there is no browser or no font, and where it fails or takes too long."""
    reason = why_no_pdf(language)
    browser = browser_path()
    if reason is not None or browser is None:
        raise ManyiError(reason or NO_BROWSER)
    with _one, tempfile.TemporaryDirectory(prefix="manyi-print-", ignore_cleanup_errors=True) as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, "utf-8")
        command = [browser, *_FLAGS, f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={made}", page.as_uri()]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
            return made.read_bytes()
        except (subprocess.SubprocessError, OSError) as problem:
            raise ManyiError(_FAILED) from problem
