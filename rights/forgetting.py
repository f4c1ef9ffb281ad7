"""Replace what names somebody in every text of every record, the history included: names, addresses, numbers.

`KEPT` lists the texts that stay, with the reason (docs/rights.md). A name that somebody or an organisation here has, too, is left in free texts:
they may mean the other. Anybody may call themselves anything, so a name of common words is left, too. An imported table cannot be rewritten honestly, so it is deleted; what each of its lines wrote stays, without the person.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import CharField, Field, JSONField, Model, Q, SlugField, TextField, URLField
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.models import StartUp, StatedPartner
from chairs.search import lines
from chairs.search.freshness import catch_up
from clusters.models import Cluster, Institution, Person
from core.exceptions import Refused
from core.text import fold
from core.tokenizer import STOP_WORDS
from imports.enums import FileType, ImportStatus
from imports.models import ImportFile
from partners.models import Partner

# What the law keeps, or what proves something only as long as nobody rewrites it.
KEPT = {
    "sponsorships.LedgerEntry": "the books are kept for ten years, and refuse changes",
    "sponsorships.Agreement": "a contract and its parties are evidence",
    "sponsorships.HistoricalAgreement": "a contract and its parties are evidence",
    "sponsorships.Signature": "the name typed under a contract is evidence",
    "yearly.YearReport": "a report that was issued keeps its bytes and their fingerprint",
    "yearly.HistoricalYearReport": "a report that was issued keeps its bytes and their fingerprint",
    "transparency.LogLeaf": "a fingerprint's label in a log that only grows",
    "transparency.TreeHead": "signed as it is",
    "transparency.Cosignature": "signed as it is",
    "transparency.WitnessedHead": "signed as it is",
}
# In the place of a number. Not nothing: some texts may not be empty.
ERASED = "…"
TEXTS = (CharField, TextField, JSONField)
# Whose names are left wherever they stand. A cluster's or a chair's own texts may be about the person.
NAMED: tuple[type[Model], ...] = (Person, User, Partner, StatedPartner, StartUp, Institution, Cluster)
BETWEEN = r"(?:[\s,+_-]|%20|%2C)+"


@dataclass(frozen=True)
class Trace:
    """One thing that names somebody, as it may be written; `mark` replaces it."""

    pattern: re.Pattern[str]
    # A part that each way of writing it contains, whatever its case; the database looks for these.
    parts: tuple[str, ...]
    mark: str
    # Whether it means somebody only where a name stands.
    is_single_word: bool = False


def of_name(name: str, mark: str) -> Iterator[Trace]:
    """Yield how a name is found: its words in either order, without accents, or in a web address."""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        # A single word may be a word of any text.
        alone = re.compile(rf"\A{re.escape(name)}\Z", re.IGNORECASE)
        yield Trace(alone, _written(name), mark, is_single_word=True)
        return
    for order in (words, [*words[1:], words[0]], [words[-1], *words[:-1]]):
        said = BETWEEN.join("(?:" + "|".join(map(re.escape, _written(word))) + ")" for word in order)
        yield Trace(re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE), _written(max(words, key=len)), mark)


def of_code(code: str, mark: str) -> Trace:
    """Return how an address or a number is found."""
    said = "|".join(map(re.escape, _written(code)))
    return Trace(re.compile(rf"(?<![\w.]){said}(?!\w)", re.IGNORECASE), _written(code), mark)


def _written(word: str) -> tuple[str, ...]:
    ways = [word, word.upper(), word.lower(), fold(word), quote_plus(word)]
    return tuple(dict.fromkeys(way for way in ways if way))


def traces_of(names: Iterable[str], codes: Iterable[str], *, name_mark: str, code_mark: str) -> list[Trace]:
    """Return the traces of somebody, without the names that somebody else has, too. Call it after the renaming."""
    found = [of_code(code, code_mark if "@" in code else ERASED) for code in sorted(set(codes) - {""})]
    for name in sorted(set(names) - {""}, key=len, reverse=True):
        if not (_is_anothers(name) or _is_common(name)):
            found += of_name(name, name_mark)
    return found


def _is_anothers(name: str) -> bool:
    """Return whether somebody else or an organisation has the name, or one that holds it."""
    return any(model._default_manager.filter(name__icontains=name).exists() for model in NAMED)


def _is_common(name: str) -> bool:
    """Return whether it is all words such as “of the”, which stand in many texts and mean nobody."""
    words = fold(name).split()
    return len(words) > 1 and STOP_WORDS.issuperset(words)


def forget(traces: list[Trace]) -> None:
    """Replace these traces in all records that are not kept, and delete the imported tables that have one."""
    if not traces:
        return
    _delete_tables(traces)
    for model in _models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXTS) and not field.choices and not field.primary_key and not field.remote_field:
                _forget_in(model, field, traces)
    # The index keeps the words of a line that is gone until it is put together.
    catch_up()
    lines.put_together()


def _models() -> list[type[Model]]:
    ours = [model for model in apps.get_models() if _is_ours(model) and model._meta.managed and not model._meta.proxy]
    return [*(model for model in ours if model._meta.label not in KEPT), LogEntry]


def _is_ours(model: type[Model]) -> bool:
    return "site-packages" not in apps.get_app_config(model._meta.app_label).path


def _forget_in(model: type[Model], field: Field[Any, Any], traces: list[Trace]) -> None:
    rows = model._base_manager.alias(said=Cast(field.name, TextField())).filter(_may_have(traces)).order_by()
    for pk, said in list(rows.values_list("pk", field.name)):
        new = _without(said, _marked_for(field, traces), field.name)
        if new != said:
            new = new[: field.max_length] if isinstance(new, str) and field.max_length else new
            model._base_manager.filter(pk=pk).update(**{field.name: new})


def _may_have(traces: list[Trace]) -> Q:
    anywhere = Q()
    for part in {part for trace in traces for part in trace.parts}:
        # SQLite keeps JSON with its letters escaped.
        for way in {part, json.dumps(part)[1:-1]}:
            anywhere |= Q(said__icontains=way)
    return anywhere


def _marked_for(field: Field[Any, Any], traces: list[Trace]) -> list[Trace]:
    """Return the traces with marks that the field may contain: a web address has no spaces and capitals."""
    if not isinstance(field, SlugField | URLField):
        return traces
    return [trace if "@" in trace.mark else replace(trace, mark=slugify(trace.mark)) for trace in traces]


def _without(said: Any, traces: list[Trace], place: str) -> Any:
    """Return a value without the traces. `place` is the name of its field, or its key in JSON."""
    if isinstance(said, str):
        for trace in traces:
            if _is_of_names(place) or not trace.is_single_word:
                said = trace.pattern.sub(lambda _found, mark=trace.mark: mark, said)
        return said
    if isinstance(said, list):
        return [_without(one, traces, place) for one in said]
    if isinstance(said, dict):
        return {_without(key, traces, ""): _without(one, traces, key) for key, one in said.items()}
    return said


def _is_of_names(place: str) -> bool:
    return "name" in place or place == "object_repr"


def _delete_tables(traces: list[Trace]) -> None:
    """Delete the imported tables with a trace. Raise Refused if one of them is still to be entered."""
    tables = ImportFile.objects.exclude(kind=FileType.PDF).select_related("batch").order_by("pk")
    found = [table for table in tables.iterator() if _is_in(table, traces)]
    if any(table.batch.status != ImportStatus.ENTERED for table in found):
        raise Refused([_("An import that is not entered yet names the person: enter or discard it first.")])
    for table in found:
        table.erase()


def _is_in(table: ImportFile, traces: list[Trace]) -> bool:
    text = _without(table.name, traces, "name") != table.name
    return text or any(trace.pattern.search(said) for said in _texts_of(table) for trace in traces)


def _texts_of(table: ImportFile) -> Iterator[str]:
    """Yield the texts of a stored table; nothing if the file is missing."""
    try:
        with table.file.open("rb") as kept:
            if table.kind == FileType.XLSX:
                with zipfile.ZipFile(kept) as archive:
                    for name in archive.namelist():
                        yield re.sub(r"<[^>]*>", "\n", archive.read(name).decode("utf-8", "replace"))
            else:
                content = kept.read()
                yield from (content.decode(way, "replace") for way in ("utf-8", "cp1252"))
    except (OSError, zipfile.BadZipFile):
        return
