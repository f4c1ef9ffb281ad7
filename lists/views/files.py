"""Exports of a list at the list's own address: files, feeds and calendars; and a frame to embed in another site."""

from collections.abc import Iterator

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotFound, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import compress_sequence
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.languages import reader_language
from core.page_cache import accepts_gzip, knows
from core.pagination import ROWS_A_PAGE
from core.rate_limits import refusal, seconds_to_wait
from lists import tags
from lists.catalogue import PUBLIC_LISTS
from lists.formats import FORMATS, written
from lists.public_list import AskedList, Item

# Scripts of other sites may read the exports; search engines should show the page instead.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
    "X-Robots-Tag": "noindex",
}
# These formats are compressed already.
COMPRESSED = {"xlsx"}
ANYWHERE = {"frame-ancestors": ["*"]}
FRAME = """<iframe src="{}"
        title="{} (Cathedra)" loading="lazy"
        width="100%" height="600"></iframe>"""


@login_not_required
@require_safe
def file(request, name, form):
    """Export all results of the list's page at the same address, from all its pages; 404 names the available formats."""
    public_list = PUBLIC_LISTS[name]
    if form not in public_list.formats:
        return _no_such_format(public_list, form)
    address, version = settings.SITE_URL + request.get_full_path(), tags.version_now()
    tag = tags.kept(address, version)
    if tag and knows(request, tag.removeprefix("W/")):
        return _same(tag)
    if wait := seconds_to_wait(request, "list-files", settings.LIST_FILES_A_MINUTE):
        return _too_often(wait)
    asked = public_list.asked(request.GET)
    tag = tag or (tags.made(asked, form, address, version) if version else "")
    if tag and knows(request, tag.removeprefix("W/")):
        return _same(tag)
    return _sent(request, asked, form, address, tag)


def _same(tag: str) -> HttpResponse:
    return HttpResponseNotModified(headers={**HEADERS, "ETag": tag})


def _sent(request, asked: AskedList, form: str, address: str, tag: str) -> HttpResponse:
    kind = FORMATS[form]
    where = "attachment" if kind.is_download else "inline"
    headers = {**HEADERS, "Content-Disposition": f'{where}; filename="cathedra-{asked.public_list.name}.{form}"'}
    headers |= {"ETag": tag} if tag else {}
    content = _in_language(written(asked, form, address))
    if form not in COMPRESSED and accepts_gzip(request):
        headers["Content-Encoding"] = "gzip"
        content = compress_sequence(content)
    return StreamingHttpResponse(content, content_type=kind.media_type, headers=headers)


def _in_language(content: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content in the active language, although the view has returned before it is streamed."""
    language = translation.get_language()

    def kept() -> Iterator[bytes]:
        with translation.override(language):
            yield from content

    return kept()


def _too_often(wait: int) -> HttpResponse:
    said = refusal(settings.LIST_FILES_A_MINUTE, wait, settings.SITE_URL + reverse("open_data_zip"))
    headers = {**HEADERS, "Retry-After": str(wait)}
    return HttpResponse(said, content_type="text/plain; charset=utf-8", status=429, headers=headers)


def _no_such_format(public_list, form: str) -> HttpResponse:
    said = _("There is no %(list)s.%(format)s. This list can be had as %(formats)s.") % {
        "list": public_list.name,
        "format": form,
        "formats": ", ".join(f"{public_list.name}.{one}" for one in public_list.formats),
    }
    return HttpResponseNotFound(f"{said}\n", content_type="text/plain; charset=utf-8")


class Paged:
    """A list's records as a sliceable object for Paginator."""

    def __init__(self, asked: AskedList) -> None:
        self.asked = asked

    def __len__(self) -> int:
        return len(self.asked.keys)

    def __getitem__(self, part: slice) -> list[Item]:
        return self.asked.public_list.items(self.asked.keys[part])


# Any site may embed it: it has no forms, and shows nothing about its reader.
@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace(ANYWHERE)
def embed(request, name):
    """Show the list alone, to be embedded in a page of a university's or cluster's site."""
    asked = PUBLIC_LISTS[name].asked(request.GET)
    page = Paginator(Paged(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"asked": asked, "page_obj": page, "query": asked.query(), "language": reader_language()}
    return render(request, "lists/embed.html", context)


@login_not_required
@require_safe
def embed_code(request, name):
    """Show the HTML code of the frame, and the addresses of all other formats."""
    asked = PUBLIC_LISTS[name].asked(request.GET)
    query = asked.query()
    after = f"?{query}" if query else ""
    frame = settings.SITE_URL + reverse("lists:embed", args=[name]) + after
    files = [
        (FORMATS[form].label, settings.SITE_URL + reverse("lists:file", args=[name, form]) + after)
        for form in asked.public_list.formats
    ]
    context = {
        "asked": asked,
        # HTML, whose title may contain what somebody searched for; the page shows it as text.
        "code": format_html(FRAME, frame, asked.title),
        "frame_path": reverse("lists:embed", args=[name]) + after,
        "files": files,
    }
    return render(request, "lists/embed_code.html", context)
