"""The part *Weights* of Upload: which respondent weights of a wave are in force, those it was given, and making new ones."""

from __future__ import annotations

import streamlit as st

from answers.weights import weights_as_stored
from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_missing import show_missing
from pages._shared.session.store_access import active_waves, schema_of, scope, store
from pages._shared.session.store_access import kept as kept_results
from pages._shared.session.words import _, language, number
from pages.measure.upload.weights_list import show_weightings
from pages.measure.upload.weights_recipe import choose_recipe
from pages.measure.upload.weights_report import show_tried
from storage.records import Wave
from storage.weightings import StoredWeighting
from words.periods import wave_text


def show_weights() -> None:
    """Pick a wave, see what is in force, try a weighting, keep it."""
    question = _("Which respondent weights are in force?")
    waves = active_waves()
    if not waves or scope().allowed:
        show_answer(question, [Words(_("None can be chosen yet.") if not waves else _("Weights belong to whole waves."))])
        if not waves:
            show_missing(_("No wave is stored yet."), _("A workbook stored as a wave brings the responses to weight."), "weights")
        else:
            missing = _("You see a part of the responses, and weights follow from all of them.")
            show_missing(missing, _("Somebody who may see the whole wave can weight it."), "weights")
        return
    result_styles()
    headline = st.container()
    by_id = {wave.wave_id: wave for wave in sorted(waves, key=lambda wave: wave.committed_at, reverse=True)}
    several = len({wave.survey for wave in waves}) > 1
    names = {wave_id: _wave_name(wave, several) for wave_id, wave in by_id.items()}
    wave = by_id[pick(_("Wave to weight"), list(by_id), "weights_wave", names.__getitem__)]
    kept = store().weightings.of(wave.wave_id)
    with headline:
        show_answer(question, _in_force(wave, kept))
    with card(_("Weightings of this wave"), _("All are kept; one is in force on every page, for everybody."), key="weightings"):
        show_weightings(wave, kept)
    with card(_("New weights"), _("From the customers of the population, for the whole wave."), key="new_weights"):
        options = choose_recipe(wave, schema_of(wave.schema_hash))
    if options:
        show_tried(wave, options, len(kept))


def _wave_name(wave: Wave, with_survey: bool) -> str:
    label = wave_text(wave.label, language())
    return f"{label} · {schema_of(wave.schema_hash).title.text(language())}" if with_survey else label


def _in_force(wave: Wave, kept: tuple[StoredWeighting, ...]) -> list[Words]:
    """What is in force, since when, and what it costs."""
    label = wave_text(wave.label, language())
    now = next((one for one in kept if one.weighting_id == wave.weighting_id), None)
    if now:
        said = _("{wave}: weighting “{name}” of {date}").format(wave=label, name=now.name, date=f"{now.made_at.astimezone():%Y-%m-%d}")
        return [Words(said, "better"), Words(_cost(now.report["n"], now.report["n_eff"], now.report["deff"]))]
    spread = weights_as_stored(store(), wave, kept_results())
    if spread is None:
        return [Words(_("{wave}: no response has a weight.").format(wave=label), "worse")]
    if not spread.varies:
        return [Words(_("{wave}: the weights as stored; every response counts the same.").format(wave=label))]
    return [Words(_("{wave}: the weights as stored").format(wave=label)), Words(_cost(spread.n, spread.n_eff, spread.deff))]


def _cost(n: float, n_eff: float, deff: float) -> str:
    return _("; {n} responses count as {n_eff} (design effect {deff}).").format(
        n=number(n, 0), n_eff=number(n_eff, 0), deff=number(deff, 2)
    )
