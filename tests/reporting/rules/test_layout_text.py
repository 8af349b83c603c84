"""A layout's file is read whole, or every fault in it is named with its place."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules.layout_text import LARGEST_LAYOUT, BadLayout, read_layout
from reporting.rules.record_sources import SOURCES
from reporting.selectors.layouts import OWN

TEXT = OWN.joinpath("msis-2.toml").read_text()


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(BadLayout) as refused:
        read_layout(text.encode() if isinstance(text, str) else text, "ours.toml")
    return refused.value.faults


def test_the_layout_that_comes_along_carries_every_record_set_and_its_own_text() -> None:
    layout = read_layout(TEXT.encode(), "msis-2.toml")
    assert (layout.version, layout.text) == ("msis-2", TEXT.encode())
    assert [each.name for each in layout.record_sets] == list(SOURCES)
    assert {name for name, each in SOURCES.items() if not each.required} == {
        *("LMS_Metadata", "Teacher_Schedules", "Truancy_Notices")
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "msis-2"', "", "`version` must be"),
        ('version = "msis-2"', 'version = "Ours 3"', "`version` must be"),
        ('version = "msis-2"', 'version = "ours"\ncolour = "red"', "the file has “colour”, which means nothing"),
        ('"AttendanceEventDate", source = "date"', '"AttendanceEventDate", source = "day"', "source “day” is unknown"),
        ('name = "DaysTaught"', 'name = "GradeLevel"', "Days_Taught: column “GradeLevel” stands twice"),
        (
            'source = "session_days", form = "count"',
            'source = "session_days", form = "number"',
            "form “number” is unkn",
        ),
        (
            'source = "session_days", form = "count"',
            'source = "session_days"',
            "session_days is written as form “count",
        ),
        ('"entered_on", form = "date"', '"entered_on", form = "date", required = false', "entered_on is always known"),
        ('source = "grade", width = 20', 'source = "grade", width = 0', "`width` must be a whole number"),
        ('source = "grade", width = 20', 'source = "grade", wide = 20', "the column has “wide”"),
        ('source = "name", required = false', 'source = "name", required = "no"', "`required` must be true or false"),
        ('codes = "day_kind"', 'codes = "kinds"', "there is no [codes.kinds]"),
        ('traditional = "Traditional"', 'usual = "Traditional"', "has “usual”, which is no value of day_kind"),
        ('traditional = "Traditional"', "", "[codes.day_kind] has no code for “traditional”"),
        ('traditional = "Traditional"', "traditional = 1", "the code of traditional must be text"),
        ('codes = "day_kind"', 'codes = "day_kind", width = 7', "traditional: “Traditional” has more than 7"),
        ('present = "Present"', 'present = ""', "present: is empty, and is required"),
        ('unexcused = "UnexcusedAbsence"', 'unexcused = "ExcusedAbsence"', "needs a column whose source is status"),
        ('name = "Monthly_Absences"', 'name = "Absences"', "record set “Absences” is unknown"),
        ('name = "Monthly_Absences"', 'name = "Attendance"', "record set Monthly_Absences is missing"),
        ('after = ["Days_Taught"]', 'after = ["Days"]', "Enrollment: `after` names “Days”, which is no record set"),
        ('after = ["Days_Taught"]', 'after = "Days_Taught"', "Enrollment: `after` must be a list"),
        ('after = ["Days_Taught"]', 'after = ["Truancy_Notices"]', "Enrollment: stands before Truancy_Notices"),
        ('name = "Days_Taught"', 'name = "Days_Taught"\nafter = ["Calendar", "Enrollment"]', "waits for itself"),
        ("[[record_set]]", "[[record_sets]]", "has no [[record_set]]"),
        ("columns = [", "columns = [ 1,", "has no columns"),
        ("columns = [", "columns = [[", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, said: str) -> None:
    assert old in TEXT
    count = 9 if old == "[[record_set]]" else 1
    found = faults(TEXT.replace(old, new, count))
    assert any(said in each for each in found), found
    assert all(each.startswith("ours.toml: ") for each in found)


def test_a_column_is_named_by_its_record_set_and_place() -> None:
    [fault] = faults(
        TEXT.replace('"AttendanceEventType", source = "event_type"', '"AttendanceEventType", source = "x"')
    )
    assert fault.startswith(
        "ours.toml: Attendance, column 3 (“AttendanceEventType”): source “x” is unknown; there are "
    )


def test_a_layout_may_leave_out_what_no_sum_leans_on_and_name_and_code_the_rest_its_own_way() -> None:
    start, end = TEXT.index('[[record_set]]\nname = "LMS_Metadata"'), TEXT.index("[codes.calendar_event]")
    ours = (TEXT[:start] + TEXT[end:]).replace('"msis-2"', '"ours-3"')
    ours = ours.replace('"AttendanceStatus"', '"Status"').replace('present = "Present"', 'present = "P"')
    ours = ours.replace(
        '  { name = "LocalExitCode", source = "exit_code", required = false, codes = "local_exit" },\n', ""
    )
    layout = read_layout(ours.encode(), "ours.toml")
    assert len(layout.record_sets) == 6
    assert layout.record_set("Attendance").column_of("status").written("present") == "P"


def test_what_is_no_text_or_too_large_is_refused_unread() -> None:
    assert "is not TOML in UTF-8" in faults(b"\xff")[0]
    assert "larger than any layout" in faults(b"#" * (LARGEST_LAYOUT + 1))[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Attendance", "date", "count"]),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(["name", "source", "after", "x"]), each),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_layout_in_which_any_value_is_of_another_kind_is_refused_and_crashes_nothing(data: st.DataObject) -> None:
    loaded = tomllib.loads(TEXT)
    place = data.draw(st.sampled_from(_places(loaded)))
    *way, last = place
    inner = loaded
    for step in way:
        inner = inner[step]
    inner[last] = data.draw(VALUES)
    try:
        layout = read_layout(_toml(loaded).encode(), "ours.toml")
    except BadLayout:
        return
    assert {each.name for each in layout.record_sets} <= set(SOURCES)


def _places(value: object, way: tuple = ()) -> list[tuple]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inner for place in [(*way, key), *_places(each, (*way, key))]]


def _toml(value: dict) -> str:
    return "\n".join(f"{key} = {_written(each)}" for key, each in value.items() if each is not None)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08X}" for sign in value if not 0xD800 <= ord(sign) < 0xE000) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(_written(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_written(each)}' for key, each in value.items()) + "}"
    return str(value or 0)
