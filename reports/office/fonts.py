"""Fonts of charts: every text names one for Latin and one for East-Asian letters, so that Chinese never falls back by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from reports.office.sequences import A, C, insert
from words.language import Language

#: The names of fonts that every Office for Windows and macOS has.
CHINESE, LATIN = "Microsoft YaHei", "Calibri"


@dataclass(frozen=True)
class Fonts:
    """The two fonts; in a file with a theme they are the theme's, so that a company's template decides."""

    latin: str
    east_asian: str


#: What follows the theme of the file, and what names fonts where a reader may look at no theme.
OF_THE_THEME = Fonts("+mn-lt", "+mn-ea")


def named_fonts(language: Language) -> Fonts:
    """Fonts by name."""
    return Fonts(CHINESE if language == "zh_CN" else LATIN, CHINESE)


def language_tag(language: Language) -> str:
    """The language as Office marks texts with it."""
    return "zh-CN" if language == "zh_CN" else "en-US"


def set_chart_fonts(chart: Any, fonts: Fonts, language: Language, size: float = 10) -> None:
    """Gives every text of a chart both fonts and its language; ``chart`` is the ``c:chartSpace`` and is changed."""
    lang = chart.find(f"{C}lang")
    if lang is None:
        lang = insert(chart, etree.Element(f"{C}lang"))
    lang.set("val", language_tag(language))
    if chart.find(f"{C}txPr") is None:
        insert(chart, _usual_text(size))
    for properties in chart.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
        set_run_fonts(properties, fonts, language)


def set_run_fonts(properties: Any, fonts: Fonts, language: Language) -> None:
    """The same for one set of text properties (``a:rPr``, ``a:defRPr``, ``a:endParaRPr``), at their places in the schema's order."""
    properties.set("lang", language_tag(language))
    properties.set("altLang", "en-US" if language == "zh_CN" else "zh-CN")
    for name, face in (("latin", fonts.latin), ("ea", fonts.east_asian)):
        found = properties.find(f"{A}{name}")
        if found is None:
            found = insert(properties, etree.Element(f"{A}{name}"))
        for attribute in list(found.attrib):
            del found.attrib[attribute]
        found.set("typeface", face)


def _usual_text(size: float) -> Any:
    text = etree.Element(f"{C}txPr")
    etree.SubElement(text, f"{A}bodyPr")
    etree.SubElement(text, f"{A}lstStyle")
    paragraph = etree.SubElement(text, f"{A}p")
    etree.SubElement(etree.SubElement(paragraph, f"{A}pPr"), f"{A}defRPr", sz=str(round(100 * size)))
    etree.SubElement(paragraph, f"{A}endParaRPr")
    return text
