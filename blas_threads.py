"""How many threads linear algebra may use, said once for every entry: the application, the command line, the benchmarks.

The matrices here are small. With more threads than one they wait for one another, which costs half as much again on a quiet machine
and many times as much on a busy one.

OMP_NUM_THREADS is left alone: Arrow takes the number of its readers from it.
"""

from __future__ import annotations

import os
import sys

#: What the libraries that NumPy and SciPy are built with ask, before they are loaded.
VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
#: Asked by all of them where their own is not set.
_OF_ALL = "OMP_NUM_THREADS"


def limit_blas_threads() -> None:
    """One thread, in this process and those it starts, unless the environment says another number.

    To be called before NumPy is imported. Where a server has imported it already, what is loaded is limited as well.
    """
    if any(os.environ.get(name) for name in (*VARIABLES, _OF_ALL)):
        return
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    if "numpy" in sys.modules:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        threadpool_limits(1, "blas")
