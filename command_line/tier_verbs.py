"""``estimate tiers``: customers by the schema's layers, their satisfaction, and whom to win back (opaque ids only)."""

from __future__ import annotations

from analysis.results.estimates import Estimate, Result
from analysis.tiers.tier_suppression import protected_tiers, protected_win_back
from analysis.tiers.tiers import Tiers
from answers.flat import collected, tagged
from command_line.explain_options import item_code
from command_line.requests import Request
from survey_schema.tier_rules import TierRules
from words.errors import ManyiError
from words.language import message


def tiers(request: Request) -> Result:
    """Customers, satisfaction and share unhappy of each cell; with ``--list`` the respondents to win back, least satisfied first."""
    if request.by:
        raise ManyiError(message("Tiers are the groups already; use --where instead of --by."))
    schema, rules = request.schema, _rules(request)
    outcome = item_code(request.explain.outcome, schema) if request.explain.outcome else None
    found = protected_tiers(request.frame, schema, rules, outcome, where=request.where, thresholds=request.thresholds)
    settings = {
        **found.settings, "layered": found.layered, "unknown": found.unknown, "win_back_rule": rules.win_back,
        "marked_below": request.thresholds.marked_below, "hidden_below": request.thresholds.hidden_below,
    }  # fmt: skip
    if not request.explain.listed:
        return collected(_cells(found), found.method, settings, notes=list(found.notes))
    listed = [
        Estimate({"figure": "win_back", "respondent": row.respondent_id, **row.classes}, found.outcome, row.score, n=1, n_eff=1.0)
        for row in protected_win_back(request.frame, schema, rules, outcome, where=request.where, thresholds=request.thresholds)
    ]
    return collected(listed, found.method, settings, notes=list(found.notes))


def _cells(found: Tiers) -> list[Estimate]:
    rows: list[Estimate] = []
    for cell in found.cells:
        size = Estimate(dict(cell.classes), found.outcome, 100 * cell.share, n=cell.customers, n_eff=cell.satisfaction.n_eff)
        figures = [
            *tagged("customers_percent", [size]), *tagged("satisfaction", [cell.satisfaction], tested=False),
            *tagged("unhappy_percent", [cell.unhappy_percent], tested=False),
        ]  # fmt: skip
        rows += [e._replace(verdict="win_back" if cell.win_back else None) for e in figures]
    return rows


def _rules(request: Request) -> TierRules:
    rules, asked = request.schema.tiers, request.explain.model
    if not rules:
        raise ManyiError(message("This survey has no tier rules; add tiers to its schema."))
    found = next((one for one in rules if asked in (None, one.code)), None)
    if found is None:
        raise ManyiError(
            message("There are no tier rules {model}. There are: {known}.", model=asked, known=", ".join(r.code for r in rules))
        )
    return found
