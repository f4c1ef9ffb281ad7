"""Yearly reports of invented chairs and clusters: one year complete, and one with reports in every state."""

import datetime
from itertools import cycle

from django.utils import timezone

from chairs.models import Chair
from chairs.perms import holds
from clusters.models import Cluster
from demo.cast import Cast
from demo.chairs import INVESTIGATOR_EMAIL
from demo.histories import PastVerb, drafted, live
from demo.tally import Tally
from demo.texts import moment
from yearly.chair_years import chairs_to_report
from yearly.enums import Records
from yearly.models import ChairYearReport, Indicator, IndicatorComment, YearReport

CLUSTERS = ("postgenai-paris", "dataia")
# The states of last year's reports, in turn; None: not begun.
STATES = ("accepted", "submitted", "sent_back", "draft", None)
VERBS = {"draft": [], "submitted": ["submit"], "sent_back": ["submit", "send_back"], "accepted": ["submit", "accept"]}
SENT_BACK = "Dites quel hôpital s’en sert, et combien de doctorants ont soutenu."
WORDS = [
    {
        "highlights_en": "The first prototype left the laboratory: three teams outside the chair now use it every week.",
        "highlights_fr": "Le premier prototype est sorti du laboratoire : trois équipes extérieures s’en servent chaque semaine.",
        "results_en": "Two articles, a software library under a free licence, and a course opened to students of biology.",
        "results_fr": "Deux articles, une bibliothèque logicielle sous licence libre, et un cours ouvert aux étudiants en biologie.",
        "difficulties_en": "One postdoctoral post stayed open for six months.",
        "difficulties_fr": "Un poste de postdoctorant est resté vacant six mois.",
    },
    {
        "highlights_en": "A workshop brought industry and hospitals to one table; two of them have proposed to go on together.",
        "highlights_fr": "Un atelier a réuni industriels et hôpitaux ; deux d’entre eux ont proposé de continuer ensemble.",
        "results_en": "A data set that others can check, with its documentation in both languages.",
        "results_fr": "Un jeu de données que d’autres peuvent vérifier, avec sa documentation dans les deux langues.",
    },
    {
        "highlights_en": "A summer school of one week, with twice as many applications as places.",
        "highlights_fr": "Une école d’été d’une semaine, avec deux fois plus de candidatures que de places.",
        "results_en": "A method that needs ten times less energy for the same answer, measured on public tests.",
        "results_fr": "Une méthode qui demande dix fois moins d’énergie pour la même réponse, mesurée sur des tests publics.",
        "difficulties_en": "Computing time came late in the year.",
        "difficulties_fr": "Les heures de calcul sont arrivées tard dans l’année.",
    },
]
COMMENTS = {
    "people-trained": (
        "The overlap between shared programmes is declared by their coordinators.",
        "Le recouvrement entre formations partagées est déclaré par leurs responsables.",
    ),
    "money-agreed": (
        "Agreements signed in December count from the day on which they take effect.",
        "Les conventions signées en décembre comptent à partir du jour où elles prennent effet.",
    ),
}
COMMENT = (
    "A year of beginnings: chairs opened, first agreements signed.",
    "Une année de débuts : des chaires ouvertes, de premières conventions signées.",
)
LAST_YEAR_ACCEPTED = (5, 15)


def report_years(clusters: dict[str, Cluster], cast: Cast, tally: Tally) -> None:
    """Create the reports of the last two complete years for two clusters, and of the first of them for the nation."""
    last = timezone.localdate().year - 1
    for slug in CLUSTERS:
        cluster = clusters[slug]
        of_chairs(cluster, last - 1, cycle(["accepted"]), cast, tally)
        of_chairs(cluster, last, cycle(STATES), cast, tally)
        of_cluster(cluster, last - 1, cast, tally, is_accepted=True)
        of_cluster(cluster, last, cast, tally)
    of_cluster(None, last - 1, cast, tally, is_accepted=True)


def of_chairs(cluster: Cluster, year: int, states, cast: Cast, tally: Tally) -> None:
    """Write the reports of the cluster's invented chairs, each up to its state."""
    chairs = chairs_to_report(year).filter(cluster=cluster, origin="demonstration").order_by("pk")
    for chair, state, words in zip(chairs, states, cycle(WORDS), strict=False):
        if state is not None and not ChairYearReport.objects.filter(chair=chair, year=year).exists():
            _write(chair, year, state, words, cast)
            tally[str(ChairYearReport._meta.verbose_name_plural)] += 1


def _write(chair: Chair, year: int, state: str, words: dict, cast: Cast) -> None:
    at = moment(datetime.date(year + 1, 2, 10), f"{chair.slug} {year}")
    investigator, editor = cast.users[INVESTIGATOR_EMAIL], cast.editor(chair.cluster)
    # If the investigator has no account, the office writes the report and submits it on their behalf.
    writer = investigator if holds(chair.pk, investigator) else editor
    report = ChairYearReport.objects.create(chair=chair, year=year, created_by=writer, **words)
    drafted(report, at, writer)
    people = {"submit": writer, "send_back": cast.manager(chair.cluster), "accept": cast.manager(chair.cluster)}
    steps = [
        PastVerb(
            verb, people[verb], at + datetime.timedelta(days=12 * place), note=SENT_BACK if verb == "send_back" else ""
        )
        for place, verb in enumerate(VERBS[state])
    ]
    live(report, steps)


def of_cluster(cluster: Cluster | None, year: int, cast: Cast, tally: Tally, *, is_accepted: bool = False) -> None:
    """Create the report of a cluster or of the nation, with comments, and freeze it if it is to be accepted."""
    key = {"cluster": cluster, "year": year, "records": Records.DEMONSTRATION}
    if YearReport.objects.filter(**key).exists():
        return
    by = cast.users["coordinator@example.org"] if cluster is None else cast.manager(cluster)
    at = moment(datetime.date(year + 1, *LAST_YEAR_ACCEPTED), f"{year} {cluster}")
    report = YearReport.objects.create(created_by=by, comment_en=COMMENT[0], comment_fr=COMMENT[1], **key)
    drafted(report, at, by)
    for indicator in Indicator.objects.filter(slug__in=COMMENTS):
        english, french = COMMENTS[indicator.slug]
        IndicatorComment.objects.create(report=report, indicator=indicator, text_en=english, text_fr=french)
    tally[str(YearReport._meta.verbose_name_plural)] += 1
    if is_accepted:
        live(report, [PastVerb("freeze", by, at)])
