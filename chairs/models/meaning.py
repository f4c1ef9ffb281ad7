from django.db import models

from chairs.models.chair import Chair


class ChairMeaning(models.Model):
    """The embedding of a published chair's text, to find the chairs nearest in meaning.

    A chair whose text has changed has no row until it is measured again (chairs/search/meaning.py).
    """

    chair = models.OneToOneField(Chair, on_delete=models.CASCADE, primary_key=True, related_name="meaning")
    # The digest of the text that was measured.
    digest = models.CharField(max_length=64, editable=False)
    # One byte per number; empty for a chair with no text but its investigators.
    direction = models.BinaryField()

    class Meta:
        db_table = "chairs_meaning"
        default_permissions = ()

    def __str__(self):
        return f"The meaning of chair {self.pk}"
