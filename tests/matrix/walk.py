"""Every address of the site, as the resolver knows it."""

import re
from collections.abc import Iterator

from django.urls import get_resolver

LANGUAGE = re.compile(r"^(en|fr)/")


def routes(resolver=None, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    """Answer each address's name, `namespace:name`, and its route; one without a name goes by its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner, route)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else route), route


def names() -> Iterator[str]:
    return (name for name, _route in routes())


def route_of(name: str) -> str:
    """Answer the route as a reader writes it: from the top of the site, without the language."""
    return "/" + LANGUAGE.sub("", dict(routes())[name])
