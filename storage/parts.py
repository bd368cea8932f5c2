"""What a store is made of, and the base of everything that works on it: failures below become sentences in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from storage.catalogue import Catalogue
from storage.failures import told_plainly
from storage.place import StorePlace
from storage.records import Wave
from storage.wave_files import WaveFiles
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class StoreParts:
    """Where a store lies, its catalogue and its files."""

    place: StorePlace
    catalogue: Catalogue
    files: WaveFiles


class WorksOnStore:
    """Something that works on the parts of a store. Its public methods are :func:`plain`."""

    def __init__(self, parts: StoreParts) -> None:
        self._parts = parts

    @property
    def _catalogue(self) -> Catalogue:
        return self._parts.catalogue

    @property
    def _files(self) -> WaveFiles:
        return self._parts.files

    def _known(self, wave_id: str) -> Wave:
        """The wave of one id, whatever its status; raises :class:`ManyiError` where there is none."""
        wave = self._catalogue.wave(wave_id)
        if wave is None:
            raise ManyiError(message("There is no wave {wave}.", wave=wave_id))
        return wave


_Self = TypeVar("_Self", bound=WorksOnStore)
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def plain(method: Callable[Concatenate[_Self, _Given], _Result]) -> Callable[Concatenate[_Self, _Given], _Result]:
    """A method whose failures of the disk, the catalogue or the engine are told as :class:`ManyiError`, naming the store."""

    def told(self: _Self, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        with told_plainly(self._parts.place.shown):
            return method(self, *given, **named)

    update_wrapper(told, method)
    return told
