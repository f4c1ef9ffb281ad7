from django.db import models
from django.utils.translation import gettext_lazy as _


class LogLeaf(models.Model):
    """A leaf of the log: the fingerprint of a record that must not change. Appended, never changed.

    The tree hashes `text`, which anyone who has the record can recompute.
    """

    place = models.PositiveBigIntegerField(_("place"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=20)
    subject = models.CharField(_("subject"), max_length=120)
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("leaf of the log")
        verbose_name_plural = _("leaves of the log")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "sha256"], name="transparency_leaf_once"),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return f"{self.kind} {self.subject} {self.sha256}"


class LogTile(models.Model):
    """Up to 256 adjacent hashes: of leaves (level 0), or of full tiles of the level below. Derived from the leaves."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="transparency_tile_once")]

    def __str__(self):
        return f"{self.level}/{self.number}"


class TreeHead(models.Model):
    """The log at a moment: its number of leaves and its root, as a signed note."""

    size = models.PositiveBigIntegerField(_("leaves"))
    root = models.CharField(_("root"), max_length=64)
    note = models.TextField(_("signed note"))
    signed_at = models.DateTimeField(_("signed at"), db_index=True)

    class Meta:
        verbose_name = _("head of the log")
        verbose_name_plural = _("heads of the log")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.size}: {self.root}"


class Cosignature(models.Model):
    """The signature line of a witness, which states that it saw this head and that the log continues the one it saw before."""

    head = models.ForeignKey(TreeHead, on_delete=models.CASCADE, related_name="cosignatures")
    witness = models.CharField(_("witness"), max_length=200)
    line = models.CharField(max_length=500)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["head", "witness"], name="transparency_witness_once")]

    def __str__(self):
        return self.line


class WitnessedHead(models.Model):
    """The last head of another log that this site saw as its witness: it signs only heads that continue this one."""

    origin = models.CharField(_("log"), max_length=200, unique=True)
    size = models.PositiveBigIntegerField(_("leaves"))
    root = models.CharField(_("root"), max_length=64)
    note = models.TextField(_("signed note"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.origin}: {self.size}"
