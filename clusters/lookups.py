"""Text in a column, folded as `clusters.text.fold` folds what is searched for: `title_en__folded__contains="etude"`."""

import unicodedata
from itertools import groupby

from django.db.models import CharField, TextField, Transform

from clusters.text import LIGATURES, fold


def _unseen() -> str:
    """Return the ranges of the marks that folding drops (accents, soft hyphens), for a regular expression."""
    kept = (
        code for code in range(0x10000) if unicodedata.combining(chr(code)) or unicodedata.category(chr(code)) == "Cf"
    )
    runs = [[code for _place, code in run] for _start, run in groupby(enumerate(kept), lambda pair: pair[1] - pair[0])]
    return "[" + "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs) + "]"


UNSEEN = _unseen()


class Folded(Transform):
    """Without accents, case and ligatures. Made to be looked into word by word: punctuation may be left in it."""

    lookup_name = "folded"
    function = "FOLD"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        """Our own function does it, added to each connection (`add_fold`)."""
        return super().as_sql(compiler, connection, **extra)

    def as_postgresql(self, compiler, connection):
        text, params = compiler.compile(self.lhs)
        plain = f"regexp_replace(normalize(({text})::text, NFKD), %s, '', 'g')"
        folded, folding = f"lower({plain})", [UNSEEN]
        for letter, letters in LIGATURES.items():
            folded = f"replace({folded}, %s, %s)"
            folding += [chr(letter), letters]
        # Most texts are plain: looking at each letter of them would take three times as long.
        is_plain = f"octet_length(({text})::text) = char_length(({text})::text)"
        sql = f"CASE WHEN {is_plain} THEN lower({text}) ELSE {folded} END"
        return sql, (*params, *params, *params, *params, *folding)


def add_fold(connection, **kwargs) -> None:
    """Give a new connection to SQLite the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "fold", 1, lambda text: None if text is None else fold(str(text)), deterministic=True
        )


for field in (CharField, TextField):
    field.register_lookup(Folded)
