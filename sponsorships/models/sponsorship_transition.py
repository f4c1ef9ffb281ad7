from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.transitions import TransitionLog
from sponsorships.models.sponsorship import Sponsorship

# Verbs that are the partner's, or somebody's on its behalf.
PARTNERS_VERBS = frozenset({"submit", "resubmit", "withdraw"})
# Logged acts that do not change the status.
ACTS = {
    "take_over": _("taken over by the partner"),
    "publish": _("changed what the public may see"),
    "endorse": _("endorsed"),
    "take_back_endorsement": _("endorsement withdrawn"),
    "record_in_kind": _("contribution in kind or skills recorded"),
    "reverse_in_kind": _("contribution in kind or skills reversed"),
    "allow_late": _("let one act count in a closed year"),
    "resolve_conflict": _("conflict resolved in writing"),
    "value_counterparts": _("counterparts valued"),
}


def acting(sponsorship, user: User | None, name: str, *, is_partners_act: bool) -> str:
    """Return `name`, adding “on behalf of” the partner if somebody else did one of the partner's acts."""
    if not is_partners_act or user is None or sponsorship.partner.has_had_contact(user):
        return name
    return gettext("%(name)s, on behalf of %(partner)s") % {"name": name, "partner": sponsorship.partner}


class SponsorshipTransition(TransitionLog):
    """One transition or act of a sponsorship: who did what, when."""

    record = models.ForeignKey(
        Sponsorship, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("sponsorship")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("sponsorship transition")
        verbose_name_plural = _("sponsorship transitions")

    @property
    def done(self) -> str:
        return ACTS.get(self.verb) or super().done

    @property
    def who(self) -> str:
        name = super().who
        return acting(self.record, self.by, name, is_partners_act=self.verb in PARTNERS_VERBS) if name else name
