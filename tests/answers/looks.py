"""Which pages are looked at, on which stores, with what picked: the cases of the equality test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.stores import measure_drafts


@dataclass(frozen=True)
class Look:
    """One look at a page; ``topics`` are those it is there for."""

    page: str
    topics: tuple[str, ...]
    store: str = "small"
    picked: Mapping[str, object] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.page.rpartition('/')[0]} {self.store} {dict(self.picked)} {dict(self.address)}"


QUALITY_VIEWS = ("profile", "missing", "lines", "speed", "effects", "duplicates")
_OVERVIEW = "measure/overview/page.py"
_BRANCHES, _COMPETITORS = "compare/branches/page.py", "compare/competitors/page.py"
_CROSS = "compare/cross_table/page.py"
_CHARTS = "measure/control_charts/page.py"
_COMPLAINTS = "explain/complaints/page.py"
_QUESTIONS = "measure/questions/page.py"
_DRIVERS, _MEASUREMENT = "explain/drivers/page.py", "explain/measurement/page.py"
#: Benchmarks that are picked: one from outside, last year's figure and the best branch.
AGAINST, OWN = ["outside\x1f全国移动\x1f主管部门"], ["last_year\x1f\x1f", "best_branch\x1f\x1f"]
LOOKS: tuple[Look, ...] = (
    Look(_OVERVIEW, ("index", "trend", "dispersion", "compare", "decompose")),
    Look(_OVERVIEW, ("index",), picked={"overview_view": "ranking"}),
    Look(_OVERVIEW, ("index", "rates"), picked={"overview_view": "shares"}),
    Look(_OVERVIEW, ("index", "rates", "distribution"), picked={"overview_view": "grades"}),
    Look(_OVERVIEW, ("index",), address={"operator": "all", "wave": "2026Q1"}),
    Look(_OVERVIEW, ("index",), address={"operator": "unicom", "branch": "lanzhou"}),
    Look(_OVERVIEW, ("index", "rates"), "weighable", {"overview_view": "shares"}),
    Look(_OVERVIEW, ("index", "trend"), "raked"),
    Look(_OVERVIEW, ("index", "compare"), "clustered"),
    Look(_OVERVIEW, ("index", "compare"), "hidden"),
    Look(_OVERVIEW, ("index", "compare"), "uneven"),
    Look("measure/trends/page.py", ("trend", "compare")),
    Look("measure/trends/page.py", ("trend", "compare", "index"), picked={"trends_view": "changes"}),
    Look("measure/trends/page.py", ("trend",), picked={"trends_view": "indicators"}),
    Look("measure/trends/page.py", ("trend", "compare"), picked={"trends_view": "shares", "share_trend": "satisfied"}),
    Look("measure/trends/page.py", ("trend", "compare"), picked={"trend_code": "C1", "trends_view": "branch"}),
    Look("measure/trends/page.py", ("trend", "compare"), picked={"trends_view": "operator"}, address={"operator": "all"}),
    Look("measure/trends/page.py", ("trend", "compare"), "clustered", {"trends_view": "branch"}),
    Look("measure/trends/page.py", ("trend", "compare"), "hidden", {"trends_view": "branch"}),
    Look("measure/trends/page.py", ("trend", "compare"), "merged", {"trends_view": "branch"}),
    Look(_BRANCHES, ("league",), "merged"),
    Look("measure/trends/page.py", ("trend", "compare"), "uneven", {"trends_view": "branch"}),
    Look("measure/trends/page.py", ("index",), "weighable"),
    Look("measure/trends/page.py", ("trend", "benchmarks"), "benchmarks", {"trend_against_csi": [*AGAINST, *OWN]}),
    Look(
        "measure/trends/page.py", ("trend", "benchmarks"), "benchmarks", {"trend_code": "C2", "trend_against_C2": OWN}, {"operator": "all"}
    ),
    Look(_BRANCHES, ("league", "benchmarks"), "benchmarks"),
    Look(_BRANCHES, ("league", "benchmarks"), "benchmarks", {"league_against_csi": [*AGAINST, *OWN]}, {"branch": "lanzhou"}),
    Look(_BRANCHES, ("league", "compare")),
    Look(_BRANCHES, ("ranks", "funnel"), picked={"branches_view": "chance"}),
    Look(_BRANCHES, ("ranks", "funnel", "league"), picked={"branches_view": "chance", "funnel_code": "C21"}),
    Look(_BRANCHES, ("composite", "league"), picked={"branches_view": "customers", "share_league": "top_box"}),
    Look(_BRANCHES, ("league", "compare"), address={"operator": "all", "branch": "tianshui", "wave": "2026Q1"}),
    Look(_BRANCHES, ("index", "compare"), picked={"branches_view": "one", "profile_branch": "lanzhou"}),
    Look(
        _BRANCHES,
        ("index", "compare"),
        picked={"branches_view": "one", "profile_other": "lanzhou"},
        address={"operator": "all", "branch": "tianshui", "wave": "2026Q1"},
    ),
    Look(_BRANCHES, ("league", "funnel"), "weighable", {"branches_view": "chance", "funnel_code": "q1"}),
    Look(_BRANCHES, ("league", "composite"), "weighable", {"branches_view": "customers"}),
    Look(_BRANCHES, ("league", "composite"), "raked", {"branches_view": "customers"}),
    Look(_BRANCHES, ("league", "compare"), "raked", {"branches_view": "one"}),
    Look(_BRANCHES, ("league", "compare"), "clustered"),
    Look(_BRANCHES, ("index", "compare"), "clustered", {"branches_view": "one"}),
    Look(_BRANCHES, ("league", "compare"), "hidden"),
    Look(_BRANCHES, ("index", "compare"), "hidden", {"branches_view": "one"}),
    Look(_BRANCHES, ("league", "compare"), "uneven"),
    Look(_BRANCHES, ("index", "compare"), "uneven", {"branches_view": "one", "profile_branch": "c"}),
    Look(_BRANCHES, ("league", "ranks", "funnel"), "uneven", {"branches_view": "chance", "branches_common": True}),
    Look(_COMPETITORS, ("compare",)),
    Look(_COMPETITORS, ("compare",), picked={"competitors_view": "one"}),
    Look(
        _COMPETITORS,
        ("compare",),
        picked={"competitors_view": "brands", "duel_code": "C21"},
        address={"branch": "lanzhou", "brand": "gotone"},
    ),
    Look(_COMPETITORS, ("compare",), "uneven"),
    Look(_COMPETITORS, ("compare",), "uneven", {"competitors_view": "one"}),
    Look("measure/trends/page.py", ("decompose",), picked={"trends_view": "split", "split_by": "branch_brand", "trend_code": "C21"}),
    Look(_CHARTS, ("control-chart",)),
    Look(_CHARTS, ("control-chart",), "hidden", {"spc_by_False": "branch"}),
    Look(_CHARTS, ("control-chart",), "monthly", {"spc_of": "satisfied", "spc_by_False": "branch", "spc_chart_p": "p_prime"}),
    Look(_CHARTS, ("control-chart",), "monthly", {"spc_of": "complaints", "spc_by_True": "branch", "spc_phases": "one"}),
    Look(
        _CHARTS,
        ("control-chart",),
        "monthly",
        {"spc_of": "points_lost", "spc_phases": "own", "spc_phase_from": ["2025-09"], "spc_limits_to": "2026-02"},
        {"branch": "lanzhou"},
    ),
    Look(_CHARTS, ("control-chart",), "monthly", {"spc_of": "kpi", "spc_code_kpi": "接通率"}),
    Look(_COMPLAINTS, ("complaints", "control-chart"), "monthly", {"complaint_per": "per_million"}),
    Look("explain/fuzzy/page.py", ("fuzzy",)),
    Look(_COMPLAINTS, ("complaints",), "complaints"),
    Look(_COMPLAINTS, ("complaints",), "complaints", {"complaint_by": "ministry_class"}, {"branch": "lanzhou"}),
    Look(_COMPLAINTS, ("complaints",), "complaints", {"complaints_view": "handling"}),
    Look(_COMPLAINTS, ("complaints", "pareto"), "complaints", {"complaints_view": "within"}),
    Look(
        _COMPLAINTS,
        ("complaints", "pareto"),
        "complaints",
        {"complaints_view": "causes", "complaint_period": "2026-05", "complaint_per": "per_million", "pareto_by": "ministry_class"},
        {"branch": "lanzhou"},
    ),
    Look(
        _COMPLAINTS,
        ("complaints", "pareto"),
        "complaints",
        {"complaints_view": "causes", "complaint_period": "2026-05", "pareto_before": "2026-04"},
    ),
    Look(_COMPLAINTS, ("complaints", "pareto"), "one month", {"complaints_view": "within", "pareto_then": "position"}),
    Look(_COMPETITORS, ("compare",), "side by side"),
    Look(_COMPETITORS, ("compare",), "side by side", {"competitors_view": "brands"}),
    Look("explain/comments/page.py", ("comments",), "comments"),
    Look("explain/comments/page.py", ("comments",), "comments", {"comment_word": "signal", "comments_page": 1}, {"branch": "lanzhou"}),
    Look("explain/inspections/page.py", ("inspections",), "inspected"),
    *(
        Look("explain/inspections/page.py", ("inspections",), "inspected", {"inspection_group": group, "inspection_period": "all"})
        for group in ("branch", "month", "visit")
    ),
    Look("explain/inspections/page.py", ("inspections",), "inspected", address={"branch": "lanzhou", "wave": "2026Q1"}),
    *(
        Look("explain/inspections/page.py", ("inspections",), "inspected", {"inspections_view": view})
        for view in ("items", "again", "beside")
    ),
    Look("explain/gaps/page.py", ("gaps",), "gaps"),
    Look("explain/gaps/page.py", ("gaps",), "gaps", {"gap_kind": "delivery", "gaps_view": "five"}, {"branch": "lanzhou"}),
    Look("explain/gaps/page.py", ("gaps",), "gaps", {"gap_kind": "communication", "gaps_view": "branches"}, {"wave": "2026Q2"}),
    Look("explain/gaps/page.py", ("gaps",), "gaps", {"gaps_view": "waves"}),
    Look("explain/kpis/page.py", ("kpis",), "kpis"),
    Look("explain/kpis/page.py", ("kpis",), "kpis", {"kpi_period": "all"}),
    Look("explain/kpis/page.py", ("kpis",), "kpis", {"kpis_view": "means"}, {"branch": "tianshui"}),
    Look("explain/kpis/page.py", ("kpis",), "kpis", {"kpis_view": "months", "kpi_code": "repair_hours"}),
    Look("explain/kpis/page.py", ("kpis", "kpi-panel"), "kpis", {"kpis_view": "moves"}),
    Look(
        "explain/kpis/page.py",
        ("kpis", "kpi-panel"),
        "kpis",
        {
            "kpis_view": "moves",
            "kpi_period": "all",
            "kpi_code": "repair_hours",
            "panel_indicator": "C1",
            "panel_effects": True,
            "panel_lag": "2",
        },
        {"branch": "tianshui"},
    ),
    Look("explain/kpis/page.py", ("kpis", "kpi-panel"), "kpis", {"kpis_view": "moves", "kpi_code": "calls", "kpi_period": "2025-03"}),
    Look("improve/measures/page.py", ("measures",), "measures"),
    Look("improve/measures/page.py", ("measures",), "measures", {"measures_view": "changes"}),
    Look("measure/trends/page.py", ("trend",), "measures", {"trend_code": "C21"}, {"branch": "tianshui"}),
    Look(
        "improve/measures/page.py",
        ("measures",),
        "measures",
        {"measures_view": "counts", "measures_on": date(2026, 7, 1), "measures_project": "热线", "measures_by": "owner"},
        {"branch": "lanzhou"},
    ),
    Look("improve/budget/page.py", ("budget",), picked={"budget_draft": {"telecom_csi": measure_drafts.draft_text()}}),
    Look(
        "improve/budget/page.py",
        ("budget",),
        picked={"budget_draft": {"telecom_csi": measure_drafts.draft_text(least_of="P1", least=0.5, per_branch=1, budget=420_000.0)}},
        address={"operator": "all"},
    ),
    Look(
        "improve/budget/page.py",
        ("budget",),
        picked={"budget_draft": {"telecom_csi": measure_drafts.draft_text(least_of="Q1", least=9.0)}},
        address={"brand": "gotone"},
    ),
    Look("improve/effect/page.py", ("effect",), picked={"effect_treated": ["lanzhou"], "effect_since_False": "2026Q1"}),
    Look("improve/effect/page.py", ("effect",), picked={"effect_treated": ["lanzhou"], "effect_view": "branches"}),
    Look(
        "improve/effect/page.py",
        ("effect",),
        picked={"effect_treated": ["jiuquan", "lanzhou"], "effect_code_index": "C27"},
        address={"operator": "unicom"},
    ),
    Look(
        "improve/effect/page.py",
        ("effect", "control-chart"),
        "kpis",
        {
            "effect_of": "kpi",
            "effect_code_kpi": "repair_hours",
            "effect_treated": ["tianshui"],
            "effect_since_True": "2026-01",
            "effect_target_kpi": 12.0,
            "effect_view": "course",
        },
    ),
    Look(
        "improve/effect/page.py",
        ("effect",),
        "complaints",
        {"effect_of": "complaints", "effect_treated": ["all"], "effect_promised_complaints": -0.5},
    ),
    Look("improve/recovery/page.py", ("recovery",), "recovery", {"recovery_group": "priority"}, {"wave": "2026Q1"}),
    Look("improve/recovery/page.py", ("recovery",), "recovery", {"recovery_group": "tier"}, {"wave": "2026Q1", "branch": "east"}),
    Look("improve/recovery/page.py", ("recovery",), "recovery"),
    Look("improve/recovery/page.py", ("recovery",)),
    Look("improve/recovery/page.py", ("recovery",), "recovery", {"recovery_view": "list"}, {"wave": "2026Q1"}),
    Look("explain/kano/page.py", ("kano",)),
    Look("explain/kano/page.py", ("kano",), "kano"),
    Look("explain/kano/page.py", ("kano",), "kano", address={"branch": "jia", "wave": "2026Q1"}),
    Look("explain/kano/page.py", ("kano",), "kano", {"kano_view": "groups"}),
    Look("explain/kano/page.py", ("kano",), "kano", {"kano_view": "penalty"}),
    Look(_DRIVERS, ("ipa",), "kano", {"ipa_importance": "stated", "ipa_cross": "centre"}),
    Look(_QUESTIONS, ("choices",), "choices"),
    Look(_QUESTIONS, ("choices",), "choices", {"question_code": "products", "question_by": "age"}, {"wave": "2026Q1"}),
    Look(_QUESTIONS, ("ranking",), "choices", {"question_code": "wishes", "question_by": "wave"}),
    Look(_QUESTIONS, ("nps",), "choices", {"question_code": "recommend", "question_by": "branch"}),
    Look("explain/planner/page.py", ("planner",)),
    Look("explain/planner/page.py", ("planner",), picked={"planner_wish": "rest", "planner_power": "0.9"}, address={"branch": "lanzhou"}),
    Look("explain/planner/page.py", ("planner",), "weighable", {"planner_wish": "wave"}),
    Look("measure/upload/page.py", ("weights",), "weighable", {"upload_part": "weights"}),
    Look("measure/indicators/page.py", ("indicator-weights",), picked={"indicators_part": "methods", "indicators_method": "entropy"}),
    Look("measure/indicators/page.py", ("indicator-weights",), picked={"indicators_part": "compare"}),
    Look("measure/indicators/page.py", ("indicator-weights",), "weighable", {"indicators_part": "compare", "indicators_second": "in_use"}),
    Look("compare/tiers/page.py", ("tiers",), "panel"),
    Look("compare/tiers/page.py", ("tiers",), "panel", {"tiers_view": "list"}),
    Look("compare/tiers/page.py", ("tiers",), "panel", {"tiers_view": "moves", "tier_axis": "leaving"}),
    Look(_CROSS, ("crosstab",), "attributes"),
    Look(_CROSS, ("crosstab",), "attributes", {"cross_columns": "customer_tier", "cross_nested": "gender", "cross_sort": "total"}),
    Look(_CROSS, ("crosstab",), "attributes", {"cross_kind": "answers", "cross_groups": "age_group"}, {"who.gender": "male"}),
    Look(_CROSS, ("crosstab",), "attributes", {"cross_kind": "answers", "cross_swapped": True}, {"operator": "all"}),
    Look(_CROSS, ("crosstab",), "attributes", {"cross_kind": "people", "cross_percent": "row"}),
    Look(_CROSS, ("crosstab",), "choices", {"cross_kind": "several", "cross_counted": "mentions"}),
    Look(_CROSS, ("crosstab",), "clustered", {"cross_of_scores": "C11"}),
    Look("compare/tiers/page.py", ("tiers",), "panel", address={"wave": "2026Q1"}),
    Look("measure/data_quality/page.py", ("data-quality",)),
    Look("measure/data_quality/page.py", ("data-quality",), "weighable"),
    *(Look("measure/data_quality/page.py", ("data-quality",), "faults", {"quality_view": view}) for view in QUALITY_VIEWS),
    Look(
        _DRIVERS,
        ("drivers", "what-if"),
        picked={"shift_telecom_csi_P1": 5.0, "shift_telecom_csi_P8": -2.5, "drivers_view": "what_if"},
    ),
    Look(_DRIVERS, ("ipa",), picked={"ipa_competitor": "unicom", "ipa_cross": "competitor"}),
    Look(_DRIVERS, ("ipa",), picked={"ipa_importance": "effects", "ipa_level": "items", "ipa_cross": "centre"}),
    Look(_DRIVERS, ("ipa",)),
    Look(_DRIVERS, ("drivers",), picked={"drivers_view": "penalty"}, address={"operator": "unicom"}),
    Look(_DRIVERS, ("importance",), picked={"drivers_view": "groups", "driver_dimension": "wave"}, address={"operator": "all"}),
    Look(_DRIVERS, ("drivers",), picked={"drivers_view": "strength", "driver_checks": True}, address={"operator": "all"}),
    Look(
        _DRIVERS,
        ("drivers",),
        picked={"drivers_telecom_csi": ["C21", "C22"], "drivers_view": "strength"},
        address={"branch": "lanzhou", "wave": "2026Q1"},
    ),
    Look(_MEASUREMENT, ("reliability", "path-model")),
    Look(_MEASUREMENT, ("factors",), picked={"measurement_view": "factors", "factor_count": "2", "factor_rotation": "promax"}),
    Look(_MEASUREMENT, ("path-model",), picked={"measurement_view": "path_model"}, address={"operator": "all"}),
    Look(_MEASUREMENT, ("path-model",), picked={"measurement_view": "quality", "structure": True}, address={"operator": "all"}),
    Look(_MEASUREMENT, ("path-model", "ipa"), picked={"measurement_view": "effects"}, address={"operator": "all"}),
    Look(_MEASUREMENT, ("path-model",), picked={"measurement_view": "groups", "group_dimension": "brand"}),
    Look(_MEASUREMENT, ("reliability",), "weighable"),
    Look(_DRIVERS, ("ipa",), "raked", {"driver_outcome_small": "q4"}),
    Look(_DRIVERS, ("drivers",), "raked", {"driver_outcome_small": "q4", "drivers_view": "strength", "driver_checks": True}),
    Look(_DRIVERS, ("drivers",), "clustered", {"drivers_view": "strength"}),
    Look(_DRIVERS, ("importance",), "clustered", {"drivers_view": "groups"}),
    Look(_DRIVERS, ("importance",), "hidden", {"drivers_view": "groups"}),
    Look(_DRIVERS, ("importance",), "uneven", {"drivers_view": "groups", "driver_outcome_small": "q3", "driver_dimension": "branch"}),
    Look(_DRIVERS, ("drivers",), "panel", {"drivers_view": "penalty"}),
    Look(_MEASUREMENT, ("reliability",), "raked"),
    Look(_MEASUREMENT, ("reliability", "path-model"), "clustered", {"measurement_view": "groups"}),
    Look(_MEASUREMENT, ("factors",), "hidden", {"measurement_view": "factors"}),
    Look(_MEASUREMENT, ("reliability",), "uneven"),
)
