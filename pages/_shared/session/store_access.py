"""The store the settings name, one for the whole process, and who is using it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from analysis.sums.raked_groups import whole_wave
from answers.kept import Kept
from answers.pool.job import Job
from answers.pool.pool import Pool
from answers.pool.store_at import SourceAt, found_at
from answers.question import Question
from answers.source import StoreSource
from settings import Settings, acting_user, load_settings
from storage.records import Scope, Selection, Wave
from storage.store import Store
from survey_schema.models import SurveySchema

#: Drawn charts that are kept, and what they may take together; one has about 40 kilobytes.
MOST_CHARTS, MOST_CHART_BYTES = 1024, 64 * 2**20


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """What is configured, read once."""
    return load_settings()


@st.cache_resource(show_spinner=False, validate=lambda opened: not opened.parts[0].only_for_now)
def store() -> Store:
    """The open store; one that was opened on a full disk is opened again until something can be stored."""
    return settings().open_store()


@st.cache_resource(show_spinner=False)
def kept() -> Kept:
    """Everything that was computed, kept for all users: keys hold what an answer depends on, the rows a user may see among it."""
    return Kept()


@st.cache_resource(show_spinner=False, on_release=Pool.close)
def pool() -> Pool:
    """The workers beside this process, for what takes long."""
    return Pool(settings().workers)


@st.cache_resource(show_spinner=False)
def kept_charts() -> Kept:
    """Charts as they were drawn, apart from what they show, so that many windows of many widths push out no answer."""
    return Kept(MOST_CHARTS, MOST_CHART_BYTES)


def schema_of(schema_hash: str) -> SurveySchema:
    """The schema a wave was checked against; the hash is of its content, so it never changes."""
    return kept().get(("schema", schema_hash), lambda: store().schema(schema_hash))


def responses_of(survey: str, schema_hash: str, waves: tuple[Wave, ...], draft: SurveySchema | None = None) -> StoreSource:
    """The responses of a survey, as far as the user may see them, reported by one of its schemas, or by a ``draft``."""
    elsewhere = _found_elsewhere if pool().workers else None
    return StoreSource(store(), survey, schema_hash, settings().rules, kept(), scope(), draft=draft, as_of=waves, elsewhere=elsewhere)


def _found_elsewhere(source: StoreSource, question: Question[Any]) -> Any:
    """The same question asked of the same source by a worker, while this process serves others."""
    return pool().ask(Job(found_at, (SourceAt.of(source), question), "quick")).result()


def active_waves() -> tuple[Wave, ...]:
    """All waves in force, of every survey, by survey and period."""
    return store().waves()


def schemas_in_force(waves: Iterable[Wave]) -> dict[str, SurveySchema]:
    """The schema of the latest wave of each survey."""
    return {wave.survey: schema_of(wave.schema_hash) for wave in waves}


def scope() -> Scope:
    """The rows the current user may see: all of them, until sign-in is configured."""
    return Scope()


def margins_of(survey: str, waves: Sequence[str]) -> AbstractContextManager[None]:
    """Within it, analyses find the margins weights were raked to in the whole of these waves, whatever rows the user may see."""
    return whole_wave(lambda: store().scan(Selection(survey, tuple(waves))))


def who() -> str:
    """Who is acting, for the audit."""
    return acting_user()
