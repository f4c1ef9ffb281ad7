from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.admin.forms import PersonForm
from clusters.models import Person
from core.exceptions import Refused
from core.identifiers import compact_orcid
from imports.columns import Choice, Column, YesNo
from imports.forms import NamesakesLine
from imports.kinds.base import Kind

DIFFERENT = _("“Yes” where it is another one than the record of a like name that is here already.")
ADDRESS = _("Of a record that is here already. Leave it as the export has it, or empty.")


class PersonLine(NamesakesLine, PersonForm):
    """The panel's form of a person."""

    account_email = None

    class Meta(PersonForm.Meta):
        fields = ["name", "family_name", "orcid", "website", "contact_email", "contact_language"]

    def __init__(self, run, instance, given):
        super().__init__(run, instance, given)
        self.user = run.by

    def near_names(self):
        found = self.run.known("people").alike(self.cleaned_data["name"], of_people=True)
        return [person for person in found if person.pk != self.instance.pk]


class People(Kind):
    code = "people"
    label = _("People")
    help = _("Those who hold a chair or work in one.")
    who = _("Editors and managers of the cluster register people.")
    form = PersonLine
    named_in = ("name", "orcid", "slug")
    columns = (
        Column("name", _("Name"), _("First name, then family name."), is_required=True, example="Ada Lovelace"),
        Column("family_name", _("Family name"), _("Only where it is not what the name ends with: Le Goffic.")),
        Column("slug", _("Address"), ADDRESS),
        Column("orcid", _("ORCID iD"), example="0000-0002-1825-0097", value=lambda person: person.stated_orcid),
        Column("website", _("Web page")),
        Column("contact_email", _("Private e-mail address"), _("Never public."), example="ada@example.org"),
        Choice("contact_language", _("Language of the e-mails"), choices=tuple(settings.LANGUAGES)),
        YesNo("different_from", _("Not to be confused with"), DIFFERENT, value=lambda person: False),
    )

    def visible(self, run) -> Any:
        return Person.objects.visible_to(run.by)

    def exported(self, run) -> Any:
        return Person.objects.filter(registered_in=run.cluster)

    def keys_of(self, record):
        return [record.stated_orcid, record.slug]

    def shapes_of(self, text):
        return [compact_orcid(text), text]

    def new(self, run, line):
        return Person(registered_in=run.cluster)

    def find(self, run, line):
        given, known = line.given, run.known(self.code)
        for name in ("slug", "orcid"):
            if given.get(name) and (found := known.find_by_key(given[name])):
                return found[0]
        if given.get("slug"):
            raise Refused([_t("Nobody is at the address “%(slug)s”.") % {"slug": given["slug"]}])
        if given.get("different_from"):
            return None
        own = compact_orcid(given.get("orcid", ""))
        found = [one for one in known.find(given["name"]) if not (own and one.stated_orcid and one.stated_orcid != own)]
        if len(found) > 1:
            raise Refused([_t("Several people are called “%(name)s”: give the ORCID iD or the address.") % given])
        return found[0] if found else None
