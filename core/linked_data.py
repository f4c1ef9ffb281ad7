"""What a page says to programs, inside itself: JSON-LD in the words of schema.org. docs/open-data.md.

It is a block of data, which no browser runs: the content policy, which refuses scripts inside pages, lets it be.
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_path

Node = dict[str, Any]
CONTEXT = "https://schema.org"
# Inside a script's element, only these could end it or begin another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
EMPTY: tuple[Any, ...] = (None, "", [], {})


def node(kind: str, **said: Any) -> Node:
    """Return what is said of something of a kind, without what is empty. A single value of a list stands alone."""
    found: Node = {"@type": kind}
    for name, value in said.items():
        one = value[0] if isinstance(value, list) and len(value) == 1 else value
        if one not in EMPTY:
            found[f"@{name.removesuffix('_')}" if name == "id_" else name] = one
    return found


def identity(path: str) -> str:
    """Return what a record is called in every language: the address of its page without one."""
    return settings.SITE_URL + path.removeprefix(f"/{get_language_from_path(path) or ''}")


def euros_of(amount: Any) -> Node | None:
    """Return an amount of money; None for none."""
    return node("MonetaryAmount", currency="EUR", value=float(amount)) if amount else None


def script(*nodes: Node) -> SafeString:
    """Return the element that holds these nodes; nothing for none."""
    if not nodes:
        return SafeString("")
    content = {"@context": CONTEXT} | (nodes[0] if len(nodes) == 1 else {"@graph": list(nodes)})
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
