"""An Atom feed (RFC 4287) of a list, written while its records are read.

Django's feed keeps all entries in memory. The feed's `updated` is that of its latest entry, so it comes after them:
Atom prescribes no order of elements.
"""

import datetime
from collections.abc import Iterable, Iterator
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from clusters.origins import tells_made_up
from core.exports import CONTROLS
from core.languages import reader_language
from lists.public_list import AskedList, Item

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
# The year since which the domain is ours (RFC 4151), and the time of entries without one.
SINCE = 2026
UNDATED = datetime.datetime(SINCE, 1, 1, tzinfo=datetime.UTC)


def feed(asked: AskedList, address: str) -> Iterator[str]:
    """Yield the feed, entry by entry. `address` is its own URL."""
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement("feed", {"xmlns": NAMESPACE, "xml:lang": reader_language()})
    page = settings.SITE_URL + asked.path()
    _elements(xml, {"id": page, "title": asked.title, "generator": "Cathedra"})
    xml.addQuickElement("link", attrs={"rel": "self", "type": "application/atom+xml", "href": address})
    xml.addQuickElement("link", attrs={"rel": "alternate", "type": "text/html", "href": page})
    _author(xml)
    latest = UNDATED
    for item in without_demonstration(asked.dated_items()):
        latest = max(latest, item.updated_at or UNDATED)
        _entry(xml, asked.public_list.name, item)
        yield _taken(written)
    _elements(xml, {"updated": latest.isoformat()})
    xml.endElement("feed")
    yield _taken(written)


def without_demonstration(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items without demonstration data; all of them on a demonstration site."""
    return (item for item in items if tells_made_up() or not item.is_demonstration)


def _entry(xml: SimplerXMLGenerator, name: str, item: Item) -> None:
    host, made_up = urlsplit(settings.SITE_URL).hostname, _("Demonstration")
    xml.startElement("entry", {})
    title = f"{item.title} ({made_up})" if item.is_demonstration else item.title
    # Of the whole title, with our mark: it can have but one language.
    xml.addQuickElement("title", title.translate(CONTROLS), {"xml:lang": item.language} if item.language else {})
    _elements(
        xml,
        {
            "id": f"tag:{host},{SINCE}:{name}/{item.key}",
            "updated": (item.updated_at or UNDATED).isoformat(),
            "summary": "\n".join(filter(None, (" · ".join(item.facts), item.text))),
        },
    )
    xml.addQuickElement("link", attrs={"rel": "alternate", "type": "text/html", "href": item.address})
    if item.is_demonstration:
        xml.addQuickElement("category", attrs={"term": "demonstration", "label": made_up})
    xml.endElement("entry")


def _author(xml: SimplerXMLGenerator) -> None:
    xml.startElement("author", {})
    _elements(xml, {"name": "Cathedra", "uri": settings.SITE_URL})
    xml.endElement("author")


def _elements(xml: SimplerXMLGenerator, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        # without characters that XML cannot contain
        xml.addQuickElement(name, text.translate(CONTROLS))


def _taken(written: StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text
