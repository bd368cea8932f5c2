"""A company's template: the user's own .pptx or .potx, checked, and a new presentation of it without its sample slides."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from reports.office.frames import Frame, frame_of
from reports.office.packages import unpacks_to_too_much
from words.errors import ManyiError
from words.language import message

#: A larger template is refused: it is kept with the report, and goes into every deck.
MOST_MB, MOST_UNPACKED_MB, MOST_PARTS = 8, 200, 3000
_TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
_MACROS = re.compile(rb"application/vnd\.ms-powerpoint\.(presentation|template)\.macroEnabled\.main\+xml")
_OLD, _ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@dataclass(frozen=True)
class TemplateFacts:
    """What a template is, for who chose it: the format, the fonts of its theme (East-Asian may be empty), the room for a figure."""

    size: str
    latin: str
    east_asian: str
    room: str


def read_template(content: bytes) -> tuple[bytes, TemplateFacts]:
    """The template as it is kept, without its sample slides, and what it is. Raises ManyiError, a sentence, for what cannot be used."""
    deck, frame = begun(_presentation(content))
    target = io.BytesIO()
    deck.save(target)
    theme = etree.fromstring(frame.page.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    size = f"{deck.slide_width / 914400:.1f} × {deck.slide_height / 914400:.1f} in"
    return target.getvalue(), TemplateFacts(size, _font(theme, "latin"), _font(theme, "ea"), frame.body.words())


def begun(template: bytes) -> tuple[Any, Frame]:
    """A new presentation of a template, and its frame."""
    try:
        deck = Presentation(io.BytesIO(template))
        used = [slide.slide_layout for slide in deck.slides]
        _clear(deck)
        return deck, frame_of(deck, used)
    except ManyiError:
        raise
    except (PythonPptxError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise _no_presentation() from error


def _presentation(content: bytes) -> bytes:
    """The file as a presentation: a template is one under another name."""
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise ManyiError(
                message("This template is protected by a password. Save it without one (File, Info, Protect) and choose it again.")
            )
        raise ManyiError(message("This is a .ppt of an old PowerPoint. Save it as .pptx and choose it again."))
    if len(content) > MOST_MB * 1_000_000:
        raise ManyiError(
            message(
                "This template has {size} MB; at most {most} are taken. Remove pictures and sample slides from it.",
                size=f"{len(content) / 1e6:.1f}", most=MOST_MB,
            )
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if unpacks_to_too_much(package, most_parts=MOST_PARTS, most_bytes=MOST_UNPACKED_MB * 1_000_000):
                raise ManyiError(message("This template is too large when it is unpacked."))
            types = package.read(_TYPES)
            if _MACROS.search(types):
                raise ManyiError(message("This template has macros. Save it as .pptx or .potx without macros and choose it again."))
            if _TEMPLATE.encode() not in types:
                return content
            changed = types.replace(_TEMPLATE.encode(), CONTENT_TYPE.PML_PRESENTATION_MAIN.encode())
            return _with_types(package, changed)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise _no_presentation() from error


def _with_types(package: zipfile.ZipFile, types: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in package.infolist():
            made.writestr(part.filename, types if part.filename == _TYPES else package.read(part))
    return target.getvalue()


def _clear(deck: Any) -> None:
    """Takes out every slide with its relation (without that their charts stay behind and names are given twice), and what names slides."""
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        relation = slide.rId
        slides.remove(slide)
        deck.part.drop_rel(relation)
    root = deck.part._element
    for shows in root.findall(f"{_P}custShowLst"):
        root.remove(shows)
    for extension in root.findall(f"{_P}extLst/{_P}ext"):
        if any(etree.QName(child).localname == "sectionLst" for child in extension):
            parent = extension.getparent()
            parent.remove(extension)
            if len(parent) == 0:
                root.remove(parent)


def _font(theme: Any, name: str) -> str:
    found = theme.find(".//{*}minorFont/{*}" + name)
    return "" if found is None else str(found.get("typeface") or "")


def _no_presentation() -> ManyiError:
    return ManyiError(
        message("This file is no PowerPoint presentation (.pptx or .potx), or it is damaged. Open it in PowerPoint and save it again.")
    )
