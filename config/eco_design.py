"""The weight of the pages, for the page on eco-design: read from the last `make bench`, never written by hand."""

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

MEASURED = settings.BASE_DIR / "bench" / "results" / "sqlite-400.json"
# The pages that visitors open, by their names in bench/pages.py, with their labels on this page.
PAGES = {
    "home": _("home page"),
    "directory with all facets": _("directory of chairs"),
    "chair page": _("page of a chair"),
    "cluster page": _("page of a cluster"),
    "people": _("people"),
    "institutions": _("institutions"),
    "opportunities": _("open activities"),
    "training with all facets": _("training"),
    "figures, as of a date": _("figures"),
    "proposal form, signed in": _("proposal form"),
}
STYLES = ("css/bootstrap.min.css", "css/tokens.css", "css/cathedra.css")
# The maximum for any public page, compressed and with its style sheets, in bytes (tests/config/test_public_pages.py).
MAX_BYTES = 60_000
KILO = 1000


@lru_cache(maxsize=1)
def measured() -> dict[str, Any]:
    """Return the day, the number of chairs and the figures of each page; without any page if nothing was measured."""
    try:
        found = json.loads(MEASURED.read_text())
        weighed = found["weighed"]
        lines = [
            {"name": name, "queries": weighed[key]["queries"], "kilobytes": weighed[key]["compressed"] / KILO}
            for key, name in PAGES.items()
            if key in weighed
        ]
        return {"lines": lines, "on": parse_date(found["on"]), "chairs": found["chairs"], **_limits()}
    except (OSError, ValueError, KeyError):
        return {"lines": [], **_limits()}


def _limits() -> dict[str, Any]:
    styles = [finders.find(name) for name in STYLES]
    weight = sum(len(gzip.compress(Path(style).read_bytes())) for style in styles if style)
    return {"styles": weight / KILO, "most": MAX_BYTES // KILO}
