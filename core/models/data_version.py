from django.db import models


class DataVersion(models.Model):
    """One row with a number that every committed change of public data increases. Only triggers write it."""

    KEY = 1

    number = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)


class DataChange(models.Model):
    """A table, or one record of it, that was written, and the data's number after that. Only triggers write it.

    PostgreSQL sets the number at commit. Until then the row holds its transaction's id, and other transactions do not see it.
    """

    number = models.BigIntegerField(null=True, db_index=True)
    source = models.CharField(max_length=63)
    record = models.BigIntegerField(default=0)
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # A transaction writes one row per record or table, however often it writes there.
            models.UniqueConstraint(fields=["transaction_id", "source", "record"], name="core_datachange_said_once"),
        ]

    def __str__(self):
        return f"{self.source} {self.record or ''}".strip()
