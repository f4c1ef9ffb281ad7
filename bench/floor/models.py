from django.db import models


class Record(models.Model):
    group = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    text = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"
        indexes = [models.Index(fields=["group", "name"], name="floor_record_listed")]

    def __str__(self):
        return self.name
