from datetime import datetime

from django_tasks import task

from core.mail import outbox


@task()
def deliver(mail_id: int) -> None:
    """Send one mail of the outbox, and the mails that other workers left behind."""
    outbox.erase_worn_out_secrets()
    attempt(mail_id)
    for waiting in outbox.forgotten():
        attempt(waiting)


def attempt(mail_id: int) -> bool:
    """Lease and send one mail; return whether it was sent. A second task is queued first, in case this worker dies."""
    mail = outbox.take(mail_id)
    if mail is None:
        return False
    _come_back(mail_id, mail.leased_until)
    sent = outbox.send(mail)
    if not sent:
        _come_back(mail_id, mail.leased_until)
    return sent


def _come_back(mail_id: int, at: datetime | None) -> None:
    """Queue another attempt. A backend that cannot defer tasks, as in tests, relies on `manage.py deliver_mail` instead."""
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=at).enqueue(mail_id)
