"""Detect conflicts of sponsorships from today's data, for a whole list at once.

docs/conflicts.md has the rules. The partner must not learn of conflicts: none of its pages or mails mentions them.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from chairs.models import Activity, Appointment
from clusters.models import InstitutionAlias
from core.fetched import fetched
from core.money import euros
from core.prepared import Prepared
from core.primary_keys import any_given, as_one, in_batches
from core.similar_names import bare
from core.text import name_key
from partners.enums import ContactState
from partners.models import Contact
from sponsorships.accounting.activity_money import with_money
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import (
    AGREED_STATUSES,
    LIVE_STATUSES,
    PENDING_STATUSES,
    UNDECIDED_STATUSES,
    ConflictKind,
    EntryKind,
    Regime,
)
from sponsorships.models import LedgerEntry, Sponsorship

# CGI 238 bis and the practice of museums and universities: above a quarter, a gift is a purchase.
MAX_COUNTERPARTS = Decimal("0.25")


@dataclass(frozen=True)
class Conflict:
    """One conflict of one sponsorship: its kind, its sentence, and the fingerprint of its facts."""

    kind: ConflictKind
    sentence: str
    facts: str

    @property
    def obstacle(self) -> str:
        """The sentence, and what to do about it."""
        return _("%(conflict)s Write on the sponsorship's page how this is resolved, or change it first.") % {
            "conflict": self.sentence
        }


def conflicts_of(sponsorship: Sponsorship) -> list[Conflict]:
    """Return the current conflicts of one sponsorship."""
    return conflicts_by_sponsorship([sponsorship])[sponsorship.pk]


def conflicts_by_sponsorship(sponsorships) -> dict[int, list[Conflict]]:
    """Return the current conflicts of each sponsorship, by key; a constant number of queries per batch."""
    found: dict[int, list[Conflict]] = {one.pk: [] for one in sponsorships}
    for live in in_batches(one for one in sponsorships if one.status in LIVE_STATUSES):
        for detect in (_employers, _rivals, _beyond_target, _counterparts):
            for sponsorship, conflict in detect(live):
                found[sponsorship.pk].append(conflict)
    return found


def _conflict(kind: ConflictKind, sentence: str, facts) -> Conflict:
    """Return a conflict with the fingerprint of its facts.

    The facts are keys and amounts, not words, which would depend on the language.
    """
    fingerprint = hashlib.sha256(json.dumps([kind.value, facts], default=str).encode()).hexdigest()
    return Conflict(kind, sentence, fingerprint)


def _employers(live):
    """Yield conflicts where the partner employs a current or future investigator, or one acts for the partner."""
    by_chair, posts = defaultdict(list), _posts(chairs=as_one({one.chair_id for one in live}))
    prefetch_related_objects(posts, *_aliases())
    for post in posts:
        by_chair[post.chair_id].append(post)
    acting = defaultdict(set)
    for contact in _contacts(one.partner for one in live):
        acting[contact.partner_id] |= {contact.user_id, contact.user.email.lower()}
    for one in live:
        ways = [
            (post, acts, employed)
            for post in by_chair[one.chair_id]
            for acts in [not acting[one.partner_id].isdisjoint(_known_as(post.person))]
            for employed in [_is_employed(post, one.partner)]
            if acts or employed
        ]
        if ways:
            people = ", ".join(sorted({str(post.person) for post, _acts, _employed in ways}, key=name_key))
            sentence = _("%(partner)s employs, or is represented by, an investigator of this chair: %(people)s.")
            facts = [one.partner_id, sorted({(post.person_id, acts, employed) for post, acts, employed in ways})]
            said = sentence % {"partner": one.partner, "people": people}
            yield one, _conflict(ConflictKind.EMPLOYER, said, facts)


@Prepared
def _posts():
    posts = Appointment.objects.not_over().investigators().filter(chair__in=any_given("chairs"))
    shown = posts.select_related("person", *AFFILIATIONS).only("chair", *KNOWN_OF_A_PERSON, *KNOWN_OF_AFFILIATIONS)
    return shown.order_by("pk")


def _aliases() -> list[Prefetch]:
    return [Prefetch(way, InstitutionAlias.objects.only("institution", "key")) for way in ALIASES]


def _contacts(partners) -> list[Contact]:
    """Return the approved contacts of these partners: prefetched ones, and the rest from one query."""
    known = {partner.pk: fetched(partner, "contacts") for partner in partners}
    unknown = [pk for pk, rows in known.items() if rows is None]
    approved = Contact.objects.approved().filter(partner__in=unknown).select_related("user")
    asked = approved.order_by().only("partner", "user__email") if unknown else []
    return [*asked, *(row for rows in known.values() for row in rows or () if row.state == ContactState.APPROVED)]


AFFILIATIONS = ("affiliation__successor", "other_affiliation__successor")
KNOWN_OF_A_PERSON = ("person__name", "person__user", "person__account_address", "person__contact_email")
KNOWN_OF_AFFILIATIONS = tuple(
    f"{path}__{column}"
    for way in AFFILIATIONS
    for path in (way.partition("__")[0], way)
    for column in ("name_key", "acronym_key", "successor")
)
ALIASES = tuple(f"{way}__aliases" for one in ("affiliation", "other_affiliation") for way in (one, f"{one}__successor"))


def _known_as(person) -> set:
    """Return what identifies a person's account: its key, or the e-mail addresses known for them."""
    return {person.user_id, person.contact_email.lower(), person.account_address} - {None, ""}


