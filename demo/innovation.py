"""Invented teams and organisations of chairs, start-ups, and counts of patents, licences and transfers."""

import datetime
from zlib import crc32

from chairs.enums import CountedKind, StartUpTie
from chairs.models import Appointment, Chair, ChairOrganisation, CountedOutput, StartUp
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Person
from core.slugs import address_of
from demo.tally import Tally
from demo.texts import MONTHS_A_YEAR, days_ago, first_of_month, last_before, read, today

FILE = "innovation"
# How many days ago a start-up was known to be alive.
HEARD_OF = 60
AGREED_BEFORE = 20
# Years back for which outputs are counted.
YEARS = 3
# By kind: the percentage of chairs that have any in a year, and the highest number.
CHANCES = {CountedKind.PATENT: (45, 3), CountedKind.LICENCE: (25, 2), CountedKind.TRANSFER: (30, 2)}


def make_teams(new: dict[str, tuple[Chair, dict]], tally: Tally) -> None:
    """Give newly created chairs their teams and organisations."""
    institutions = {institution.name: institution for institution in Institution.objects.all()}
    for text in read(FILE)["team"]:
        if text["chair"] not in new:
            continue
        chair = new[text["chair"]][0]
        for name, role, institution, after, months, agreed in text["people"]:
            starts_on, ends_on = _stay(chair, after, months)
            values = {"name": name, "origin": Origin.DEMONSTRATION, "registered_in": chair.cluster}
            Appointment.objects.create(
                chair=chair,
                person=tally.add_missing(Person, values, slug=address_of(name))[0],
                role=role,
                affiliation=institutions.get(institution),
                starts_on=starts_on,
                ends_on=ends_on,
                consent_given_on=_consent(starts_on) if agreed else None,
            )
        for name, role, agreed in text["organisations"]:
            known = institutions.get(name)
            who = {"institution": known} if known else {"name": name}
            consent = _consent(chair.starts_on) if agreed else None
            ChairOrganisation.objects.create(
                chair=chair, role=role, starts_on=chair.starts_on, consent_given_on=consent, **who
            )


def make_start_ups(clusters: dict[str, Cluster], tally: Tally) -> None:
    """Create the missing start-ups."""
    chairs = {chair.slug: chair for chair in Chair.objects.filter(origin=Origin.DEMONSTRATION)}
    for text in read(FILE)["start_up"]:
        ago = text.get("founded")
        values = {
            "name": text["name"],
            "tie": text.get("tie", StartUpTie.SPIN_OFF),
            "summary_en": text["summary_en"],
            "summary_fr": text["summary_fr"],
            "incubator": Institution.objects.filter(name=text.get("incubator", "")).first(),
            "founded_year": today().year - ago if ago else None,
            "stage": text["stage"],
            "is_alive": text.get("alive"),
            "alive_on": days_ago(HEARD_OF) if "alive" in text else None,
            "origin": Origin.DEMONSTRATION,
        }
        cluster = clusters[text["cluster"]]
        start_up, is_new = tally.add_missing(StartUp, values | {"cluster": cluster}, slug=address_of(text["name"]))
        if is_new:
            start_up.chairs.set(chairs[slug] for slug in text.get("chairs", []) if slug in chairs)
            slugs = [address_of(name) for name in text.get("people", [])]
            start_up.people.set(Person.objects.filter(slug__in=slugs, origin=Origin.DEMONSTRATION))


def make_counted(chairs: list[Chair], tally: Tally) -> None:
    """Create the counts of patents, licences and transfers of published chairs in the last years."""
    published = Chair.objects.published().filter(pk__in=[chair.pk for chair in chairs]).order_by("pk")
    years = range(today().year - YEARS, today().year + 1)
    made = [
        CountedOutput(chair=chair, kind=kind, year=year, number=number)
        for chair in published
        # From the year before the chair began: its first patents are based on earlier work.
        for year in years
        if chair.starts_on.year - 1 <= year
        for kind, chance in CHANCES.items()
        if (number := _number(f"{chair.slug} {kind} {year}", *chance))
    ]
    for counted in made:
        counted.save()
    if made:
        tally[str(CountedOutput._meta.verbose_name_plural)] += len(made)


def _number(seed: str, percent: int, most: int) -> int:
    chance = crc32(seed.encode())
    return 1 + chance // 100 % most if chance % 100 < percent else 0


def _stay(chair: Chair, after: int, months: int) -> tuple[datetime.date, datetime.date | None]:
    """Return the first and last day of a person who arrives this many months after the chair's first day."""
    now = today().year * MONTHS_A_YEAR + today().month
    first = chair.starts_on.year * MONTHS_A_YEAR + chair.starts_on.month - now + after
    return first_of_month(first), last_before(first + months) if months else None


def _consent(day: datetime.date) -> datetime.date:
    return min(day, days_ago(0)) - datetime.timedelta(days=AGREED_BEFORE)
