from django.db import models


class PublicRecord(models.Model):
    """The state of a record in the API: the digest of its last content and the version that changed it, or its withdrawal."""

    resource = models.CharField(max_length=20)
    record = models.BigIntegerField()
    digest = models.CharField(max_length=32, default="")
    # Why it is no longer public; empty while it is.
    reason = models.CharField(max_length=20, default="")
    # A digest of its page's address when it was last public, by which a page that is gone is known; a digest, since an
    # address may contain somebody's name.
    page = models.CharField(max_length=32, default="", db_default="")
    # A version number from core.data_version.
    changed = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["resource", "changed"], name="api_record_changed"),
            models.Index(fields=["page"], name="api_record_page"),
        ]
        constraints = [models.UniqueConstraint(fields=["resource", "record"], name="api_record_once")]

    def __str__(self):
        return f"{self.resource} {self.record}"


class PublicList(models.Model):
    """A resource of the API: the data version up to which its records were compared, and when one last changed."""

    resource = models.CharField(max_length=20, unique=True)
    number = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.resource
