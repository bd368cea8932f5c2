"""What a user is working on in *Indicators*: a survey's tree and weights, kept in the store after every step, so that nothing is lost.

Windows of one user share the draft. A window follows what another one kept; a step made on what has changed meanwhile stays in its
window until the user says which of the two is to be kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _
from survey_schema.edit_tree import Draft, TreeRow, checked, draft_of, rows
from survey_schema.indicator_weighting import Expert, Judgement
from survey_schema.loading import builtin_names, load_schema, schema_hash
from survey_schema.models import SurveySchema
from words.errors import ManyiError

_STATE = "indicators_drafts"
_SEEN = "indicators_seen"  # by survey, the stored draft as this window last read or wrote it
_AHEAD = "indicators_ahead"  # surveys of which this window has a step that is not stored
_PROBLEM = "indicators_problem"
_ROUND = "indicators_round"


@dataclass(frozen=True)
class WorkingCopy:
    """A draft beside the schema it began from; ``judgements`` and ``experts`` are those of nodes not taken over yet, fit or not."""

    base: SurveySchema
    draft: Draft
    judgements: Mapping[str, Sequence[Judgement]] = field(default_factory=dict)
    experts: Mapping[str, Sequence[Expert]] = field(default_factory=dict)

    @property
    def survey(self) -> str:
        """The survey's name."""
        return self.base.name

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.draft != draft_of(self.base)

    @property
    def rows(self) -> list[TreeRow]:
        """The tree from the top down."""
        return rows(self.draft)

    def schema(self) -> SurveySchema:
        """The draft as a schema; raises :class:`ManyiError` with what is still wrong."""
        return checked(self.draft)


def surveys() -> list[str]:
    """Every survey whose indicators can be edited: those that come with the product, those stored, those saved."""
    stored = [*store().surveys(), *(saved.survey for saved in store().schemas.saved())]
    return list(dict.fromkeys([*stored, *builtin_names()]))


def schema_in_use(survey: str) -> SurveySchema:
    """What the next upload of a survey is checked against: the newest saved version, the built-in one, or that of its latest wave."""
    if survey in builtin_names():
        return store().schemas.in_use(load_schema(survey))
    waves = store().waves(survey)
    return store().schemas.newest(survey) or schema_of(waves[-1].schema_hash)


def newest_copy(survey: str) -> WorkingCopy:
    """The working copy as a run begins, which follows what another window kept, and says so."""
    copy = working_copy(survey)
    if _stored(survey) == _seen().get(survey) or ahead(survey):
        return copy
    st.toast(_("The draft was changed in another window; this is how it stands now."), icon=":material/sync:", duration="long")
    take_stored(survey)
    return working_copy(survey)


def working_copy(survey: str) -> WorkingCopy:
    """The user's draft of a survey from this session or an earlier one, else a fresh one."""
    kept: dict[str, WorkingCopy] = st.session_state.setdefault(_STATE, {})
    if survey not in kept:
        text = _seen()[survey] = _stored(survey)
        kept[survey] = (_restored(text) if text else None) or WorkingCopy(schema_in_use(survey), draft_of(schema_in_use(survey)))
    found = kept[survey]
    if not found.changed and not found.judgements and not found.experts and schema_in_use(survey) != found.base:
        found = kept[survey] = WorkingCopy(schema_in_use(survey), draft_of(schema_in_use(survey)))
    return found


def keep(copy: WorkingCopy) -> None:
    """Keeps a step, and draws the editors anew; in this window alone while another one's is in the way."""
    st.session_state[_STATE][copy.survey] = copy
    st.session_state[_ROUND] = editor_round() + 1
    if _stored(copy.survey) != _seen().get(copy.survey):
        st.session_state.setdefault(_AHEAD, set()).add(copy.survey)
    else:
        store_own(copy.survey)


