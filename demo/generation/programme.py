"""The other records of the programme, in bulk: training, outputs, start-ups and collaborations."""

from typing import Any

from chairs.enums import OutputKind, StartUpStage, StartUpTie
from chairs.models import Chair, Output, StartUp
from clusters.enums import Audience, Origin, TeachingLanguage, TrainingLevel
from clusters.models import Cluster, Intake, TrainingProgramme
from collaborations.enums import CollaborationKind
from collaborations.models import Collaboration, Participant
from core.slugs import address_of
from demo.generation.surroundings import Surroundings, moment
from demo.generation.words import Text, filled

# As many of each as chairs, up to this limit, which the real programme will not reach.
MAX_OF_EACH = 10_000
BATCH_SIZE = 1_000
LAST_YEAR, YEARS = 2025, 8
ENROLLED = range(10, 120)
FOREIGN = ("BE", "CA", "CH", "DE", "ES", "GB", "IT", "JP", "MA", "NL", "US")
MAX_AUTHORS = 6
NO_DEADLINE_SHARE, WITH_INDUSTRY_SHARE, NO_STAGE_SHARE, SHARED_SHARE = 40, 30, 20, 10
DEADLINES = (-120, 300)


def make_programme(chairs: int, around: Surroundings) -> None:
    """Save as many of each as there are chairs, at most MAX_OF_EACH."""
    places = range(min(chairs, MAX_OF_EACH))
    published = list(Chair.objects.published().order_by("pk"))
    _make_training(places, around)
    _make_collaborations(places, around)
    if published:
        _make_outputs(places, published, around)
        _make_start_ups(places, published, around)


def _make_training(places: range, around: Surroundings) -> None:
    programmes = [_training(place, around) for place in places]
    TrainingProgramme.objects.bulk_create(programmes, BATCH_SIZE)
    themes, institutions = TrainingProgramme.themes.through, TrainingProgramme.institutions.through
    _link(themes, [themes(trainingprogramme=one, theme=it) for one in programmes for it in _themes(one, around)])
    _link(
        institutions,
        [institutions(trainingprogramme=one, institution=around.some_employers(1)[0]) for one in programmes],
    )
    Intake.objects.bulk_create(
        [
            Intake(
                programme=one, cluster_id=one.cluster_id, year=_year(around), enrolled=around.chance.choice(ENROLLED)
            )
            for one in programmes
        ],
        BATCH_SIZE,
    )


def _training(place: int, around: Surroundings) -> TrainingProgramme:
    chance, name = around.chance, around.words.title(3)
    return TrainingProgramme(
        cluster=chance.choice(around.clusters),
        slug=_slug(name, place),
        level=chance.choice(TrainingLevel.values),
        audience=chance.choice(Audience.values),
        teaching_language=chance.choice(TeachingLanguage.values),
        place=around.words.name(),
        built_with_industry=chance.falls(WITH_INDUSTRY_SHARE) or None,
        apply_by=None if chance.falls(NO_DEADLINE_SHARE) else around.day(chance.randint(*DEADLINES)),
        origin=Origin.DEMONSTRATION,
        **filled(name=name, summary=around.words.sentences(2)),
    )


def _themes(programme: TrainingProgramme, around: Surroundings) -> list[Any]:
    return around.themes_of(programme.cluster_id)


def _make_outputs(places: range, chairs: list[Chair], around: Surroundings) -> None:
    chance, words, confirmed_at = around.chance, around.words, moment(around.today)
    outputs = [
        Output(
            chair=chance.choice(chairs),
            kind=chance.choices(OutputKind.values, weights=(8, 1, 1))[0],
            doi=f"10.5555/generated.{place}",
            title=words.title(8).en,
            authors=[chance.choice(around.people).name for _author in range(chance.randint(1, MAX_AUTHORS))],
            venue=words.title(3).en,
            year=_year(around),
            language="en",
            confirmed_at=confirmed_at,
            origin=Origin.DEMONSTRATION,
        )
        for place in places
    ]
    for output in outputs:
        output.search_key = output.made_search_key()
    Output.objects.bulk_create(outputs, BATCH_SIZE)


def _make_start_ups(places: range, chairs: list[Chair], around: Surroundings) -> None:
    chance, behind = around.chance, []
    start_ups = []
    for place in places:
        chair = chance.choice(chairs)
        name = f"{around.words.name()} {around.words.name()}"
        start_up = StartUp(
            cluster_id=chair.cluster_id,
            slug=f"{address_of(name)}-{place}",
            name=name,
            tie=chance.choice(StartUpTie.values),
            founded_year=_year(around),
            stage="" if chance.falls(NO_STAGE_SHARE) else chance.choice(StartUpStage.values),
            origin=Origin.DEMONSTRATION,
            **filled(summary=around.words.sentences(1)),
        )
        start_up.fill_keys()
        start_ups.append(start_up)
        behind.append(StartUp.chairs.through(startup=start_up, chair=chair))
    StartUp.objects.bulk_create(start_ups, BATCH_SIZE)
    _link(StartUp.chairs.through, behind)


def _make_collaborations(places: range, around: Surroundings) -> None:
    chance = around.chance
    collaborations = [_collaboration(place, around) for place in places]
    Collaboration.objects.bulk_create(collaborations, BATCH_SIZE)
    clusters, links = Collaboration.clusters.through, []
    for one in collaborations:
        taking_part: set[Cluster] = {one.kept_by}
        if chance.falls(SHARED_SHARE):
            taking_part.add(chance.choice(around.clusters))
        links += [clusters(collaboration=one, cluster=cluster) for cluster in taking_part]
    _link(clusters, links)
    Participant.objects.bulk_create(
        [
            Participant(collaboration=one, institution=institution)
            for one in collaborations
            for institution in around.some_employers(2)
        ],
        BATCH_SIZE,
    )


def _collaboration(place: int, around: Surroundings) -> Collaboration:
    chance, title = around.chance, around.words.title(5)
    year = _year(around)
    return Collaboration(
        kept_by=chance.choice(around.clusters),
        slug=_slug(title, place),
        kind=chance.choice(CollaborationKind.values),
        countries=sorted({"FR", chance.choice(FOREIGN)}),
        starts=str(year),
        ends=str(year + chance.randint(0, 3)),
        origin=Origin.DEMONSTRATION,
        **filled(title=title, summary=around.words.sentences(2)),
    )


def _year(around: Surroundings) -> int:
    return LAST_YEAR - around.chance.randrange(YEARS)


def _slug(name: Text, place: int) -> str:
    return f"{address_of(name.en, 80)}-{place}"


def _link(model: Any, rows: list[Any]) -> None:
    model.objects.bulk_create(rows, BATCH_SIZE)
