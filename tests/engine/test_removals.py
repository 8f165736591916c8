"""Words that the Unit removes and comments that it hides: the original stays, everybody else reads the reason."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from consultations.actor import PUBLIC, SYSTEM, Actor
from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.synopsis_annex import entries
from consultations.engine import answers, batches, comments, removals, satisfaction, synopses
from consultations.engine.batches import ManyReply
from consultations.engine.comment_imports import plan
from consultations.extensions import db
from consultations.facts.likeness import pattern
from consultations.facts.objections import undecided
from consultations.facts.removals import Removed, kept_from_others, without
from consultations.facts.synopses import figures
from consultations.facts.synopsis_annex import pins
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.remarks import Redaction
from consultations.models.timers import Notice
from consultations.queries import removals as removal_pages
from consultations.queries.clause_pages import clause_page
from consultations.queries.clusters import chosen
from consultations.queries.coding import point
from consultations.queries.comment_sheets import export
from consultations.queries.comments import CommentView, rows, seen
from consultations.queries.removals import can
from consultations.wording_removals import hidden_words, removed_words
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import AFTER, DURING, REPLY, WORDS, Scene, answered, answering, comment, scene
from workflows.refusals import Refused
from workflows.roles import Role

TEXT = "Don Luis de Cobán\nno paga. Don  Luis miente."


@pytest.fixture
def here(app: Flask) -> Scene:
    return scene()


def read(made: Comment, by: Actor) -> CommentView:
    return seen(rows(Comment.id == made.id), by=by, at=DURING)[0]


def told(kind: str) -> list[dict[str, str]]:
    return list(db.session.scalars(select(Notice.params).where(Notice.kind == kind)))


def test_others_read_the_reason_wherever_the_words_stand(here: Scene) -> None:
    made = comment(
        here, text=TEXT, justification="Por Don Luis.", proposal="Sin don Luis.", visibility="public"
    )
    removals.remove_words(made.id, "Don Luis", "nombre de una persona", by=here.unit, at=DURING)
    for reader in (here.delegates[1], PUBLIC, here.chair, people.actor(Role.NETWORK)):
        view = read(made, reader)
        gone = removed_words("nombre de una persona")
        assert (view.text, view.justification, view.proposal) == (
            f"{gone} de Cobán\nno paga. {gone} miente.", f"Por {gone}.", f"Sin {gone}.",
        )  # fmt: skip
        assert view.kept.whole


def test_the_unit_auditors_and_the_author_keep_the_original(here: Scene) -> None:
    made = comment(here, text=TEXT)
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    for reader in (here.unit, here.head, people.actor(Role.AUDITOR), here.delegates[0]):
        view = read(made, reader)
        assert (view.text, view.kept.removed) == (TEXT, (Removed("Don Luis", "nombre"),))


def test_words_removed_once_stay_removed_in_the_next_version(here: Scene) -> None:
    made = comment(here, text=TEXT)
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    comments.edit(
        made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Otra vez Don Luis."}
    )
    assert read(made, here.delegates[1]).text == f"Otra vez {removed_words('nombre')}."


def test_the_same_words_twice_are_one_removal_and_the_organisation_is_told_once(here: Scene) -> None:
    made = comment(here, text=TEXT)
    for words in ("Don Luis", " Don \n Luis "):
        removals.remove_words(made.id, words, "nombre", by=here.unit, at=DURING)
    assert len(db.session.scalars(select(Redaction)).all()) == 1
    assert told("words_removed") == [{"reason": "nombre", "label": "R1-1"}]
    event = db.session.scalars(select(Event).where(Event.name == "comment_words_removed")).one()
    assert (event.reason, "Luis" in event.payload) == ("nombre", False)


@pytest.mark.parametrize(
    ("words", "reason", "why"),
    [
        ("Doña Ana", "nombre", ["removal_words_absent"]),
        ("don", "de nombre", ["removal_words_absent"]),
        ("Don Luis", "No es DON LUÍS.", ["removal_reason_repeats"]),
        ("  ", "nombre", ["removal_words_missing"]),
        ("Don Luis", " ", ["reason_missing"]),
        ("Doña Ana", "", ["removal_words_absent", "reason_missing"]),
        ("Don Luis", "No es Don Luis.", ["removal_reason_repeats"]),
    ],
)
def test_words_that_do_not_stand_there_or_no_reason_are_refused(
    here: Scene, words: str, reason: str, why: list[str]
) -> None:
    made = comment(here, text=TEXT)
    with refused_with(*why):
        removals.remove_words(made.id, words, reason, by=here.unit, at=DURING)
    assert db.session.scalars(select(Redaction)).all() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMMISSION, Role.NETWORK])
def test_only_the_unit_removes_words(here: Scene, role: Role) -> None:
    made = comment(here, text=TEXT)
    with refused_with("role_may_not"):
        removals.remove_words(made.id, "Don Luis", "nombre", by=people.actor(role), at=DURING)


def test_a_draft_has_no_words_removed(here: Scene) -> None:
    made = comment(here, text=TEXT, submit=False)
    with refused_with("comment_not_sent"):
        removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Luis Pech, LUIS PECH y luis pech.", "[-], [-] y [-]."),
        (
            "Luís Pech, Luis\u00a0Pech, Luis-Pech, Luis\u2011Pech, Lui\u0301s\nPech.",
            "[-], [-], [-], [-], [-].",
        ),
        ("El señor LuisPech y los Pechos de Luisa Pech.", "El señor LuisPech y los Pechos de Luisa Pech."),
        ("xLuis Pechx", "x[-]x"),  # as written it goes wherever it stands
    ],
)
def test_words_go_however_they_are_written(app: Flask, text: str, left: str) -> None:
    assert without(text, [Removed("Luis Pech", "-")]).replace(removed_words("-"), "[-]") == left


def test_what_is_removed_may_be_written_with_marks_apart(app: Flask) -> None:
    assert without("José Pech, JOSE PECH.", [Removed("Jose\u0301-Pech", "-")]).count(removed_words("-")) == 2


@pytest.mark.parametrize("words", ["Añil", "-", "C.I. 123-4", "él"])
def test_no_other_word_goes(app: Flask, words: str) -> None:
    text = "El anís y la mañana, él lo dijo - 1234."
    expected = {
        "Añil": text,
        "-": text.replace("-", "[x]"),
        "C.I. 123-4": text,
        "él": text.replace("él", "[x]"),
    }
    assert without(text, [Removed(words, "x")]).replace(removed_words("x"), "[x]") == expected[words]


def test_what_others_still_read_of_removed_words_is_shown(here: Scene) -> None:
    made = comment(
        here, text="Luis Pech no paga. PÉCH lo sabe, y Luisa. Dice Luis.", justification="Así es Pech-Uc."
    )
    removals.remove_words(made.id, "luis pech", "nombre", by=here.unit, at=DURING)
    page = removal_pages.page(made.id, by=here.unit, at=DURING)
    assert page.alike == ("PÉCH", "Luis", "Pech")
    assert "Luis Pech" not in page.others.text


def test_runs_that_overlap_are_one_with_both_reasons(app: Flask) -> None:
    removed = (Removed("b c", "uno"), Removed("c d", "dos"), Removed("z", "tres"))
    assert without("a b c d e", removed) == f"a {removed_words('uno; dos')} e"


@given(
    st.lists(st.sampled_from("abcd "), min_size=1, max_size=60).map("".join),
    st.sampled_from(["ab", "b c", "d"]),
)
def test_no_removed_words_are_left_and_what_lacks_them_stays(text: str, words: str) -> None:
    with mock.patch("consultations.facts.removals.removed_words", return_value="|"):
        shown = without(text, (Removed(words, "#"),))
    assert pattern(words).search(shown) is None
    if not pattern(words).search(text):
        assert shown == text


def test_a_hidden_comment_is_counted_kept_and_told_and_others_read_the_reason(here: Scene) -> None:
    made = comment(here, text="Insulto.", visibility="public", consent_to_name=True)
    for _ in range(2):
        removals.hide(made.id, "ofende a una persona", by=here.head, at=DURING)
    assert (made.state, made.hidden_at, figures(here.round.id)["received"]) == ("submitted", DURING, 1)
    other = read(made, here.delegates[1])
    assert (other.text, other.justification, other.who) == (hidden_words("ofende a una persona"), "", None)
    own = read(made, here.delegates[0])
    assert (own.text, own.kept.hidden) == ("Insulto.", "ofende a una persona")
    assert told("comment_hidden") == [{"reason": "ofende a una persona", "label": "R1-1"}]
    page = clause_page(here.round.id, here.clauses[0].id, 1, by=here.delegates[1], at=DURING)
    assert page is not None
    assert [one.text for one in page.others] == [hidden_words("ofende a una persona")]


def test_who_hid_it_does_not_show_it_again_and_another_does(here: Scene) -> None:
    made = comment(here)
    removals.hide(made.id, "ofende", by=here.head, at=DURING)
    with refused_with("reversal_by_same_person"):
        removals.show(made.id, "me equivoqué", by=here.head, at=DURING)
    for _ in range(2):
        removals.show(made.id, "no ofende", by=here.chair, at=DURING)
    assert made.state == "submitted"
    assert kept_from_others([made])(made.id).whole
    assert len(told("comment_shown")) == 1


def test_who_hid_it_last_counts(here: Scene) -> None:
    made, second = comment(here), people.actor(Role.UNIT_HEAD)
    removals.hide(made.id, "ofende", by=here.head, at=DURING)
    removals.show(made.id, "no ofende", by=here.chair, at=DURING)
    removals.hide(made.id, "sí ofende", by=second, at=DURING)
    assert kept_from_others([made])(made.id).hidden == "sí ofende"
    with refused_with("reversal_by_same_person"):
        removals.show(made.id, "no", by=second, at=DURING)
    assert removals.show(made.id, "no", by=here.head, at=DURING).state == "submitted"


@pytest.mark.parametrize("verb", ["hide", "show"])
def test_hiding_and_showing_need_a_reason_and_the_right_role(here: Scene, verb: str) -> None:
    made = comment(here)
    if verb == "show":
        removals.hide(made.id, "ofende", by=here.head, at=DURING)
    by = here.head if verb == "hide" else here.chair
    with refused_with("reason_missing"):
        getattr(removals, verb)(made.id, " ", by=by, at=DURING)
    with refused_with("role_may_not"):
        getattr(removals, verb)(made.id, "porque", by=here.unit, at=DURING)


@pytest.mark.parametrize("shown_again", [True, False])
def test_a_comment_hidden_before_it_is_answered_is_answered_like_any_other(
    here: Scene, shown_again: bool
) -> None:
    made, other = comment(here), comment(here, who=1)
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    answered(answering(here), other)
    with refused_with("points_without_outcome", "points_without_response"):
        synopses.submit(here.round.id, "Introducción", "Sigue la votación.", by=here.unit, at=AFTER)
    answered(here, made)
    if shown_again:
        removals.show(made.id, "no ofende", by=here.chair, at=AFTER)
    synopses.submit(here.round.id, "Introducción", "Sigue la votación.", by=here.unit, at=AFTER)
    assert (here.round.state, made.state) == ("synopsis_review", "decided")


@pytest.mark.parametrize("shown_again", [True, False])
def test_hiding_after_publication_takes_no_objection_away(here: Scene, shown_again: bool) -> None:
    made = published(here)
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    if shown_again:
        removals.show(made.id, "no ofende", by=here.chair, at=AFTER)
    assert made.state == "answered"
    satisfaction.declare(made.id, "objects", "No nos oyeron.", by=here.delegates[0], at=AFTER)
    assert (made.state, undecided(here.round.id)) == ("objected", 1)
    assert kept_from_others([made])(made.id).whole == shown_again


def test_who_says_nothing_of_a_hidden_comment_falls_silent_like_the_others(here: Scene) -> None:
    made = published(here)
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    assert satisfaction.end_window(here.round.id, by=SYSTEM, at=AFTER + timedelta(days=20)) == 1
    assert removals.show(made.id, "no ofende", by=here.chair, at=AFTER).state == "silent"


def published(here: Scene) -> Comment:
    """A comment whose answer is told, with a fortnight to object."""
    made = comment(here)
    answered(answering(here), made)
    here.round.state, made.state = "published", "answered"
    here.round.published_at, here.round.satisfaction_until = AFTER, AFTER + timedelta(days=14)
    db.session.flush()
    return made


def test_what_was_never_hidden_is_not_shown_again(here: Scene) -> None:
    with pytest.raises(Refused):
        removals.show(comment(here).id, "porque", by=here.chair, at=DURING)


def test_a_comment_sheet_that_is_handed_on_has_neither_removed_nor_hidden_words(here: Scene) -> None:
    one, two = comment(here, text=TEXT), comment(here, who=1, text="Insulto.", proposal="Insulto peor.")
    removals.remove_words(one.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    removals.hide(two.id, "ofende", by=here.head, at=DURING)
    sheet = export(here.round.id, "csv").body.decode("utf-8-sig")
    assert "Luis" not in sheet
    assert "Insulto" not in sheet
    assert removed_words("nombre") in sheet
    assert hidden_words("ofende") in sheet


def test_a_sheet_without_the_removed_words_that_comes_back_is_the_comment_it_was(here: Scene) -> None:
    made = comment(here, text="Don Luis no paga.", type="technical")
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    sheet = read_comment_sheet(export(here.round.id, "csv").body, "sheet.csv")
    found = plan(here.round.id, sheet, by=here.unit, at=DURING)
    assert [row.comment_id for row in found.rows] == [made.id]


def test_the_commission_reads_points_without_the_removed_words_and_the_unit_with_them(here: Scene) -> None:
    made, hidden = comment(here, text="Don Luis no paga."), comment(here, who=1, text="Insulto.")
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    removals.hide(hidden.id, "ofende", by=here.head, at=DURING)
    for by, wanted in (
        (here.chair, [f"{removed_words('nombre')} no paga.", hidden_words("ofende")]),
        (here.unit, ["Don Luis no paga.", "Insulto."]),
    ):
        page = chosen(here.round.id, (made.id, hidden.id), by=by, at=DURING)
        assert page is not None
        assert [line.text for line in page.lines] == wanted
        found = point(made.id, 1, by=by, at=DURING)
        assert found is not None
        assert found.place.text == wanted[0]


def test_the_annex_of_the_synopsis_says_why_and_keeps_the_outcome(here: Scene) -> None:
    made, other = (
        comment(here, who=n, text=f"Texto {n}.", visibility="public", consent_to_name=True) for n in (0, 1)
    )
    answering(here)
    for one in (made, other):
        answered(here, one, response="Sobre el texto.")
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    removals.remove_words(other.id, "Texto", "nombre", by=here.unit, at=AFTER)
    frozen: Any = SimpleNamespace(round=here.round, round_id=here.round.id)
    public = entries(frozen, pins(here.round.id), by=PUBLIC)
    assert [(one.words, one.who, [(it.outcome, it.response) for it in one.became]) for one in public] == [
        (hidden_words("ofende"), None, [("accepted", "")]),
        (
            f"{removed_words('nombre')} 1.",
            here.organisations[1].name,
            [("accepted", f"Sobre el {removed_words('nombre')}.")],
        ),
    ]
    assert [one.words for one in entries(frozen, pins(here.round.id), by=here.unit)] == [
        "Texto 0.",
        "Texto 1.",
    ]


@pytest.mark.parametrize("state", ["answering", "synopsis_review", "published"])
def test_a_comment_comes_back_with_its_answer_wherever_its_round_is(here: Scene, state: str) -> None:
    made = comment(here)
    answered(answering(here), made)
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    here.round.state = state
    db.session.flush()
    assert can(made.id, by=here.chair, at=AFTER) == {"show"}
    with refused_with("reason_missing"):
        removals.show(made.id, " ", by=here.chair, at=AFTER)
    assert removals.show(made.id, "no ofende", by=here.chair, at=AFTER).state == "decided"
    assert can(made.id, by=here.head, at=AFTER) == {"remove_words", "hide"}


def test_the_chair_of_another_body_neither_shows_nor_decides(here: Scene) -> None:
    here.round.dossier.body.settings = {"commission": here.body.code}
    stranger = people.actor(Role.CHAIR, network=people.network())
    hidden, proposed, waits = comment(here), comment(here, who=1), comment(here, clause=1)
    removals.hide(hidden.id, "ofende", by=here.head, at=DURING)
    answers.propose(proposed.id, **REPLY, by=answering(here).unit, at=AFTER)
    with refused_with("other_body"):
        removals.show(hidden.id, "no ofende", by=stranger, at=AFTER)
    with refused_with("other_body"):
        answers.decide(proposed.id, known=1, by=stranger, at=AFTER)
    with refused_with("other_body"):
        answers.return_(proposed.id, "otra", by=stranger, at=AFTER)
    said = ManyReply("noted", "-", {"es": "Gracias."})
    batch = batches.give(here.round.id, [(waits.id, 1)], said, seed="s", by=here.unit, at=AFTER)
    with refused_with("other_body"):
        batches.send_back(batch.id, "otra", by=stranger, at=AFTER)
    assert answers.decide(proposed.id, known=1, by=here.chair, at=AFTER).decided_by_id == here.chair.person_id
