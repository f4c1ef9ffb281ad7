"""The navigation of the panel: the pages that the user may open, grouped by kind of work."""

from collections.abc import Hashable, Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.admin.readers_queries import keep, only_asks

# The models of each section. Those that no section names are in the last one, so that none is out of reach.
SECTIONS = [
    (_("Chairs"), ["chairs.chair", "chairs.activity", "chairs.output", "chairs.startup", "yearly.chairyearreport"]),
    (
        _("Sponsorships"),
        [
            *("sponsorships.sponsorship", "sponsorships.agreement", "sponsorships.instalment"),
            *("sponsorships.ledgerentry", "progress.progressreport", "core.helddecision"),
        ],
    ),
    (_("Partners"), ["partners.partner", "partners.contact", "collaborations.collaboration"]),
    (_("People"), ["clusters.person", "clusters.institution"]),
    (_("Training"), ["clusters.trainingprogramme", "clusters.intake", "clusters.intakeoverlap"]),
    (
        _("Clusters"),
        [
            *("clusters.cluster", "clusters.theme", "clusters.staffrole", "yearly.yearreport"),
            *("imports.import", "core.listexport"),
        ],
    ),
]
REST = _("Settings")
# Further pages, with the most specific path last: the last match is marked as current.
PAGES = [
    ("admin:index", _("Front page")),
    ("panel_desk:mine", _("My desk")),
    ("panel_team:mine", _("My team")),
    ("panel_figures:nation", _("Figures")),
]
# For users who see all clusters.
NATIONAL_PAGES = [("panel_audit:archive", _("Audit")), ("panel_operations:state", _("State of the site"))]


def sections(site: Any, request: HttpRequest, model: str = "") -> SafeString:
    """Return the navigation's HTML, with the current place marked: a model's list, or another page by its path."""
    key: Hashable = (site.reads_as(request.user), get_language(), "sections")
    html = keep(key, lambda: _written(site, only_asks(request)))
    if model:
        there, mark = reverse(f"admin:{model.replace('.', '_')}_changelist"), "true"
    else:
        pages = [reverse(name) for name, _label in reversed([*PAGES, *NATIONAL_PAGES])]
        # Every path starts with the front page's, so that one must match exactly.
        front = reverse("admin:index")
        at = (page for page in pages if request.path == page or (page != front and request.path.startswith(page)))
        there, mark = next(at, ""), "page"
    return mark_safe(html.replace(f'<a href="{there}">', f'<a href="{there}" aria-current="{mark}">', 1))


def _written(site: Any, request: HttpRequest) -> SafeString:
    links = {
        model["model"]._meta.label_lower: (model["admin_url"], capfirst(model["name"]))
        for subject in site.get_app_list(request)
        for model in subject["models"]
        if model["admin_url"]
    }
    office = [*PAGES, *(NATIONAL_PAGES if site.reads_the_nation(request.user) else [])]
    parts = [_section(_("Programme office"), [(reverse(name), label) for name, label in office])]
    for heading, labels in SECTIONS:
        parts.append(_section(heading, [links.pop(label) for label in labels if label in links]))
    parts.append(_section(REST, links.values()))
    return mark_safe("".join(parts))


def _section(heading: Any, links: Iterable[tuple[str, Any]]) -> SafeString:
    """Return a heading and its links; an empty text if there are none."""
    lines = [format_html('<li><a href="{}">{}</a></li>', url, name) for url, name in links]
    return format_html("<p>{}</p><ul>{}</ul>", heading, mark_safe("".join(lines))) if lines else mark_safe("")
