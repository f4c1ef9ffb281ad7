from django.db import models

from chairs.models.activity import Activity
from chairs.models.chair import Chair


class ChairCard(models.Model):
    """A published chair as lists need it: its entry as HTML, its sort keys and its filter values.

    Derived from the records alone: `chairs.cards.writing` writes it in the transaction that changes them. A chair that
    is not published has no card. Only pages read it, never a verb.
    """

    chair = models.OneToOneField(Chair, on_delete=models.CASCADE, primary_key=True, related_name="card")
    # The title, folded. Both databases compare the bytes, whatever their collation (a migration ensures it).
    title_key_en = models.TextField(editable=False)
    title_key_fr = models.TextField(editable=False)
    # Numbers that sort the latest start first, and the earliest end first: see `chairs.cards.sorting`.
    start_order = models.IntegerField(editable=False)
    end_order = models.IntegerField(editable=False)
    # The values of the filters that the chair has: “phase=1 phase=all cluster=3 theme=5”.
    facet_keys = models.TextField(editable=False)
    html_en = models.TextField(editable=False)
    html_fr = models.TextField(editable=False)
    # The last day on which the HTML is right: on the day after, an appointment has ended. Null if no such day is known.
    right_until = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        db_table = "chairs_card"
        default_permissions = ()

    def __str__(self):
        return self.title_key_en


class ActivityCard(models.Model):
    """The entry of a published chair's activity in the list of opportunities. Written like `ChairCard`.

    The HTML is that of an open activity. Whether it is open depends on the day; the list shows only open ones.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="card")
    html_en = models.TextField(editable=False)
    html_fr = models.TextField(editable=False)

    class Meta:
        db_table = "chairs_activity_card"
        default_permissions = ()

    def __str__(self):
        return str(self.pk)
