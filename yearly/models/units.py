"""The unit of each named count."""

from yearly.enums import CountName, Unit

C = CountName
_PEOPLE = (
    C.PEOPLE,
    C.INVESTIGATORS,
    C.MEMBERS,
    C.POSTDOCS,
    C.DOCTORAL_STUDENTS,
    C.ENGINEERS,
    C.TRAINED,
    C.TRAINED_WOMEN,
    C.TRAINED_CONTINUING,
)
_HOURS = (C.TEACHING_HOURS, C.HOURS_OWED, C.HOURS_DISCHARGED)
_EUROS = (C.AGREED, C.RECEIVED, C.RECEIVED_IN_YEAR, C.IN_KIND, C.GRANT)

UNITS: dict[str, Unit] = {
    **dict.fromkeys(C, Unit.NUMBER),
    **dict.fromkeys(_PEOPLE, Unit.PEOPLE),
    **dict.fromkeys(_HOURS, Unit.HOURS),
    **dict.fromkeys(_EUROS, Unit.EUROS),
}
