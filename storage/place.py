"""Where a store lies: data folder, catalogue, responses, and the key of the ids."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from storage.object_files import ObjectFiles

CATALOGUE, WAVES, KEY = "catalogue.sqlite", "waves", Path("keys") / "ids.key"

#: How a file of a backup is named from its copying until it has its place.
RESTORED = ".restored"


@dataclass(frozen=True)
class StorePlace:
    """What the settings name. By default everything lies in the data folder, the key in a folder of its own."""

    data_folder: Path
    catalog_url: str | None = None
    responses: str | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """SQLAlchemy address of the catalogue."""
        return self.catalog_url or sqlite_url(self.data_folder / CATALOGUE)

    @property
    def catalogue_file(self) -> Path | None:
        """The catalogue's file; None for a database server."""
        if self.catalog_url is None:
            return self.data_folder / CATALOGUE
        try:
            url = sa.make_url(self.catalog_url)
        except sa.exc.ArgumentError:
            return None
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def waves_folder(self) -> Path:
        """The folder of Parquet files; where they lie in object storage, what this machine has of them."""
        return self.data_folder / WAVES if self.responses is None or self.objects_address else Path(self.responses)

    @property
    def objects_address(self) -> str | None:
        """The address of object storage where the files lie; None where a folder holds them."""
        return self.responses if self.responses and "://" in self.responses else None

    @property
    def objects(self) -> ObjectFiles | None:
        """The files there; raises ManyiError where it cannot be reached."""
        return ObjectFiles(self.objects_address) if self.objects_address else None

    @property
    def key_file(self) -> Path:
        """Where the key of the ids lies unless the catalogue is kept by a database server."""
        return self.key or self.data_folder / KEY

    @property
    def shown(self) -> str:
        """The place as messages name it: the catalogue's address without its password, or the data folder."""
        return shown_address(self.catalog_url) if self.catalog_url else str(self.data_folder)

    @property
    def writable(self) -> bool:
        """Whether this process may change what is there; what is not there yet may be made."""
        places = [self.data_folder, self.waves_folder]
        if self.catalogue_file is not None:
            places += [self.catalogue_file.parent, self.catalogue_file]
        return all(os.access(place, os.W_OK) for place in places if place.exists())


def sqlite_url(path: Path) -> str:
    """Address of a catalogue kept in one file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def shown_address(url: str) -> str:
    """The address without its password, for messages."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "…"
