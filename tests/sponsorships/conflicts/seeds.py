"""A proposal with a conflict of each kind."""

from decimal import Decimal

from sponsorships.models import Sponsorship
from tests import factories


def employer(proposal):
    """An investigator of the chair is employed by the partner."""
    company = factories.make_institution(name=f"{proposal.partner.name} S.A.S.", kind="other")
    company.aliases.create(name=proposal.partner.name.upper())
    factories.make_appointment(proposal.chair, other_affiliation=company)


def exclusivity(proposal):
    """Another partner of the sector asked to be the only one."""
    factories.make_sponsorship("submitted", chair=proposal.chair, is_exclusive=True)


def beyond_target(proposal):
    """Two proposals together exceed what the activity asks."""
    activity = factories.make_activity(proposal.chair, target=Decimal(80000))
    Sponsorship.objects.filter(pk=proposal.pk).update(activity=activity)
    factories.make_sponsorship("in_review", chair=proposal.chair, activity=activity)


def counterparts(proposal):
    """A gift of 50,000 gives back more than 12,500."""
    Sponsorship.objects.filter(pk=proposal.pk).update(regime="patronage", counterparts_value=Decimal("12500.01"))


SEEDS = {seed.__name__: seed for seed in (employer, exclusivity, beyond_target, counterparts)}
