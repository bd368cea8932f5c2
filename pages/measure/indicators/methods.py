"""Weights by a method in *Indicators*: what it gives for the whole tree or one node, beside the weights now, and taking it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.indicator_weights.weight_sets import NAMES, WeightSet, bare_estimates, equal_weights, reweighted
from analysis.results.estimates import Estimate
from answers.indicator_weights import INDICATOR_WEIGHTS, IndicatorWeightOptions
from charts.indicator_weights.weight_sets import WeightRow, weight_rows
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, ask_tree
from pages._shared.session.words import _, language, said
from pages.measure.indicators.draft import WorkingCopy, keep, say, working_copy
from pages.measure.indicators.judgements import children_of, experts_of, judgements_of, show_experts, show_matrix
from pages.measure.indicators.tree import named
from survey_schema.edit_tree import draft_of
from survey_schema.indicator_tree import Indicator
from survey_schema.indicator_weighting import FROM_ANSWERS, WEIGHTINGS, IndicatorWeightMethod
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain

_WHOLE = "*"
_BY_PEOPLE: tuple[IndicatorWeightMethod, ...] = ("ahp", "expert")


def show_methods(copy: WorkingCopy, schema: SurveySchema, chosen: Chosen | None) -> WeightSet | None:
    """Pick a node and a method, see the weights, take them over. Returns the set shown, for the explanation below."""
    methods = [name for name in WEIGHTINGS if name != "given"]
    with st.container(horizontal=True, key="indicators_picks"):
        names = {str(name): said(text) for name, text in NAMES.items()}
        method = pick(_("Method"), methods, "indicators_method", names.__getitem__, "importance" if chosen else "ahp")
        nodes = [node.code for node in schema.tree.walk() if len(node.children) > 1]
        places = nodes if method in _BY_PEOPLE else [_WHOLE, *nodes]
        titles = {_WHOLE: _("the whole tree"), **{code: named(copy, code) for code in nodes}}
        node = pick(_("For"), places, f"indicators_node_{len(places)}", titles.__getitem__)
    chosen_method = _weighting(method)
    if chosen_method in FROM_ANSWERS and chosen is None:
        show_missing(
            _("This method derives weights from answers, and no wave of this survey is selected."),
            _("Store a wave on Upload, or choose this survey in the bar above."), "indicators",
        )  # fmt: skip
        return None
    found = (
        _judged(copy, schema, node, chosen_method)
        if chosen_method in _BY_PEOPLE
        else weights_by(chosen_method, copy.survey, schema, chosen)
    )
    if found is None:
        return None
    if found.reason is not None:
        show_missing(said(found.reason), _("Choose another method, a wider selection or another wave."), "indicators")
        return found
    shown = [each for each in schema.tree.walk() if node in (_WHOLE, each.code)]
    for each in shown:
        if each.code in found.kept:
            st.caption(plain(f"{each.title.text(language())}: {said(found.kept[each.code])}"))
    rows = weight_table(schema, [each.code for each in shown], weights_by("given", copy.survey, schema, chosen), found)
    title = _("Weights by “{method}” beside those of the draft").format(method=said(NAMES[chosen_method]))
    draw = partial(
        weight_rows, rows, title=title, first=_("Draft"), second=said(NAMES[chosen_method]), note=_range_note(chosen_method, chosen)
    )
    show_chart(draw, schema, "method_weights")
    taken = [each.code for each in shown if each.code not in found.kept]
    st.button(
        _("Take these weights over into the draft"), key="indicators_take", type="primary", icon=":material/check:", disabled=not taken,
        on_click=_take_over, args=(copy.survey, found, taken, _origin(chosen_method, found, chosen)),
    )  # fmt: skip
    return found


def weights_by(method: str, survey: str, schema: SurveySchema, chosen: Chosen | None) -> WeightSet:
    """The weights of a draft by one method; those that follow from answers take the chosen wave and selection."""
    options = IndicatorWeightOptions(method)
    if chosen is None:
        return ask_tree(INDICATOR_WEIGHTS, survey, schema, options).result.sets[0].weights
    return ask(INDICATOR_WEIGHTS, chosen, options, draft=schema).result.sets[0].weights


def weight_table(
    schema: SurveySchema,
    nodes: list[str],
    first: WeightSet,
    second: WeightSet,
) -> list[WeightRow]:
    """The children of some nodes, each before its own children, with two weights each; those that one set does not have are left out."""
    rows: list[WeightRow] = []

    def below(node: Indicator) -> None:
        for child in node.children:
            one, other = (each.find(node.code, child.code) for each in (first, second))
            if node.code in nodes and one is not None and other is not None:
                name = schema.title_of(child.code, language())
                rows.append(WeightRow(name, node.title.text(language()), one, other, strong=node.code in (schema.tree.code, nodes[0])))
            if isinstance(child, Indicator):
                below(child)

    below(schema.tree)
    return rows


def _judged(copy: WorkingCopy, schema: SurveySchema, node: str, method: IndicatorWeightMethod) -> WeightSet | None:
    """The weights people's judgements give to one node; None while they give none."""
    if method == "ahp":
        matrix = show_matrix(copy, node)
        if matrix.weights is None or matrix.reason:
            return None
        weights = {node: dict(matrix.weights)}
        return replace(equal_weights(schema), source="ahp", weights=weights, estimates=bare_estimates(weights))
    found = show_experts(copy, node)
    if found.reason:
        st.info(plain(said(found.reason)), icon=":material/groups:")
        return None
    estimates = tuple(
        Estimate({"node": node}, code, value, None, found.lowest[code], found.highest[code], found.experts, float(found.experts))
        for code, value in found.weights.items()
    )
    return replace(equal_weights(schema), source="expert", weights={node: dict(found.weights)}, estimates=estimates, n=found.experts)


