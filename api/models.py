from django.db import models


class PublicRecord(models.Model):
    """What the API last said of a record, as a digest, and since which version of the data; or that it is withdrawn."""

    resource = models.CharField(max_length=20)
    record = models.BigIntegerField()
    digest = models.CharField(max_length=32, default="")
    # Why it is not public any more; empty while it is.
    reason = models.CharField(max_length=20, default="")
    # A number of core.data_version.
    changed = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["resource", "changed"], name="api_record_changed")]
        constraints = [models.UniqueConstraint(fields=["resource", "record"], name="api_record_once")]

    def __str__(self):
        return f"{self.resource} {self.record}"


class PublicList(models.Model):
    """A resource of the API: up to which version of the data its records were looked at, and when one last changed."""

    resource = models.CharField(max_length=20, unique=True)
    number = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.resource
