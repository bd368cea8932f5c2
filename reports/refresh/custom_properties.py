"""A text kept in the properties of a presentation, and read from those of a workbook behind a chart.

Office, WPS and LibreOffice all keep them when they save a file again. A custom XML part, the other place for such data, is dropped by
LibreOffice, and so are the workbooks behind charts.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from reports.office.packed_text import is_piece, packed_pieces, unpacked_text

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_OWN = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_IN_A_WORKBOOK = "docProps/custom.xml"
#: What the properties of a workbook may be large.
_MOST = 1_000_000


def keep_text(presentation: Any, text: str) -> None:
    """Keeps a text in the place of the one kept before; properties of others stay."""
    part = _part(presentation)
    root = None if part is None else _root(part.blob)
    if root is None:
        root = etree.Element(f"{_OWN}Properties", nsmap={None: _OWN[1:-1], "vt": _VALUE[1:-1]})
    for each in [each for each in root if is_piece(each.get("name") or "")]:
        root.remove(each)
    first = max([int(each.get("pid", "1")) for each in root], default=1) + 1
    for place, (name, piece) in enumerate(packed_pieces(text).items(), start=first):
        held = etree.SubElement(root, f"{_OWN}property", fmtid=_FORMAT, pid=str(place), name=name)
        etree.SubElement(held, f"{_VALUE}lpwstr").text = piece
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if part is None:
        package = presentation.part.package
        part = Part(PackURI("/docProps/custom.xml"), _TYPE, package, blob)
        package.relate_to(part, _RELATION)
    part._blob = blob


def kept_text(presentation: Any) -> str | None:
    """The text that was kept; None where there is none, or none that can be read."""
    part = _part(presentation)
    return None if part is None else _text(part.blob)


def text_of_workbook(content: bytes) -> str | None:
    """The text kept in a workbook; None where there is none, and for what is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            held = package.getinfo(_IN_A_WORKBOOK)
            return _text(package.read(held)) if held.file_size < _MOST else None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return None


def _part(presentation: Any) -> Any:
    relations = presentation.part.package._rels.values()
    return next((each.target_part for each in relations if each.reltype == _RELATION and not each.is_external), None)


def _root(blob: bytes) -> Any:
    try:
        return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _text(blob: bytes) -> str | None:
    root = _root(blob)
    return None if root is None else unpacked_text({each.get("name") or "": "".join(each.itertext()) for each in root})
