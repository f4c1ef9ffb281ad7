"""Asks what suits a wish: as the page does, and by judging every offer there is, one by one."""

from dataclasses import replace

from chairs.models import Activity, Chair
from core.tokenizer import terms, written_words
from sponsorships.accounting.activity_money import public_money_of, with_public_money
from sponsorships.matching.offers import Offer, found_under, supportable
from sponsorships.matching.ranking import ranking
from sponsorships.matching.scoring import Match, judge, judged


def matches(wish) -> list[Match]:
    """Return all that the pages of an answer show, and one beyond where they are cut."""
    found = ranking(wish)
    shown = judged(wish, found.offers, found.words)
    assert [match.score for match in shown] == [one.score for one in found.offers]
    return shown


def every_match(wish) -> list[Match]:
    """Return every offer that suits a wish, in order."""
    if wish.is_empty:
        return []
    chairs = {chair.pk: chair for chair in supportable().select_related("cluster").prefetch_related("themes")}
    posted = with_public_money(Activity.objects.open().filter(chair__in=supportable()))
    offers = [_offer(chair) for chair in chairs.values()]
    offers += [_offer(chairs[one.chair_id], one) for one in posted]
    words = found_under(wish.words_looked_for)
    found = [judge(wish, offer, words) for offer in offers]
    shown = [match for match in found if match.reasons and match.is_on_subject]
    return sorted(shown, key=lambda match: (-match.score, -_named(wish, words, match.offer), *match.offer.key))


def _offer(chair: Chair, activity: Activity | None = None) -> Offer:
    cluster, themes = chair.cluster, tuple((theme.slug, str(theme)) for theme in chair.themes.all())
    offer = Offer(chair.pk, cluster.slug, cluster.region, chair.starts_on, chair.ends_on, themes)
    if activity is None:
        return offer
    money = {"target": activity.target, "given": public_money_of(activity).given}
    return replace(offer, activity=activity.pk, regime=activity.regime, **money)


def _named(wish, words, offer: Offer) -> int:
    """Return how far the titles of an offer name what was asked, and whether its chair is on the themes asked for alone."""
    chair = Chair.objects.get(pk=offer.chair)
    own = chair if offer.activity is None else Activity.objects.get(pk=offer.activity)
    named = 0
    for word in words.values():
        named += 2 if _names(own, word) else int(offer.activity is not None and _names(chair, word))
    keys = {f"{offer.cluster}/{slug}" for slug, _name in offer.themes}
    return named + bool(keys & wish.themes and keys <= wish.themes)


def _names(record, word) -> bool:
    has = terms(written_words(f"{record.title_en or ''} {record.title_fr or ''}"))
    return all(has.intersection(group) for group in word.groups)
