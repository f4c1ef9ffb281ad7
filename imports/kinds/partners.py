from typing import Any

from babel import Locale
from django.db.models import Q
from django.forms import ModelForm
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.exceptions import Refused
from core.identifiers import compact_siren
from core.text import fold, name_key
from imports.columns import LANGUAGES, Choice, Column, Reference, Unreadable, YesNo, as_text
from imports.forms import LineForm, NamesakesLine, RecordField
from imports.kinds.base import Kind
from imports.kinds.people import ADDRESS, DIFFERENT
from partners import office
from partners.enums import Sector, Size
from partners.forms.office import OfficePartnerForm
from partners.models import OfficeContact, Partner
from partners.models.partner import home_country
from partners.perms import can_keep

WHO = _("Editors and managers of the cluster enter partners and the people whom the office knows there.")


class Country(Column):
    """A column of countries: the name in either language, or the ISO code."""

    def read(self, run, cell):
        text = as_text(cell)
        code = run.shared(_codes).get(fold(text))
        if code is None:
            raise Unreadable(
                _t("“%(value)s” is no country: write its name, or its code of two letters.") % {"value": text}
            )
        return code

    def of(self, record):
        return Locale.parse(get_language() or "en", sep="-").territories.get(record.country, record.country)


def _codes(run) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        named = Locale(language).territories.items()
        found |= {fold(word): code for code, name in named if len(code) == 2 for word in (code, name)}
    return found


class PartnerLine(NamesakesLine, OfficePartnerForm):
    """The panel's form of a partner that an office enters."""

    cluster = None

    def __init__(self, run, instance, given):
        self.user = run.by
        super().__init__(run, instance, given)


class Partners(Kind):
    code = "partners"
    label = _("Partners")
    help = _("Organisations that fund research. One that is here already is found by its SIREN, and not changed.")
    who = WHO
    form = PartnerLine
    named_in = ("name", "siren", "slug")
    columns = (
        Column("name", _("Name"), _("The registered name of the organisation."), is_required=True, example="Aciers du Rhône"),
        Column("slug", _("Address"), ADDRESS),
        Country("country", _("Country"), _("The programme’s own where it is empty."), example="France"),
        Column("siren", _("SIREN"), _("Or the SIRET; required for organisations in France."), example="732829320"),
        Column("legal_form", _("Legal form"), example="SAS"),
        Column("registered_office", _("Registered office")),
        Choice("sector", _("Sector"), choices=tuple(Sector.choices), is_required=True, example=Sector.MANUFACTURING.label),
        Choice("size", _("Size"), choices=tuple(Size.choices), is_required=True, example=Size.LARGE.label),
        Column("website", _("Web page")),
        YesNo("different_from", _("Not to be confused with"), DIFFERENT, value=lambda partner: False),
    )  # fmt: skip

    def visible(self, run) -> Any:
        return Partner.objects.visible_to(run.by).select_related("registered_in")

    def exported(self, run) -> Any:
        funds = Q(pk__in=run.cluster.chairs.order_by().values("sponsorships__partner"))
        mine = Partner.objects.visible_to(run.by)
        return mine.filter(funds | Q(registered_in=run.cluster) | Q(known_in=run.cluster)).distinct()

    def keys_of(self, record):
        return [record.siren or "", record.slug]

    def shapes_of(self, text):
        return [compact_siren(text), text]

    def new(self, run, line):
        return Partner(country=home_country())

    def find(self, run, line):
        given, known = line.given, run.known(self.code)
        for name in ("slug", "siren"):
            if given.get(name) and (found := known.find_by_key(given[name])):
                return found[0]
        if given.get("slug"):
            raise Refused([_t("No partner is at the address “%(slug)s”.") % {"slug": given["slug"]}])
        if given.get("different_from"):
            return None
        own = compact_siren(given.get("siren", ""))
        found = [one for one in known.find(given["name"]) if not (own and one.siren and one.siren != own)]
        if len(found) > 1:
            raise Refused([_t("Several partners are called “%(name)s”: give the SIREN or the address.") % given])
        return found[0] if found else None

    def save(self, run, form, line):
        if form.instance.pk is not None and form.known is None:
            return form.save()
        return office.enter(form.instance, cluster=run.cluster)


class ContactLine(LineForm, ModelForm):
    partner = RecordField()

    class Meta:
        model = OfficeContact
        fields = ["partner", "name", "email", "phone", "job_title", "is_primary", "is_signatory", "is_accounting"]


class Contacts(Kind):
    code = "contacts"
    label = _("Contacts")
    help = _(
        "People whom your office knows at a partner. Nobody is written to: they are invited on the partner’s page."
    )
    who = WHO
    form = ContactLine
    named_in = ()
    told_in = ("name", "partner")
    columns = (
        Reference("partner", _("Partner"), _("Its SIREN, address or exact name."), is_required=True, of_kind="partners", example="Aciers du Rhône"),
        Column("name", _("Name"), is_required=True, example="Grace Hopper"),
        Column("email", _("E-mail address"), example="grace.hopper@example.org"),
        Column("phone", _("Telephone")),
        Column("job_title", _("Position held")),
        YesNo("is_primary", _("Primary contact")),
        YesNo("is_signatory", _("Signatory")),
        YesNo("is_accounting", _("Accounting")),
    )  # fmt: skip

    def visible(self, run) -> Any:
        return OfficeContact.objects.filter(cluster=run.cluster).select_related("partner").order_by("partner", "pk")

    def keys_of(self, record):
        return [f"{record.partner_id} {record.email}"] if record.email else []

    def names_of(self, record):
        return [f"{record.partner_id} {record.name}"]

    def new(self, run, line):
        return OfficeContact(cluster=run.cluster, added_by=run.by)

    def find(self, run, line):
        known, given = run.known(self.code), line.given
        partner = given["partner"].pk
        if given.get("email") and (found := known.find_by_key(f"{partner} {given['email'].lower()}")):
            return found[0]
        same = known.by_name.get(name_key(f"{partner} {given['name']}"), [])
        return next((one for one in same if not (one.email and given.get("email"))), None)

    def why_not_change(self, run, record):
        return "" if can_keep(record.partner, run.by) else str(WHO)

    def save(self, run, form, line):
        contact = form.save()
        run.known(self.code).add(contact)
        return contact
