"""Pictures in Office files: an SVG that newer programs draw, on a PNG that every program draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from reports.office.sequences import A, R

_SVG_TYPE = "image/svg+xml"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


@dataclass(frozen=True)
class Picture:
    """The same picture twice; the PNG of double size, for it is what some programs show."""

    svg: bytes
    png: bytes


def attach_svg(part: Any, picture: Any, svg: bytes) -> None:
    """Puts the SVG beside the PNG of ``picture``, an element of ``part`` of a presentation."""
    package = part.package
    taken = {str(each.partname) for each in package.iter_parts()}
    number = next(n for n in range(1, len(taken) + 2) if f"/ppt/media/drawing{n}.svg" not in taken)
    image = Part(PackURI(f"/ppt/media/drawing{number}.svg"), _SVG_TYPE, package, svg)
    relation = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    blip = next(picture.iter(f"{A}blip"))
    extension = etree.SubElement(etree.SubElement(blip, f"{A}extLst"), f"{A}ext", uri=_SVG_EXTENSION)
    etree.SubElement(extension, f"{{{_SVG}}}svgBlip", {f"{R}embed": relation}, nsmap={"asvg": _SVG})
