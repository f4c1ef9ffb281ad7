"""The exports of the lists of chairs and of what belongs to chairs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.citation import citation_of
from chairs.models import Activity, Appointment, Chair, Output, StartUp
from chairs.models.output import doi_address, hal_address, shown_authors
from chairs.outputs.citation import bibtex_of
from chairs.outputs.entries import foreign_language
from chairs.views.chairs import ChairListView
from chairs.views.opportunities import OpportunityListView
from chairs.views.outputs import OutputListView
from chairs.views.start_ups import StartUpListView
from clusters.origins import is_made_up
from clusters.templatetags.records import language_of
from core.addresses import address_of
from core.languages import reader_language
from core.primary_keys import any_of
from lists.public_list import Item, PublicList


def text(record: Any, name: str) -> str:
    """Return a translated text in the active language, or else in the one that it has."""
    return getattr(record, f"{name}_{language_of(record, name)}", "") or ""


def foreign(record: Any, name: str) -> str:
    """Return the language of that text, or an empty text if it is the active one."""
    language = language_of(record, name)
    return "" if language == reader_language() else language


def in_order(keys: Iterable[int], records: "Iterable[Model] | QuerySet[Any]") -> list[Any]:
    """Return the records in the order of the keys, without those deleted meanwhile."""
    found = {record.pk: record for record in records}
    return [found[key] for key in keys if key in found]


class ChairList(PublicList):
    name, view, view_class, title = "chairs", "chairs:list", ChairListView, _("Chairs")
    has_citations = True
    columns = {
        "title": _("Title"),
        "acronym": _("Acronym"),
        "cluster": _("Cluster"),
        "kind": _("Kind"),
        "phase": _("Phase"),
        "status": _("Status"),
        "is_open": _("Open to sponsors"),
        "starts": _("First year"),
        "ends": _("Last year"),
        "people": _("People"),
        "institutions": _("Institutions"),
        "themes": _("Themes"),
        "summary": _("In plain words"),
        "website": _("Web page"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        chairs = Chair.objects.published().filter(pk__in=any_of(keys)).order_by().with_page_data()
        return [self._item(chair) for chair in in_order(keys, chairs)]

    def citation(self, item: Item) -> str:
        return citation_of(item.record).bibtex

    def _item(self, chair: Chair) -> Item:
        posts = current_posts(chair)
        people = list(dict.fromkeys(post.person.name for post in posts))
        places = list(dict.fromkeys(str(post.affiliation) for post in posts if post.affiliation))
        cells = {
            "title": text(chair, "title"),
            "acronym": chair.acronym,
            "cluster": str(chair.cluster),
            "kind": text(chair.kind, "name") if chair.kind else "",
            "phase": text(chair.phase, "name"),
            "status": str(chair.public_status),
            "is_open": chair.is_fundable,
            "starts": chair.first_year,
            "ends": chair.last_year,
            "people": people,
            "institutions": places,
            "themes": [text(theme, "name") for theme in chair.themes.all()],
            "summary": text(chair, "summary"),
            "website": chair.website,
        }
        return Item(
            chair.pk,
            cells["title"],
            chair.get_absolute_url(),
            cells,
            facts=[cells["cluster"], *people],
            text=cells["summary"],
            is_demonstration=is_made_up(chair),
            record=chair,
            language=foreign(chair, "title"),
        )


def current_posts(chair: Chair) -> list[Appointment]:
    """Return the current appointments of people who may be named."""
    today = timezone.localdate()
    return [post for post in chair.appointments.all() if post.is_named and not (post.ends_on and post.ends_on < today)]


class OpportunityList(PublicList):
    name, view, view_class, title = "opportunities", "chairs:opportunities", OpportunityListView, _("Opportunities")
    has_days = True
    columns = {
        "title": _("Title"),
        "chair": _("Chair"),
        "cluster": _("Cluster"),
        "target": _("Target (€)"),
        "regime": _("How it can be funded"),
        "deadline": _("Deadline"),
        "description": _("Description"),
        "counterparts": _("What the partner gets"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        activities = Activity.objects.open().filter(pk__in=any_of(keys)).order_by()
        return [self._item(one) for one in in_order(keys, activities.select_related("chair__cluster"))]

    def _item(self, activity: Activity) -> Item:
        chair, last = activity.chair, activity.deadline
        cells = {
            "title": text(activity, "title"),
            "chair": text(chair, "title"),
            "cluster": str(chair.cluster),
            "target": activity.target,
            "regime": activity.get_regime_display(),
            "deadline": last,
            "description": text(activity, "description"),
            "counterparts": text(activity, "counterparts"),
        }
        return Item(
            activity.pk,
            cells["title"],
            f"{chair.get_absolute_url()}#activity-{activity.pk}",
            cells,
            facts=[cells["chair"], cells["cluster"]],
            text=cells["description"],
            is_demonstration=is_made_up(chair),
            language=foreign(activity, "title"),
            days={"deadline": (_t("Last day for proposals"), last)} if last else {},
        )


class StartUpList(PublicList):
    name, view, view_class, title = "start-ups", "chairs:start_up_list", StartUpListView, _("Start-ups")
    columns = {
        "name": _("Name"),
        "cluster": _("Cluster"),
        "tie": _("Tie to the cluster"),
        "stage": _("Stage"),
        "incubator": _("Incubator or school"),
        "founded": _("Founded in"),
        "is_alive": _("Still alive"),
        "summary": _("In plain words"),
        "website": _("Web page"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        start_ups = StartUp.objects.published().filter(pk__in=any_of(keys)).order_by()
        return [self._item(one) for one in in_order(keys, start_ups.select_related("cluster", "incubator"))]

    def _item(self, start_up: StartUp) -> Item:
        cells = {
            "name": start_up.name,
            "cluster": str(start_up.cluster),
            "tie": start_up.get_tie_display(),
            "stage": start_up.get_stage_display(),
            "incubator": str(start_up.incubator or ""),
            "founded": start_up.founded_year,
            "is_alive": start_up.is_alive,
            "summary": text(start_up, "summary"),
            "website": start_up.website,
        }
        return Item(
            start_up.pk,
            start_up.name,
            start_up.get_absolute_url(),
            cells,
            facts=[cells["cluster"], cells["tie"]],
            text=cells["summary"],
            is_demonstration=is_made_up(start_up),
        )


class OutputList(PublicList):
    name, view, view_class, title = "outputs", "chairs:output_list", OutputListView, _("Outputs")
    has_citations = True
    columns = {
        "title": _("Title"),
        "kind": _("Kind"),
        "authors": _("Authors"),
        "venue": _("Published in"),
        "year": _("Year"),
        "doi": _("DOI"),
        "hal_id": _("HAL id"),
        "url": _("Web page"),
        "chair": _("Chair"),
        "cluster": _("Cluster"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        outputs = Output.objects.published().filter(pk__in=any_of(keys)).order_by()
        return [self._item(one) for one in in_order(keys, outputs.select_related("chair__cluster"))]

    def citation(self, item: Item) -> str:
        return bibtex_of(item.record)

    def _item(self, output: Output) -> Item:
        chair = output.chair
        cells = {
            "title": output.title,
            "kind": output.get_kind_display(),
            "authors": shown_authors(output.authors, output.hidden_authors),
            "venue": output.venue,
            "year": output.year,
            "doi": output.doi,
            "hal_id": output.hal_id,
            "url": where_to_read(output),
            "chair": text(chair, "title"),
            "cluster": str(chair.cluster),
        }
        return Item(
            output.pk,
            output.title or output.doi or output.hal_id or "",
            address_of("chairs:chair_output_list", chair.cluster.slug, chair.slug),
            cells,
            facts=[str(fact) for fact in (cells["kind"], output.venue, output.year, cells["chair"]) if fact],
            text=", ".join(cells["authors"]),
            is_demonstration=is_made_up(output),
            record=output,
            language=foreign_language(output) if output.title else "",
        )


def where_to_read(output: Output) -> str:
    """Return the web address of an output; an empty text for demonstration data, whose address leads nowhere."""
    known = doi_address(output.doi, output.origin) or hal_address(output.hal_id, output.origin)
    return known or ("" if is_made_up(output) else output.url)
