"""The word for each role of a column, on screen and on the command line."""

from __future__ import annotations

from survey_schema.maker.column_roles import Part
from words.language import Message, message

PART_WORDS: dict[Part, Message] = {
    Part.ID: message("respondent number"), Part.DATE: message("date"), Part.WAVE: message("wave"), Part.BRANCH: message("branch"),
    Part.OPERATOR: message("operator"), Part.WEIGHT: message("respondent weight"), Part.DURATION: message("duration"),
    Part.PRIVATE: message("private, never kept"), Part.PLATFORM: message("not used"), Part.COMMENT: message("open comment"),
    Part.NUMBERS: message("grades in numbers"), Part.WORDS: message("grades in words"), Part.ATTRIBUTE: message("attribute"),
    Part.QUANTITY: message("quantity"), Part.OPTION: message("option, chosen or not"),
    Part.JOINED: message("several answers in a cell"),
    Part.RANK: message("places in an order"), Part.EMPTY: message("empty"),
}  # fmt: skip
