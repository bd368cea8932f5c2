"""A printed page as one HTML document: nothing in it is fetched or run, and every text stands as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Literal

from charts.kit.layout import FONTS
from charts.kit.palette import LIGHT
from reports.office.origin import Origin
from reports.office.tables import TextTable
from reports.print.printed_page import Figure, Phrase, PrintedPage, Sentence
from words.language import Language, translator
from words.shown_text import css_text, html_text

#: How the sheet lies; "" leaves it to the print dialogue.
Sheet = Literal["", "portrait", "landscape"]
_STYLE = Path(__file__).with_name("paper.css")
#: A table of more columns is set smaller, so that it fits a sheet that stands.
_MANY_COLUMNS, _TOO_MANY_COLUMNS = 7, 11
#: Signs of the running head; many waves are named in the head of the first sheet only.
_RUNNING = 60
#: A table of more rows stands at the end of the page.
_LONG = 30
_TAGS = {"head": "h3", "text": "p", "small": 'p class="small"', "part": "h2"}
#: No script, no request: pictures are part of the page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_page(printed: PrintedPage, sheet: Sheet = "") -> str:
    """The document; with a ``sheet`` its paper is A4 that lies so, else as the print dialogue says."""
    lang = "zh-CN" if printed.language == "zh_CN" else "en"
    pieces = "\n".join(_sentence(piece) if isinstance(piece, Sentence) else _figure(piece, printed.language) for piece in printed.pieces)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}" class="{sheet}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html_text(printed.title)}</title>\n'
        f"<style>\n{_style(printed, sheet)}</style></head>\n<body>\n{_head(printed)}\n{pieces}\n"
        f"{_tables(printed)}\n{_foot(printed)}\n</body></html>\n"
    )


def _style(printed: PrintedPage, sheet: Sheet) -> str:
    _ = translator(printed.language)
    before, between = _("Page {page} of {pages}").split("{page}")
    between, after = between.split("{pages}")
    numbers = f"{css_text(before)} counter(page) {css_text(between)} counter(pages) {css_text(after)}"
    survey_and_wave = [text for _name, text in (printed.origin.brief or printed.origin.facts)[:2]]
    running = " · ".join(survey_and_wave)
    seal = f"{_('Seal code')} {printed.origin.seal}" if printed.origin.seal else ""
    return Template(_STYLE.read_text("utf-8")).substitute(
        size=f"size: A4 {sheet};" if sheet else "",
        fonts=FONTS,
        title=css_text(f"满意 Manyi · {printed.title}"),
        survey=css_text(running if len(running) <= _RUNNING else survey_and_wave[0][:_RUNNING]),
        made=css_text(" · ".join(filter(None, (printed.origin.made_text, seal)))),
        numbers=numbers,
        **{name: getattr(LIGHT, name) for name in ("ink", "muted", "line", "ground", "better", "worse", "competitor")},
    )


def _head(printed: PrintedPage) -> str:
    question = f'<p class="question">{html_text(printed.question)}</p>' if printed.question else ""
    answer = f'<h1 class="answer">{_phrases(printed.answer)}</h1>' if printed.answer else f"<h1>{html_text(printed.title)}</h1>"
    name = f'<p class="name">满意 Manyi · {html_text(printed.title)}</p>'
    return f"<header>{name}{question}{answer}{_facts(printed.origin)}</header>"


def _facts(origin: Origin) -> str:
    """Survey, wave, selection, base, weighting, method, date and seal, a row each."""
    _ = translator(origin.language)
    rows = [*(origin.brief or origin.facts), *((_("Method"), method) for method in origin.methods), (_("Made on"), origin.made_text)]
    rows += [(_("Seal code"), origin.seal)] if origin.seal else []
    told = "".join(f"<dt>{html_text(name)}</dt><dd>{html_text(text)}</dd>" for name, text in rows)
    return f'<dl class="facts">{told}</dl>'


def _foot(printed: PrintedPage) -> str:
    """The source line, with all of the origin's facts that the head left out."""
    brief = set(printed.origin.brief)
    rest = [(name, text) for name, text in printed.origin.facts if (name, text) not in brief] if brief else []
    colon, stop = ("：", "；") if printed.language == "zh_CN" else (": ", "; ")
    told = stop.join(f"{name}{colon}{text}" for name, text in rest)
    return f'<footer class="small">{html_text(told)}</footer>' if told else ""


def _sentence(sentence: Sentence) -> str:
    tag = _TAGS[sentence.place]
    return f"<{tag}>{_phrases(sentence.phrases)}</{tag.split(' ')[0]}>"


def _phrases(phrases: Iterable[Phrase]) -> str:
    return "".join(
        f'<span class="{html_text(phrase.tone)}">{html_text(phrase.text)}</span>' if phrase.tone else html_text(phrase.text)
        for phrase in phrases
    )


def _figure(figure: Figure, language: Language) -> str:
    """Heading, picture and caption stay together on a sheet; a short table follows them, a long one stands at the end."""
    title = f"<h3>{html_text(figure.title)}</h3>" if figure.title else ""
    picture = f'<div class="picture" role="img" aria-label="{html_text(figure.alt_text)}">{figure.picture}</div>' if figure.picture else ""
    caption = f'<p class="small">{html_text(figure.caption)}</p>' if figure.caption else ""
    note = f'<p class="small">{html_text(figure.note)}</p>' if figure.note else ""
    table = (
        f'<p class="small">{html_text(translator(language)("Its table stands at the end."))}</p>' if _long(figure) else _table(figure.table)
    )
    source = f'<p class="source">{html_text(figure.source)}</p>' if figure.source else ""
    return f'<figure><div class="whole">{title}{caption}{picture}{note}</div>{table}{source}</figure>'


def _long(figure: Figure) -> bool:
    """Whether a table would tear the page apart: its chart is read without it."""
    return bool(figure.picture) and figure.table is not None and len(figure.table.rows) > _LONG


def _tables(printed: PrintedPage) -> str:
    """The long tables, each under the title of its chart."""
    long = [piece for piece in printed.pieces if isinstance(piece, Figure) and _long(piece)]
    told = "\n".join(f"<h3>{html_text(figure.title)}</h3>{_table(figure.table)}" for figure in long)
    return f"<h2>{html_text(translator(printed.language)('Tables'))}</h2>{told}" if long else ""


def _table(table: TextTable | None) -> str:
    if table is None or not table.rows:
        return ""
    kind = " tiny" if len(table.headers) > _TOO_MANY_COLUMNS else " narrow" if len(table.headers) > _MANY_COLUMNS else ""
    head = "".join(f"<th{_right(place, table)}>{html_text(name)}</th>" for place, name in enumerate(table.headers))
    rows = "".join(
        "<tr>" + "".join(f"<td{_right(place, table)}{_fill(row, place, table)}>{html_text(text)}</td>" for place, text in enumerate(cells))
        + "</tr>\n"
        for row, cells in enumerate(table.rows)
    )  # fmt: skip
    return f'<table class="data{kind}"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>'


def _right(place: int, table: TextTable) -> str:
    return ' class="figure"' if place in table.figures else ""


def _fill(row: int, place: int, table: TextTable) -> str:
    if (row, place) not in table.fills:
        return ""
    fill, ink = table.fills[row, place]
    return f' style="background:{html_text(fill)};color:{html_text(ink)}"'
