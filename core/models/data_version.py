from django.db import models


class DataVersion(models.Model):
    """The number that every committed change of public data moves: one row, written by triggers only."""

    KEY = 1

    number = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)


class DataChange(models.Model):
    """That a table, or one record of it, was written, and which number it gave the data. Written by triggers only.

    PostgreSQL gives the number when the transaction commits: until then the row, which nobody else sees, says whose it is.
    """

    number = models.BigIntegerField(null=True, db_index=True)
    source = models.CharField(max_length=63)
    record = models.BigIntegerField(default=0)
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # A transaction says once what it wrote, however often it writes there.
            models.UniqueConstraint(fields=["transaction_id", "source", "record"], name="core_datachange_said_once"),
        ]

    def __str__(self):
        return f"{self.source} {self.record or ''}".strip()
