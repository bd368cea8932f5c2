"""What is planted in the module that 2026Q1 and 2026Q2 ask on top of the survey: expectation, importance and who might leave."""

from __future__ import annotations

#: The waves that ask it.
MODULE_WAVES = ("2026Q1", "2026Q2")
#: Service → what customers expect of it and how important they find it, in points on 0–100.
SERVICES: dict[str, tuple[float, float]] = {
    "C12": (83.0, 68.0),
    "C21": (86.0, 89.0),
    "C22": (91.0, 92.0),
    "C24": (83.0, 82.0),
    "C25": (85.0, 77.0),
    "C26": (83.0, 75.0),
    "C27": (85.0, 86.0),
    "C44": (84.0, 88.0),
    "C45": (84.0, 80.0),
}
#: How the further questions are told from the perception: letter of their codes → what stands in brackets.
ASKED_AS = {"E": ("期望", "expected"), "I": ("重要性", "importance")}
#: The item of the inspections' checklist that shows how a service is delivered.
DELIVERED_AS = {"C12": "hall_environment", "C24": "knowledge", "C44": "queueing", "C45": "courtesy"}
#: In 2026Q2 perception falls furthest behind expectation here; see :data:`sample_data.province_plan.LAST_WAVE`.
WIDEST_SERVICE_GAP = "C22"

#: Feature of Kano's pairs → shares of respondents by class: must-be, one-dimensional, attractive, indifferent; the largest is planted.
KANO: dict[str, tuple[float, float, float, float]] = {
    "calls_hold": (0.56, 0.28, 0.04, 0.12),
    "clear_bill": (0.50, 0.22, 0.08, 0.20),
    "quick_hotline": (0.20, 0.52, 0.14, 0.14),
    "birthday_gift": (0.03, 0.12, 0.58, 0.27),
    "hall_music": (0.04, 0.05, 0.13, 0.78),
}
KANO_CLASSES = ("M", "O", "A", "I")
#: How the two questions of a pair are told apart.
KANO_ASKED_AS = {"KF": ("若有", "if it were there"), "KD": ("若没有", "if it were not there")}

#: Share of our customers whose spending fell by 30 % or more, by whether they mark the company 5 or lower as a whole.
FALLEN_SPENDING = {"unhappy": 0.34, "others": 0.10}
COMPANY_PAYS, FULL_BUNDLE = 0.12, 0.22
#: Share of 2026Q2 that was asked in 2026Q1 already.
ASKED_AGAIN = 0.12
