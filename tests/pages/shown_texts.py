"""Every text a page sends to the browser, sorted by what the browser makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd
from google.protobuf.message import Message as Proto
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

#: Fields shown as they stand (or not at all): what a user typed, options of lists, keys, addresses.
_LITERAL = {
    ("selectbox", "options"), ("multiselect", "options"), ("selectbox", "raw_value"), ("multiselect", "raw_values"),
    ("text_input", "default"), ("text_input", "value"), ("text_area", "default"), ("text_area", "value"),
}  # fmt: skip
_LITERAL_FIELDS = {
    "id", "form_id", "placeholder", "icon", "url", "key", "alt", "element_id", "user_key", "query_param_key", "spec", "config", "theme",
    "raw_value", "raw_values", "value_string", "set_value",
}  # fmt: skip

#: Fields nobody reads.
_UNSEEN = _LITERAL_FIELDS - {"placeholder", "alt"} | {
    "icon_position", "columns", "type", "label_visibility", "page_script_hash", "unit", "format", "autocomplete", "page",
    "query_string",
}  # fmt: skip
#: Words of a Plotly figure: texts at marks, of axes, titles, notes and boxes.
_IN_PICTURES = {"text", "ticktext", "title", "name", "hovertext", "hovertemplate", "texttemplate"}


def markdown_texts(app: AppTest) -> Iterator[tuple[str, str]]:
    """Texts the browser reads as Markdown: where they stand, and the text."""
    for node in _nodes(app):
        kind = getattr(node, "type", "")
        if kind in ("code", "latex", "plotly_chart"):
            continue
        if kind == "table":
            table: pd.DataFrame = node.value
            for text in [*map(str, table.columns), *map(str, table.index), *(str(cell) for row in table.to_numpy() for cell in row)]:
                yield "table", text
            continue
        proto = getattr(node, "proto", None)
        if isinstance(proto, Proto):
            for field, text in _strings(proto):
                if field == "columns":  # of a table to look at: only what stands above the columns
                    yield from ((f"{kind}.{name}", str(of.get(name, ""))) for of in json.loads(text).values() for name in ("label", "help"))
                    continue
                if field not in _LITERAL_FIELDS and (kind, field) not in _LITERAL:
                    yield f"{kind}.{field}", text


def every_text(app: AppTest) -> Iterator[str]:
    """Every text a reader of the page meets: sentences, headings, tables, names and help of controls, their choices, words of pictures."""
    for node in _nodes(app):
        kind, value = getattr(node, "type", ""), None
        if kind in ("code", "latex", "html"):
            continue
        if kind in ("table", "arrow_data_frame", "dataframe"):
            value = node.value
        if isinstance(value, pd.DataFrame):
            shown_as = json.loads(getattr(node.proto, "columns", "") or "{}")
            yield from (str(of.get("label") or "") for of in shown_as.values() if isinstance(of, dict))
            yield from (
                *(str(name) for name in value.columns if name not in shown_as),
                *map(str, value.index),
                *_cells(value, getattr(node.proto, "placeholder", "None")),
            )
        proto = getattr(node, "proto", None)
        if isinstance(proto, Proto) and value is None:
            yield from (text for field, text in _strings(proto) if field not in _UNSEEN and not text.startswith(("{", "<")))
    for figure in figures(app):
        yield from (text for name, text in plotly_texts(figure) if name in _IN_PICTURES)


def _cells(table: pd.DataFrame, missing: str) -> Iterator[str]:
    """Cells as the browser shows them; a missing one is ``missing``."""
    for column in table:
        yield from (missing if each else str(cell) for cell, each in zip(table[column], table[column].isna(), strict=True))


def figures(app: AppTest) -> Iterator[dict[str, object]]:
    """The Plotly figures of a page."""
    for node in _nodes(app):
        if getattr(node, "type", "") == "plotly_chart":
            yield json.loads(node.proto.spec)


def plotly_texts(part: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Texts of a figure which Plotly reads as its own markup: all but what a click reports and nothing shows."""
    if isinstance(part, dict):
        shows = "customdata" in str(part.get("hovertemplate", "")) + str(part.get("texttemplate", ""))
        for key, value in part.items():
            if key != "customdata" or shows:
                yield from plotly_texts(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from plotly_texts(value, name)
    elif isinstance(part, str):
        yield name, part


def _nodes(app: AppTest) -> Iterator[Element | Block]:
    waiting: list[Element | Block] = list(app._tree.children.values())
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Block):
            waiting.extend(node.children.values())


def _strings(proto: Proto) -> Iterator[tuple[str, str]]:
    for field, value in proto.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif isinstance(one, Proto):
                yield from _strings(one)
