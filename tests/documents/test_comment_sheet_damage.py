"""Comment sheets that were damaged on their way: a report or a refusal with its reasons, never anything else."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import reasons
from consultations.documents.findings import FileRefused
from tests.documents.builders import rezipped
from tests.documents.sheets import HEADINGS, ROW, SEVEN, filled, tables, workbook

PIECES = (
    b"", b"<w:tc>", b"</w:tc>", b"<w:tr/>", b'<w:gridSpan w:val="-3"/>', b"<w:vMerge/>", b"<v>1e400</v>", b't="d"', b't="b"',
    b's="99"', b"&#0;", b"\xff", b"\x00", b"<w:tbl/>", b"<", b'"', b",", b";", b"\n",
)  # fmt: skip
CSV = (
    ",".join(f'"{heading}"' for heading in HEADINGS) + '\nDE,1,3.1,,te,"a, ""b""\nñ",x,Accepted\n'
).encode()
OFFICE = {
    "form": filled(ROW, ("GB", *ROW[1:])),
    "older": tables([SEVEN, ("DE", "3.1", "Note", "te", "a", "b", "Noted")]),
    "workbook": workbook(HEADINGS, ROW, (*ROW[:2], 3.1, *ROW[3:])),
}


def outcome(data: bytes) -> str:
    """What a person is told, as JSON; anything but a report or a refusal with words goes through."""
    try:
        return json.dumps(read_comment_sheet(data, "sheet").to_dict())
    except FileRefused as refused:
        told = reasons(refused.faults)
        assert told
        assert all(one["text"] for one in told)
        return json.dumps(told)


@st.composite
def damaged(draw, data):
    """The bytes with up to three places cut out, put in or written over."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 30))
        data = data[:at] + draw(st.sampled_from(PIECES)) + data[at + cut :]
    return data


@settings(max_examples=150, deadline=None)
@given(damaged(CSV))
def test_a_damaged_csv_is_reported_or_refused(data):
    assert outcome(data)


@pytest.mark.parametrize("kind", OFFICE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_office_file_with_a_damaged_part_is_reported_or_refused(kind, data):
    with ZipFile(BytesIO(OFFICE[kind])) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    assert outcome(rezipped(OFFICE[kind], {name: data.draw(damaged(parts[name]))}))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("form", b"wordprocessingml.settings+xml", b"wordprocessingml.nothing+xml"),
        ("form", b"wordprocessingml.header+xml", b"wordprocessingml.nothing+xml"),
        ("workbook", b'PartName="/xl/workbook.xml"', b'PartName="/xl/elsewhere.xml"'),
    ],
)
def test_parts_that_are_not_what_the_package_says_are_damage(kind, old, new):
    with ZipFile(BytesIO(OFFICE[kind])) as archive:
        types = archive.read("[Content_Types].xml")
    assert old in types
    assert "damaged" in outcome(rezipped(OFFICE[kind], {"[Content_Types].xml": types.replace(old, new)}))
