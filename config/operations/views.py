"""The panel's page on the state of the site, for users who see all clusters. It changes nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db import connection
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.views import of_the_nation
from config.operations.state import BACKUP_MISSED_AFTER, VERSION, State, state_now
from core import nightly, worker
from core.models.heartbeat import Heartbeat


@dataclass(frozen=True)
class Fact:
    label: str
    value: Any
    # A sentence on what is wrong and what to do; empty if all is well.
    trouble: str = ""


@of_the_nation
def state_page(request):
    """Show version, tasks, mails, nightly work, backup, log, files and disk."""
    facts = facts_of(state_now())
    context = {
        **admin.site.each_context(request),
        "title": _("State of the site"),
        "facts": facts,
        "has_trouble": any(fact.trouble for fact in facts),
    }
    return render(request, "operations/state.html", context)


def facts_of(state: State) -> list[Fact]:
    return [
        *_program(state),
        *_replica(state),
        *_queue(state),
        *_regular_work(state),
        _log(state),
        _files(state),
        _disk(state),
    ]


def _program(state: State) -> list[Fact]:
    waiting = ", ".join(state.migrations_waiting)
    return [
        Fact(_("Version"), VERSION),
        Fact(_("Database"), connection.display_name),
        Fact(
            _("Migrations applied"),
            state.migrations_applied,
            _("Not applied: %(names)s. Run manage.py migrate.") % {"names": waiting} if waiting else "",
        ),
    ]


def _replica(state: State) -> list[Fact]:
    if settings.DATABASE_REPLICA is None:
        return []
    label, behind = _("Copy for reading"), state.replica_behind
    if behind is None:
        trouble = _("It does not answer, or does not follow. Every page is read from the database; the log says more.")
        return [Fact(label, "—", trouble)]
    return [Fact(label, _("%(size)s behind") % {"size": filesizeformat(behind)})]


def _queue(state: State) -> list[Fact]:
    oldest, trouble = state.oldest_mail_at, ""
    if oldest and state.at - oldest > worker.MISSED_AFTER:
        trouble = _("It has waited for more than ten minutes: does the worker run, and the mail server answer?")
    given_up = _("Look at them under Mails: somebody may send them again.") if state.mails_given_up else ""
    return [
        Fact(_("Tasks that wait"), state.tasks_waiting),
        Fact(_("E-mails that wait"), state.mails_waiting),
        Fact(_("Oldest e-mail that waits"), _moment(oldest) if oldest else "—", trouble),
        Fact(_("E-mails given up"), state.mails_given_up, given_up),
    ]


def _regular_work(state: State) -> list[Fact]:
    worker_trouble = _("No worker was seen for ten minutes: mails wait.")
    backup_trouble = _("None for 36 hours: does anything call manage.py backup?")
    return [
        _beat(state, Heartbeat.WORKERS, _("Worker last seen"), worker.MISSED_AFTER, worker_trouble),
        _night(state),
        _beat(state, Heartbeat.BACKUPS, _("Last backup"), BACKUP_MISSED_AFTER, backup_trouble),
    ]


def _night(state: State) -> Fact:
    label, failed = _("Work of the night last done"), state.failed_night
    trouble = _("Not done for 36 hours: does anything call manage.py nightly?")
    done = _beat(state, Heartbeat.NIGHTLY, label, nightly.MISSED_AFTER, trouble)
    if failed is None:
        return done
    said = {"moment": _moment(failed.seen_at), "steps": failed.failed_steps}
    trouble = _("It failed on %(moment)s: %(steps)s. Each is a command of manage.py, and says what is wrong.") % said
    return replace(done, trouble=trouble)


def _beat(state: State, key: int, label: str, missed_after: timedelta, trouble: str) -> Fact:
    at = state.beats.get(key)
    is_missed = at is None or state.at - at > missed_after
    return Fact(label, _moment(at) if at else _("never"), trouble if is_missed else "")


def _log(state: State) -> Fact:
    label = _("Last signed head of the log")
    if state.head is None:
        return Fact(
            label, _("none"), _("Heads are not signed: LOG_SIGNING_KEY is not set, or no night has passed since.")
        )
    said = {"moment": _moment(state.head.signed_at), "size": state.head.size}
    is_missed = state.at - state.head.signed_at > nightly.MISSED_AFTER
    return Fact(
        label,
        _("%(moment)s, with %(size)d leaves") % said,
        _("Not signed for 36 hours: look at the work of the night.") if is_missed else "",
    )


def _files(state: State) -> Fact:
    store = getattr(default_storage, "bucket_name", "")
    where = _("in the store’s bucket %(name)s") % {"name": store} if store else _("in a folder")
    return Fact(_("Files"), where, str(state.files_trouble))


def _disk(state: State) -> Fact:
    said = {"free": filesizeformat(state.disk_free), "total": filesizeformat(state.disk_total)}
    trouble = _("Less than a tenth is free: uploads may soon be refused.") if state.has_little_disk else ""
    return Fact(_("Free on the disk"), _("%(free)s of %(total)s") % said, trouble)


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