def ahead(survey: str) -> bool:
    """Whether this window has steps that are not stored, since another one changed the draft meanwhile."""
    return survey in st.session_state.get(_AHEAD, set())


def store_own(survey: str) -> None:
    """Stores this window's copy, whatever is stored."""
    copy = working_copy(survey)
    if copy.changed or copy.judgements or copy.experts:
        text = _seen()[survey] = _text(copy)
        store().schemas.save_draft(survey, who(), text)
    else:
        _seen()[survey] = None
        store().schemas.forget_draft(survey, who())
    st.session_state.setdefault(_AHEAD, set()).discard(survey)


def take_stored(survey: str) -> None:
    """Puts this window's copy aside for the stored draft."""
    st.session_state[_STATE].pop(survey, None)
    st.session_state[_ROUND] = editor_round() + 1
    st.session_state.setdefault(_AHEAD, set()).discard(survey)


def start_from(survey: str, schema: SurveySchema) -> None:
    """Puts the draft aside and begins again from a schema; it stays a draft until it is saved."""
    keep(WorkingCopy(schema_in_use(survey), draft_of(schema.model_copy(update={"version": schema_in_use(survey).version}))))


def forget(survey: str) -> None:
    """Puts the draft aside for good; where another window changed it, only what this window has."""
    if not ahead(survey):
        store().schemas.forget_draft(survey, who())
    take_stored(survey)


def step(copy: WorkingCopy, draft: Draft) -> None:
    """Keeps an edited tree."""
    keep(replace(copy, draft=draft))


def editor_round() -> int:
    """Part of the keys of the editors: a new number shows them the draft as it is now."""
    return int(st.session_state.get(_ROUND, 0))


def say(error: ManyiError | None) -> None:
    """Keeps what was refused in a callback, to be shown by :func:`refused`; draws the editors anew, without the refused entry."""
    st.session_state[_PROBLEM] = error
    st.session_state[_ROUND] = editor_round() + 1


def refused() -> ManyiError | None:
    """What the last step was refused for, once."""
    problem: ManyiError | None = told_once(_PROBLEM)[0]
    return problem


def base_words(copy: WorkingCopy) -> str:
    """The version in use, in words."""
    saved = [each for each in store().schemas.saved(copy.survey) if each.version == copy.base.version]
    if not saved:
        return _("version {version}, as it comes with the survey").format(version=copy.base.version)
    told = _("version {version}, saved on {date} by {who}")
    return told.format(version=copy.base.version, date=f"{saved[-1].saved_at.astimezone():%Y-%m-%d %H:%M}", who=saved[-1].saved_by)


def outdated(copy: WorkingCopy) -> bool:
    """Whether somebody saved a newer version since the draft began."""
    return schema_hash(schema_in_use(copy.survey)) != schema_hash(copy.base)


def _stored(survey: str) -> str | None:
    return store().schemas.draft(survey, who())


def _seen() -> dict[str, str | None]:
    seen: dict[str, str | None] = st.session_state.setdefault(_SEEN, {})
    return seen


def _text(copy: WorkingCopy) -> str:
    kept = {
        "base": draft_of(copy.base), "draft": copy.draft,
        "judgements": {node: [each.model_dump() for each in judged] for node, judged in copy.judgements.items()},
        "experts": {node: [each.model_dump() for each in experts] for node, experts in copy.experts.items()},
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False)


def _restored(text: str) -> WorkingCopy | None:
    """A draft kept by an earlier session; None when a newer version of the product no longer understands it."""
    kept = json.loads(text)
    try:
        base = checked(kept["base"])
        judgements = {node: tuple(map(Judgement.model_validate, judged)) for node, judged in kept["judgements"].items()}
        experts = {node: tuple(map(Expert.model_validate, given)) for node, given in kept["experts"].items()}
        rows(kept["draft"])
    except (ManyiError, ValueError, KeyError, TypeError):
        return None
    return WorkingCopy(base, kept["draft"], judgements, experts)