def _is_employed(post: Appointment, partner) -> bool:
    """Return whether the name of one of the person's affiliations, or of its successor, is the partner's.

    Institutions have no SIREN to compare.
    """
    own = [entity for entity in (post.affiliation, post.other_affiliation) if entity is not None]
    entities = own + [entity.successor for entity in own if entity.successor is not None]
    keys = {
        key
        for entity in entities
        for key in (entity.name_key, entity.acronym_key, *(alias.key for alias in entity.aliases.all()))
    }
    return bare(partner.name) in {bare(key) for key in keys - {""}}


def _rivals(live):
    """Yield conflicts between partners of one sector in a chair, one of whom asks for exclusivity."""
    # A chair without a claim to exclusivity has no such conflict.
    claimed = set(_claimed(chairs=as_one({one.chair_id for one in live})))
    by_chair = defaultdict(list)
    for other in _everybody_in(claimed):
        by_chair[other.chair_id].append(other)
    for one in live:
        rivals = [other for other in by_chair[one.chair_id] if _collide(one, other)]
        if rivals:
            names = ", ".join(sorted({str(rival.partner) for rival in rivals}, key=name_key))
            sentence = _("Exclusivity in the sector “%(sector)s” conflicts with the sponsorship of: %(rivals)s.")
            facts = [one.partner.sector, *(_claim(each) for each in (one, *rivals))]
            said = sentence % {"sector": one.partner.get_sector_display(), "rivals": names}
            yield one, _conflict(ConflictKind.EXCLUSIVITY, said, facts)


@Prepared
def _claimed():
    alone = Sponsorship.objects.filter(chair__in=any_given("chairs"), is_exclusive=True)
    return alone.order_by().values_list("chair", flat=True)


@Prepared
def _all_in():
    found = Sponsorship.objects.filter(chair__in=any_given("chairs")).select_related("partner").order_by("pk")
    return found.only(*CLAIMED, "partner__name", "partner__sector")


def _everybody_in(chairs: set[int]) -> list[Sponsorship]:
    """Return the live sponsorships of chairs. Filter the status in Python: with it in SQL, SQLite scans all live ones."""
    found = _all_in(chairs=as_one(chairs)) if chairs else []
    return [one for one in found if one.status in LIVE_STATUSES]


CLAIMED = ("chair", "partner", "is_exclusive", "status", "activity", "starts_on", "ends_on")


def _claim(one: Sponsorship) -> list:
    """Return the facts of a claim: a sponsorship for another activity or period is another conflict."""
    return [one.pk, one.is_exclusive, one.status in UNDECIDED_STATUSES, one.activity_id, one.starts_on, one.ends_on]


def _collide(one: Sponsorship, other: Sponsorship) -> bool:
    if one.pk == other.pk or one.partner_id == other.partner_id or one.partner.sector != other.partner.sector:
        return False
    return _excludes(one, other) or _excludes(other, one)


def _excludes(one: Sponsorship, other: Sponsorship) -> bool:
    """Return whether `one` asks for exclusivity where `other` is, and their periods overlap.

    Its exclusivity covers its activity, or the whole chair if it has none.
    """
    is_apart = (one.ends_on and other.starts_on and one.ends_on < other.starts_on) or (
        other.ends_on and one.starts_on and other.ends_on < one.starts_on
    )
    is_here = one.activity_id is None or one.activity_id == other.activity_id
    return one.is_exclusive and is_here and not is_apart


def _beyond_target(live):
    """Yield conflicts where several pending proposals for an activity exceed what it still needs."""
    asked_of = {one.activity_id for one in live if one.status in PENDING_STATUSES}
    pending = Sponsorship.objects.pending().filter(activity__in=asked_of, cash_amount__gt=ZERO).order_by("pk")
    offers = defaultdict(list)
    for offer in pending.only("activity", "cash_amount"):
        offers[offer.activity_id].append(offer)
    contested = [pk for pk, together in offers.items() if len(together) > 1]
    money = {activity.pk: activity.money for activity in with_money(Activity.objects.filter(pk__in=contested))}
    for one in live:
        together = offers[one.activity_id]
        # A single proposal above the target is not a conflict: it cannot be accepted as it is.
        if one.status not in PENDING_STATUSES or len(together) < 2 or one not in together:
            continue
        asked, left = sum((offer.cash_amount for offer in together), ZERO), money[one.activity_id].remaining
        if asked > left:
            sentence = _(
                "%(count)d proposals pending for this activity offer %(asked)s in total, and it still needs %(left)s."
            )
            facts = [one.activity_id, str(left), [[offer.pk, str(offer.cash_amount)] for offer in together]]
            said = sentence % {"count": len(together), "asked": euros(asked), "left": euros(left)}
            yield one, _conflict(ConflictKind.BEYOND_TARGET, said, facts)


def _counterparts(live):
    """Yield gifts whose counterparts are worth more than a quarter of the amount agreed, or else offered."""
    gifts = [one for one in live if one.regime == Regime.PATRONAGE and one.counterparts_value]
    agreed = _agreed_amounts([one for one in gifts if one.status in AGREED_STATUSES])
    for one in gifts:
        value, gift = one.counterparts_value, agreed.get(one.pk, one.amount)
        if value > gift * MAX_COUNTERPARTS:
            sentence = _("The counterparts are worth %(value)s, more than 25%% of the gift of %(gift)s.")
            said = sentence % {"value": euros(value), "gift": euros(gift)}
            yield one, _conflict(ConflictKind.COUNTERPARTS, said, [str(value), str(gift)])


def _agreed_amounts(sponsorships) -> dict[int, Decimal]:
    """Return the agreed amount by sponsorship, all contributions and future entries together, in euros."""
    if not sponsorships:
        return {}
    entries = LedgerEntry.objects.filter(sponsorship__in=sponsorships, kind=EntryKind.AGREED)
    return dict(entries.order_by().values_list("sponsorship").annotate(sum=total()))
