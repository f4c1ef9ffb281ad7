"""Invented companies in bulk, each with the account of a contact."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.enums import Origin
from core.slugs import address_of
from core.text import name_key
from demo.generation.surroundings import Surroundings, moment
from partners.enums import ContactState, Sector, Size
from partners.models import Contact, Partner

CHAIRS_A_COMPANY, MIN_COMPANIES = 20, 4
KNOWN_AGO = 900
# One of the demonstration's accounts: it belongs to the first company.
PARTNER_EMAIL = "partner@example.org"
# Foreign, since a made-up SIREN could be that of a real company.
COUNTRIES = ("BE", "CH", "DE", "IT", "LU")


def make_companies(chairs: int, around: Surroundings) -> list[Contact]:
    """Save the companies for this number of chairs, and return the contact of each, who is a signatory."""
    number = max(MIN_COMPANIES, chairs // CHAIRS_A_COMPANY)
    companies = Partner.objects.bulk_create(_company(place, around) for place in range(number))
    known_at = companies[0].registered_at
    contacts = [
        Contact(
            partner=company,
            user=user,
            job_title="Innovation",
            is_primary=True,
            is_signatory=True,
            state=ContactState.APPROVED,
            requested_at=known_at,
            decided_at=known_at,
        )
        for company, user in zip(companies, _accounts(number, around), strict=True)
    ]
    return Contact.objects.bulk_create(contacts)


def _company(place: int, around: Surroundings) -> Partner:
    name = f"{around.words.name()} {place}"
    return Partner(
        name=name,
        name_key=name_key(name),
        slug=address_of(name),
        country=around.chance.choice(COUNTRIES),
        sector=around.chance.choice(Sector.values),
        size=around.chance.choice(Size.values),
        origin=Origin.DEMONSTRATION,
        registered_at=moment(around.day(-KNOWN_AGO)),
    )


def _accounts(number: int, around: Surroundings) -> list[User]:
    first = around.cast.account(PARTNER_EMAIL, "Ondine Verlagny", "fr", _("Primary contact and signatory of a company"))
    others = User.objects.bulk_create(
        User(
            email=f"company{place}@example.org",
            name=f"{around.words.name()} {around.words.name()}",
            language="fr",
            password=around.cast.hashed,
        )
        for place in range(1, number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in others
    )
    return [first, *others]
