"""Keeps the trace of a public record that is deleted before anybody asked the API for it.

Its address then answers that it is gone, as if its publication had been noted before (api/publication.py, config/withdrawn.py).
The trace is written in the transaction of the deletion. Only what was public leaves one, and only digests are kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import pre_delete

from api import publication
from api.resource import Resource


class Keeper:
    """The receiver of the deletions that may take a record out of the public: of the record itself, or of a row of its own.

    A person is public by a directorship, and is deleted after it.
    """

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.by_model: defaultdict[type[Model], list[tuple[Resource, str]]] = defaultdict(list)
        models = {model._meta.db_table: model for model in apps.get_models()}
        for resource in resources:
            own = resource.public().model._meta
            for table, column in {own.db_table: own.pk.attname, **resource.told_by}.items():
                if table in models:  # a plain table of pairs sends no signal
                    self.by_model[models[table]].append((resource, column))

    def connect(self) -> None:
        for model in self.by_model:
            pre_delete.connect(self.before_delete, sender=model, dispatch_uid="public_record")

    def before_delete(self, sender: type[Model], instance: Model, **kwargs: Any) -> None:
        for resource, column in self.by_model[sender]:
            publication.note_before_deletion(resource, getattr(instance, column))
