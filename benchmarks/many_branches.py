"""Pages and answers of a group with many branches: what each costs cold and warm, in processor time.

``python -m benchmarks.many_branches`` makes a seeded store of as many branches (14, 100, 350, 1,000), waves and responses as asked for,
with tickets, visits to halls and KPIs of every branch, written by the product's own commit. Then it opens every page in a process of its
own, as the application runs it and without a browser: once with nothing kept (the pass over the store is in it), and once more as it
stands. What a process costs that has opened no page yet (imports) is left out, by opening a page without figures first. ``--folder`` keeps
the store.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.branch_store import SURVEY, fill

GOAL_COLD, GOAL_WARM = 10.0, 3.0
#: A page that takes longer than this is given up; at 1,000 branches it says that an answer does not come.
PATIENCE_SECONDS = 900


@dataclass(frozen=True)
class Look:
    """A page with what is picked on it."""

    page: str
    picked: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(str(value) for value in self.picked.values())
        return Path(self.page).parent.name + (f" ({told})" if told else "")


LOOKS = (
    Look("measure/overview/page.py"),
    Look("measure/trends/page.py"),
    Look("measure/trends/page.py", {"trend_view": "branch"}),
    Look("measure/control_charts/page.py"),
    Look("measure/control_charts/page.py", {"spc_by_False": "branch"}),
    Look("measure/questions/page.py"),
    Look("measure/data_quality/page.py"),
    Look("measure/indicators/page.py"),
    Look("measure/upload/page.py"),
    Look("compare/branches/page.py"),
    Look("compare/competitors/page.py"),
    Look("compare/tiers/page.py"),
    Look("explain/drivers/page.py"),
    Look("explain/drivers/page.py", {"driver_dimension": "branch"}),
    Look("explain/gaps/page.py"),
    Look("explain/kano/page.py"),
    Look("explain/comments/page.py"),
    Look("explain/complaints/page.py"),
    Look("explain/inspections/page.py"),
    Look("explain/inspections/page.py", {"inspection_group": "branch", "inspection_period": "all"}),
    Look("explain/kpis/page.py"),
    Look("explain/measurement/page.py"),
    Look("explain/fuzzy/page.py"),
    Look("explain/planner/page.py"),
    Look("improve/projects/page.py"),
    Look("improve/budget/page.py"),
    Look("improve/measures/page.py"),
    Look("improve/recovery/page.py"),
    Look("improve/effect/page.py"),
    Look("report/report/page.py"),
)


def opened(look: Look) -> dict[str, Any]:
    """Seconds of processor time of a page with nothing kept and of the same page again, bytes of its charts, and what went wrong."""
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    root = Path(__file__).resolve().parents[1] / "pages"
    app = AppTest.from_file(str(root / "_shared" / "frame" / "frame.py"), default_timeout=PATIENCE_SECONDS)

    def turned(page: str) -> float:
        app.switch_page(str(root / page))
        app._page_hash = calc_hash(Path(page).parent.name)
        return seconds()

    def seconds() -> float:
        started = time.process_time()
        app.run()
        return time.process_time() - started

    turned("explain/methods/page.py")
    for key, value in look.picked.items():
        app.session_state[key] = value
    cold = turned(look.page)
    warm = min(seconds() for _turn in range(2))
    charts = sum(len(part.proto.spec) for part in app.get("plotly_chart"))
    faults = [part.message for part in app.exception] + [part.value for part in app.error]
    return {"cold": cold, "warm": warm, "chart_kilobytes": charts / 1000, "faults": faults}


def measured(look: Look, folder: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.many_branches", "--look", json.dumps([look.page, look.picked])]
    environment = os.environ | {"MANYI_DATA": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=2 * PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        return {"cold": float("inf"), "warm": float("inf"), "chart_kilobytes": 0.0, "faults": ["no answer"]}
    if done.returncode:
        return {"cold": float("inf"), "warm": float("inf"), "chart_kilobytes": 0.0, "faults": [done.stderr[-300:]]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def told(look: Look, found: dict[str, Any]) -> bool:
    """Print what a page costs; whether it meets the goals."""
    fine = found["cold"] <= GOAL_COLD and found["warm"] <= GOAL_WARM and not found["faults"]
    figures = f"cold {found['cold']:6.2f} s, warm {found['warm']:6.2f} s, charts {found['chart_kilobytes']:7.0f} kB"
    sys.stdout.write(f"{look!s:42} {figures}{'' if fine else '  missed'} {' '.join(found['faults'])}\n")
    sys.stdout.flush()
    return fine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--branches", type=int, default=350)
    parser.add_argument("--waves", type=int, default=60)
    parser.add_argument("--responses", type=int, default=1_000_000, help="of all waves together")
    parser.add_argument("--folder", type=Path, help="where the store is, or is made, and stays")
    parser.add_argument("--pages", default="", help="only pages whose name holds this")
    parser.add_argument("--look", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.look:
        sys.stdout.write("\n" + json.dumps(opened(Look(*json.loads(options.look)))))
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if not (folder / "waves").exists():
            fill(folder, options.branches, options.waves, options.responses)
        sys.stdout.write(f"{SURVEY}, processor time; goals: cold {GOAL_COLD:g} s, warm {GOAL_WARM:g} s\n")
        fine = [told(look, measured(look, folder)) for look in LOOKS if options.pages in str(look)]
        return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main())
