"""Caches whole public pages, compressed, in each process.

A page is cached with the version of the public data (core/data_version.py) read *before* it was rendered, and is sent
again only while the version is the same. A commit during rendering can at worst make the page newer than its version.
Pages also depend on the day, in our time zone and in security.txt's, so a page is valid until the end of the hour.

A cached page is sent only to browsers without a session, and only a response to a request without our cookies is
cached, so that it contains nothing personal. A page with a form has a secret token: it is neither cached nor
compressed, because the length of a compressed page reveals its content to somebody who controls another part of it.
"""

import gzip
import hashlib
import re
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from sys import intern

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_path

from core import data_version
from core.replica.reading import database_read

Version = tuple[int, int]

SECONDS = 60 * 60
# Per process. URLs with a query are endless, and crawlers find them all, so they have a cache of their own.
MAX_BYTES, MAX_BYTES_WITH_QUERY = 12 * 2**20, 4 * 2**20
# Bytes that a cached page takes besides its text: its headers, twice.
OVERHEAD = 5_000
# A page may take at most this fraction of the cache.
LARGEST_PART = 10
MAX_ADDRESS = 500
# The pages without a language prefix that are worth caching.
WITHOUT_LANGUAGE = ("/sitemap", "/api/")
# The accepted values of Vary. The first three are handled by the key and by compression.
KNOWN_TO_VARY = {"accept", "accept-language", "accept-encoding", "cookie"}
# A smaller response fits into one packet uncompressed.
MIN_COMPRESSED = 1_000
# The fastest level: three times as fast as the default, for a seventh more bytes.
LEVEL = 1
GZIP_FORMAT = 16 + zlib.MAX_WBITS
# Headers that a 304 response leaves out, since it has no body.
ABOUT_THE_TEXT = ["Content-Type", "Content-Length", "Content-Encoding", "Content-Language"]
COMPRESSIBLE = re.compile(r"text/|application/((ld\+)?json|xml|xhtml\+xml|rss\+xml|atom\+xml)|image/svg\+xml")
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
TOKEN = b"csrfmiddlewaretoken"


class Page:
    """A public response: its compressed text and its headers."""

    __slots__ = ("compressed", "digest", "headers", "said")

    def __init__(self, response: HttpResponse) -> None:
        response.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ["Accept-Encoding"])
        # Most headers are the same on all pages: interned, each is stored once.
        self.headers = {intern(name): intern(value) for name, value in response.items()}
        self.compressed = gzip.compress(response.content, LEVEL, mtime=0)
        # Of the compressed text, which is a fraction of the other, and the same for the same text.
        self.digest = hashlib.sha256(self.compressed).hexdigest()[:32]
        # The headers by (is_compressed, is_known), made at first use.
        self.said: dict[tuple[bool, bool], ResponseHeaders] = {}

    @property
    def size(self) -> int:
        return len(self.compressed) + OVERHEAD

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the response for this browser: the text, compressed if it accepts that, or 304 if it has it already."""
        accepts = accepts_gzip(request)
        if knows(request, self.tag(accepts)):
            response: HttpResponse = HttpResponseNotModified()
            response.headers = self.headers_of(accepts, is_known=True)
        else:
            text = self.compressed if accepts else zlib.decompress(self.compressed, GZIP_FORMAT)
            response = HttpResponse(text, content_type="")
            response.headers = self.headers_of(accepts, is_known=False)
        return response

    def first_answer(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response that was just made, with ETag and compression; its attributes may be needed by its maker."""
        accepts = accepts_gzip(request)
        if knows(request, self.tag(accepts)):
            return self.answer(request)
        response["ETag"] = self.tag(accepts)
        return sent_compressed(response, self.compressed) if accepts else response

    def tag(self, is_compressed: bool) -> str:
        """Return the ETag. The compressed text has a different one."""
        return f'"{self.digest}-gzip"' if is_compressed else f'"{self.digest}"'

    def headers_of(self, is_compressed: bool, is_known: bool) -> ResponseHeaders:
        if (said := self.said.get((is_compressed, is_known))) is None:
            said = ResponseHeaders({**self.headers, "ETag": self.tag(is_compressed)})
            if is_compressed:
                said["Content-Encoding"], said["Content-Length"] = "gzip", str(len(self.compressed))
            for name in ABOUT_THE_TEXT if is_known else ():
                said.pop(name, None)
            self.said[is_compressed, is_known] = said
        return said


