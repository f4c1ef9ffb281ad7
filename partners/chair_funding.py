"""What the chairs ask of the app that keeps their money (`chairs.funding.Funding`); the settings name this module."""

from partners.conditions import resting_cash
from partners.ends import end_sponsorships, lock_sponsorships
from partners.ends import money_due as ending_obstacles
from partners.mails import contacts_of_partners
from partners.money import agreed_cash_of_activity as agreed_cash

__all__ = [
    "agreed_cash",
    "contacts_of_partners",
    "end_sponsorships",
    "ending_obstacles",
    "lock_sponsorships",
    "resting_cash",
]
