"""The theme of a file: which fonts its texts are set in."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE

from reports.office.fonts import named_fonts
from reports.office.sequences import A
from words.language import Language


def set_theme_fonts(master: Any, language: Language) -> None:
    """Gives the theme of a slide master our fonts, for headings and for texts; only for files that have no company's template."""
    theme = master.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = with_fonts(theme.blob, language)


def with_fonts(theme: bytes, language: Language) -> bytes:
    """The theme with the two fonts of a language in the place of its own."""
    tree = etree.fromstring(theme)
    fonts = named_fonts(language)
    for kind in ("majorFont", "minorFont"):
        for font in tree.iter(f"{A}{kind}"):
            for name, face in (("latin", fonts.latin), ("ea", fonts.east_asian)):
                font.find(f"{A}{name}").set("typeface", face)
            for script in font.findall(f"{A}font"):
                if script.get("script") in ("Hans", "Hant"):
                    script.set("typeface", fonts.east_asian)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
