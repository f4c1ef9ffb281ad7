"""A transform that folds a column as `core.text.fold` folds the searched text: `title_en__folded__contains="etude"`."""

from django.db.models import CharField, TextField, Transform

from core.text import LIGATURES, fold

# Characters that folding always drops, and accents that it drops after Latin and Greek letters.
UNSEEN = (
    "[\\u00ad\\u034f\\u0591-\\u05c7\\u061c\\u0640\\u064b-\\u0652\\u0656-\\u065f\\u0670\\u06d6-\\u06ed\\u180b-\\u180e"
    "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufe00-\\ufe0f\\ufeff]"
)
ACCENTED = (
    "([\\u0020-\\u024f\\u0370-\\u03ff\\u1e00-\\u1fff])[\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff]+"
)
# The dots of ё, and the sigma that ends a word.
SAME_LETTERS = {"е\u0308": "е", "ς": "σ", **{chr(letter): letters for letter, letters in LIGATURES.items()}}


class Folded(Transform):
    """Text without accents, case and ligatures, to search for single words: punctuation may remain in it."""

    lookup_name = "folded"
    function = "FOLD"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        """Call our function FOLD, which `add_fold` adds to each connection."""
        return super().as_sql(compiler, connection, **extra)

    def as_postgresql(self, compiler, connection):
        text, params = compiler.compile(self.lhs)
        seen = f"lower(regexp_replace(normalize(({text})::text, NFKD), %s, '', 'g'))"
        folded, folding = f"regexp_replace({seen}, %s, '\\1', 'g')", [UNSEEN, ACCENTED]
        for letter, letters in SAME_LETTERS.items():
            folded = f"replace({folded}, %s, %s)"
            folding += [letter, letters]
        folded = f"normalize({folded}, NFC)"
        # Most texts are ASCII: folding each of their letters would take three times as long.
        is_plain = f"octet_length(({text})::text) = char_length(({text})::text)"
        sql = f"CASE WHEN {is_plain} THEN lower({text}) ELSE {folded} END"
        return sql, (*params, *params, *params, *params, *folding)


def add_fold(connection, **kwargs) -> None:
    """Add the SQL function that `Folded` calls to a new SQLite connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "fold", 1, lambda text: None if text is None else fold(str(text)), deterministic=True
        )


for field in (CharField, TextField):
    field.register_lookup(Folded)
