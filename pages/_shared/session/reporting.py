"""The reports of whoever is acting: the one he is working on, and those on the shelf."""

from __future__ import annotations

from pages._shared.session.store_access import kept, scope, settings, store, who
from reports.making.reader import NamedReader, Reader
from reports.shelf import Shelf


def reader() -> Reader:
    """Who a report is made for: the rows he may see."""
    return Reader(store(), settings().rules, kept(), who(), scope())


def named_reader() -> NamedReader:
    """The same as a value, for work that another process does."""
    return reader().named


def shelf() -> Shelf:
    """His reports."""
    return Shelf(reader())
