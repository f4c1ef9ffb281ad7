"""The functions that chairs need from the app that keeps their money (`chairs.funding.Funding`).

The settings name this module.
"""

from sponsorships.accounting.activity_money import agreed_cash_of_activity as agreed_cash
from sponsorships.accounting.chair_money import money_of_chairs
from sponsorships.chair_endings import end_sponsorships, lock_sponsorships
from sponsorships.chair_endings import money_due as ending_obstacles
from sponsorships.forms.chair_endings import ending_forms
from sponsorships.notifications import contacts_of_partners
from sponsorships.proposals.conditions import resting_cash

__all__ = [
    "agreed_cash",
    "contacts_of_partners",
    "end_sponsorships",
    "ending_forms",
    "ending_obstacles",
    "lock_sponsorships",
    "money_of_chairs",
    "resting_cash",
]
