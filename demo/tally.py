from collections import Counter

from django.utils.translation import gettext as _

from clusters.enums import Origin


class Collision(Exception):
    """An invented record has the slug of a real one. The message is a sentence."""


class Tally(Counter):
    """The number of new records of each kind."""

    def add_missing(self, model, values: dict, **key):
        """Return the record with this key, and whether it was created.

        Raise Collision if it is not a demonstration record.
        """
        record = model.objects.filter(**key).first()
        if record is None:
            record = model(**key, **values)
            record.full_clean(exclude=["status"])
            record.save()
            self[str(model._meta.verbose_name_plural)] += 1
            return record, True
        if hasattr(record, "origin") and record.origin != Origin.DEMONSTRATION:
            raise Collision(
                _("“%(record)s” has the address of a demonstration record, and is not one. Nothing was loaded.")
                % {"record": record}
            )
        return record, False
