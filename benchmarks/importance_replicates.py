"""LMG shares and a path model with their intervals, from stored waves: replicate groups against a plain bootstrap of rows.

``python -m benchmarks.importance_replicates`` writes seeded waves of 30 items as they are stored, a file a wave. Measured are the pass
over the files, and from its moments the LMG and Johnson shares of 12 drivers with ranks, and a path model of six constructs and all 30
items with every figure of its tables. The peer is NumPy's own bootstrap: it reads the same columns of the same files once, leaves out
incomplete respondents, draws rows with their weights, makes the weighted correlation matrix of each draw, and gives it to the same
estimator: LMG alone of 100 draws, weights and paths alone of 500 (as many as R ``seminr`` draws by default). Its draws cost the same
each, so ``--draws`` of them are timed and taken times as many. Processor times, the fastest of ``--runs`` rounds of each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.disclosure.protected_moments import protected_moments
from analysis.drivers.relative_importance import estimate_importance, importance_percent
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_solution import Layout, solve_path_model
from analysis.results.estimates import Thresholds
from analysis.sums.scores import score
from benchmarks.million_responses import OPERATORS, WAVES, survey
from storage.engine import Engine, EngineLimits
from storage.stored_columns import stored_types, stored_wave
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel

Array = npt.NDArray[np.float64]
ITEMS, IN_CONSTRUCT, DRIVERS = 30, 5, 12
LMG_DRAWS, PATH_DRAWS = 100, 500
LMG_GOAL, PATH_GOAL = 50.0, 30.0


def write_waves(folder: Path, schema: SurveySchema, rows: int) -> list[Path]:
    """A file a wave, as stored: six correlated constructs of five items, 3 % of the answers missing, weights of a design effect of 1.2."""
    rng, files = np.random.default_rng(20261001), []
    for wave in WAVES:
        n = rows // len(WAVES)
        mood = rng.normal(7.4, 1.2, n)
        levels = [mood + rng.normal(0, 0.7, n) for _ in range(ITEMS // IN_CONSTRUCT)]
        columns = {
            "source_row": np.arange(n), "wave": np.repeat(wave, n), "operator": np.array(OPERATORS)[rng.integers(0, 3, n)],
            "branch": np.array([f"branch{b:02d}" for b in range(14)])[rng.integers(0, 14, n)],
            "respondent_weight": rng.gamma(5, 0.2, n) + 0.05,
        }  # fmt: skip
        for place, item in enumerate(schema.items):
            answers = np.clip(np.rint(levels[place // IN_CONSTRUCT] + rng.normal(0, 1.1, n)), 1, 10)
            columns[item.code] = pa.array(np.where(rng.random(n) < 0.03, np.nan, answers), from_pandas=True)
        files.append(folder / f"{wave}.parquet")
        pq.write_table(stored_wave(pa.table(columns), schema).responses, files[-1], compression="zstd")
    return files


def path_model(codes: Sequence[str]) -> PathModel:
    """Six constructs, each with arrows to the next two."""
    title, names = {"zh_CN": "x", "en": "x"}, [f"K{place}" for place in range(ITEMS // IN_CONSTRUCT)]
    constructs = [
        {"code": name, "title": title, "items": codes[IN_CONSTRUCT * place : IN_CONSTRUCT * (place + 1)]}
        for place, name in enumerate(names)
    ]
    paths = [(names[start], names[end]) for start in range(len(names)) for end in (start + 1, start + 2) if end < len(names)]
    return PathModel.model_validate({"code": "csi", "title": title, "constructs": constructs, "paths": paths, "satisfaction": names[-2]})


def bootstrap(
    files: Sequence[Path], schema: SurveySchema, codes: Sequence[str], draws: int, wanted: int, estimate: Callable[[Array], object]
) -> float:
    """Seconds of the processor for a bootstrap of ``wanted`` draws, of which ``draws`` are made."""
    started = time.process_time()
    read = [pq.read_table(path, columns=[*codes, "respondent_weight"]) for path in files]
    table = pa.concat_tables(read).drop_null()
    weights = table["respondent_weight"].to_numpy()
    rows = np.column_stack([score(schema, code, table[code].to_numpy()) for code in codes])
    once = time.process_time() - started
    rng = np.random.default_rng(1)
    started = time.process_time()
    for _ in range(draws):
        drawn = rng.integers(0, len(rows), len(rows))
        x, w = rows[drawn], weights[drawn]
        x -= w @ x / w.sum()
        covariance = (x * w[:, None]).T @ x
        spread = np.sqrt(np.diag(covariance))
        estimate((covariance / np.outer(spread, spread))[None])
    return once + (time.process_time() - started) * wanted / draws


def lmg(engine: Engine, files: Sequence[Path], schema: SurveySchema, codes: Sequence[str]) -> tuple[float, float]:
    """Seconds of the processor for LMG and Johnson shares with intervals and ranks: the pass, and what follows."""
    started = time.process_time()
    (moments,) = protected_moments(engine.scan(files, stored_types(schema)), schema, codes, thresholds=Thresholds())
    passed = time.process_time()
    found = estimate_importance(moments, schema, codes[0], codes[1:])
    if found.reason or found.lmg[0].low is None:
        raise RuntimeError("no shares with intervals")
    return passed - started, time.process_time() - passed


def paths(engine: Engine, files: Sequence[Path], schema: SurveySchema, model: PathModel) -> tuple[float, float]:
    """Seconds of the processor for the path model with intervals: the pass, and what follows."""
    started = time.process_time()
    frame = engine.scan(files, stored_types(schema))
    (moments,) = protected_moments(frame, schema, Layout.of(model).items, thresholds=Thresholds())
    passed = time.process_time()
    found = estimate_path_model(moments, schema, model)
    if found.reason or found.paths[0].low is None:
        raise RuntimeError("no path model with intervals")
    return passed - started, time.process_time() - passed


def compared(rows: int, runs: int, draws: int) -> tuple[float, float]:
    """Prints times and gives both ratios for a store of so many responses."""
    schema = survey(ITEMS)
    codes = [item.code for item in schema.items]
    model = path_model(codes)
    driven, layout = codes[: DRIVERS + 1], Layout.of(model)
    with tempfile.TemporaryDirectory() as folder:
        files = write_waves(Path(folder), schema, rows)
        engine = Engine(EngineLimits())
        rounds = [
            (
                lmg(engine, files, schema, driven),
                bootstrap(files, schema, driven, draws, LMG_DRAWS, importance_percent),
                paths(engine, files, schema, model),
                bootstrap(files, schema, codes, draws, PATH_DRAWS, lambda stack: solve_path_model(stack, layout)),
            )
            for _ in range(runs)
        ]
        engine.close()
    ratios = []
    sys.stdout.write(f"{rows:,} responses, {ITEMS} items, {len(WAVES)} files; processor seconds\n")
    for name, own, peer, wanted, goal in (
        (f"LMG of {DRIVERS} drivers", 0, 1, LMG_DRAWS, LMG_GOAL),
        ("path model", 2, 3, PATH_DRAWS, PATH_GOAL),
    ):
        passed, computed = min((each[own] for each in rounds), key=sum)
        bootstrapped = min(each[peer] for each in rounds)
        ratios.append(bootstrapped / (passed + computed))
        sys.stdout.write(
            f"  {name}: pass {passed:.3f}, figures {computed:.3f}; bootstrap of {wanted} rows' draws {bootstrapped:.1f}; "
            f"ratio {ratios[-1]:.0f} (goal {goal:g})\n"
        )
    return ratios[0], ratios[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--draws", type=int, default=10)
    options = parser.parse_args()
    found = [compared(rows, options.runs, options.draws) for rows in options.rows]
    return 0 if all(share >= LMG_GOAL and model >= PATH_GOAL for share, model in found) else 1


if __name__ == "__main__":
    sys.exit(main())
