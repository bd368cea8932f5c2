"""Comparisons with competitors as the rows of a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.compare.compare_competitors import Duel, Duels
from analysis.results.estimates import Estimate
from survey_schema.models import SurveySchema
from words.language import Language, number_text, percent_sign, translator
from words.lists import listed


@dataclass(frozen=True)
class DuelRows:
    """Gaps, both sides and names, row by row."""

    gaps: list[Estimate]
    ours: list[Estimate | None]
    theirs: list[Estimate | None]
    names: list[str]


def brand_rows(found: Duels, schema: SurveySchema, code: str, language: Language) -> DuelRows:
    """One indicator: ours against each competitor, each brand against its rival, and the composite last."""
    overall = [duel for duel in found.duels if duel.gap.code == code and duel.gap.keys["brand"] is None]
    brands = [duel for duel in found.duels if duel.gap.code == code and duel.gap.keys["brand"] is not None]
    composite = [duel for duel in found.composite if duel.gap.code == code]
    names = [_against(duel, schema, language) for duel in (*overall, *brands)]
    names += [translator(language)("Composite by customers")] * len(composite)
    return _rows([*overall, *brands, *composite], names)


def shares_sentence(found: Duels, schema: SurveySchema, language: Language) -> str:
    """The customer shares behind the composite."""
    _ = translator(language)
    named = [
        f"{schema.value_title('brand', brand, language)} {number_text(100 * share, 1, language)}{percent_sign(language)}"
        for brand, share in found.shares.items()
    ]
    return _("Composite: the brands weighted by our customers, {shares}, the same on both sides.").format(shares=listed(named, language))


def indicator_rows(found: Duels, schema: SurveySchema, rival: str, level: str, language: Language) -> DuelRows:
    """Ours against one competitor: the index and its dimensions, or (level ``items``) every item."""
    dimensions = [schema.tree.code, *(child.code for child in schema.tree.children)]
    items = schema.tree.items()
    codes = items if level == "items" else [code for code in dimensions if code not in items]
    mine = {duel.gap.code: duel for duel in found.duels if duel.gap.keys["operator"] == rival and duel.gap.keys["brand"] is None}
    kept = [mine[code] for code in codes if code in mine]
    return _rows(kept, [schema.title_of(duel.gap.code, language) for duel in kept])


def _rows(duels: Iterable[Duel], names: list[str]) -> DuelRows:
    kept = list(duels)
    return DuelRows([duel.gap for duel in kept], [duel.ours for duel in kept], [duel.theirs for duel in kept], names)


def _against(duel: Duel, schema: SurveySchema, language: Language) -> str:
    brand, rival = duel.gap.keys["brand"], duel.gap.keys["operator"]
    ours = schema.value_title("brand", brand, language) if brand else schema.value_title("operator", schema.our_operator, language)
    theirs = schema.value_title("operator", rival, language)
    if brand and duel.theirs.keys.get("brand"):
        theirs = f"{theirs} {schema.value_title('brand', duel.theirs.keys['brand'], language)}"
    return f"{ours} / {theirs}"
