"""Text from a workbook, a survey description, a file name or an address, made safe for where it is shown: the one table of escapes.

Nothing that comes from outside may become a link, a picture, formatting, a formula, a command or broken XML. Every output has its
function here and uses no other:

* screen (Markdown, also in labels, help and tables): :func:`markdown_text`
* charts and pictures (Plotly's markup): :func:`plotly_text`
* a page of HTML: :func:`html_text`, in its style sheet :func:`css_text`
* spreadsheets: :func:`spreadsheet_text`; text that goes into any XML (.xlsx, .svg): :func:`xml_text`
* the terminal: :func:`terminal_text`
"""

from __future__ import annotations

import html
import re
import unicodedata

#: Stands between the signs of an address, which screens would make a link of even where they are escaped; it has no width.
_JOINER = "\u2060"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_BREAKS = re.compile(r"\s+")
#: Where an address, a mail address or the name of an icon is taken for one after escapes were read.
_TAKEN_FOR_MORE = re.compile(r"(?<=:)(?=//|material/|streamlit)|(?<=www)(?=\.)|(?<=[\w.])(?=@\w)", re.IGNORECASE)
#: Characters XML 1.0 forbids: most control characters, lone halves of pairs, U+FFFE and U+FFFF.
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
#: What makes a spreadsheet read a text as a formula or a command.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def markdown_text(text: object) -> str:
    r"""Text on the screen as it stands: nothing in it is Markdown, HTML, a directive, an icon or a link.

    >>> markdown_text("![x](b)")
    '\\!\\[x\\]\\(b\\)'
    """
    one_line = _BREAKS.sub(" ", xml_text(str(text)))
    return _MARKDOWN.sub(r"\\\1", _TAKEN_FOR_MORE.sub(_JOINER, one_line))


def plotly_text(text: str) -> str:
    """Text in a chart as it stands: Plotly would read tags, entities and ``$formulas$`` otherwise.

    >>> plotly_text("<b>$1$</b>")
    '&lt;b&gt;&#36;1&#36;&lt;/b&gt;'
    """
    return html.escape(xml_text(text), quote=False).replace("$", "&#36;")


def html_text(text: str) -> str:
    """Text in HTML as it stands, also in an attribute.

    >>> html_text('<b title="a">')
    '&lt;b title=&quot;a&quot;&gt;'
    """
    return html.escape(xml_text(text))


def css_text(text: str) -> str:
    r"""Text as a string of a style sheet, quotes included: every sign of ASCII that is no letter or digit stands there by its number.

    >>> css_text('a"</style>')
    '"a\\22 \\3c \\2f style\\3e "'
    """
    return '"' + re.sub(r"[^0-9A-Za-z\u0080-\U0010ffff]", lambda sign: f"\\{ord(sign[0]):x} ", xml_text(text)) + '"'


def spreadsheet_text(text: str) -> str:
    """Text in a cell that no spreadsheet takes for a formula, also when it is saved as CSV: a leading apostrophe where it begins like one.

    >>> spreadsheet_text("=1+1"), spreadsheet_text("Lanzhou")
    ("'=1+1", 'Lanzhou')
    """
    clean = xml_text(text)
    return f"'{clean}" if clean.startswith(_FORMULA_BEGINS) else clean


def xml_text(text: str) -> str:
    """Text without the characters no XML file may hold."""
    return _NOT_XML.sub("", text)


def sound_text(text: str) -> str:
    r"""Text that can be stored and sent, from a name or word the system could not read as UTF-8: it is read as GB18030, as Chinese
    Windows wrote it, and where it is neither, signs of replacement stand in it.

    >>> sound_text("\udcc2\udcfa\udcd2\udce2.xlsx"), sound_text("\udcff.xlsx")
    ('满意.xlsx', '?.xlsx')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape").decode("gb18030")
        except UnicodeError:
            return text.encode("utf-8", "replace").decode()
    return text


def terminal_text(text: str) -> str:
    """Text that cannot steer a terminal: control characters and those that turn the direction of writing become blanks.

    >>> terminal_text("a\\x1b[2Jb")
    'a [2Jb'
    """
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in "\u200c\u200d" else sign for sign in text)
