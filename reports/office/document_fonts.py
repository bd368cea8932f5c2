"""Fonts of a document. Those of its theme beat named ones for East-Asian letters, so they are taken out wherever styles name them."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from reports.office.fonts import named_fonts
from reports.office.themes import with_fonts
from words.language import Language

_OF_THE_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_LEFT_OVER = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def set_document_fonts(document: Any, language: Language) -> None:
    """Gives all styles of a new document, and its theme, the fonts of a language; mends what its usual template leaves out."""
    fonts = named_fonts(language)
    for named in document.styles.element.iter(qn("w:rFonts")):
        for attribute in _OF_THE_THEME:
            named.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute, face in (("ascii", fonts.latin), ("hAnsi", fonts.latin), ("eastAsia", fonts.east_asian)):
            named.set(qn(f"w:{attribute}"), face)
    part = document.part
    for identity, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THEME:
            relation.target_part._blob = with_fonts(relation.target_part.blob, language)
        elif relation.reltype == _LEFT_OVER:
            del part.rels[identity]
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
