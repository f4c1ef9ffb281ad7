"""Requires sign-in for the pages of libraries, except those that we name.

A library decides which of its pages are public, so a new version could open more of them. Here a new page
stays closed until somebody has looked at it.
"""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

View = Callable[..., HttpResponseBase]


def behind_sign_in(
    patterns: Iterable[URLPattern | URLResolver], public: Collection[str] = ()
) -> list[URLPattern | URLResolver]:
    """Return a library's URL patterns, with sign-in required for each page whose name is not in `public`."""
    return [_joined(pattern, public) for pattern in patterns]


def _joined(pattern: URLPattern | URLResolver, public: Collection[str]) -> URLPattern | URLResolver:
    if isinstance(pattern, URLResolver):
        inner = behind_sign_in(pattern.url_patterns, public)
        return URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace)
    if pattern.name in public or getattr(pattern.callback, "login_required", True):
        return pattern
    return URLPattern(pattern.pattern, _asking(pattern.callback), pattern.default_args, pattern.name)


def _asking(view: View) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    # Read by LoginRequiredMiddleware.
    inner.login_required = True  # type: ignore[attr-defined]
    return inner
