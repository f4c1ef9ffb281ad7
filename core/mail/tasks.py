from datetime import datetime

from django_tasks import task

from core.mail import outbox


@task()
def deliver(mail_id: int) -> None:
    """Send one mail of the outbox, and those that their own worker forgot."""
    outbox.erase_worn_out_secrets()
    attempt(mail_id)
    for waiting in outbox.forgotten():
        attempt(waiting)


def attempt(mail_id: int) -> bool:
    """Lease and send one mail. Whatever happens to this worker, another visit follows when the lease ends."""
    mail = outbox.take(mail_id)
    if mail is None:
        return False
    _come_back(mail_id, mail.leased_until)
    sent = outbox.send(mail)
    if not sent:
        _come_back(mail_id, mail.leased_until)
    return sent


def _come_back(mail_id: int, at: datetime | None) -> None:
    """Queue another visit. A backend that runs tasks at once, as in tests, cannot wait: the command sweeps instead."""
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=at).enqueue(mail_id)
