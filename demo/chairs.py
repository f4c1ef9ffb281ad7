"""Invented chairs, with their people, teaching and activities."""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chairs import shares
from chairs.models import Activity, Appointment, Chair, ChairKind, ClusterShare, Discipline, TeachingElement
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Person, Phase
from core.slugs import address_of
from demo.cast import Cast
from demo.chair_histories import lead_life
from demo.histories import rows_of
from demo.tally import Tally
from demo.texts import MONTHS_A_YEAR, days_ago, first_of_month, last_before, moment, read

FILES = ("postgenai_paris", "dataia", "other_clusters", "monday")
TEXTS = ("title_en", "title_fr", "summary_en", "summary_fr", "description_en", "description_fr")
ACTIVITY_TEXTS = ("title_en", "title_fr", "description_en", "description_fr", "counterparts_en", "counterparts_fr")
# Days before the chair's first day; below, the fewest days before today.
REGISTERED_BEFORE, CONSENT_BEFORE, AGREED_BEFORE = 130, 45, 120
PUT_TOGETHER, AGREED_AGO = 60, 55
# The person of the account pi@example.org, who holds two chairs.
INVESTIGATOR = "Youssef Tamarelli"
INVESTIGATOR_EMAIL = "pi@example.org"


class ChairMaker:
    """Creates the missing chairs. `new` maps the slug of each created chair to the chair and its text."""

    def __init__(self, clusters: dict[str, Cluster], cast: Cast, tally: Tally):
        self.clusters, self.cast, self.tally = clusters, cast, tally
        self.phase = Phase.objects.get(is_current=True)
        self.kinds = {kind.slug: kind for kind in ChairKind.objects.all()}
        self.disciplines = {discipline.slug: discipline for discipline in Discipline.objects.all()}
        self.institutions = {institution.name: institution for institution in Institution.objects.all()}
        self.new: dict[str, tuple[Chair, dict]] = {}

    def make_all(self) -> None:
        account = self.cast.account(INVESTIGATOR_EMAIL, INVESTIGATOR, "fr", _("Principal investigator of two chairs"))
        for name in FILES:
            file = read(name)
            for text in file["chair"]:
                self._make({"cluster": file.get("cluster"), "kind": file.get("kind"), "status": "active"} | text)
        Person.objects.filter(slug=address_of(INVESTIGATOR), user=None).update(user=account)

    def _make(self, text: dict) -> None:
        cluster = self.clusters[text["cluster"]]
        registrar = self.cast.manager(cluster) if text.get("registered_by") == "manager" else self.cast.editor(cluster)
        values = {name: text[name] for name in TEXTS} | {
            "kind": self.kinds[text["kind"]],
            "phase": self.phase,
            "starts_on": first_of_month(text["starts"]),
            "ends_on": last_before(text["starts"] + text["years"] * MONTHS_A_YEAR),
            "origin": Origin.DEMONSTRATION,
            "registered_by": registrar,
            **self._grant(text),
        }
        chair, is_new = self.tally.add_missing(Chair, values, cluster=cluster, slug=text["slug"])
        if not is_new:
            return
        chair.themes.set(cluster.themes.filter(slug__in=text.get("themes", [])))
        self._appoint(chair, text)
        self._teach(chair, text)
        self._post(chair, text)
        self._share(chair, text)
        self._date(chair, text)
        self.new[chair.slug] = (lead_life(chair, text, self.cast), text)

    def _appoint(self, chair: Chair, text: dict) -> None:
        for name, institution, discipline, seniority in text["pis"]:
            Appointment.objects.create(
                chair=chair,
                person=self._person(name, chair.cluster),
                affiliation=self.institutions[institution],
                discipline=self.disciplines[discipline],
                seniority=seniority,
                starts_on=chair.starts_on,
                consent_given_on=None if name in text.get("unannounced", []) else self._consent(chair),
            )

    def _consent(self, chair: Chair) -> datetime.date:
        return min(chair.starts_on, days_ago(0)) - datetime.timedelta(days=CONSENT_BEFORE)

    def _person(self, name: str, cluster: Cluster) -> Person:
        values = {"name": name, "origin": Origin.DEMONSTRATION, "registered_in": cluster}
        return self.tally.add_missing(Person, values, slug=address_of(name))[0]

    def _teach(self, chair: Chair, text: dict) -> None:
        for kind, title_en, title_fr, institution, hours in text.get("teaching", []):
            TeachingElement.objects.create(
                chair=chair,
                kind=kind,
                title_en=title_en,
                title_fr=title_fr,
                institution=self.institutions[institution],
                hours_etd=Decimal(hours),
            )

    def _post(self, chair: Chair, text: dict) -> None:
        for activity in text.get("activity", []):
            Activity.objects.create(
                chair=chair,
                **{name: activity[name] for name in ACTIVITY_TEXTS},
                target=Decimal(activity["target"]),
                # A deadline in the past is set at the end: until then the activity takes sponsors.
                deadline=days_ago(-abs(activity["deadline"])),
                posted_by=chair.registered_by,
                posted_at=moment(min(chair.starts_on, days_ago(PUT_TOGETHER)), activity["title_en"]),
            )

    def _grant(self, text: dict) -> dict:
        """Return the fields of a chair's public grant, stated on its first day; empty if its text has none."""
        if "public_grant" not in text:
            return {}
        return {
            "public_grant": Decimal(text["public_grant"]),
            "public_grant_source": gettext_noop("Invented for the demonstration"),
            "public_grant_on": first_of_month(text["starts"]),
        }

    def _share(self, chair: Chair, text: dict) -> None:
        """Record the shares of the clusters that fund the chair, agreed before its approval; some may still wait."""
        for number, (slug, percent, *waits) in enumerate(text.get("shares", [])):
            cluster = self.clusters[slug]
            share = ClusterShare.objects.create(chair=chair, cluster=cluster, percent=Decimal(percent))
            if waits:
                continue
            # Between the chair's registration and its submission.
            is_started = chair.starts_on <= days_ago(0)
            day = chair.starts_on - datetime.timedelta(days=AGREED_BEFORE) if is_started else days_ago(AGREED_AGO)
            at = moment(day + datetime.timedelta(days=number), f"{chair.slug} {slug}")
            shares.agree(share, by=self.cast.manager(cluster), percent=share.percent, at=at)

    def _date(self, chair: Chair, text: dict) -> None:
        before = REGISTERED_BEFORE if chair.starts_on < days_ago(0) else 0
        day = min(chair.starts_on, days_ago(PUT_TOGETHER)) - datetime.timedelta(days=before)
        registered_at = moment(day, chair.slug)
        rows_of(chair).update(registered_at=registered_at, updated_at=registered_at)
        chair.history.update(history_date=registered_at, history_user=chair.registered_by)
