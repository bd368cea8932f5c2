"""The planted truth of every sample, for tests and for ``planted.json``."""

from __future__ import annotations

from typing import Any

from sample_data import module_plan as module
from sample_data import operations_plan as operations
from sample_data import province_plan as plan
from sample_data import published_tables as published
from sample_data import recovery_contacts as recovery
from sample_data import service_choices as choices
from survey_schema.indicator_tree import Indicator
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema


def planted() -> dict[str, Any]:
    """All planted values by sample, as plain data; scores on 0–100."""
    return {
        "province": _province(),
        "module": _module(),
        "operations": _operations(),
        "monthly_pulse": _pulse(),
        "service_choices": _choices(),
        "brand_comparison": {
            "index": {brand: score for (_operator, brand), score in published.BRAND_SCORES.items()},
            "customers_thousand": published.BRAND_CUSTOMERS,
            "composite": {"ours": 79.21, "rival": 65.89, "gap": 13.32},
            "gaps": {"gotone": 8.60, "m_zone": 3.90, "easyown": 16.60},
            "base": published.BRAND_ANSWERS,
        },
        "nineteen_indicators": {
            "score": published.INDICATOR_SCORES,
            "rank": {code: place for place, code in enumerate(_ranked(published.INDICATOR_SCORES), start=1)},
            "base": published.INDICATOR_ANSWERS,
        },
        "five_grade_lines": {
            "index": {**published.LINE_SCORES, "together": 68.22},
            "together": published.POOLED_SCORES,
            "base": published.LINE_ANSWERS,
        },
        "branch_elements": {
            "score": {code: {"branch_a": pair[0], "branch_b": pair[1]} for code, pair in published.ELEMENT_SCORES.items()},
            "gap": {code: round(pair[0] - pair[1], 2) for code, pair in published.ELEMENT_SCORES.items()},
            "base": published.ELEMENT_ANSWERS,
        },
    }


def _ranked(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda code: -scores[code])


def _province() -> dict[str, Any]:
    schema, last, before = load_schema("telecom_csi"), plan.WAVES[-1], plan.WAVES[-2]
    ours = [cell for cell in plan.cells() if cell.operator == "mobile"]
    change = {code: round(_mean(ours, last)[code] - _mean(ours, before)[code], 3) for code in plan.ITEM_LEVELS}
    return {
        "waves": list(plan.WAVES),
        "expected_index_ours": {wave: round(expected_index(schema, ours, wave), 3) for wave in plan.WAVES},
        "expected_index_by_operator": {
            operator: round(expected_index(schema, [cell for cell in plan.cells() if cell.operator == operator], last), 3)
            for operator in plan.BRANDS
        },
        "expected_index_by_branch": {
            branch: round(expected_index(schema, [cell for cell in ours if cell.branch == branch], last), 3) for branch in plan.BRANCHES
        },
        "expected_change_last_wave": {code: change[code] for code in sorted(change, key=lambda code: change[code])},
        "fallen": [code for code, points in plan.LAST_WAVE.items() if points < 0],
        "risen": [code for code, points in plan.LAST_WAVE.items() if points > 0],
        "better_branches": list(plan.BETTER),
        "worse_branches": list(plan.WORSE),
        "indistinguishable_branches": list(plan.ALIKE),
        "small_branch": "jinchang",
        "driver_effects": plan.DRIVER_EFFECTS,
        "countermeasure": {
            "branch": plan.COUNTERMEASURE_BRANCH,
            "from": plan.COUNTERMEASURE_FROM,
            "items": sorted(plan.HOTLINE),
            "points": plan.COUNTERMEASURE_POINTS,
        },
        "idle_measure": {
            "branches": list(plan.IDLE_MEASURE_BRANCHES),
            "from": plan.IDLE_MEASURE_FROM,
            "items": [plan.IDLE_MEASURE_ITEM],
            "points": 0.0,
        },
        "design_waves": list(plan.DESIGN_WAVES),
        "missing_share": plan.MISSING_SHARE,
    }


