"""Text from a workbook, a survey description, a file name or an address, made safe for where it is shown: the one table of escapes.

Nothing that comes from outside may become a link, a picture, formatting, a formula or broken XML. Every output has its function here;
no other module escapes.
"""

from __future__ import annotations

import re

#: Characters XML 1.0 forbids: most control characters, lone halves of pairs, U+FFFE and U+FFFF.
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def xml_text(text: str) -> str:
    """Text without the characters no XML file may hold (.xlsx, .svg)."""
    return _NOT_XML.sub("", text)