class Shelf:
    """A cache of pages with a size limit, each for one version. The least recently used page makes room."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.pages: OrderedDict[Hashable, tuple[Version, Page]] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, address: Hashable, version: Version) -> Page | None:
        with self.lock:
            kept, page = self.pages.get(address, (None, None))
            if kept != version:
                return None
            self.pages.move_to_end(address)
            return page

    def put(self, address: Hashable, version: Version, page: Page) -> None:
        with self.lock:
            if address in self.pages:
                self.size -= self.pages.pop(address)[1].size
            if page.size > self.most // LARGEST_PART:
                return
            self.pages[address] = version, page
            self.size += page.size
            while self.size > self.most:
                _address, (_version, oldest) = self.pages.popitem(last=False)
                self.size -= oldest.size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0


without_query, with_query = Shelf(MAX_BYTES), Shelf(MAX_BYTES_WITH_QUERY)


def clear() -> None:
    """Empty the caches, for tests."""
    without_query.clear()
    with_query.clear()


class PageCacheMiddleware:
    """Sends a cached page again, or caches the one made now. It comes first, so that pages are cached with all headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or has_personal_cookie(request):
            return self.get_response(request)
        address = address_of(request)
        version = version_now() if address else None
        shelf = with_query if request.META.get("QUERY_STRING") else without_query
        if version and (kept := shelf.get(address, version)):
            return kept.answer(request)
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not is_public_text(response):
            return response
        if response.status_code != 200:
            return compressed(request, response)
        page = Page(response)
        if version and is_same_for_everybody(request, response):
            shelf.put(address, version, page)
        return page.first_answer(request, response)


def has_personal_cookie(request: HttpRequest) -> bool:
    """Return whether the request has a session, or a message waiting in a cookie."""
    if "HTTP_COOKIE" not in request.META:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or CookieStorage.cookie_name in request.COOKIES


def address_of(request: HttpRequest) -> Hashable | None:
    """Return the cache key: all that the page depends on besides the data and the hour; None if it must not be cached.

    Health checks are not cached, because they must not query the database. Pages read from the replica, which
    may be at an earlier version, have other keys.
    """
    meta, path = request.META, request.path_info
    query = meta.get("QUERY_STRING", "")
    negotiated: tuple[str, ...] = ()
    if not get_language_from_path(path):
        if not path.startswith(WITHOUT_LANGUAGE):
            return None
        negotiated = _negotiated(request)
    if len(path) + len(query) + sum(map(len, negotiated)) > MAX_ADDRESS:
        return None
    host, is_part = meta.get("HTTP_HOST"), "HTTP_HX_REQUEST" in meta
    return request.scheme, host, request.path, query, negotiated, is_part, database_read()


def _negotiated(request: HttpRequest) -> tuple[str, ...]:
    """Return what chooses the language and the form of a response whose URL has no language.

    Absent and empty are not the same: without Accept every form will do, and with an empty one none.
    """
    said, chosen = request.META, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return said.get("HTTP_ACCEPT_LANGUAGE", ""), chosen, said.get("HTTP_ACCEPT", "*/*")


def version_now() -> Version | None:
    """Return the version of the data and the hour; None inside a transaction or without a database."""
    if not data_version.is_settled():
        return None
    try:
        return data_version.current(), int(time.time()) // SECONDS
    except (DatabaseError, InterfaceError):
        return None  # the page itself will report it


def is_public_text(response: HttpResponse) -> bool:
    """Return whether the response is text without cookies, secret token or private content."""
    cache_control = response.get("Cache-Control", "")
    return (
        not response.cookies
        and "private" not in cache_control
        and "no-store" not in cache_control
        and not response.has_header("Content-Encoding")
        and COMPRESSIBLE.match(response.get("Content-Type", "")) is not None
        and TOKEN not in response.content
    )


def is_same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the next client may get this response."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return request.method == "GET" and settings.CSRF_COOKIE_NAME not in request.COOKIES and varies <= KNOWN_TO_VARY


def knows(request: HttpRequest, tag: str) -> bool:
    """Return whether the browser already has the text with this ETag."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if not known:
        return False
    return known == tag or tag in [one.removeprefix("W/") for one in parse_etags(known)] or known.strip() == "*"


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a response that is not cached, such as a 404, compressed if it is worth it."""
    if len(response.content) >= MIN_COMPRESSED:
        patch_vary_headers(response, ["Accept-Encoding"])
        if accepts_gzip(request):
            return sent_compressed(response, gzip.compress(response.content, LEVEL, mtime=0))
    return response


def sent_compressed(response: HttpResponse, text: bytes) -> HttpResponse:
    response.content = text
    response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(text))
    return response


def accepts_gzip(request: HttpRequest) -> bool:
    return ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
