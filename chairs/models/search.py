from django.db import models

from chairs.models.chair import Chair


class SearchEntry(models.Model):
    """A chair's row in the search index, with the columns that both databases share.

    A migration makes the table and `chairs.search.index` writes it: a tsvector with GIN on PostgreSQL, FTS5 on SQLite,
    whose only key is `rowid`.
    """

    chair = models.OneToOneField(
        Chair,
        on_delete=models.DO_NOTHING,  # a signal deletes the row after the chair (chairs/search/signals.py)
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
    """A word of the published chairs, kept by the index to correct misspelt queries."""

    word = models.CharField(primary_key=True, max_length=64, editable=False)
    written = models.CharField(max_length=64, editable=False)
    # The languages of the texts in which the word was seen, one bit each (chairs/search/documents.py). Names have all.
    languages = models.PositiveSmallIntegerField(default=3, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.written


class StaleMark(models.Model):
    """A mark that cards and the search index may be out of date for a chair, or for a record that chairs share.

    Only triggers write it (`chairs.search.mark_triggers`), and indexing the chairs removes it. It has no foreign key:
    the record may have been deleted.
    """

    source = models.CharField(max_length=40, editable=False)
    record = models.BigIntegerField(editable=False)

    class Meta:
        db_table = "chairs_stale"
        default_permissions = ()
        indexes = [models.Index(fields=["source", "record"], name="chairs_stale_record")]

    def __str__(self):
        return f"{self.source} {self.record}"
