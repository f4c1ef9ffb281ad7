"""Invented outputs of chairs over three years: most confirmed, some proposed, one with only an identifier.

Titles are made from the chair's; authors are its people who may be named. DOIs have the prefix reserved for tests, and
lead nowhere.
"""

from zlib import crc32

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from chairs.enums import OutputKind, OutputRegistry
from chairs.models import Appointment, Chair, Output
from chairs.models.output import TEST_PREFIX
from clusters.enums import Origin
from demo.tally import Tally
from demo.texts import days_ago, moment

YEARS = 3
# Chairs of these clusters have two outputs a year; others have one.
RICH = ("postgenai-paris", "dataia")
# Kind, title in English, title in French, venue. An output uses one of the titles, and its language.
SHAPES = (
    (OutputKind.PUBLICATION, "{}: a survey", "{} : un état de l’art", "Invented Journal of Machine Learning"),
    (OutputKind.PUBLICATION, "{}: first results", "{} : premiers résultats", "Invented Conference on AI"),
    (OutputKind.SOFTWARE, "{}: a toolkit", "{} : une boîte à outils", ""),
    (
        OutputKind.PUBLICATION,
        "{}: what we learnt",
        "{} : ce que nous avons appris",
        "Revue inventée d’intelligence artificielle",
    ),
    (OutputKind.DATA_SET, "{}: a data set", "{} : un jeu de données", "Invented Repository"),
    (OutputKind.PUBLICATION, "{}, revisited", "{}, deux ans après", "Invented Transactions on AI"),
)
FRENCH_ONE_IN = 3
PROPOSED_ONE_IN = 4


def make_outputs(chairs: list[Chair], tally: Tally) -> None:
    """Create the outputs of each published chair."""
    published = Chair.objects.published().filter(pk__in=[chair.pk for chair in chairs])
    made = [
        output
        for number, chair in enumerate(published.select_related("cluster", "registered_by").order_by("pk"))
        for output in [*_confirmed(chair), *_proposed(chair, number)]
    ]
    for output in made:
        output.search_key = output.made_search_key()
    bulk_create_with_history(made, Output, batch_size=100)
    if made:
        tally[str(Output._meta.verbose_name_plural)] += len(made)


def _confirmed(chair: Chair) -> list[Output]:
    # From the year before the chair began: papers may be a little earlier.
    last = timezone.localdate().year - 1
    years = [year for year in range(last - YEARS + 1, last + 1) if chair.starts_on.year - 1 <= year] or [last]
    a_year = 2 if chair.cluster.slug in RICH else 1
    outputs = [_made(chair, year, place) for year in years for place in range(a_year)]
    for output in outputs:
        output.confirmed_by, output.confirmed_at = chair.registered_by, output.added_at
    return outputs


def _proposed(chair: Chair, number: int) -> list[Output]:
    """Return an unanswered output found by the cluster's grant number; for the first chair, also one with only a DOI."""
    if number % PROPOSED_ONE_IN or not chair.cluster.anr_reference:
        return []
    proposed = _made(chair, timezone.localdate().year, len(SHAPES) - 1)
    proposed.stated_references = [chair.cluster.anr_reference.replace("IACL", " IACL")]
    if number:
        return [proposed]
    bare = Output(
        chair=chair, doi=f"{TEST_PREFIX}demo.{chair.pk}.bare", origin=Origin.DEMONSTRATION, added_by=chair.registered_by
    )
    bare.confirmed_by, bare.confirmed_at = chair.registered_by, bare.added_at
    return [proposed, bare]


def _made(chair: Chair, year: int, place: int) -> Output:
    seed = crc32(chair.slug.encode()) + 2 * year + place  # the outputs of a year differ
    kind, english, french, venue = SHAPES[seed % len(SHAPES)]
    language = "en" if seed % FRENCH_ONE_IN else "fr"
    subject = getattr(chair, f"title_{language}").rstrip("?!. \u202f\xa0")
    title = (english if language == "en" else french).format(subject)
    named = Appointment.objects.named().filter(chair=chair).order_by("pk").values_list("person__name", flat=True)
    at = moment(days_ago(30), f"{chair.slug} {year} {place}")
    return Output(
        chair=chair,
        kind=kind,
        title=title[:1].upper() + title[1:],
        authors=list(named),
        venue=venue,
        year=year,
        language=language,
        doi=f"{TEST_PREFIX}demo.{chair.slug[:40]}.{year}.{place}",
        registry=OutputRegistry.FILE,
        completed_at=at,
        added_by=chair.registered_by,
        added_at=at,
        origin=Origin.DEMONSTRATION,
    )
