"""Files beside a comment: kept once, at most three, and fetched only by those who may read the comment."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import PUBLIC, Actor
from consultations.documents.attached import AttachedFile, check_attached
from consultations.engine import attachments, comments, question_sheets, questionnaires, removals
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.remarks import Attachment
from consultations.queries.attachments import download, of_comments
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import AFTER, CLOSES, DURING, Scene, comment, question, scene
from workflows.refusals import Refused
from workflows.roles import Role


def pdf(text: str = "uno", name: str = "costos.pdf") -> AttachedFile:
    return check_attached(b"%PDF-1.7\n" + text.encode(), name)


@pytest.fixture
def here(app: Flask) -> Scene:
    return scene(organisations=2)


def kept() -> list[tuple[str, str, int, bool]]:
    rows = db.session.scalars(select(Attachment).order_by(Attachment.id))
    return [(row.name, row.media_type, row.size, row.removed_at is None) for row in rows]


def names() -> list[str]:
    query = select(Event.name).where(Event.name.like("file_%")).order_by(Event.id)
    return list(db.session.scalars(query))


def test_a_file_is_kept_as_it_came_with_its_hash_and_an_event_without_its_name(here: Scene) -> None:
    made, file = comment(here), pdf()
    assert attachments.attach(made.id, [file], by=here.delegates[0], at=DURING) == 1
    row = db.session.scalars(select(Attachment)).one()
    assert (row.content, row.sha256, row.size, row.kept_at) == (file.content, file.sha256, 12, DURING)
    payload = db.session.scalars(select(Event.payload).where(Event.name == "file_attached")).one()
    assert file.sha256 in payload
    assert "costos" not in payload


def test_the_same_file_twice_is_one_in_one_form_or_in_two(here: Scene) -> None:
    made = comment(here)
    assert attachments.attach(made.id, [pdf(), pdf(name="otra.pdf")], by=here.delegates[0], at=DURING) == 1
    assert attachments.attach(made.id, [pdf()], by=here.delegates[0], at=DURING) == 0
    assert len(kept()) == 1
    assert names() == ["file_attached"]


def test_three_files_are_taken_and_a_fourth_is_refused_whole(here: Scene) -> None:
    made, by = comment(here), here.delegates[0]
    attachments.attach(made.id, [pdf("1"), pdf("2"), pdf("3")], by=by, at=DURING)
    with refused_with("attachments_full"):
        attachments.attach(made.id, [pdf("4")], by=by, at=DURING)
    assert attachments.attach(made.id, [pdf("3")], by=by, at=DURING) == 0
    assert len(kept()) == 3


def test_what_is_taken_away_stays_on_record_makes_room_and_may_come_back(here: Scene) -> None:
    made, by = comment(here), here.delegates[0]
    attachments.attach(made.id, [pdf("1"), pdf("2"), pdf("3")], by=by, at=DURING)
    first = db.session.scalars(select(Attachment).order_by(Attachment.id)).first()
    assert first is not None
    for _ in range(2):
        attachments.remove(made.id, first.id, by=by, at=DURING)
    assert [stands for *_, stands in kept()] == [False, True, True]
    assert download(first.id, by=by) is None
    attachments.attach(made.id, [pdf("1")], by=by, at=DURING)
    assert [stands for *_, stands in kept()] == [True, True, True]
    assert names() == ["file_attached"] * 3 + ["file_taken_away", "file_attached"]


def test_files_are_not_added_and_taken_away_without_end(here: Scene) -> None:
    made, by = comment(here), here.delegates[0]
    for n in range(12):
        attachments.attach(made.id, [pdf(str(n))], by=by, at=DURING)
        attachments.remove(made.id, db.session.scalars(select(Attachment.id)).all()[-1], by=by, at=DURING)
    with refused_with("attachments_kept"):
        attachments.attach(made.id, [pdf("12")], by=by, at=DURING)
    assert attachments.attach(made.id, [pdf("3")], by=by, at=DURING) == 1
    assert len(kept()) == 12


def test_a_file_that_another_took_the_place_of_is_fetched_by_its_own_organisation_only(here: Scene) -> None:
    asked, by = question(here.round, 1, "file"), here.delegates[0]
    for words in ("1", "2"):
        questionnaires.answer(here.round.id, {}, files={asked.id: pdf(words)}, by=by, at=DURING)
    question_sheets.send(here.round.id, by=by, at=DURING)
    questionnaires.answer(here.round.id, {}, files={asked.id: pdf("3")}, by=by, at=DURING)
    ids = db.session.scalars(select(Attachment.id).order_by(Attachment.id)).all()
    for who, fetched in (
        (by, [True, True, True]),
        (here.unit, [False, False, True]),
        (people.actor(Role.COMMISSION, network=here.body), [False, False, True]),
        (here.delegates[1], [False, False, False]),
    ):
        assert [download(id, by=who) is not None for id in ids] == fetched


def test_files_are_added_and_taken_away_until_the_closing_instant(here: Scene) -> None:
    made, by = comment(here), here.delegates[0]
    attachments.attach(made.id, [pdf()], by=by, at=CLOSES - timedelta(microseconds=1))
    row = db.session.scalars(select(Attachment)).one()
    for act in (
        lambda: attachments.attach(made.id, [pdf("2")], by=by, at=CLOSES),
        lambda: attachments.remove(made.id, row.id, by=by, at=CLOSES),
    ):
        with pytest.raises(Refused):
            act()


def test_another_organisations_comment_takes_no_files(here: Scene) -> None:
    made = comment(here)
    with refused_with("comment_not_own"):
        attachments.attach(made.id, [pdf()], by=here.delegates[1], at=DURING)


def test_a_file_of_another_comment_is_not_taken_away_through_this_one(here: Scene) -> None:
    made, other = comment(here), comment(here, clause=1)
    attachments.attach(made.id, [pdf()], by=here.delegates[0], at=DURING)
    with pytest.raises(NotFound):
        attachments.remove(other.id, 1, by=here.delegates[0], at=DURING)


def fetchers(here: Scene) -> dict[str, Actor]:
    return {
        "own": here.delegates[0], "approver": people.actor(Role.ORGANISATION, organisation=here.organisations[0]),
        "member": here.delegates[1], "public": PUBLIC, "unit": here.unit, "head": here.head,
        "auditor": people.actor(Role.AUDITOR), "commission": here.chair, "network": people.actor(Role.NETWORK),
    }  # fmt: skip


OWN, ORIGINALS = {"own", "approver"}, {"own", "approver", "unit", "head", "auditor"}
STAFF = ORIGINALS | {"commission"}


@pytest.mark.parametrize(
    ("visibility", "state", "published", "fetch"),
    [
        ("public", "nameless", True, STAFF),
        ("members", "nameless", True, STAFF),
        ("unit", "submitted", True, STAFF),
        ("members", "submitted", True, STAFF | {"member"}),
        ("public", "submitted", False, STAFF | {"member"}),
        ("public", "answered", True, STAFF | {"member", "network", "public"}),
        ("public", "hidden", True, ORIGINALS),
        ("public", "draft", True, OWN),
        ("public", "awaiting_organisation", True, OWN),
        ("public", "withdrawn", True, OWN),
        ("public", "redacted", True, ORIGINALS),
    ],
)
def test_a_file_is_fetched_by_whoever_may_read_the_comment_and_nobody_else(
    here: Scene, visibility: str, state: str, published: bool, fetch: set[str]
) -> None:
    made = comment(here, visibility=visibility, consent_to_name=state != "nameless")
    attachments.attach(made.id, [pdf()], by=here.delegates[0], at=DURING)
    if state == "nameless":
        made.state = "answered"
    elif state == "redacted":
        removals.remove_words(made.id, "bien", "Nombre", by=here.unit, at=DURING)
    elif state == "hidden":
        made.hidden_at = DURING
    else:
        made.state = state
        made.withdrawn_at = DURING if state == "withdrawn" else None
    here.round.published_at = AFTER if published else None
    db.session.flush()
    row = db.session.scalars(select(Attachment)).one()
    found = {who for who, by in fetchers(here).items() if download(row.id, by=by)}
    assert found == fetch
    assert {who for who, by in fetchers(here).items() if of_comments([made.id], by=by)} == fetch


def test_a_file_that_is_not_there_is_not_there(here: Scene) -> None:
    assert download(99, by=here.unit) is None


def test_files_of_a_comment_that_was_withdrawn_take_no_more(here: Scene) -> None:
    made = comment(here)
    comments.withdraw(made.id, by=here.delegates[0], at=DURING)
    with pytest.raises(Refused):
        attachments.attach(made.id, [pdf()], by=here.delegates[0], at=DURING)
