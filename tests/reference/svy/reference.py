"""Means, rates, ratios and design effects of the api data by svy, a second program beside R survey; no finite population correction.

In an environment of its own (svy is no dependency of this project): ``pip install svy==0.35.0``, then ``python reference.py``, which
reads ``../survey_api/input.csv`` and writes ``output.csv`` and ``versions.txt``.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import polars as pl
import svy
from svy.errors import MethodError

HERE = Path(__file__).parent
DESIGNS = {
    "apisrs": ("apisrs", {}),
    "apistrat": ("apistrat", {"stratum": "stype"}),
    "apiclus1": ("apiclus1", {"psu": "dnum"}),
    "apiclus2": ("apiclus2", {"psu": "dnum"}),
    "counties": ("apiclus2", {"stratum": "cname", "psu": "dnum"}),
}
schools = pl.read_csv(HERE.parent / "survey_api" / "input.csv", null_values="").with_columns(
    s00=pl.col("api00") / 10, s99=pl.col("api99") / 10, sacs=pl.col("acs.core"), r00=(pl.col("api00") >= 800).cast(pl.Float64)
)
lines = ["case,figure,domain,value,se,deff"]
for case, (sample, design) in DESIGNS.items():
    data = schools.filter(pl.col("sample") == sample)
    lone = {"singleton": svy.Singleton("center")} if "stratum" in design else {}
    made = svy.Sample(data, svy.Design(wgt="pw", **design, **lone))
    for domain in ("all", "E", "H", "M"):
        where = {} if domain == "all" else {"where": svy.col("stype") == domain}
        for figure in ("s00", "s99", "sacs", "r00"):
            try:
                found = made.estimation.mean(figure, deff="wr", drop_nulls=True, **where).estimates[0]
            except MethodError:  # one answer, or all the same: svy refuses a design effect
                found = made.estimation.mean(figure, drop_nulls=True, **where).estimates[0]
            lines.append(f"{case},{figure},{domain},{found.est!r},{found.se!r},{'' if found.deff is None else repr(found.deff)}")
        found = made.estimation.ratio("s00", "s99", **where).estimates[0]
        lines.append(f"{case},ratio,{domain},{found.est!r},{found.se!r},")
(HERE / "output.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
(HERE / "versions.txt").write_text(f"svy {version('svy')}\nsvy_rs {version('svy_rs')}\npolars {version('polars')}\n", encoding="utf-8")
