"""Whole public pages, kept by each process for as long as they are right, and sent compressed.

A page is kept with the version of the public data (core/data_version.py) that was read *before* it was made, and is sent
again only while the version is still that one: what somebody commits meanwhile makes the page at worst newer than its
version. What a page shows depends also on the day, in our time zone and in security.txt's: a page lasts to the end of the
hour, with which every day ends.

Only whoever has no session is given such a page, and only what was made for somebody without any cookie of ours is kept:
it can hold nothing personal. A page with a form for whoever comes (its token is a secret) is neither kept nor compressed:
the length of a compressed page tells what is in it to somebody who can choose another part of it.
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
# In each process. Addresses with a query are without end, and crawlers find them all: they push out only each other.
MAX_BYTES, MAX_BYTES_WITH_QUERY = 12 * 2**20, 4 * 2**20
# What a kept page takes beside its text: its headers, as they are sent and as they are compared.
OVERHEAD = 5_000
# One page takes no more than this part of all.
LARGEST_PART = 10
MAX_ADDRESS = 500
# The pages outside the languages that cost enough to be kept.
WITHOUT_LANGUAGE = ("/sitemap", "/api/")
# What a page may depend on, beside its address: the first two are part of what it is kept under.
KNOWN_TO_VARY = {"accept-language", "accept-encoding", "cookie"}
# Smaller answers fit into one packet as they are.
MIN_COMPRESSED = 1_000
# The quickest: three times as quick as the usual level, for a seventh more bytes.
LEVEL = 1
GZIP_FORMAT = 16 + zlib.MAX_WBITS
# What the answer that a text has not changed says nothing of: there is none in it.
ABOUT_THE_TEXT = ["Content-Type", "Content-Length", "Content-Encoding", "Content-Language"]
COMPRESSIBLE = re.compile(r"text/|application/((ld\+)?json|xml|xhtml\+xml|rss\+xml|atom\+xml)|image/svg\+xml")
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
TOKEN = b"csrfmiddlewaretoken"


class Page:
    """A public answer: its text, compressed, and what its headers say."""

    __slots__ = ("compressed", "digest", "headers", "said")

    def __init__(self, response: HttpResponse) -> None:
        response.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ["Accept-Encoding"])
        # Most headers of all pages are equal: they are kept once.
        self.headers = {intern(name): intern(value) for name, value in response.items()}
        self.compressed = gzip.compress(response.content, LEVEL, mtime=0)
        self.digest = hashlib.sha256(response.content).hexdigest()[:32]
        # The headers of each sort of answer, made when one is first asked for.
        self.said: dict[tuple[bool, bool], ResponseHeaders] = {}

    @property
    def size(self) -> int:
        return len(self.compressed) + OVERHEAD

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return what this browser needs: the text as it takes it, or that the one which it has is right."""
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
        """Return the same, of the response that was made: whoever made it may have hung something on it."""
        accepts = accepts_gzip(request)
        if knows(request, self.tag(accepts)):
            return self.answer(request)
        response["ETag"] = self.tag(accepts)
        return sent_compressed(response, self.compressed) if accepts else response

    def tag(self, is_compressed: bool) -> str:
        """Return the tag of the text. Compressed, it is another text."""
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
    """Pages of up to so many bytes, each for one version; the one asked for longest ago makes room."""

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
    """Keep nothing of what was kept, for tests."""
    without_query.clear()
    with_query.clear()


class PageCacheMiddleware:
    """Send a kept page again, or keep the one made now. It stands first: a page is kept with all of its headers."""

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
    """Return whether the browser may be somebody's who is signed in, or to whom a message is on its way."""
    if "HTTP_COOKIE" not in request.META:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or CookieStorage.cookie_name in request.COOKIES


def address_of(request: HttpRequest) -> Hashable | None:
    """Return what the page is kept under: all that decides about it, beside the data and the hour. None: it is not kept.

    Not kept are the addresses that say whether the site lives: they must not ask the database. What was read from a copy
    of the database, which may be at an earlier version, is kept apart.
    """
    meta, path = request.META, request.path_info
    query, languages = meta.get("QUERY_STRING", ""), ""
    if not get_language_from_path(path):
        if not path.startswith(WITHOUT_LANGUAGE):
            return None
        languages = meta.get("HTTP_ACCEPT_LANGUAGE", "") + request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if len(path) + len(query) + len(languages) > MAX_ADDRESS:
        return None
    host, is_part = meta.get("HTTP_HOST"), "HTTP_HX_REQUEST" in meta
    return request.scheme, host, request.path, query, languages, is_part, database_read()


def version_now() -> Version | None:
    """Return which data pages are made of now; None where that is not known."""
    if not data_version.is_settled():
        return None
    try:
        return data_version.current(), int(time.time()) // SECONDS
    except (DatabaseError, InterfaceError):
        return None  # the page will say it


def is_public_text(response: HttpResponse) -> bool:
    """Return whether this is a text that nobody needs to guard: no cookie, no secret token, nothing private."""
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
    """Return whether whoever asks next may be given this answer."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return request.method == "GET" and settings.CSRF_COOKIE_NAME not in request.COOKIES and varies <= KNOWN_TO_VARY


def knows(request: HttpRequest, tag: str) -> bool:
    """Return whether the browser has the very text that this tag names."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if not known:
        return False
    return known == tag or tag in [one.removeprefix("W/") for one in parse_etags(known)] or known.strip() == "*"


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress an answer that is not kept, such as that there is no such page."""
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
