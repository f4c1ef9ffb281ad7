"""Every row of the matrix."""

from tests.matrix.rows_admin import ADMIN
from tests.matrix.rows_my import MY
from tests.matrix.rows_public import DIRECTORY, PROGRAMS, SIGN_IN_PAGES, SITE

# In each language at an address of its own; the panel speaks the account's language.
BILINGUAL = [*SITE, *DIRECTORY, *SIGN_IN_PAGES, *MY]
ROWS = [*PROGRAMS, *BILINGUAL, *ADMIN]
POSTS = [row for row in ROWS if row.post is not None]
