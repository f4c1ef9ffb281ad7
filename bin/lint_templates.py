"""Lints the templates by the djlint rules that we chose.

djlint can only exclude rules, so a new rule would otherwise apply at once.
"""

import subprocess
import sys
from pathlib import Path

import djlint
import yaml

# H006 and H030 concern images and search engines; H015, H017, H018, H023, T002, T003 are taste; H043: our buttons send
# their forms; D059: our comments may be short and follow each other.
RULES = """
    D004 D018 D058
    H005 H007 H008 H009 H010 H011 H012 H013 H014 H016 H019 H020 H021 H022 H024 H025 H026 H029 H033 H036 H037
    H041 H042 H044 H045 H046 H047 H048 H049 H050 H051 H052 H053 H054 H055 H056 H057
    T001 T027 T032 T034 T038 T039 T040 T041 T042 T043 T044 T045
""".split()


def others() -> list[str]:
    """Return the rules of the installed djlint that we did not choose."""
    known = yaml.safe_load((Path(djlint.__file__).parent / "rules.yaml").read_text("utf-8"))
    return sorted({entry["rule"]["name"] for entry in known} - set(RULES))


if __name__ == "__main__":
    command = [sys.executable, "-m", "djlint", "--quiet", "--lint", "--ignore", ",".join(others()), "templates"]
    sys.exit(subprocess.run(command).returncode)
