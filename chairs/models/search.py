from django.db import models

from chairs.models.chair import Chair


class SearchEntry(models.Model):
    """A chair's line in the search index, as far as both databases have it in common.

    The table is the database's own kind of index (made by a migration, written by `chairs.search.index`): a tsvector
    with GIN on PostgreSQL; FTS5 beside it on SQLite, whose only key is `rowid`.
    """

    chair = models.OneToOneField(
        Chair,
        on_delete=models.DO_NOTHING,  # the index follows by itself, after the chair
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="search_entry",
    )

    class Meta:
        managed = False
        db_table = "chairs_search"
        default_permissions = ()

    def __str__(self):
        return f"The line of chair {self.pk}"


class SearchWord(models.Model):
    """A word of the published chairs, kept by the index: what a misspelt query is compared with."""

    word = models.CharField(primary_key=True, max_length=64, editable=False)
    written = models.CharField(max_length=64, editable=False)
    # In texts of which languages it was seen, a bit for each (chairs/search/documents.py). Names are in all.
    languages = models.PositiveSmallIntegerField(default=3, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.written


class StaleMark(models.Model):
    """Says that lists and search may still show a chair, or a record that chairs share, as it was before a change.

    Written by triggers alone (`chairs.search.mark_triggers`), removed by whoever indexes the chairs. It refers to nothing:
    the record may be gone.
    """

    source = models.CharField(max_length=40, editable=False)
    record = models.BigIntegerField(editable=False)

    class Meta:
        db_table = "chairs_stale"
        default_permissions = ()
        indexes = [models.Index(fields=["source", "record"], name="chairs_stale_record")]

    def __str__(self):
        return f"{self.source} {self.record}"
