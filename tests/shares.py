"""What CI tries at one commit of all that walks every combination: a share, and at the next commit another."""

import os
import subprocess
import zlib
from pathlib import Path

# So many commits and all has been tried; `bin/test --everything` and `make audit` try all at once.
SHARES = 8
# Whose turn it is: told by the process that starts a run to its workers, which must choose alike.
TURN = "TEST_SHARE"


def take_turns() -> None:
    """Choose this commit's share by its number in the history: the same commit is judged alike wherever it is judged."""
    asked = ["git", "rev-list", "--count", "HEAD"]
    counted = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    os.environ.setdefault(TURN, str(int(counted.stdout or 0) % SHARES))


def is_in_turn(name: str) -> bool:
    """Return whether the test of this name is of the share whose turn it is."""
    return zlib.crc32(name.encode()) % SHARES == int(os.environ[TURN])
