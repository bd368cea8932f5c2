"""Speed and memory as ratios against named peers, measured with as many threads as the application uses."""

from blas_threads import limit_blas_threads

limit_blas_threads()
