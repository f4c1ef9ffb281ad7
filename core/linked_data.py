"""Structured data inside pages: JSON-LD with the vocabulary of schema.org. docs/open-data.md.

It is a data block, which no browser executes, so the content security policy allows it.
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_path

Node = dict[str, Any]
CONTEXT = "https://schema.org"
# Inside a script element, only these characters could end it or begin another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
EMPTY: tuple[Any, ...] = (None, "", [], {})


def node(kind: str, **said: Any) -> Node:
    """Return a node of a type without its empty properties. A list with one item becomes that item."""
    found: Node = {"@type": kind}
    for name, value in said.items():
        one = value[0] if isinstance(value, list) and len(value) == 1 else value
        if one not in EMPTY:
            found[f"@{name.removesuffix('_')}" if name == "id_" else name] = one
    return found


def identity(path: str) -> str:
    """Return the identifier of a record in every language: its page's URL without the language prefix."""
    return settings.SITE_URL + path.removeprefix(f"/{get_language_from_path(path) or ''}")


def euros_of(amount: Any) -> Node | None:
    """Return an amount as a node; None if there is none."""
    return node("MonetaryAmount", currency="EUR", value=float(amount)) if amount else None


def script(*nodes: Node) -> SafeString:
    """Return the script element with these nodes; an empty text without nodes."""
    if not nodes:
        return SafeString("")
    content = {"@context": CONTEXT} | (nodes[0] if len(nodes) == 1 else {"@graph": list(nodes)})
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