def _range_note(method: IndicatorWeightMethod, chosen: Chosen | None) -> str:
    if method == "expert":
        return _("The ranges run from the lowest to the highest expert.")
    if method in FROM_ANSWERS and chosen is not None:
        return _("Intervals from the answers of {wave}.").format(wave=wave_text(chosen.wave.label, language()))
    return ""


def _origin(method: IndicatorWeightMethod, found: WeightSet, chosen: Chosen | None) -> dict[str, object] | None:
    if method not in FROM_ANSWERS or chosen is None:
        return None
    return {"wave": chosen.wave.label, "respondents": found.n, "where": dict(chosen.where)}


def _take_over(survey: str, found: WeightSet, nodes: list[str], origin: dict[str, object] | None) -> None:
    """The weights become part of the draft; judgements that led to them go with them."""
    copy = working_copy(survey)
    try:
        schema = _with_judgements(copy, found, nodes)
        draft = draft_of(reweighted(schema, found, nodes, origin))
    except ManyiError as error:
        say(error)
        return
    judgements = {node: judged for node, judged in copy.judgements.items() if found.source != "ahp" or node not in nodes}
    experts = {node: given for node, given in copy.experts.items() if found.source != "expert" or node not in nodes}
    keep(replace(copy, draft=draft, judgements=judgements, experts=experts))


def _with_judgements(copy: WorkingCopy, found: WeightSet, nodes: list[str]) -> SurveySchema:
    """The draft with the judgements written into the nodes concerned, so that they travel with the schema."""
    schema = copy.schema()
    if found.source not in _BY_PEOPLE:
        return schema
    node = nodes[0]
    weighted = reweighted(schema, replace(found, source="given"), nodes)
    raw = draft_of(weighted)
    written: dict[str, object] = {"weighting": found.source}
    if found.source == "ahp":
        written["judgements"] = [each.model_dump() for each in judgements_of(copy, node)]
    else:
        written["experts"] = [
            {"name": each.name, "weights": {code: each.weights[code] for code in children_of(copy, node)}}
            for each in experts_of(copy, node)
        ]
    _write(raw["tree"], node, written)
    return SurveySchema.model_validate(raw)


def _write(tree: dict[str, object], code: str, written: Mapping[str, object]) -> None:
    if tree.get("code") == code:
        tree.update(written)
    children = tree.get("children", [])
    for child in children if isinstance(children, list) else []:
        _write(child, code, written)


def _weighting(name: str) -> IndicatorWeightMethod:
    return next(known for known in WEIGHTINGS if known == name)
