"""What offices have under way: files that they brought, changes that ask for two people, held decisions, stand-ins."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation

from accounts.models import User
from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import ChangeRequest, Cluster, Delegation, Institution, Person
from clusters.second_person import ask, refuse_change
from clusters.standing_in import act_under
from core.admin.held import hold
from core.models import HeldDecision
from core.verbs import verbs_of
from demo.cast import Cast
from demo.sponsorships import reference_of
from demo.tally import Tally
from demo.texts import days_ago, moment, read
from desk.holding import write_note
from desk.models import TaskNote
from imports import acts, working
from imports.models import Import
from sponsorships.models import Sponsorship


def keep_offices_busy(clusters: dict[str, Cluster], cast: Cast, tally: Tally) -> None:
    """Make all of it, unless that was done."""
    if Import.objects.exists():
        return
    texts = read("office")
    given = [_delegate(text, clusters, cast) for text in texts["delegation"]]
    for text in texts["note"]:
        _note(text, given[text["delegation"]])
    for text in texts["change"]:
        _ask(text, cast)
    for text in texts["held"]:
        _hold(text, cast)
    for text in texts["import"]:
        _bring(text, clusters, cast)
    tally["imports"] += len(texts["import"])


def _delegate(text: dict, clusters: dict[str, Cluster], cast: Cast) -> Delegation:
    first = days_ago(text["since"])
    return Delegation.objects.create(
        cluster=clusters[text["cluster"]],
        delegator=cast.users[text["of"]],
        stand_in=cast.users[text["to"]],
        starts_on=first,
        ends_on=first + datetime.timedelta(days=text["days"]),
        made_at=moment(min(first, days_ago(1)), text["of"]),
    )


def _note(text: dict, delegation: Delegation) -> None:
    acting = User.objects.get(pk=delegation.stand_in_id)
    act_under(acting, delegation)
    note = write_note(Chair.objects.get(slug=text["chair"]), by=acting, text=text["text"])
    TaskNote.objects.filter(pk=note.pk).update(at=moment(days_ago(text["ago"]), text["text"]))


def _ask(text: dict, cast: Cast) -> None:
    """Ask for a longer chair; a colleague may have refused."""
    chair = Chair.objects.select_related("cluster").get(slug=text["chair"])
    longer = {"ends_on": chair.ends_on + datetime.timedelta(days=text["days"])}
    asked = ask(chair, longer, why=text["why"], cluster=chair.cluster, by=cast.users[text["by"]])
    when: dict[str, Any] = {"asked_at": moment(days_ago(text["ago"]), text["chair"])}
    if "refused_by" in text:
        refuse_change(asked, by=cast.users[text["refused_by"]])
        when["decided_at"] = moment(days_ago(text["refused_ago"]), text["chair"])
    ChangeRequest.objects.filter(pk=asked.pk).update(**when)


def _hold(text: dict, cast: Cast) -> None:
    record: Any = (
        Chair.objects.get(slug=text["chair"])
        if "chair" in text
        else Sponsorship.objects.get(reference=reference_of(text["sponsorship"]))
    )
    held = hold(record, verbs_of(type(record))[text["verb"]], by=cast.users[text["by"]], note=text["note"])
    HeldDecision.objects.filter(pk=held.pk).update(at=moment(days_ago(text["ago"]), held.name))


def _bring(text: dict, clusters: dict[str, Cluster], cast: Cast) -> None:
    """Bring the files of an import and check them; enter what they hold if it is in by now."""
    by, day = cast.users[text["by"]], days_ago(text["ago"])
    files = [ContentFile(content.encode(), name) for name, content in text["files"].items()]
    with translation.override(text["language"]):
        batch = acts.bring(Import(cluster=clusters[text["cluster"]]), files, by=by)
        working.check(batch.pk)
        if text.get("entered"):
            _enter(batch, by)
    at = moment(day, f"{text['cluster']} {text['ago']}")
    Import.objects.filter(pk=batch.pk).update(uploaded_at=at, checked_at=at)
    Import.objects.filter(pk=batch.pk).exclude(entered_at=None).update(entered_at=at)


def _enter(batch: Import, by: User) -> None:
    """Enter an import, and mark what it made as invented."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Institution, Person)}
    acts.enter(batch, by=by)
    working.enter(batch.pk)
    for model, known in before.items():
        model.objects.exclude(pk__in=known).update(origin=Origin.DEMONSTRATION)