def _module() -> dict[str, Any]:
    return {
        "waves": list(module.MODULE_WAVES),
        "expectation": {code: levels[0] for code, levels in module.SERVICES.items()},
        "importance": {code: levels[1] for code, levels in module.SERVICES.items()},
        "widest_service_gap": module.WIDEST_SERVICE_GAP,
        "fallen_spending": module.FALLEN_SPENDING,
        "kano": {code: module.KANO_CLASSES[max(range(4), key=shares.__getitem__)] for code, shares in module.KANO.items()},
    }


def _operations() -> dict[str, Any]:
    return {
        "months": [operations.MONTHS[0], operations.MONTHS[-1]],
        "growing_cause": {"cause": "slow_network", "from": operations.GROWING_FROM, "factor_a_month": operations.GROWTH},
        "tickets_of_branch": operations.TICKETS_OF_BRANCH,
        "positions": operations.POSITIONS,
        "promises": {"broken_mean": "change_of_service", "broken_maximum": "repair", "kept": "reconnection"},
        "losing_hall": {"hall": operations.BAD_HALL, "branch": operations.BAD_HALL_BRANCH, "item": "self_service"},
        "most_lost_item": "queueing",
        "process_shift": {
            "kpi": operations.SHIFT_KPI,
            "branch": operations.SHIFT_BRANCH,
            "from": operations.SHIFT_FROM,
            "by": operations.SHIFT_BY,
        },
        "kpis_worse_than_survey": operations.DISAGREEING_BRANCH,
        "widest_gaps": {
            "understanding": operations.WIDEST_UNDERSTANDING_GAP,
            "standards": operations.WIDEST_STANDARDS_GAP,
            "delivery": operations.WIDEST_DELIVERY_GAP,
        },
        "recovery": {"contact_helps": recovery.CONTACT_HELPS, "slow_branch": recovery.SLOW_BRANCH, "too_often": recovery.TOO_OFTEN},
        "ministry_benchmark": {day: value for _name, source, day, value, _of in operations.BENCHMARKS if source == "主管部门"},
    }


def _choices() -> dict[str, Any]:
    return {
        "channels": choices.CHANNELS,
        "products": choices.PRODUCTS,
        "not_asked_about_products": choices.NOT_ASKED,
        "more_app_less_hall": {"branch": choices.APP_BRANCH, "app": choices.APP_MORE, "hall": choices.HALL_LESS},
        "wishes": sorted(choices.WISHES, key=lambda code: -choices.WISHES[code]),
        "recommends_less": choices.WARY_BRANCH,
    }


def _pulse() -> dict[str, Any]:
    return {
        "leading_kpi": {"kpi": operations.LEADING_KPI, "months": operations.LEAD_MONTHS, "points_per_unit": operations.POINTS_PER_UNIT},
        "unrelated_kpi": operations.UNRELATED_KPI,
        "network_fell": {"from": operations.NETWORK_FELL_FROM, "by": operations.NETWORK_FELL_BY},
    }


def _mean(cells: list[plan.Cell], wave: str) -> dict[str, float]:
    """Expected score of each item over cells, customers as weights."""
    total = sum(cell.customers for cell in cells)
    sums = dict.fromkeys(plan.ITEM_LEVELS, 0.0)
    for cell in cells:
        for code, score in plan.expected_scores(cell, wave).items():
            sums[code] += score * cell.customers / total
    return sums


def expected_index(schema: SurveySchema, cells: list[plan.Cell], wave: str) -> float:
    """Expected index over cells, customers as weights."""
    means = _mean(cells, wave)

    def score(node: Indicator) -> float:
        weights = node.child_weights()
        return sum(weights[child.code] * (score(child) if isinstance(child, Indicator) else means[child.item]) for child in node.children)

    return score(schema.tree)
