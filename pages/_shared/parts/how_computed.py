"""*How this was computed*: method, settings, base, wave, formula and source of what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from analysis.results.estimates import Result
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, number, said
from words.language import Message
from words.lists import listed
from words.periods import wave_text
from words.shown_text import markdown_text as plain


def how_computed(results: Iterable[Result], chosen: Chosen, *, formula: str = "", key: str = "how_computed") -> None:
    """The folded explanation under a page. ``formula`` is LaTeX."""
    explain((), results, _facts(chosen), formula=formula, key=key)


def explain(methods: Iterable[str], results: Iterable[Result], facts: Mapping[str, str], *, formula: str = "", key: str) -> None:
    """The same for what is not about the chosen selection: methods said on the page before those of the results, and its own facts.

    Facts are shown as they stand.
    """
    results = list(results)
    with st.expander(_("How this was computed"), icon=":material/function:", key=key):
        settings: dict[str, object] = {}
        for method in dict.fromkeys([*methods, *(said(result.method) for result in results)]):
            st.markdown(plain(method))
        for result in results:
            settings |= result.settings
        if formula:
            st.latex(formula)
        rows = {plain(name): plain(text) for name, text in {**facts, **_settings(settings)}.items()}
        st.table(rows, border="horizontal", hide_header=True)


def _facts(chosen: Chosen) -> dict[str, str]:
    wave = chosen.wave
    named = [chosen.title(dimension, value) for dimension, value in chosen.where.items()]
    return {
        _("Survey"): f"{chosen.schema.title.text(language())} ({chosen.schema.name} v{chosen.schema.version})",
        _("Wave"): f"{wave_text(wave.label, language())} · {_('version')} {wave.version}",
        _("Respondents in the wave"): number(wave.n, 0),
        _("Selection"): listed(named, language()) or _("everybody"),
        _("Source file"): wave.source_name,
        _("Stored"): f"{wave.committed_at.astimezone():%Y-%m-%d %H:%M} · {wave.committed_by}",
        _("Respondent weights"): wave.weighting or _("as stored"),
        _("Fingerprint of the data"): ".".join(part[:12] for part in wave.content_id.split(".")),
    }


def _settings(settings: Mapping[str, object]) -> dict[str, str]:
    """The settings that have a name; what else a result carries are figures and codes for programs."""
    names = {
        "convention": _("Rescaling convention"), "confidence": _("Confidence level"), "alpha": _("Significance level"),
        "marked_below": _("Marked below an effective base of"), "hidden_below": _("Hidden below an effective base of"),
        "adjustment": _("Adjustment for many tests"), "smallest_interesting_difference": _("Smallest interesting difference (points)"),
        "overdispersion": _("Overdispersion φ of the funnel (1 = chance alone)"),
        "winsorised": _("Share winsorised at each end (funnel)"),
        "raked_margins": _("Weights raked to; intervals are those of the residuals from these margins (calibrated linearisation)"),
        "reraked_margins": _("Weights raked to; intervals are of weights raked again to these margins without each replicate group"),
        "lone_units": _("Strata with a single sampling unit"), "customers": _("Customers counted"),
        "grade_values": _("Values of the grades"),
        "operator": _("Operator of the fuzzy evaluation"), "listwise": _("Complete answers only"),
        "dropped": _("Responses without complete answers"), "extraction": _("Extraction"), "rotation": _("Rotation"),
        "enter": _("Stepwise: enters at p up to"), "remove": _("Stepwise: removed at p above"), "power": _("Chance to detect (power)"),
        "level_against_rest": _("Significance level against the rest"),
        "representation_share": _("Named below this share of the expected answers"),
        "difference_share": _("Smallest share called a difference"), "straight_line_items": _("Straight line: questions at least"),
        "questions_compared": _("Questions compared"), "speeder_share": _("Speeder: below this share of the median length"),
        "median_length": _("Median length (minutes)"), "fewest_groups": _("Groups needed for a share of variance"),
        "variance_share": _("Smallest share of variance that matters"), "duplicate_answers": _("Identical responses: answers at least"),
    }  # fmt: skip
    words = {
        "holm": "Holm", "fdr_bh": "Benjamini–Hochberg", "range": _("own ends of each scale"), "percent": _("per cent of the maximum"),
    }  # fmt: skip
    texts = {name: _setting_text(value) for name, value in settings.items() if name in names and value is not None}
    return {names[name]: words.get(text, text) for name, text in texts.items()}


def _setting_text(value: object) -> str:
    if isinstance(value, Message):
        return said(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return listed([f"{name} {_setting_text(part)}" for name, part in value.items()], language())
    if isinstance(value, (list, tuple, set, frozenset)):
        return listed([_setting_text(part) for part in value], language())
    return "—" if value is None else str(value)
