"""``estimate fuzzy``: memberships in five grades and the score of every indicator, with the grade reached and ties said."""

from __future__ import annotations

from analysis.fuzzy.fuzzy_evaluation import estimate_fuzzy
from analysis.fuzzy.fuzzy_sentence import fuzzy_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import plain_text
from answers.flat import collected, tagged
from command_line.output import console
from command_line.requests import Request


def fuzzy(request: Request) -> Result:
    """One row a grade (5 best) with its membership 0-1, and one for the score, for the headline or the indicators named."""
    found = estimate_fuzzy(
        request.frame, request.schema, operator=request.plan.operator, by=request.by, where=request.where,
        codes=request.codes or (request.schema.tree.code,), thresholds=request.thresholds,
    )  # fmt: skip
    rows = [
        entry for node in found.nodes
        for entry in (*tagged("membership", node.memberships, tested=False), *tagged("score", [node.score], tested=False))
    ]  # fmt: skip
    sentences = [plain_text(fuzzy_sentence(found, node, request.schema, console.language)) for node in found.nodes]
    return collected(rows, found.method, found.settings, notes=sentences)
