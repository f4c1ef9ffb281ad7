"""Every address of the site, as the resolver knows it."""

from django.urls import get_resolver


def names(resolver=None, namespace: str = "", prefix: str = ""):
    """Answer each address by its name, `namespace:name`; one without a name by its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner, route)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else route
