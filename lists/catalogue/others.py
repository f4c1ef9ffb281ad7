"""The exports of the lists of training programmes, collaborations and partners."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.models import Chair, StatedPartner
from clusters.models import TrainingProgramme
from clusters.origins import is_made_up
from clusters.training.entries import programmes_with_parts
from clusters.views.training import ProgrammeListView
from collaborations.countries import name_of
from collaborations.listing import listed
from collaborations.models import Collaboration
from collaborations.views import CollaborationListView
from core.addresses import address_of
from core.primary_keys import any_of
from core.text import name_key
from lists.catalogue.chairs import foreign, in_order, text
from lists.catalogue.people import once
from lists.public_list import AskedList, Item, PublicList
from partners.models import Partner
from sponsorships.published import shown_sponsorships
from sponsorships.views.partners import PartnerListView, stated_partners


class TrainingList(PublicList):
    name, view, view_class, title = "training", "clusters:training_list", ProgrammeListView, _("Training")
    has_days = True
    columns = {
        "name": _("Name"),
        "level": _("Level"),
        "language": _("Teaching language"),
        "audience": _("For whom"),
        "place": _("Place"),
        "clusters": _("Clusters"),
        "institutions": _("Institutions"),
        "themes": _("Themes"),
        "is_built_with_industry": _("Built with industry"),
        "applications_open_on": _("Applications open on"),
        "apply_by": _("Apply by"),
        "application_page": _("Where to apply"),
        "website": _("Web page"),
        "summary": _("In plain words"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        return [self._item(programme) for programme in in_order(keys, programmes_with_parts(keys))]

    def _item(self, programme: TrainingProgramme) -> Item:
        cells = {
            "name": text(programme, "name"),
            "level": programme.get_level_display(),
            "language": programme.get_teaching_language_display(),
            "audience": programme.get_audience_display(),
            "place": programme.place,
            "clusters": once(map(str, (programme.cluster, *programme.shared_with.all()))),
            "institutions": once(one.name for one in programme.institutions.all()),
            "themes": [text(theme, "name") for theme in programme.themes.all()],
            "is_built_with_industry": programme.built_with_industry,
            "applications_open_on": programme.applications_open_on,
            "apply_by": programme.apply_by,
            "application_page": programme.application_page,
            "website": programme.website,
            "summary": text(programme, "summary"),
        }
        days = {
            "opens": (_t("Applications open"), programme.applications_open_on),
            "closes": (_t("Last day to apply"), programme.apply_by),
        }
        return Item(
            programme.pk,
            cells["name"],
            programme.get_absolute_url(),
            cells,
            facts=[fact for fact in (cells["level"], programme.place, *cells["clusters"]) if fact],
            text=cells["summary"],
            is_demonstration=is_made_up(programme),
            language=foreign(programme, "name"),
            days={name: (what, day) for name, (what, day) in days.items() if day},
        )


class CollaborationList(PublicList):
    name, view, view_class, title = "collaborations", "collaborations:list", CollaborationListView, _("Collaborations")
    columns = {
        "title": _("Title"),
        "kind": _("Kind"),
        "is_intended": _("Intention only"),
        "starts": _("From"),
        "ends": _("Until"),
        "clusters": _("Clusters"),
        "participants": _("Participants"),
        "countries": _("Countries"),
        "summary": _("In plain words"),
        "website": _("Web page"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        found = listed(Collaboration.objects.published().filter(pk__in=any_of(keys)).order_by())
        return [self._item(one) for one in in_order(keys, found)]

    def _item(self, collaboration: Collaboration) -> Item:
        cells = {
            "title": text(collaboration, "title"),
            "kind": collaboration.get_kind_display(),
            "is_intended": collaboration.is_intended,
            "starts": collaboration.starts,
            "ends": collaboration.ends,
            "clusters": [str(cluster) for cluster in collaboration.clusters.all()],
            "participants": [str(one) for one in collaboration.participants.all() if not one.cluster_id],
            "countries": [name_of(code) for code in collaboration.countries],
            "summary": text(collaboration, "summary"),
            "website": collaboration.website,
        }
        return Item(
            collaboration.pk,
            cells["title"],
            collaboration.get_absolute_url(),
            cells,
            facts=[cells["kind"], *cells["clusters"]],
            text=cells["summary"],
            is_demonstration=is_made_up(collaboration),
            language=foreign(collaboration, "title"),
        )


class PartnerList(PublicList):
    """The partners that agreed to be named, then the organisations that a source names beside a chair, as on the page.

    The latter have no row of their own: their key is minus the key of the first StatedPartner that names them.
    """

    name, view, view_class, title = "partners", "sponsorships:partner_list", PartnerListView, _("Partners")
    columns = {
        "name": _("Name"),
        "sector": _("Sector"),
        "named": _("Why it is named"),
        "pays": _("Pays, as the source says"),
        "chairs": _("Chairs"),
        "clusters": _("Clusters"),
    }

    def keys(self, asked: AskedList) -> Sequence[int]:
        stated = [-rows[0].pk for _name, rows in stated_partners(asked.view.words)]
        return [*asked.view.get_queryset().values_list("pk", flat=True), *stated]

    def items(self, keys: Sequence[int]) -> list[Item]:
        agreed = {item.key: item for item in self._agreed([key for key in keys if key > 0])}
        stated = {item.key: item for item in self._stated({-key for key in keys if key < 0})}
        found = agreed | stated
        return [found[key] for key in keys if key in found]

    def _agreed(self, keys: list[int]) -> list[Item]:
        chairs: defaultdict[int, list[Chair]] = defaultdict(list)
        told = shown_sponsorships().filter(partner__in=any_of(keys)).order_by("chair", "pk") if keys else []
        for sponsorship in told:
            chairs[sponsorship.partner_id].append(sponsorship.chair)
        partners = Partner.objects.named().filter(pk__in=any_of(keys)).order_by() if keys else []
        return [self._agreed_item(partner, chairs[partner.pk]) for partner in in_order(keys, partners)]

    def _agreed_item(self, partner: Partner, chairs: list[Chair]) -> Item:
        cells = {
            "name": partner.name,
            "sector": partner.get_sector_display(),
            "named": _t("It agreed to be named"),
            "pays": None,
            "chairs": once(text(chair, "title") for chair in chairs),
            "clusters": once(str(chair.cluster) for chair in chairs),
        }
        return Item(
            partner.pk,
            partner.name,
            address_of("sponsorships:partner_detail", partner.slug),
            cells,
            facts=[cells["sector"], *cells["chairs"]],
            is_demonstration=is_made_up(partner),
        )

    def _stated(self, firsts: set[int]) -> list[Item]:
        if not firsts:
            return []
        by_name: defaultdict[str, list[StatedPartner]] = defaultdict(list)
        rows = StatedPartner.objects.filter(chair__in=Chair.objects.published()).select_related("chair__cluster")
        for row in rows.order_by("pk"):
            by_name[name_key(row.name)].append(row)
        names = {name_key(row.name): row.pk for named in by_name.values() for row in named if row.pk in firsts}
        return [self._stated_item(key, by_name[name]) for name, key in names.items()]

    def _stated_item(self, key: int, rows: list[StatedPartner]) -> Item:
        said = {row.pays for row in rows if row.pays is not None}
        chairs = [row.chair for row in rows]
        cells = {
            "name": rows[0].name,
            "sector": "",
            "named": _t("A published source names it beside a chair"),
            "pays": True in said if said else None,
            "chairs": once(text(chair, "title") for chair in chairs),
            "clusters": once(str(chair.cluster) for chair in chairs),
        }
        return Item(
            -key,
            rows[0].name,
            f"{reverse(self.view)}#stated",
            cells,
            facts=[cells["named"], *cells["chairs"]],
            is_demonstration=any(map(is_made_up, chairs)),
        )
