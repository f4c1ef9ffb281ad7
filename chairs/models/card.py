from django.db import models

from chairs.models.activity import Activity
from chairs.models.chair import Chair


class ChairCard(models.Model):
    """What lists need of a published chair: its entry as HTML, by what it is sorted, by what it is filtered.

    Derived from the records, and from nothing else: `chairs.cards.writing` writes it in the transaction of whoever
    changes them. A chair that is not published has none. Only pages read it, never a verb.
    """

    chair = models.OneToOneField(Chair, on_delete=models.CASCADE, primary_key=True, related_name="card")
    # The folded titles. Both databases compare their bytes, whatever their collation (the migration sees to it).
    title_key_en = models.TextField(editable=False)
    title_key_fr = models.TextField(editable=False)
    # Numbers that put the latest start first, and the earliest end: see `chairs.cards.sorting`.
    start_order = models.IntegerField(editable=False)
    end_order = models.IntegerField(editable=False)
    # The values of the filters that the chair has: “phase=1 phase=all cluster=3 theme=5”.
    facet_keys = models.TextField(editable=False)
    html_en = models.TextField(editable=False)
    html_fr = models.TextField(editable=False)
    # The last day on which the HTML is right: the day after, somebody has left. Empty while no such day is known.
    right_until = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        db_table = "chairs_card"
        default_permissions = ()

    def __str__(self):
        return self.title_key_en


class ActivityCard(models.Model):
    """The entry of a published chair's activity in the list of opportunities. Written as `ChairCard` is.

    It is the entry of an activity that takes proposals; the list has no other. Whether it does depends on the day.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="card")
    html_en = models.TextField(editable=False)
    html_fr = models.TextField(editable=False)

    class Meta:
        db_table = "chairs_activity_card"
        default_permissions = ()

    def __str__(self):
        return str(self.pk)
