"""What must be true of a report before a verb, each as a sentence that says what to do."""

from django.utils.translation import gettext as _

from sponsorships.enums import SponsorshipStatus


def submission_obstacles(report) -> list[str]:
    """Return why a report cannot be handed in."""
    sponsorship = report.sponsorship
    if sponsorship.status == SponsorshipStatus.ACTIVE:
        return []
    return [
        _("The sponsorship is “%(status)s”: this needs an active one.") % {"status": sponsorship.get_status_display()}
    ]
