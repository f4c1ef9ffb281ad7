"""What the tests of the list of programmes share: programmes that differ in all that it asks about, and a brute force."""

import random

from clusters.enums import Audience, TeachingLanguage, TrainingLevel
from clusters.models import TrainingProgramme
from core.tokenizer import finders, query_words, terms, written_words
from tests.factories import make_cluster, make_institution, make_theme, make_training

URL = "/en/training/"
WORDS = ["robots", "droit", "santé", "musées", "langage", "engineering"]
BOTH = {
    "audience": {"both": {"ai_experts", "other_disciplines"}},
    "language": {"both": {"fr", "en"}},
}


def slugs(client, query="", url=URL) -> list[str]:
    """Return the slugs of the programmes on a page of the list, in its order."""
    pks = client.get(url + query).context["page_obj"].object_list
    return [TrainingProgramme.objects.get(pk=pk).slug for pk in pks]


def make_catalogue(number: int, seed: int = 1) -> None:
    """Make programmes, some of them drafts, at random but always the same for a seed."""
    chance = random.Random(seed)
    clusters = [make_cluster() for _number in range(3)]
    themes = [make_theme(cluster) for cluster in clusters for _number in range(2)]
    institutions = [make_institution(name=f"Université {word}") for word in WORDS[:3]]
    for index in range(number):
        programme = make_training(
            chance.choice(clusters),
            chance.sample(clusters, index % 2),
            name_en=f"{chance.choice(WORDS)} {chance.choice(WORDS)}",
            name_fr=chance.choice(["", "Formation"]),
            summary_fr=chance.choice(["", *WORDS]),
            place=chance.choice(["", "Nancy", "Évry"]),
            level=chance.choice(["", *TrainingLevel.values]),
            audience=chance.choice(["", *Audience.values]),
            teaching_language=chance.choice(["", *TeachingLanguage.values]),
            built_with_industry=chance.choice([None, True, False]),
            is_published=index % 5 != 4,
        )
        programme.themes.set(chance.sample(themes, index % 3))
        programme.institutions.set(chance.sample(institutions, index % 2))


def values_of(programme: TrainingProgramme) -> dict[str, set[str]]:
    """Return what a reader would say of a programme under each filter."""
    clusters = [programme.cluster, *programme.shared_with.all()]
    found = {
        "level": {programme.level},
        "language": BOTH["language"].get(programme.teaching_language, {programme.teaching_language}),
        "audience": BOTH["audience"].get(programme.audience, {programme.audience}),
        "cluster": {cluster.slug for cluster in clusters},
        "theme": {f"{theme.cluster.slug}/{theme.slug}" for theme in programme.themes.all()},
        "industry": {"1"} if programme.built_with_industry else set(),
    }
    return {facet: values - {""} for facet, values in found.items()}


def terms_of(programme: TrainingProgramme) -> set[str]:
    """Return every term by which any of a programme's texts is found."""
    clusters = [programme.cluster, *programme.shared_with.all()]
    texts = [
        *(programme.name_en, programme.name_fr, programme.summary_en, programme.summary_fr, programme.place),
        *(text for cluster in clusters for text in (cluster.name, cluster.acronym)),
        *(text for theme in programme.themes.all() for text in (theme.name_en, theme.name_fr)),
        *(text for one in programme.institutions.all() for text in (one.name, one.acronym)),
    ]
    return terms(word for text in texts if text for word in written_words(text))


def has_words(known: set[str], query: str) -> bool:
    """Return whether each word of a query is among these terms, by one of its stems."""
    return all(known.intersection(group) for group in finders(query_words(query)))
