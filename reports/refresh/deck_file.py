"""Opens a presentation somebody brings: what is no presentation, or unpacks to more than any has, is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError

from reports.office.packages import unpacked_size, unpacks_to_too_much
from words.errors import ManyiError
from words.language import message

#: Bytes of a file, bytes it may unpack to, and parts.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 100_000_000, 400_000_000, 20_000
_MAIN = "ppt/presentation.xml"


def open_deck(content: bytes) -> Any:
    """The presentation. Raises ManyiError for anything else."""
    _refuse(content)
    try:
        return Presentation(io.BytesIO(content))
    except (PackageNotFoundError, PythonPptxError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError) as error:
        raise ManyiError(
            message(
                "The presentation cannot be read: its parts are damaged. Open it in PowerPoint or WPS, save it again, and bring that file."
            )
        ) from error


def refuse_large(package: zipfile.ZipFile) -> None:
    """Raises ManyiError for a file that unpacks to more than any of ours does."""
    if unpacks_to_too_much(package, most_parts=MOST_PARTS, most_bytes=MOST_UNPACKED):
        raise ManyiError(
            message("The presentation unpacks to {size} MB in {parts} parts, which no usual one does, so it is not opened.",
                    size=f"{unpacked_size(package) / 1e6:.0f}", parts=len(package.infolist()))
        )  # fmt: skip


def _refuse(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise ManyiError(
            message(
                "The presentation has {size} MB; up to {most} MB are read.", size=f"{len(content) / 1e6:.0f}", most=MOST_BYTES // 1_000_000
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            refuse_large(package)
            if _MAIN in package.namelist():
                return
    except zipfile.BadZipFile:
        pass
    raise ManyiError(
        message(
            "This is no presentation (.pptx) that can be read. Bring the file as PowerPoint or WPS saves it, without a password; a .ppt "
            "has to be saved as .pptx first."
        )
    )
