"""Who is told what of a report. docs/mail.md has the table."""

from django.dispatch import receiver

from accounts.mail import queue_mails
from accounts.models import User
from clusters.lifecycle import verb_performed
from clusters.perms import EDITORS
from partners.mails import contacts_of, staff
from partners.models import ProgressReport


def _editors(report):
    return staff(report.sponsorship.chair.cluster, EDITORS)


def _author(report):
    return User.objects.filter(pk=report.created_by_id, is_active=True)


def _partner(report):
    return contacts_of(report.sponsorship.partner)


DESK = "admin:partners_progressreport_change"
NOTICES = {
    "submit": [(_editors, "submitted_staff", DESK)],
    "send_back": [(_author, "sent_back_author", "my_report")],
    "accept": [(_author, "accepted_author", "my_report"), (_partner, "accepted_partner", "my_report")],
}


@receiver(verb_performed, sender=ProgressReport, dispatch_uid="tell_of_report")
def tell_of_report(sender, record, verb, by, note, **kwargs):
    sponsorship = record.sponsorship
    context = {"report": record, "chair": sponsorship.chair, "partner": sponsorship.partner, "note": note}
    for audience, template, page in NOTICES[verb]:
        link = (page, record.pk if page == DESK else record.reference)
        others = audience(record).exclude(pk=by.pk if by else None)
        queue_mails(others, f"reports/{template}", context, link=link)
