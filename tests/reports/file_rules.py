"""Everything a file we hand out is held to: the schema checks of openxml-audit and our own rules, in it and in each workbook inside."""

from __future__ import annotations

import io
import math
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from lxml import etree
from openpyxl import Workbook, load_workbook
from openxml_audit import OpenXmlValidator

from tests.reports.chart_rules import chart_faults

_CHART = re.compile(r"(ppt|word|xl)/charts/[^/]+\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WEIGHTED = re.compile(r"\((?:[A-Z]+\d+\*[A-Z]+\d+\+?)+\)/\((?:[A-Z]+\d+\+?)+\)")
_EMBED = re.compile(r'r:(?:id|embed)="([^"]+)"')
_KINDS = {"ppt/": ".pptx", "word/": ".docx", "xl/": ".xlsx"}


def faults(file: bytes) -> list[str]:
    """What is wrong with a presentation, a document or a workbook; nothing when it is sound."""
    return [*audited(file), *own_faults(file)]


def audited(file: bytes) -> list[str]:
    """What openxml-audit says of the file and of each workbook inside; it does not look into them by itself."""
    found = _audit(file)
    if package := _opened(file):
        for name in package.namelist():
            if name.endswith(".xlsx"):
                found += [f"{name}: {fault}" for fault in _audit(package.read(name))]
    return found


def own_faults(file: bytes) -> list[str]:
    """What our own rules say."""
    package = _opened(file)
    if package is None:
        return ["no zip"]
    return [
        *_parts(package), *_relations(package), *_shape_ids(package), *_charts(file, package), *_formulas(package),
        *_inner_books(package),
    ]  # fmt: skip


def _audit(file: bytes) -> list[str]:
    package = _opened(file)
    if package is None:
        return ["no zip"]
    kind = next(suffix for start, suffix in _KINDS.items() if any(name.startswith(start) for name in package.namelist()))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{kind}"
        path.write_bytes(file)
        return [f"audit: {error.description} at {error.part_uri}" for error in _validator().validate(path).errors]


@cache
def _validator() -> OpenXmlValidator:
    """Made once: it reads all of its schemas."""
    return OpenXmlValidator()


def _opened(file: bytes) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(io.BytesIO(file))
    except zipfile.BadZipFile:
        return None


def _parts(package: zipfile.ZipFile) -> Iterator[str]:
    yield from (f"{name} is there twice" for name, count in Counter(package.namelist()).items() if count > 1)
    types = etree.fromstring(package.read("[Content_Types].xml"))
    suffixes = {each.get("Extension").lower() for each in types if each.get("Extension")}
    named = {each.get("PartName") for each in types if each.get("PartName")}
    for name in package.namelist():
        if name != "[Content_Types].xml" and f"/{name}" not in named and name.rpartition(".")[2].lower() not in suffixes:
            yield f"{name} has no content type"


def _relations(package: zipfile.ZipFile) -> Iterator[str]:
    names = set(package.namelist())
    for name in names:
        if not name.endswith(".xml"):
            continue
        path = PurePosixPath(name)
        rels = f"{path.parent}/_rels/{path.name}.rels" if path.parent.name else f"_rels/{path.name}.rels"
        related = {each.get("Id"): each for each in etree.fromstring(package.read(rels)).iter(_RELATED)} if rels in names else {}
        yield from (f"{name}: relation {each} is nowhere" for each in set(_EMBED.findall(package.read(name).decode())) - set(related))
        for each in related.values():
            if each.get("TargetMode") != "External" and _target(path, each.get("Target")) not in names:
                yield f"{name}: {each.get('Target')} is nowhere"


def _target(of: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = list(of.parent.parts)
    for piece in target.split("/"):
        if piece == "..":
            parts.pop()
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def _shape_ids(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if re.fullmatch(r"ppt/slides/[^/]+\.xml|word/document\.xml", name):
            found = [each.get("id") for each in etree.fromstring(package.read(name)).iter("{*}cNvPr", "{*}docPr") if _counts(each, name)]
            yield from (f"{name}: id {each} is there twice" for each, count in Counter(found).items() if count > 1)


def _counts(properties: etree._Element, name: str) -> bool:
    """In documents only the ids of ``wp:docPr`` have to differ."""
    return name.startswith("ppt/") or etree.QName(properties).localname == "docPr"


def _charts(file: bytes, package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if not _CHART.fullmatch(name):
            continue
        book = load_workbook(io.BytesIO(file)) if name.startswith("xl/") else _book_of(name, package)
        if book is None:
            yield f"{name} has no workbook"
            continue
        yield from (f"{name}: {fault}" for fault in chart_faults(package.read(name), book))


def _book_of(chart: str, package: zipfile.ZipFile) -> Workbook | None:
    path = PurePosixPath(chart)
    rels = f"{path.parent}/_rels/{path.name}.rels"
    if rels not in package.namelist():
        return None
    for each in etree.fromstring(package.read(rels)).iter(_RELATED):
        target = _target(path, each.get("Target"))
        if target.endswith(".xlsx") and target in package.namelist():
            return _loaded(package.read(target))
    return None


def _loaded(book: bytes) -> Workbook | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(book))
    except zipfile.BadZipFile:
        return None


def _formulas(package: zipfile.ZipFile) -> Iterator[str]:
    """The only formulas are means of cells by the weights beside them, and each has its value with it."""
    for name in package.namelist():
        if _SHEET.fullmatch(name):
            for cell in etree.fromstring(package.read(name)).iter("{*}c"):
                formula = cell.findtext("{*}f")
                if formula is not None and not _WEIGHTED.fullmatch(formula):
                    yield f"{name} holds a formula"
                if formula is not None and not math.isfinite(float(cell.findtext("{*}v") or "nan")):
                    yield f"{name}: a formula without its value"


def _inner_books(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if name.endswith(".xlsx"):
            inner = package.read(name)
            found = own_faults(inner)
            yield from (f"{name}: {fault}" for fault in found)
            if not found and len(load_workbook(io.BytesIO(inner)).sheetnames) < 2:
                yield f"{name} does not say where its figures come from"
