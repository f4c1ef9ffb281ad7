from django.db import models, transaction
from django.utils import timezone

from core.slugs import MAX_LENGTH


class PastAddressQuerySet(models.QuerySet):
    def record_at(self, model, slug: str, within: int = 0, *, also_private: bool = False):
        """Return the key of the record of this model that had this slug last, or None.

        Slugs that were never public are found only with `also_private`, for users who see private records anyway.
        """
        past = self.filter(kind=model._meta.label_lower, slug=slug, within=within)
        past = past if also_private else past.filter(was_public=True)
        return past.order_by("-pk").values_list("record", flat=True).first()

    def records_at(self, model, slugs) -> dict[tuple[int, str], int]:
        """Return the keys of the records that last had these slugs in public, by (key of the cluster, slug)."""
        if not slugs or not issubclass(model, Addressed):
            return {}
        past = self.filter(kind=model._meta.label_lower, slug__in=slugs, was_public=True).order_by("pk")
        return {(within, slug): record for within, slug, record in past.values_list("within", "slug", "record")}


class PastAddress(models.Model):
    """A former slug of a record. Requests for it are redirected to the record's current URL."""

    kind = models.CharField(max_length=60)
    # The key of the cluster in which the slug is unique; 0 if it is unique everywhere.
    within = models.BigIntegerField(default=0)
    slug = models.CharField(max_length=MAX_LENGTH)
    record = models.BigIntegerField()
    was_public = models.BooleanField()
    left_at = models.DateTimeField(default=timezone.now)

    objects = PastAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "slug"], name="core_past_address")]

    def __str__(self):
        return f"{self.kind} {self.slug}"


class Addressed(models.Model):
    """A record that has a slug, and is also found by its former slugs.

    `save` stores the former slug, so that forms, commands and loaders all keep old links working.
    """

    # The foreign key within which the slug is unique.
    address_within = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        written = kwargs.get("update_fields")
        if written is not None and not {"slug", self.address_within} & set(written):
            super().save(*args, **kwargs)
            return
        before = getattr(self, "_loaded_address", None)
        if before in (None, self._address):
            super().save(*args, **kwargs)
        else:
            with transaction.atomic():
                self._leave(*before)
                super().save(*args, **kwargs)
        self._loaded_address = self._address

    @classmethod
    def from_db(cls, db, field_names, values):
        record = super().from_db(db, field_names, values)
        loaded = record.__dict__
        within = f"{cls.address_within}_id" if cls.address_within else ""
        if "slug" in loaded and (not within or within in loaded):
            record._loaded_address = record._address
        return record

    def has_public_page(self) -> bool:
        """Return whether the public can have seen the record's URL."""
        return getattr(self, "is_published", True)

    @property
    def _address(self) -> tuple[int, str]:
        within = getattr(self, f"{self.address_within}_id") if self.address_within else 0
        return within or 0, self.slug

    def _leave(self, within: int, slug: str) -> None:
        PastAddress.objects.create(
            kind=self._meta.label_lower,
            within=within,
            slug=slug,
            record=self.pk,
            was_public=self.has_public_page(),
        )
