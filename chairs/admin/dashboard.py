"""What the panel's front page shows about chairs."""

from operator import attrgetter

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chairs.admin.filters import ending_soon
from chairs.enums import SHARING_STATUSES, ChairStatus
from chairs.models import Appointment, Chair, ChairTransition, ClusterShare
from clusters.scopes import EDITORS, MANAGERS, clusters_with
from clusters.standing_in import has_stand_ins
from core.admin.dashboard import Wait
from core.on_behalf import hands_of
from core.transitions import BEGUN


def waiting_chairs(chairs, user):
    """Narrow chairs to those that need this user: to decide, to correct and submit again, or to agree to a share."""
    return to_decide(chairs, user) | sent_back(chairs, user) | to_agree(chairs, user)


def to_decide(chairs, user):
    """Return the submitted chairs that this user may approve: `chairs.perms.can_decide` as a query."""
    mine = chairs.filter(cluster__in=clusters_with(user, MANAGERS), status=ChairStatus.SUBMITTED)
    theirs = Q(registered_by__in=hands_of(user))
    if has_stand_ins(user):
        begun = ChairTransition.objects.filter(verb=BEGUN, on_behalf_of__in=hands_of(user)).order_by()
        theirs |= Q(pk__in=begun.values("record"))
    return mine.exclude(theirs & Q(cluster__needs_four_eyes=True))


def sent_back(chairs, user):
    """Return the chairs sent back for changes, for every editor of the cluster: the registrar may be away."""
    return chairs.filter(cluster__in=clusters_with(user, EDITORS), status=ChairStatus.CHANGES_REQUESTED)


def to_agree(chairs, user):
    """Return the chairs, not running yet, in which a cluster that this user manages has not agreed to its share."""
    mine = ClusterShare.objects.not_agreed().filter(cluster__in=clusters_with(user, MANAGERS))
    return chairs.filter(pk__in=mine.order_by().values("chair"), status__in=SHARING_STATUSES)


def what_waits(page, user) -> list[Wait]:
    """Return the front page's entries about chairs: to decide, to correct, to agree, then to watch."""

    def chairs():
        return page.get_visible(user).select_related("cluster")

    return [*_asked(page, user, chairs), *_in_view(page, chairs)]


def _asked(page, user, chairs) -> list[Wait]:
    return [
        Wait(
            page,
            lambda: to_decide(chairs(), user).order_by("submitted_at", "pk"),
            _waits_for_decision,
            "?waiting=me",
            _submitted,
            why=gettext_lazy("Decide on the chair"),
            since=attrgetter("submitted_at"),
        ),
        Wait(
            page,
            lambda: sent_back(chairs(), user).order_by("changes_requested_at", "pk"),
            _is_sent_back,
            "?waiting=me",
            _cluster,
            why=gettext_lazy("Correct it and submit it again"),
            since=attrgetter("changes_requested_at"),
        ),
        Wait(
            page,
            lambda: to_agree(chairs(), user).order_by("pk"),
            _waits_for_agreement,
            "?waiting=me",
            _cluster,
            why=gettext_lazy("Agree to the cluster’s share"),
            since=attrgetter("updated_at"),
        ),
    ]


def _in_view(page, chairs) -> list[Wait]:
    return [
        Wait(
            page,
            lambda: chairs().non_conforming().order_by("non_conforming_since", "pk"),
            _breaks_its_rule,
            "?rule=broken",
            _broken_since,
            is_asked=False,
            why=gettext_lazy("Bring it back to its rule"),
            since=attrgetter("non_conforming_since"),
        ),
        Wait(
            page,
            lambda: ending_soon(chairs()).order_by("ends_on", "pk"),
            _ends,
            "?ends=soon",
            _ends_on,
            is_asked=False,
            why=gettext_lazy("Prepare its end"),
            due=attrgetter("ends_on"),
        ),
    ]


def sums(chairs) -> list[tuple]:
    """Return the totals under a list of chairs; a person who holds two of them counts once."""
    listed = chairs.order_by().values("pk")
    investigators = Appointment.objects.on().investigators().filter(chair__in=listed)
    # Only a chair that breaks its rule has a day, and `Count` skips nulls.
    found = Chair.objects.filter(pk__in=listed).aggregate(all=Count("pk"), broken=Count("non_conforming_since"))
    return [
        (_("Chairs"), found["all"]),
        (_("Principal investigators today"), investigators.values("person").distinct().count()),
        (_("Chairs that break their rule"), found["broken"]),
    ]


def _waits_for_decision(number) -> str:
    return ngettext("%d chair is waiting for your decision", "%d chairs are waiting for your decision", number) % number


def _is_sent_back(number) -> str:
    return (
        ngettext("%d chair was sent back to your cluster", "%d chairs were sent back to your cluster", number) % number
    )


def _waits_for_agreement(number) -> str:
    return (
        ngettext(
            "%d chair is waiting for your cluster’s agreement",
            "%d chairs are waiting for your cluster’s agreement",
            number,
        )
        % number
    )


def _breaks_its_rule(number) -> str:
    return ngettext("%d chair breaks its rule", "%d chairs break their rule", number) % number


def _ends(number) -> str:
    return ngettext("%d chair ends within 90 days", "%d chairs end within 90 days", number) % number


def _cluster(chair) -> str:
    return str(chair.cluster)


def _submitted(chair) -> str:
    return _("%(cluster)s, submitted on %(day)s") % {"cluster": chair.cluster, "day": date_format(chair.submitted_at)}


def _broken_since(chair) -> str:
    return _("%(cluster)s, since %(day)s") % {
        "cluster": chair.cluster,
        "day": date_format(chair.non_conforming_since),
    }


def _ends_on(chair) -> str:
    return _("%(cluster)s, last day %(day)s") % {"cluster": chair.cluster, "day": date_format(chair.ends_on)}
