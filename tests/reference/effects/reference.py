"""The clustered effect on respondents with statsmodels; run: python reference.py > clustered.csv"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import statsmodels.formula.api as smf

rows = pd.read_csv(Path(__file__).with_name("respondents.csv"))
rows["did"] = rows.treated * rows.after
rows["equal"] = 1.0
print("case,n,value,se,low,high,p")
for case, weight in (("weighted", "weight"), ("plain", "equal")):
    codes = pd.factorize(rows.branch)[0]
    fit = smf.wls("score ~ did + C(branch) + C(wave)", rows, weights=rows[weight]).fit(
        cov_type="cluster", cov_kwds={"groups": codes, "use_correction": True}, use_t=True
    )
    low, high = fit.conf_int().loc["did"]
    print(
        f"{case},{int(fit.nobs)},{fit.params['did']!r},{fit.bse['did']!r},{low!r},{high!r},{fit.pvalues['did']!r}".replace(
            "np.float64(", ""
        ).replace(")", "")
    )
