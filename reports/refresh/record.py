"""What this program last wrote into a presentation, and the recipe of every figure: kept in the file itself, read by the next refresh.

Texts are kept by their fingerprints only: whether a paragraph is still as it was written is all that has to be known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from reports.document import Cover, FigureItem, Report, Template
from reports.refresh.chart_graft import Written
from reports.refresh.chart_looks import Look, frame_of, looks_of
from reports.refresh.chart_parts import axis_limits, plot_kinds, workbook_fingerprint
from reports.refresh.custom_properties import keep_text, kept_text
from reports.refresh.deck_shapes import (
    Told,
    alt_text_of,
    cover_texts,
    fingerprint,
    fingerprints,
    letters_of,
    named_shapes,
    words_page_of,
    words_texts,
    written_texts,
)
from reports.refresh.recipes import item_of_plain, language_named, plain_item
from reports.refresh.table_cells import sizes_of, written_cells

COVER, ALT_TEXT = "cover", "alt text"


@dataclass(frozen=True)
class Part:
    """A part as it was last written: fingerprints and size of its texts by role; of a chart also its workbook's and what was drawn.

    ``cells`` and ``sizes`` are those of a table (:mod:`reports.refresh.table_cells`).
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    book: str = ""
    chart: Written = field(default_factory=Written)
    cells: tuple[tuple[str, ...], ...] = ()
    sizes: str = ""


@dataclass(frozen=True)
class Record:
    """``items`` are the figures that are asked anew, ``kept`` the ids of charts that stay as they were.

    ``claims`` are fingerprints of what each item's sentence claimed, ``names`` what its figure shows: branches, causes, questions.
    """

    report: Report
    parts: Mapping[str, Part] = field(default_factory=dict)
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[FigureItem, ...]:
        """The figures."""
        return tuple(item for item in self.report.items if isinstance(item, FigureItem))


def write_record(
    presentation: Any, report: Report, claims: Mapping[str, tuple[str, ...]], names: Mapping[str, tuple[str, ...]]
) -> None:  # fmt: skip
    """Keeps in a new presentation what was just written into it, and how its figures are asked again."""
    others = tuple(item.id for item in report.items if not isinstance(item, FigureItem))
    keep_record(presentation, Record(report, written_parts(presentation), claims, names, others))


def keep_record(presentation: Any, record: Record) -> None:
    """Keeps a record in the place of the one before."""
    keep_text(presentation, json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":")))


def read_record(presentation: Any) -> Record | None:
    """The record of a presentation; None where there is none that can be read."""
    text = kept_text(presentation)
    if text is None:
        return None
    try:
        return _record(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def written_parts(presentation: Any) -> dict[str, Part]:
    """Every part of a presentation that this program has just written."""
    parts = {}
    for placed in named_shapes(presentation):
        told = written_texts(placed.slide)
        texts, letters = _by_role(told) | {ALT_TEXT: (fingerprint(alt_text_of(placed.shape)),)}, _letters(told)
        if getattr(placed.shape, "has_chart", False):
            chart = placed.shape.chart.part
            parts[placed.part] = Part(texts, letters, workbook_fingerprint(chart), _drawn(chart._element))
        elif getattr(placed.shape, "has_table", False):
            table = placed.shape.table._tbl
            parts[placed.part] = Part(texts, letters, cells=written_cells(table), sizes=sizes_of(table))
        else:
            parts[placed.part] = Part(texts, letters)
    slides = list(presentation.slides)
    parts |= {item: _part_of_words(words_texts(slide)) for slide in slides if (item := words_page_of(slide))}
    if slides and not words_page_of(slides[0]) and not any(placed.slide == slides[0] for placed in named_shapes(presentation)):
        parts[COVER] = _part_of_words(cover_texts(slides[0]))
    return parts


def _drawn(chart: Any) -> Written:
    return Written(plot_kinds(chart), axis_limits(chart), looks_of(chart), frame_of(chart))


def _part_of_words(told: Sequence[Told]) -> Part:
    return Part(_by_role(told), _letters(told))


def _letters(told: Sequence[Told]) -> dict[str, str]:
    return {each.role: letters_of(each.paragraphs) for each in told}


def _by_role(told: Sequence[Told]) -> dict[str, tuple[str, ...]]:
    return {each.role: fingerprints(each.paragraphs) for each in told}


def _plain(record: Record) -> dict[str, Any]:
    report = record.report
    return {
        "name": report.name, "language": report.language, "storyline": report.storyline, "cover": asdict(report.cover),
        "template": asdict(report.template) if report.template else None,
        "items": [plain_item(item) for item in record.items], "kept": list(record.kept),
        "parts": {name: asdict(part) for name, part in record.parts.items()}, "claims": dict(record.claims),
        "names": dict(record.names),
    }  # fmt: skip


def _record(plain: Mapping[str, Any]) -> Record:
    cover = Cover(**{str(name): str(text) for name, text in plain["cover"].items()})
    items = tuple(item_of_plain(each) for each in plain["items"])
    template = Template(str(plain["template"]["name"]), str(plain["template"]["part"])) if plain["template"] else None
    report = Report(str(plain["name"]), language_named(plain["language"]), items, cover, str(plain["storyline"]), template)
    parts = {str(name): _part(each) for name, each in plain["parts"].items()}
    claims, names = ({str(item): _texts(found) for item, found in plain[key].items()} for key in ("claims", "names"))
    return Record(report, parts, claims, names, _texts(plain["kept"]))


def _part(plain: Mapping[str, Any]) -> Part:
    chart = plain["chart"]
    written = Written(
        _texts(chart["plots"]), tuple((str(low), str(high)) for low, high in chart["limits"]),
        tuple(Look(**{str(name): value for name, value in each.items()}) for each in chart["looks"]),
        {str(name): str(look) for name, look in chart["frame"].items()},
    )  # fmt: skip
    texts = {str(role): _texts(found) for role, found in plain["texts"].items()}
    letters = {str(role): str(size) for role, size in plain["letters"].items()}
    return Part(texts, letters, str(plain["book"]), written, tuple(map(_texts, plain["cells"])), str(plain["sizes"]))


def _texts(found: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in found)
