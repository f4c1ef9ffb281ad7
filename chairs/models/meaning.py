from django.db import models

from chairs.models.chair import Chair


class ChairMeaning(models.Model):
    """Where the text of a published chair points to, for the nearest in meaning.

    A chair whose text has changed has no row until it is measured again (chairs/search/meaning.py).
    """

    chair = models.OneToOneField(Chair, on_delete=models.CASCADE, primary_key=True, related_name="meaning")
    # Of the text that was measured.
    digest = models.CharField(max_length=64, editable=False)
    # A byte for each number; none for a chair of which nothing is said but who holds it.
    direction = models.BinaryField()

    class Meta:
        db_table = "chairs_meaning"
        default_permissions = ()

    def __str__(self):
        return f"The meaning of chair {self.pk}"
