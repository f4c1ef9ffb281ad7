"""Every address of the site, as the resolver knows it, and which of them are ours.

A library may add an address in any release. It is no page of ours until we link to it: config/library_urls.py keeps it behind
the sign-in, and nothing here asks for a line about it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, get_resolver

LANGUAGE = re.compile(r"^(en|fr)/")
# Where libraries are mounted (config/urls.py).
LIBRARIES = ("accounts/", "admin/")
# What the panel has for each record that we put into it.
OF_A_RECORD = ("changelist", "add", "change", "history", "delete")


def patterns(resolver=None, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Return each address's name, `namespace:name`, its route and its pattern; one without a name goes by its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner, route)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else route), route, pattern


def names() -> set[str]:
    """Return the name of every address, ours or a library's."""
    return {name for name, _route, _pattern in patterns()}


def our_names() -> set[str]:
    """Return the names of the addresses that we made, the panel's for a record of ours among them."""
    records = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    panel = {f"admin:{record}_{page}" for record in records for page in OF_A_RECORD}
    return {name for name, route, pattern in patterns() if name in panel or not is_of_a_library(route, pattern)}


def is_of_a_library(route: str, pattern: URLPattern) -> bool:
    """Return whether an address lies where we mount a library, and its view is not in this project."""
    if not LANGUAGE.sub("", route).startswith(LIBRARIES):
        return False
    view = getattr(pattern.callback, "view_class", pattern.callback)
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
    return view.__module__.partition(".")[0] not in ours


def route_of(name: str) -> str:
    """Return the route as a reader writes it: from the top of the site, without the language."""
    return "/" + LANGUAGE.sub("", {name: route for name, route, _pattern in patterns()}[name])
