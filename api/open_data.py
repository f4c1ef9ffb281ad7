"""The file of all public data, and the catalogue that data.gouv.fr and others harvest (DCAT, as JSON-LD)."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from api import dump
from api.doors import public
from api.dump import Dump
from api.listing import refuse_unknown
from api.problems import Problem, not_found
from api.resource import LANGUAGES, ROOT
from api.tasks import make_dump
from core.exports import CONTENT_TYPES, JSON
from lists.catalogue import PUBLIC_LISTS

ZIP, LD_JSON = "application/zip", "application/ld+json"
RETRY_AFTER = 10 * 60
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
SPOKEN = {"fr": "FRA", "en": "ENG"}
TITLES = {
    "fr": f"Chaires des {settings.PROGRAMME.named('fr')}",
    "en": f"Chairs of {settings.PROGRAMME.named('en')}",
}
DESCRIPTIONS = {
    "fr": "Données publiques des clusters IA : chaires, personnes qui ont accepté d’être nommées, établissements, partenaires "
    "qui publient leur soutien, activités à financer, formations, start-ups, productions et collaborations.",
    "en": "Public data of the AI clusters: chairs, people who agreed to be named, institutions, partners who publish their "
    "support, activities to fund, training, start-ups, outputs and collaborations.",
}
DEMONSTRATION = {"fr": "DÉMONSTRATION, fiches inventées : ", "en": "DEMONSTRATION, invented records: "}
KEYWORDS = {
    "fr": ["intelligence artificielle", "recherche", "chaires", "mécénat", "formation"],
    "en": ["artificial intelligence", "research", "chairs", "sponsorship", "training"],
}


@public("*/*")
def zip_file(request: HttpRequest) -> HttpResponseBase:
    """Serve the latest file. If it has data that were withdrawn since, queue a new one and answer 503."""
    found = dump.current()
    if found is None:
        raise not_found()
    if dump.tells_of_whom_it_must_not(found):
        if cache.add("api:dump", True, RETRY_AFTER):
            make_dump.enqueue()
        detail = _(
            "The file is being made again, because something was withdrawn from it. Please try again in ten minutes."
        )
        raise Problem(503, detail, headers={"Retry-After": str(RETRY_AFTER)})
    tag, modified = f'"{found.sha256}"', int(found.modified_at.timestamp())
    response: HttpResponseBase | None = get_conditional_response(request, tag, modified)
    if response is None:
        response = _file(found)
    response["ETag"], response["Last-Modified"] = tag, http_date(modified)
    response["Cache-Control"] = "no-cache"
    return response


def _file(found: Dump) -> FileResponse:
    try:
        content = dump.published().open(found.name)
    except FileNotFoundError:  # replaced at this very moment
        raise Problem(503, _("The file is being replaced. Please try again."), headers={"Retry-After": "1"}) from None
    return FileResponse(content, as_attachment=True, filename="cathedra.zip", content_type=ZIP)


@public("*/*")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Return the catalogue that describes the data to harvesters."""
    refuse_unknown(request, ())
    return JsonResponse(_catalogue(dump.current()), content_type=LD_JSON, json_dumps_params={"ensure_ascii": False})


def _catalogue(found: Dump | None) -> dict[str, Any]:
    here = settings.SITE_URL + reverse("open_data_catalogue")
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        **_named("", here),
        "foaf:homepage": {"@id": settings.SITE_URL + "/"},
        "dcat:dataset": [_dataset(f"{here}#dataset", found)],
        "dcat:service": [_service(f"{here}#api")],
    }


def _named(title: str, key: str) -> dict[str, Any]:
    """Return the properties that catalogue, data set and service share."""
    marks = DEMONSTRATION if settings.DEMONSTRATION else dict.fromkeys(LANGUAGES, "")
    return {
        "dct:identifier": key,
        "dct:title": _in_each({code: f"{marks[code]}{TITLES[code]}{title}" for code in LANGUAGES}),
        "dct:description": _in_each(DESCRIPTIONS),
        "dct:publisher": {
            "@id": f"{settings.SITE_URL}/#publisher",
            "@type": "foaf:Agent",
            "foaf:name": settings.DATA_PUBLISHER,
        },
        "dct:license": {"@id": settings.DATA_LICENCE},
        "dct:language": [
            {"@id": f"http://publications.europa.eu/resource/authority/language/{SPOKEN[code]}"} for code in LANGUAGES
        ],
    }


def _in_each(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in texts.items()]


def _dataset(key: str, found: Dump | None) -> dict[str, Any]:
    files = [_of_list(name, form) for name in PUBLIC_LISTS for form in ("csv", "json")]
    modified = {"dct:modified": _moment(found.modified)} if found else {}
    return {
        "@id": key,
        "@type": "dcat:Dataset",
        **_named("", key),
        **modified,
        "dct:accrualPeriodicity": {"@id": DAILY},
        "dct:spatial": {"@id": COUNTRY + settings.PROGRAMME.country_in_three},
        "dcat:keyword": [{"@value": word, "@language": code} for code in LANGUAGES for word in KEYWORDS[code]],
        "dcat:landingPage": {"@id": settings.SITE_URL + _page("fr")},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": settings.DATA_PUBLISHER,
            "vcard:hasURL": {"@id": settings.SITE_URL + _page("fr")},
        },
        "dcat:distribution": [*([_whole(found)] if found else []), *files],
    }


def _whole(found: Dump) -> dict[str, Any]:
    address = settings.SITE_URL + reverse("open_data_zip")
    titles = {"fr": "Toutes les données (ZIP : JSON Lines et CSV)", "en": "All data (ZIP: JSON lines and CSV)"}
    return {
        **_distribution(address, titles, ZIP),
        "dct:modified": _moment(found.modified),
        "dcat:byteSize": {"@value": str(found.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": found.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _of_list(name: str, form: str) -> dict[str, Any]:
    # Without filters, the list of chairs shows only the current phase, like its page.
    query = "?phase=all" if "phase" in PUBLIC_LISTS[name].parameters else ""
    titles = {}
    for code in LANGUAGES:
        with override(code):
            titles[code] = f"{PUBLIC_LISTS[name].title} ({form.upper()})"
    with override("fr"):
        address = settings.SITE_URL + reverse("lists:file", args=[name, form]) + query
    media_type = {"csv": CONTENT_TYPES["csv"], "json": JSON}[form].partition(";")[0]
    return _distribution(address, titles, media_type)


def _distribution(address: str, titles: dict[str, str], media_type: str) -> dict[str, Any]:
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _in_each(titles),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:license": {"@id": settings.DATA_LICENCE},
    }


def _service(key: str) -> dict[str, Any]:
    there = settings.SITE_URL + ROOT
    return {
        "@id": key,
        "@type": "dcat:DataService",
        **_named(" (API)", key),
        "dcat:endpointURL": {"@id": there},
        "dcat:endpointDescription": {"@id": f"{there}/openapi.json"},
        "dcat:servesDataset": {"@id": key.replace("#api", "#dataset")},
    }


def _moment(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:dateTime"}


def _page(language: str) -> str:
    with override(language):
        return reverse("data")
