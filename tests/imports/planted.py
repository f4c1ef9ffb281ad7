"""A portfolio of any size, the same each time, in which mistakes of many kinds can be planted.

`portfolio(size)` returns its sheets; `plant(sheets, times)` puts each mistake in so many times, each on a line of its own,
and returns what an import must say: the sheet, the line, the column, and words of the sentence.
"""

from collections.abc import Callable, Iterator
from itertools import count

SYLLABLES = [first + vowel for first in "bcdfgklmnprstvz" for vowel in ("a", "ei", "ou")]
GIVEN = ["Ada", "Blaise", "Chloé", "Emmy", "Georg", "Ines", "Kurt", "Maryam", "Sofia", "Wu"]
PEOPLE = ["Name", "Family name", "ORCID iD", "Web page", "Private e-mail address", "Language of the e-mails"]
INSTITUTIONS = ["Name", "Kind", "City", "ROR id"]
CHAIRS = ["Title (English)", "Kind", "Starts on", "Ends on", "In plain words (English)"]
POSTS = ["Chair", "Person", "Role", "Affiliation that counts", "From", "Until"]


def word(number: int) -> str:
    """Return a word that differs by two syllables at least from that of any other number."""
    base = len(SYLLABLES)
    first, second = number % base, number // base % base
    return (SYLLABLES[first] + SYLLABLES[second] + SYLLABLES[(first + second) % base]).capitalize()


def name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {word(number)}"


def portfolio(size: int, kind: str) -> dict[str, list[list]]:
    """Return about `size` lines: half of them people, the rest institutions, chairs and who holds them."""
    people, institutions, chairs = size // 2, size // 10, size // 5
    return {
        "Institutions": [
            INSTITUTIONS,
            *([f"{word(n + 1500)} University", "University", "Lille", None] for n in range(institutions)),
        ],
        "People": [PEOPLE, *([name(n), None, None, None, f"p{n}@example.org", "fr"] for n in range(people))],
        "Chairs": [
            CHAIRS,
            *([f"Chair of {word(n)}", kind, "2025-09-01", "2029-08-31", "What it is about."] for n in range(chairs)),
        ],
        "People of the chairs": [
            POSTS,
            *(
                [
                    f"Chair of {word(n)}",
                    name(n),
                    "Chair holder",
                    f"{word(n % institutions + 1500)} University",
                    None,
                    None,
                ]
                for n in range(chairs)
            ),
        ],
    }


def cell(sheet: str, column: str, value, words: str, said: str | None = None) -> Callable:
    """Return a mistake that is one cell; `said` is the column that the import names."""

    def put(sheets, at: int):
        header, line = sheets[sheet][0], sheets[sheet][at]
        line[header.index(column)] = value
        return sheet, at + 1, column if said is None else said, words

    return put


def again(sheets, at: int):
    """A line that stands there twice."""
    sheets["People"][at] = list(sheets["People"][at - 1])
    return "People", at + 1, "", "this line is about the same record"


def look_alike(sheets, at: int):
    """A name with one letter too many."""
    sheets["People"][at][0] = sheets["People"][at - 1][0] + "x"
    return "People", at + 1, "Name", "has a very similar name"


def nobody(sheets, at: int):
    """A chair that nobody holds: its line goes to a chair of which nothing is asked."""
    rows = sheets["People of the chairs"]
    rows[at][2] = "Engineer"
    return "Chairs", at + 1, "", "at least 1 principal investigator"


# In the people after those who hold a chair, whose lines would wait for theirs.
OF_PEOPLE = [
    cell("People", "Name", None, "must not be empty"),
    cell("People", "Family name", "Elsewhere", "is not part of the name"),
    cell("People", "ORCID iD", "0000-0002-1825-0098", "ORCID"),
    cell("People", "Web page", "no address", "valid URL"),
    cell("People", "Private e-mail address", "p@", "valid e-mail address"),
    cell("People", "Language of the e-mails", "Klingon", "is not one of"),
    cell("People", "Web page", "=1+1", "formula"),
    again,
    look_alike,
]
OF_INSTITUTIONS = [
    cell("Institutions", "Kind", "Shop", "is not one of"),
    cell("Institutions", "Kind", None, "must not be empty"),
    cell("Institutions", "ROR id", "02kzqn939", "ROR"),
]
OF_CHAIRS = [
    cell("Chairs", "Ends on", "2024-08-31", "The chair ends before it starts"),
    cell("Chairs", "Starts on", "31/02/2025", "valid date"),
    cell("Chairs", "Starts on", "1889-01-01", "Check the year"),
    cell("Chairs", "Kind", "Throne", "Nothing that you may choose"),
    cell("Chairs", "In plain words (English)", "x" * 1501, "at most 1500"),
    nobody,
    cell("People of the chairs", "Person", "Nobody at All", "Nothing that you may choose"),
    cell("People of the chairs", "Role", "King", "is not one of"),
]
KINDS = len(OF_PEOPLE) + len(OF_INSTITUTIONS) + len(OF_CHAIRS)


def plant(sheets: dict[str, list[list]], times: int) -> list[tuple]:
    """Put each mistake in so many times. Return what must be said of them."""
    spare = len(sheets["Chairs"])
    institutions = count(len(sheets["Institutions"]) - len(OF_INSTITUTIONS) * times)
    return [
        *_planted(sheets, OF_PEOPLE, times, count(spare, 2)),
        *_planted(sheets, OF_INSTITUTIONS, times, institutions),
        *_planted(sheets, OF_CHAIRS, times, count(1)),
    ]


def _planted(sheets, mistakes, times: int, places: Iterator[int]) -> list[tuple]:
    return [mistake(sheets, next(places)) for mistake in mistakes for _time in range(times)]
