"""The tests' settings, with the programme of another country and its third language: the run is told so by TESTED_PROGRAMME."""

from pathlib import Path

from tests.abroad import pseudo
from tests.settings import *  # noqa: F403
from tests.settings import LOCALE_PATHS, VAR_DIR

PSEUDO = Path(VAR_DIR) / "pseudo"
pseudo.write(PSEUDO, "mt")
LOCALE_PATHS = [PSEUDO, *LOCALE_PATHS]
