"""Where a round asks for it, comments count once who approves for their organisation has approved them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import (
    attachments,
    comments,
    lapsing,
    on_behalf,
    round_deadlines,
    round_reminders,
    round_running,
    signoffs,
)
from consultations.extensions import db
from consultations.facts import register
from consultations.facts.approvals import last_asked
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.timers import Notice
from consultations.queries import approvals
from consultations.queries.comments import rows, seen
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, Scene, comment, late_grant, scene
from workflows.refusals import Refused
from workflows.roles import Role

LATER = DURING + timedelta(hours=1)


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    made.round.organisation_signoff = True
    db.session.flush()
    return made


@pytest.fixture
def approver(here: Scene) -> Actor:
    return people.actor(Role.ORGANISATION, organisation=here.organisations[0])


def letters(kind: str) -> list[tuple[int, int | None]]:
    rows = db.session.execute(
        select(Notice.person_id, Notice.organisation_id).where(Notice.kind == kind).order_by(Notice.id)
    )
    return [(person, organisation) for person, organisation in rows]


def test_what_a_delegate_sends_waits_without_a_number_and_counts_for_nothing(
    here: Scene, approver: Actor
) -> None:
    made = comment(here)
    assert (made.state, made.public_number, made.submitted_at) == ("awaiting_organisation", None, None)
    assert letters("approval_requested") == [(approver.person_id, approver.organisation_id)]
    assert letters("comment_received") == []
    assert register.missing_count(here.round.id) == 2


def test_a_draft_that_is_sent_later_waits_too_and_twice_is_once(here: Scene, approver: Actor) -> None:
    draft = comment(here, submit=False)
    for _ in range(2):
        comments.submit(draft.id, by=here.delegates[0], at=DURING)
    assert draft.state == "awaiting_organisation"
    asked = select(Event.id).where(Event.name == "approval_requested")
    assert len(db.session.scalars(asked).all()) == 1


def test_the_same_form_twice_asks_once(here: Scene, approver: Actor) -> None:
    first, again = comment(here, client_uuid="u"), comment(here, client_uuid="u", at=LATER)
    assert (first.id, again.state) == (again.id, "awaiting_organisation")


def test_who_approves_is_told_once_a_day_and_not_for_each_comment(here: Scene, approver: Actor) -> None:
    for at in (DURING, LATER, DURING + timedelta(days=1)):
        comment(here, at=at)
    assert len(letters("approval_requested")) == 2


def test_approving_sends_it_and_its_author_gets_the_receipt(here: Scene, approver: Actor) -> None:
    made = comment(here)
    signoffs.release(made.id, by=approver, at=LATER)
    assert (made.state, made.public_number, made.submitted_at, made.late) == ("submitted", 1, LATER, False)
    assert letters("comment_received") == [(here.delegates[0].person_id, here.organisations[0].id)]
    signoffs.release(made.id, by=approver, at=LATER + timedelta(minutes=1))
    assert (made.submitted_at, here.round.last_public_number) == (LATER, 1)


def test_all_are_approved_in_the_order_of_writing_and_only_ones_own(here: Scene, approver: Actor) -> None:
    mine, other, second = comment(here), comment(here, who=1), comment(here, clause=1)
    assert signoffs.release_all(here.round.id, by=approver, at=LATER) == 2
    assert [one.public_number for one in (mine, second, other)] == [1, 2, None]
    assert signoffs.release_all(here.round.id, by=approver, at=LATER) == 0


@pytest.mark.parametrize("verb", ["release", "give_back"])
def test_nobody_approves_for_another_organisation(here: Scene, verb: str) -> None:
    made, other = comment(here), people.actor(Role.ORGANISATION, organisation=here.organisations[1])
    more = ("Porque sí.",) if verb == "give_back" else ()
    with refused_with("comment_not_own"):
        getattr(signoffs, verb)(made.id, *more, by=other, at=LATER)


def test_a_delegate_does_not_approve(here: Scene) -> None:
    made = comment(here)
    with refused_with("role_may_not"):
        signoffs.release(made.id, by=here.delegates[0], at=LATER)


def test_sending_back_needs_a_reason_makes_a_draft_and_tells_the_delegate(
    here: Scene, approver: Actor
) -> None:
    made = comment(here)
    with refused_with("reason_missing"):
        signoffs.give_back(made.id, " ", by=approver, at=LATER)
    for _ in range(2):
        signoffs.give_back(made.id, "Falta el costo.", by=approver, at=LATER)
    assert made.state == "draft"
    assert letters("approval_refused") == [(here.delegates[0].person_id, here.organisations[0].id)]
    comments.edit(made.id, version=1, by=here.delegates[0], at=LATER, **{**WORDS, "text": "Cuesta 3."})
    comments.submit(made.id, by=here.delegates[0], at=LATER)
    assert (made.state, made.version) == ("awaiting_organisation", 2)


def test_what_waits_is_taken_back_before_it_is_changed(here: Scene, approver: Actor) -> None:
    made = comment(here)
    changed = {**WORDS, "text": "Mejor."}
    with refused_with("move_not_from_here"):
        comments.edit(made.id, version=1, by=here.delegates[0], at=LATER, **changed)
    for _ in range(2):
        signoffs.recall(made.id, by=here.delegates[0], at=LATER)
    assert comments.edit(made.id, version=1, by=here.delegates[0], at=LATER, **changed).state == "draft"


def test_what_was_approved_stays_as_it_was_approved(here: Scene, approver: Actor) -> None:
    made = comment(here)
    signoffs.release(made.id, by=approver, at=LATER)
    with refused_with("approved_as_it_stands"):
        comments.edit(made.id, version=1, by=here.delegates[0], at=LATER, **{**WORDS, "text": "No."})
    with refused_with("approved_as_it_stands"):
        attachments.attach(made.id, [], by=here.delegates[0], at=LATER)
    comments.withdraw(made.id, by=here.delegates[0], at=LATER)
    assert made.state == "withdrawn"


def test_what_staff_enter_from_paper_needs_no_approval(here: Scene) -> None:
    made = on_behalf.enter(
        here.round.id, here.organisations[0].id, None, on_behalf.Received(), client_uuid="p", language="es",
        by=here.unit, at=DURING, **WORDS,
    )  # fmt: skip
    assert made.state == "submitted"


def test_what_staff_entered_is_corrected_until_it_is_confirmed(here: Scene, approver: Actor) -> None:
    mine = here.delegates[0]
    made = on_behalf.enter(
        here.round.id, here.organisations[0].id, None, on_behalf.Received(), client_uuid="p", language="es",
        by=here.unit, at=DURING, **WORDS,
    )  # fmt: skip

    def may() -> bool:
        (view,) = seen(rows(Comment.id == made.id), by=mine, at=DURING)
        return "edit" in view.can

    assert may()
    comments.edit(made.id, version=1, by=mine, at=DURING, **{**WORDS, "text": "No dijimos eso."})
    attachments.attach(made.id, [], by=mine, at=DURING)
    assert (made.state, made.version) == ("submitted", 2)
    on_behalf.confirm(here.round.id, by=mine, at=DURING)
    assert not may()
    with refused_with("approved_as_it_stands"):
        comments.edit(made.id, version=2, by=mine, at=DURING, **{**WORDS, "text": "Ni esto."})


def test_a_round_that_does_not_ask_sends_at_once(app: Flask) -> None:
    assert comment(scene()).state == "submitted"


def test_nothing_is_approved_from_the_closing_instant_on(here: Scene, approver: Actor) -> None:
    made = comment(here)
    with pytest.raises(Refused):
        signoffs.release(made.id, by=approver, at=CLOSES)
    assert made.state == "awaiting_organisation"


def test_a_late_entry_lets_it_be_approved_late(here: Scene, approver: Actor) -> None:
    made = comment(here)
    late_grant(here.round, here.organisations[0], CLOSES + timedelta(days=2))
    here.round.state = "closed"
    db.session.flush()
    signoffs.release(made.id, by=approver, at=CLOSES + timedelta(days=1))
    assert (made.state, made.late) == ("submitted", True)


def test_at_closing_what_waits_is_told_to_organisation_and_unit_kept_and_not_counted(
    here: Scene, approver: Actor
) -> None:
    made, draft = comment(here), comment(here, clause=1, submit=False)
    round_running.close_round(here.round.id, by=SYSTEM, at=CLOSES)
    assert letters("approval_missed") == [
        (here.delegates[0].person_id, here.organisations[0].id), (approver.person_id, here.organisations[0].id),
    ]  # fmt: skip
    unit = select(Notice.params).where(Notice.kind == "round_closed", Notice.organisation_id.is_(None))
    assert {(row["drafts"], row["unapproved"]) for row in db.session.scalars(unit)} == {("2", "1")}
    assert lapsing.lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES) == 2
    assert (made.state, made.public_number, draft.state) == ("withdrawn", None, "withdrawn")
    assert db.session.scalars(select(Comment.id).where(last_asked())).all() == [made.id]


def test_a_reminder_reaches_who_has_comments_to_approve_once_a_day(here: Scene, approver: Actor) -> None:
    comment(here)
    tomorrow = DURING + timedelta(days=1)
    for at in (DURING, tomorrow):
        round_reminders.remind(here.round.id, by=SYSTEM, at=at)
    assert len(letters("approval_requested")) == 2
    comment(here, clause=1, at=tomorrow)
    assert len(letters("approval_requested")) == 2


def test_a_paused_round_lets_nothing_go_on(here: Scene, approver: Actor) -> None:
    made = comment(here)
    here.round.state = "paused"
    db.session.flush()
    with pytest.raises(Refused):
        signoffs.release(made.id, by=approver, at=LATER)
    assert signoffs.give_back(made.id, "Cambia.", by=approver, at=LATER).state == "draft"


def changed(here: Scene, made: Comment) -> Comment:
    """Taken back, written otherwise and sent again."""
    by = here.delegates[0]
    signoffs.recall(made.id, by=by, at=LATER)
    comments.edit(made.id, version=1, by=by, at=LATER, **{**WORDS, "text": "Otra cosa."})
    return comments.submit(made.id, by=by, at=LATER)


def test_what_was_changed_since_it_was_read_is_not_approved_unread(here: Scene, approver: Actor) -> None:
    made = comment(here)
    (line,) = approvals.page(here.round.id, by=approver, at=DURING).waiting
    changed(here, made)
    with refused_with("edited_meanwhile"):
        signoffs.release(made.id, known=line.known, by=approver, at=LATER)
    (line,) = approvals.page(here.round.id, by=approver, at=LATER).waiting
    for _ in range(2):
        signoffs.release(made.id, known=line.known, by=approver, at=LATER)
    assert (made.state, made.version) == ("submitted", 2)


def test_all_that_was_read_is_approved_and_nothing_that_came_since(here: Scene, approver: Actor) -> None:
    read = comment(here)
    page = approvals.page(here.round.id, by=approver, at=DURING)
    later = comment(here, clause=1)
    now = approvals.page(here.round.id, by=approver, at=DURING)
    assert ([one.comment.id for one in now.until(page.last).waiting], len(now.waiting)) == ([read.id], 2)
    known = {one.comment.id: one.known for one in page.waiting}
    assert signoffs.release_all(here.round.id, known=known, by=approver, at=LATER) == 1
    assert (read.state, later.state) == ("submitted", "awaiting_organisation")
    assert signoffs.release_all(here.round.id, known={}, by=approver, at=LATER) == 0
    stale = approvals.page(here.round.id, by=approver, at=LATER).waiting[0]
    changed(here, later)
    with refused_with("edited_meanwhile"):
        signoffs.release_all(here.round.id, known={later.id: stale.known}, by=approver, at=LATER)


def test_who_has_comments_to_approve_hears_that_there_is_time_again(here: Scene, approver: Actor) -> None:
    idle = people.actor(Role.ORGANISATION, organisation=here.organisations[1])
    made = comment(here)
    round_running.close_round(here.round.id, by=SYSTEM, at=CLOSES)
    assert letters("round_extended") == []
    until = (CLOSES + timedelta(days=9)).date()
    here.round.dossier.body.settings = {"commission": here.body.code}
    round_deadlines.reopen(here.round.id, closes_on=until, reason="Huracán.", by=here.chair, at=CLOSES)
    told = [person for person, _ in letters("round_extended")]
    assert (approver.person_id in told, idle.person_id in told) == (True, False)
    signoffs.release(made.id, by=approver, at=CLOSES + timedelta(days=1))
    assert (made.state, made.late) == ("submitted", False)


def test_a_late_entry_is_told_to_who_approves_what_comes_in(here: Scene, approver: Actor) -> None:
    given = {"until": CLOSES + timedelta(days=2), "reason": "Huracán."}
    id = here.organisations[0].id
    round_running.grant_late(here.round.id, organisation_id=id, by=here.head, at=DURING, **given)
    assert letters("round_extended") == [(here.delegates[0].person_id, id), (approver.person_id, id)]


def test_without_approval_only_delegates_hear_of_a_late_entry(here: Scene, approver: Actor) -> None:
    here.round.organisation_signoff = False
    given = {"until": CLOSES + timedelta(days=2), "reason": "Huracán."}
    id = here.organisations[0].id
    round_running.grant_late(here.round.id, organisation_id=id, by=here.head, at=DURING, **given)
    assert letters("round_extended") == [(here.delegates[0].person_id, id)]


@pytest.mark.parametrize("approved", [True, False])
def test_who_approved_a_comment_is_told_when_a_delegate_takes_it_back(
    here: Scene, approver: Actor, approved: bool
) -> None:
    made = comment(here)
    if approved:
        signoffs.release(made.id, by=approver, at=DURING)
    for _ in range(2):
        comments.withdraw(made.id, by=here.delegates[0], at=LATER)
    told = [(approver.person_id, approver.organisation_id)] if approved else []
    assert letters("approved_withdrawn") == told
