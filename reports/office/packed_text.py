"""A longer text in pieces that a file's own properties can hold (255 letters each): what every office program keeps when it saves again."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Mapping

_NAME = re.compile(r"manyi-(\d{1,4})")
_PIECE = 250
#: What a text may be long when it is unpacked; no deck of anybody has more.
_MOST = 4_000_000


def packed_pieces(text: str) -> dict[str, str]:
    """Name of a property → piece.

    >>> unpacked_text(packed_pieces("满意" * 999)) == "满意" * 999
    True
    """
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    starts = range(0, len(packed), _PIECE)
    return {f"manyi-{place}": packed[start : start + _PIECE] for place, start in enumerate(starts, start=1)}


def is_piece(name: str) -> bool:
    """Whether a property of that name is one of the pieces."""
    return _NAME.fullmatch(name) is not None


def unpacked_text(properties: Mapping[str, str]) -> str | None:
    """The text again; None where there is none, or none that can be read."""
    places = sorted((int(name.removeprefix("manyi-")), piece) for name, piece in properties.items() if is_piece(name))
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.b64decode("".join(piece for _place, piece in places), validate=True), _MOST)
        return text.decode() if unpacking.eof else None
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
