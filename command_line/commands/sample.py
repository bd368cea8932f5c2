"""``sample``: fill a new store with the sample data."""

from __future__ import annotations

from command_line.output import environment_language
from command_line.parameters import Json, Lang
from command_line.wave_commands import print_waves
from settings import acting_user, load_settings
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(json: Json = False, lang: Lang = None) -> None:
    """Refuses a store that holds waves already."""
    from load_samples import load_samples  # makes QC projects too, which ask for answers

    settings = load_settings()
    store = settings.open_store()
    if store.waves(status=None):
        raise ManyiError(message("The store in {folder} is not empty; name a new folder in MANYI_DATA.", folder=str(settings.data)))
    print_waves(tuple(wave for _name, stored in load_samples(store, settings, acting_user()) for wave in stored), json)
