from django.db import models
from django.utils.translation import gettext_lazy as _

from chairs.models.chair import Chair
from core.transitions import TransitionLog

# Lines of a chair's log that do not change its status.
ACTS = {"agree_share": _("a cluster agreed to its share")}


class ChairTransition(TransitionLog):
    """One line of a chair's log: who did what, when."""

    record = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("chair"))

    class Meta(TransitionLog.Meta):
        verbose_name = _("chair transition")
        verbose_name_plural = _("chair transitions")

    @property
    def done(self) -> str:
        return ACTS.get(self.verb) or super().done
