"""ANR references as people write them: “ANR-23- IACL-0004” with a space, “ANR-19-PI3A-004” for ANR-19-P3IA-0004.

They are read loosely, because a person confirms each proposal.
"""

import re

ANR = re.compile(
    r"ANR[\s\-‐-―−_/.]*([0-9]{2})[\s\-‐-―−_/.]*([A-Z0-9]{4})[\s\-‐-―−_/.]*([0-9]{1,4})(?![0-9])", re.IGNORECASE
)
# Acknowledgements are shorter.
MAX_TEXT = 10_000


def references_in(text: str) -> list[str]:
    """Return the references in a text, as written there, without duplicates."""
    return list(dict.fromkeys(found[0] for found in ANR.finditer(text[:MAX_TEXT])))


def grant_key(reference: str) -> tuple[str, str, int] | None:
    """Return a key that is the same for different spellings of a grant: year, sorted programme letters, number.

    Return None if the text has no reference.
    """
    found = ANR.search(reference[:MAX_TEXT])
    return (found[1], "".join(sorted(found[2].upper())), int(found[3])) if found else None


def names_grant(stated: list[str], reference: str) -> bool:
    """Return whether one of an output's stated references is this grant."""
    key = grant_key(reference)
    return key is not None and any(grant_key(one) == key for one in stated)
