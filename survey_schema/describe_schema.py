"""Scales and columns of a schema in words, for people who fill in a workbook."""

from __future__ import annotations

from survey_schema.answer_columns import AnswerColumn
from survey_schema.columns import Column, Role
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from words.language import Language, translator
from words.lists import listed


def scale_text(scale: Scale, language: Language) -> str:
    """One or two sentences: ends, labels, what counts as no answer."""
    _ = translator(language)
    parts = [_("Scale {minimum} to {maximum}.").format(minimum=f"{scale.minimum:g}", maximum=f"{scale.maximum:g}")]
    if scale.labels:
        labels = sorted(scale.labels, key=lambda label: -label.grade)
        parts.append(_("{list}.").format(list=listed([f"{label.grade:g} = {label.text(language)}" for label in labels], language)))
    if scale.missing_codes:
        codes = listed([f"{code:g}" for code in scale.missing_codes], language)
        parts.append(_("No answer: {codes} or an empty cell.").format(codes=codes))
    else:
        parts.append(_("No answer: an empty cell."))
    return " ".join(parts)


def kind_text(schema: SurveySchema, item: Item, language: Language) -> str:
    """What kind of question an item is: a rated one, and which half of which of Kano's pairs."""
    _ = translator(language)
    groups = [_("Group: {group}").format(group=group.title.text(language)) for group in schema.groups if item.code in group.items]
    return "\n".join([_("Rated question"), *groups, *pair_texts(schema, item.code, language)])


def pair_texts(schema: SurveySchema, code: str, language: Language) -> list[str]:
    """Which feature a question asks about as if it were there, or as if it were not."""
    _ = translator(language)
    told = []
    for pair in schema.kano_pairs:
        feature = pair.title.text(language)
        if pair.functional == code:
            told.append(_("Kano: how it would be with “{feature}”").format(feature=feature))
        if pair.dysfunctional == code:
            told.append(_("Kano: how it would be without “{feature}”").format(feature=feature))
    return told


def requirement_text(column: Column | Item | AnswerColumn, language: Language) -> str:
    """Whether a workbook must have the column."""
    _ = translator(language)
    return _("Required.") if column.required else _("May be left empty.")


def role_text(column: Column, language: Language) -> str:
    """What a column is for."""
    _ = translator(language)
    texts = {
        Role.WAVE: _("Wave of the survey, such as 2026Q2, 2026H1 or 2026-06."),
        Role.DATE: _("Date of the interview, such as 2026-05-15."),
        Role.BRANCH: _("Branch"),
        Role.OPERATOR: _("Operator whose customer the respondent is"),
        Role.BRAND: _("Brand"),
        Role.BUSINESS_LINE: _("Business line"),
        Role.RESPONDENT_WEIGHT: _("Respondent weight, if the agency made one"),
        Role.STRATUM: _("Stratum of the sample, if there is one"),
        Role.CLUSTER: _("Sampling point, if there is one"),
        Role.RESPONDENT_ID: _("Number of the respondent; no phone number, no name"),
        Role.INTERVIEWER: _("Number of the interviewer; a name is stored as an opaque code"),
        Role.DURATION: _("How long the interview took: a number, or a time such as 5:08"),
        Role.ATTRIBUTE: _("Attribute of the respondent: a number") if column.kind == "number" else _("Attribute of the respondent"),
        Role.OPEN_COMMENT: _("Comment in the respondent's own words"),
        Role.PRIVATE: _("Private data: not stored"),
    }
    return texts[column.role]
