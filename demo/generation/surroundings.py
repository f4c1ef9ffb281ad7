"""The records that chairs refer to: the real clusters and institutions, and invented institutions, themes and people."""

import datetime
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from django.utils import timezone

from chairs.models import ChairKind, CompositionRule, Discipline
from clusters.enums import InstitutionKind, Origin
from clusters.models import Cluster, Institution, Person, Phase, Theme
from core.slugs import address_of
from demo.cast import Cast
from demo.generation.words import Chance, Vocabulary

# With the real ones, the search has a few hundred filter values; a small directory has fewer.
MAX_INSTITUTIONS, MAX_THEMES_A_CLUSTER = 150, 24
CHAIRS_AN_INSTITUTION, CHAIRS_A_THEME = 3, 40
GIVEN_NAMES = (
    "Adèle Aïcha Amaury Anouk Basile Blanche Cyprien Daphné Elio Esther Fatou Félix Ghislaine Hadrien Hugo Inès Ismaël Jeanne "
    "Joachim Katia Léandre Lina Malo Mei Nadir Noémie Octave Ophélie Priya Quentin Raphaël Rose Samir Solène Tariq Théa "
    "Ulysse Victoire Wanda Xavier Yaël Zoé"
).split()
OFFICE_OPENS = datetime.time(9)


@dataclass
class Surroundings:
    """The records from which makers of chairs and sponsorships choose at random."""

    chance: Chance
    words: Vocabulary
    today: datetime.date
    cast: Cast
    phase: Phase
    clusters: list[Cluster]
    rules: dict[int, list[CompositionRule]]
    themes: dict[int, list[Theme]]
    disciplines: list[Discipline]
    employers: list[Institution]
    people: list[Person]

    def day(self, days: int) -> datetime.date:
        """Return the day this many days from today."""
        return self.today + datetime.timedelta(days=days)

    def themes_of(self, cluster_id: int) -> list[Theme]:
        """Return some of the cluster's themes; the first ones are the most frequent."""
        themes = self.themes[cluster_id]
        drawn = self.chance.choices(themes, cum_weights=zipf(len(themes)), k=self.chance.randint(1, 3))
        return list(dict.fromkeys(drawn))

    def some_employers(self, number: int) -> list[Institution]:
        """Return this many different institutions; the first ones are the most frequent."""
        found: dict[int, Institution] = {}
        while len(found) < number:
            one = self.chance.choices(self.employers, cum_weights=zipf(len(self.employers)))[0]
            found[one.pk] = one
        return list(found.values())


def moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, OFFICE_OPENS))


@cache
def zipf(number: int) -> list[float]:
    """Return cumulative weights of Zipf's law: the first is twice as frequent as the second, three times as the third."""
    return list(accumulate(1 / (rank + 1) for rank in range(number)))


def make_surroundings(chairs: int, seed: int, today: datetime.date, cast: Cast) -> Surroundings:
    """Create and return the records for this number of chairs. The real clusters exist already."""
    chance = Chance(seed)
    words = Vocabulary(chance)
    clusters = list(Cluster.objects.order_by("slug"))
    phase = Phase.objects.get(is_current=True)
    _make_institutions(min(MAX_INSTITUTIONS, chairs // CHAIRS_AN_INSTITUTION), words)
    _make_themes(min(MAX_THEMES_A_CLUSTER, 1 + chairs // CHAIRS_A_THEME), clusters, phase, words)
    return Surroundings(
        chance=chance,
        words=words,
        today=today,
        cast=cast,
        phase=phase,
        clusters=clusters,
        rules={cluster.pk: _rules_for(cluster) for cluster in clusters},
        themes={cluster.pk: list(cluster.themes.filter(phase=phase).order_by("pk")) for cluster in clusters},
        disciplines=list(Discipline.objects.order_by("pk")),
        employers=list(Institution.objects.employers().order_by("pk")),
        people=_make_people(max(chairs, 4), clusters, words),
    )


def _make_institutions(number: int, words: Vocabulary) -> None:
    kinds = [InstitutionKind.UNIVERSITY, InstitutionKind.SCHOOL, InstitutionKind.RESEARCH_INSTITUTE]
    for place in range(number):
        town = words.name()
        kind = kinds[place % len(kinds)]
        Institution.objects.create(
            name=f"{kind.label} {town} {place}",
            slug=address_of(f"{town} {place}"),
            kind=kind,
            city=town,
            origin=Origin.DEMONSTRATION,
        )


def _make_themes(number: int, clusters: list[Cluster], phase: Phase, words: Vocabulary) -> None:
    for cluster in clusters:
        for place in range(number):
            name = words.title(2)
            Theme.objects.create(
                cluster=cluster,
                phase=phase,
                name_en=name.en,
                name_fr=name.fr,
                slug=f"{address_of(name.en, 80)}-{place}",
            )


def _make_people(number: int, clusters: list[Cluster], words: Vocabulary) -> list[Person]:
    return Person.objects.bulk_create((_person(place, clusters, words) for place in range(number)), batch_size=1000)


def _person(place: int, clusters: list[Cluster], words: Vocabulary) -> Person:
    family = words.name()
    name = f"{words.chance.choice(GIVEN_NAMES)} {family}"
    person = Person(
        name=name,
        family_name=family,
        slug=f"{address_of(name)}-{place}",
        registered_in=words.chance.choice(clusters),
        origin=Origin.DEMONSTRATION,
    )
    person.fill_keys()
    return person


def _rules_for(cluster: Cluster) -> list[CompositionRule]:
    """Return the rule in force for each kind of chair that the cluster uses."""
    kinds = ChairKind.objects.prefetch_related("rules", "clusters").order_by("pk")
    return [rule for kind in kinds if kind.is_used_by(cluster.pk) and (rule := kind.rule_on()) is not None]
