"""Every row of the matrix."""

from tests.matrix import rows_api, rows_desk, rows_figures, rows_imports, rows_rights, rows_yearly
from tests.matrix.rows_admin import ADMIN
from tests.matrix.rows_formats import FORMATS
from tests.matrix.rows_my import MY
from tests.matrix.rows_public import DIRECTORY, PROGRAMS, SIGN_IN_PAGES, SITE

# In each language at an address of its own; the panel speaks the account's language.
BILINGUAL = [
    *SITE,
    *DIRECTORY,
    *FORMATS,
    *rows_figures.PUBLIC,
    *rows_desk.PUBLIC,
    *SIGN_IN_PAGES,
    *MY,
    *rows_figures.MY,
    *rows_yearly.MY,
    *rows_rights.MY,
]
ROWS = [
    *PROGRAMS,
    *rows_desk.FEEDS,
    *rows_api.API,
    *BILINGUAL,
    *ADMIN,
    *rows_figures.DESK,
    *rows_desk.PANEL,
    *rows_imports.DESK,
    *rows_imports.VERBS,
    *rows_yearly.DESK,
    *rows_yearly.VERBS,
    *rows_rights.DESK,
]
POSTS = [row for row in ROWS if row.post is not None]
