"""Slopes of a panel with branch (and month) effects, errors clustered by branch, by statsmodels.

Run in this folder: python reference.py > output.csv
"""

import pandas as pd
import statsmodels.formula.api as smf

d = pd.read_csv("input.csv")
at = d["period"].str.slice(0, 4).astype(int) * 12 + d["period"].str.slice(5).astype(int)
d = d.assign(at=at)
print("lag,effects,slope,se,low,high,p,n,branches")
for lag in range(4):
    x = d[["branch", "at", "kpi"]].assign(at=d["at"] + lag).rename(columns={"kpi": "x"})
    joined = d.dropna(subset=["satisfaction"]).merge(x, on=["branch", "at"])
    for effects, formula in (("branch", "satisfaction ~ x + C(branch)"), ("both", "satisfaction ~ x + C(branch) + C(at)")):
        codes = joined["branch"].astype("category").cat.codes
        fit = smf.ols(formula, joined).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
        low, high = fit.conf_int().loc["x"]
        figures = (fit.params["x"], fit.bse["x"], low, high, fit.pvalues["x"])
        print(lag, effects, *(f"{figure:.15g}" for figure in figures), len(joined), joined["branch"].nunique(), sep=",")
