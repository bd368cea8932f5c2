"""When Python looks for rubbish: seldom, and not among what is kept for as long as the server runs.

What a run of a page leaves behind is freed at once but for rings of objects, which a collection has to find. A collection of everything
walks every answer and module there is, up to half a second with a few surveys, and Streamlit asks for one after each run
(``runner.postScriptGC``, switched off in ``.streamlit/config.toml``). Python itself asks for one when a quarter of what it walked the
last time is new, so what stays for good is taken out of its sight once, and the few rings of a run are found while they are young.
"""

from __future__ import annotations

import gc

#: New objects before the youngest are looked through; times that happens before the middle ones are, and those before all are.
YOUNG, MIDDLE, ALL = 20_000, 10, 10


def keep_out_of_collections() -> None:
    """Frees what is rubbish now and takes everything else, modules and kept answers, out of every later collection."""
    gc.set_threshold(YOUNG, MIDDLE, ALL)
    gc.collect()
    gc.freeze()
