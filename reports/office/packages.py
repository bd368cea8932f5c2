"""Files of Office are packages of compressed parts: what one unpacks to is told before a part of it is read."""

from __future__ import annotations

import zipfile

#: How many times its size a part may unpack to, where it is large at all.
_MOST_TIMES, _LARGE = 400, 1_000_000


def unpacked_size(package: zipfile.ZipFile) -> int:
    """Bytes of all parts."""
    return sum(part.file_size for part in package.infolist())


def unpacks_to_too_much(package: zipfile.ZipFile, *, most_parts: int, most_bytes: int) -> bool:
    """Whether it has more parts or bytes than are opened, or a part that no program would have written as small."""
    parts = package.infolist()
    swollen = any(part.file_size > _LARGE and part.file_size > _MOST_TIMES * max(part.compress_size, 1) for part in parts)
    return len(parts) > most_parts or unpacked_size(package) > most_bytes or swollen
