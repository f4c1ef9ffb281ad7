"""The conditions of the verbs of reports, each as a sentence that says what to do."""

from django.utils.translation import gettext as _

from sponsorships.enums import SponsorshipStatus


def submission_obstacles(report) -> list[str]:
    """Return why a report cannot be submitted."""
    sponsorship = report.sponsorship
    if sponsorship.status == SponsorshipStatus.ACTIVE:
        return []
    return [
        _("The sponsorship is “%(status)s”: this needs an active one.") % {"status": sponsorship.get_status_display()}
    ]
