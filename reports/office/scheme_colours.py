"""Colours of the theme in the place of ours, so that charts and tables follow a company's palette; colours with a meaning stay."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reports.office.sequences import A

#: Ours → the theme's: main colours, inks, lines and paper. What is better, worse or not clear has the same colour everywhere.
_THEMED = {
    "0B5C7A": "accent1", "C98A1B": "accent2", "6B4E9B": "accent3", "3A8F5C": "accent4", "8A6A4F": "accent5", "1C2833": "tx1",
    "FFFFFF": "bg1",
}  # fmt: skip
#: Greys between ink and paper → the share of ink.
_GREYS = {"66717C": 0.65, "DFE4E8": 0.15}
_TINTED = ("0B5C7A", "C98A1B")


def follow_theme(element: Any) -> None:
    """Changes the colours of a chart, or of a table whose cells have no fill of a meaning; ``element`` is changed."""
    for colour in list(element.iter(f"{A}srgbClr")):
        themed = _themed(colour.get("val").upper())
        if themed is not None:
            for child in colour:
                themed.append(child)
            colour.getparent().replace(colour, themed)


def chart_of_the_theme(xml: bytes) -> bytes:
    """The same for the part of a chart."""
    chart = etree.fromstring(xml)
    follow_theme(chart)
    return bytes(etree.tostring(chart, xml_declaration=True, encoding="UTF-8", standalone=True))


def table_of_the_theme(table: Any) -> None:
    """The same for a table: cells whose fill has a meaning keep it with the ink that is read on it."""
    for cell in table.iter(f"{A}tc"):
        fills = [fill.get("val").upper() for fill in cell.iterfind(f"{A}tcPr/{A}solidFill/{A}srgbClr")]
        if all(fill in _THEMED for fill in fills):
            follow_theme(cell)


def _themed(value: str) -> Any:
    if value in _THEMED:
        return etree.Element(f"{A}schemeClr", val=_THEMED[value])
    if value in _GREYS:
        return _mixed("tx1", _GREYS[value])
    for base in _TINTED:
        share = _share_of(value, base)
        if share is not None:
            return _mixed(_THEMED[base], share)
    return None


def _mixed(name: str, share: float) -> Any:
    """So much of a colour in white."""
    colour = etree.Element(f"{A}schemeClr", val=name)
    etree.SubElement(colour, f"{A}lumMod", val=str(round(100_000 * share)))
    etree.SubElement(colour, f"{A}lumOff", val=str(round(100_000 * (1 - share))))
    return colour


def _share_of(value: str, base: str) -> float | None:
    """How much of ``base`` is mixed into white where that makes ``value``; None where it does not."""
    mixed, pure = ([int(each[at : at + 2], 16) for at in (0, 2, 4)] for each in (value, base))
    shares = [(255 - one) / (255 - two) for one, two in zip(mixed, pure, strict=True)]
    share = sum(shares) / len(shares)
    return (
        share
        if 0.05 < share < 0.98 and all(abs(each - share) * (255 - two) < 2.5 for each, two in zip(shares, pure, strict=True))
        else None
    )
