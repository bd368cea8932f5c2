"""The finished files of a store at an address of object storage, where every server and every worker of a cluster reaches them.

The folder of the waves is then what this machine has read or written of them. A file is put at the address under its final name only,
once its digest is known and before the catalogue counts it, so no half of a file is ever counted; there is no renaming, which object
storage does not do in one step. What a killed job leaves there is whole, named by its content, and counted by nobody. A machine that does
not have a file fetches it and compares it with its digest, like any other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from words.errors import ManyiError
from words.language import message


class ObjectFiles:
    """Files by name below an address such as ``s3://bucket/waves``; who may do what there, fsspec's own settings say."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._place, self._root = _reached(self.address)

    def url(self, name: str) -> str:
        """The address of one file."""
        return f"{self.address}/{name}"

    def size(self, name: str) -> int | None:
        """Bytes of a file; None where there is none."""
        try:
            return int(self._place.size(self._at(name)))
        except FileNotFoundError:
            return None

    def put(self, name: str, source: Path) -> None:
        """A whole file under its final name; raises OSError where not all of it came there."""
        self._place.makedirs(self._root, exist_ok=True)
        self._place.put_file(str(source), self._at(name))
        if self.size(name) != source.stat().st_size:
            raise OSError(f"{self.url(name)} is not what was sent")

    def get(self, name: str, target: Path) -> None:
        """A file as it is there; raises FileNotFoundError."""
        self._place.get_file(self._at(name), str(target))

    def remove(self, name: str) -> None:
        """Remove a file for good; none there is no failure."""
        if self.size(name) is not None:
            self._place.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


def _reached(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise ManyiError(
            message(
                'The responses at {address} need the package fsspec, which is not installed: python -m pip install "manyi[objects]"',
                address=address,
            )
        ) from error
    try:
        place, root = fsspec.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise ManyiError(
            message("The responses at {address} cannot be reached: {reason}", address=address, reason=str(error).splitlines()[0])
        ) from error
    return place, str(root).rstrip("/")
