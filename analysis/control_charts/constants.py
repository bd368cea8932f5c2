"""Constants of the moving range of two neighbours, by formula: the range of two independent normal values is √2·|N(0, 1)|.

Source: mean 2/√π and variance 2 − 4/π of that half-normal law; tables in ISO 7870-2 (GB/T 17989.2), Annex of Shewhart charts, round them to
1.128, 0.853 and 3.267.
"""

from __future__ import annotations

import math

#: Mean of the range of two values in standard deviations; a mean moving range divided by it estimates σ.
D2 = 2 / math.sqrt(math.pi)
#: Standard deviation of that range.
D3 = math.sqrt(2 - 4 / math.pi)
#: Upper limit of the chart of moving ranges in mean moving ranges; the lower one is zero.
D4 = 1 + 3 * D3 / D2
#: Half-width of the control limits in standard deviations.
WIDTH = 3.0
