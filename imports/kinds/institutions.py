from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.admin.forms import InstitutionForm
from clusters.enums import Confidence, InstitutionKind
from clusters.models import Institution
from core.exceptions import Refused
from core.identifiers import compact_ror
from imports.columns import Choice, Column, YesNo
from imports.forms import NamesakesLine
from imports.kinds.base import Kind
from imports.kinds.people import ADDRESS, DIFFERENT


class InstitutionLine(NamesakesLine, InstitutionForm):
    """The panel's form of an institution."""

    class Meta(InstitutionForm.Meta):
        fields = ["name", "slug", "acronym", "kind", "city", "ror", "ror_confidence"]

    def __init__(self, run, instance, given):
        super().__init__(run, instance, given)
        self.fields["slug"].required = False


class Institutions(Kind):
    code = "institutions"
    label = _("Institutions")
    help = _("Those that employ the people of your chairs. All clusters share them: most are here already.")
    who = _("Editors and managers of a cluster add the missing institutions.")
    form = InstitutionLine
    named_in = ("name", "acronym", "ror", "slug")
    columns = (
        Column("name", _("Name"), _("The official name."), is_required=True, example="Université de Lille"),
        Column("slug", _("Address"), ADDRESS),
        Column("acronym", _("Acronym")),
        Choice("kind", _("Kind"), choices=tuple(InstitutionKind.choices), is_required=True, example=_("University")),
        Column("city", _("City"), example="Lille"),
        Column("ror", _("ROR id"), _("From ror.org."), example="02kzqn938"),
        Choice("ror_confidence", _("Confidence in the ROR id"), choices=tuple(Confidence.choices)),
        YesNo("different_from", _("Not to be confused with"), DIFFERENT, value=lambda institution: False),
    )

    def visible(self, run) -> Any:
        return Institution.objects.prefetch_related("aliases")

    def exported(self, run) -> Any:
        """Return the institutions that the cluster's chairs name; the others belong to all clusters."""
        posts = run.cluster.chairs.order_by().values("appointments__affiliation")
        return Institution.objects.filter(pk__in=posts)

    def keys_of(self, record):
        return [record.ror or "", record.slug]

    def names_of(self, record):
        # A new one has no aliases yet.
        aliases = record.aliases.all() if record.pk else ()
        return [record.name, record.acronym, *(alias.name for alias in aliases)]

    def shapes_of(self, text):
        return [compact_ror(text), text]

    def find(self, run, line):
        given, known = line.given, run.known(self.code)
        for name in ("slug", "ror"):
            if given.get(name) and (found := known.find_by_key(given[name])):
                return found[0]
        if given.get("slug"):
            raise Refused([_t("No institution is at the address “%(slug)s”.") % {"slug": given["slug"]}])
        if given.get("different_from"):
            return None
        found = known.find(given["name"])
        if len(found) > 1:
            raise Refused([_t("Several institutions are called “%(name)s”: give the ROR id or the address.") % given])
        return found[0] if found else None
