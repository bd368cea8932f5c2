"""1,000 workbooks and text files changed at random places: no traceback, none over 30 s or 2 GiB, every marked-up workbook opens.

``python -m benchmarks.mutated_workbooks [COUNT [FIRST SEED]]``
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.survey_schema.workbook.judge_mutated import judge


def main(count: int = 1000, first: int = 0) -> None:
    """Judges them one by one, says what is wrong as it is found, and the sums at the end."""
    verdicts = []
    for seed in range(first, first + count):
        verdicts.append(judge(seed))
        one = verdicts[-1]
        if one.outcome not in ("checked", "refused") or one.seconds > 30:
            print(one, flush=True)
    print(Counter(one.outcome.split(":")[0] for one in verdicts))
    print(f"slowest {max(one.seconds for one in verdicts):.1f} s, most memory {max(one.memory_bytes for one in verdicts) / 2**20:.0f} MiB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
