import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from sponsorships.models.agreement import Agreement

# Long enough to find the mail, short enough that nobody can sign from a mailbox left open until the next day.
CODE_LIFETIME = datetime.timedelta(minutes=10)
# With six digits, five guesses find a code once in 200,000 times.
MAX_ATTEMPTS = 5


class SigningCodeQuerySet(models.QuerySet):
    def live(self, at=None):
        """Return codes that can still be entered: unused, recent, and with attempts left."""
        at = at or timezone.now()
        return self.filter(used_at=None, sent_at__gt=at - CODE_LIFETIME, attempts__lt=MAX_ATTEMPTS)


class SigningCode(models.Model):
    """A code mailed to a signatory for signing one agreement: entering it proves that they read that mailbox now.

    The database keeps its keyed digest, never the code.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signing_codes", verbose_name=_("agreement")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("account")
    )
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = SigningCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing code")
        verbose_name_plural = _("signing codes")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="sponsorships_code_few_attempts"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__gte=F("sent_at")), name="sponsorships_code_used_after_sent"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.sent_at}"

    def says(self, code: str) -> bool:
        return constant_time_compare(self.digest, digest_of(code, self.agreement_id, self.user_id))


def digest_of(code: str, agreement_pk: int, user_pk: int) -> str:
    """Return the keyed digest of a code for one agreement and one account; the same digits are wrong for any other."""
    return salted_hmac("sponsorships.signing", f"{agreement_pk}:{user_pk}:{code}", algorithm="sha256").hexdigest()
