"""What pages say of where a matter stands: the same figures and words on each, nothing that is not so, no code names."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import answers, counts, reviews
from consultations.extensions import db
from consultations.queries import tasks
from tests.browsing import post, token
from tests.factories import comments, people, rounds, votes
from tests.web.visiting import english
from workflows.roles import Role

AFTER = comments.AFTER
REVIEWING = rounds.START + timedelta(days=1)
TURNED_DOWN = {**comments.REPLY, "outcome": "rejected"}


def read(client: FlaskClient, url: str, at=AFTER) -> str:
    """The words of a page, one space between them."""
    with time_machine.travel(at, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def waiting(who: Actor) -> dict[str, bool]:
    return {task.kind: task.quiet for task in tasks.waiting(who, at=AFTER)}


@pytest.mark.parametrize(("move", "fields"), [("approve", {}), ("return", {"reason": "Faltan los plazos."})])
def test_a_second_click_on_the_decision_answers_as_the_first_and_another_decision_in_plain_words(
    client: FlaskClient, move: str, fields: dict[str, str]
) -> None:
    house = rounds.house()
    review = rounds.heard(house, rounds.at_stage(house, "commission_review"), at=REVIEWING)
    db.session.commit()
    english(client, house.chair, REVIEWING)
    url = f"/commission/reviews/{review.id}"
    other = {"approve": "return", "return": "approve"}[move]
    with time_machine.travel(REVIEWING, tick=False):
        open_tab = {"csrf_token": token(client, f"{url}/{other}"), "reason": "Otra cosa."}
        said = [post(client, f"{url}/{move}", **fields) for _ in range(2)]
        against = client.post(f"{url}/{other}", data=open_tab)
    assert [(answer.status_code, answer.location) for answer in said] == [(303, url)] * 2
    page = against.get_data(as_text=True)
    assert against.status_code == 409
    assert "This has been done already, or something else has happened meanwhile." in page
    assert "“" not in page.partition('role="alert"')[2].partition("</div>")[0]


def test_a_return_with_another_reason_is_not_taken_for_the_first(app: Flask) -> None:
    house = rounds.house()
    review = rounds.review_of(rounds.at_stage(house, "commission_review"))
    reviews.return_(review.id, reason="Uno.", by=house.chair, at=REVIEWING)
    assert reviews.return_(review.id, reason="Uno.", by=house.chair, at=REVIEWING) is review
    with pytest.raises(Exception, match="done already"):
        reviews.return_(review.id, reason="Otro.", by=house.chair, at=REVIEWING)
    assert review.decision_reason == "Uno."


def test_only_who_has_not_signed_is_named(client: FlaskClient) -> None:
    hall, at = votes.hall(3), votes.CLOSES + timedelta(hours=1)
    vote = votes.closed(hall, "yyn")
    said = []
    for signer in (hall.president, hall.secretary):
        counts.sign(vote.id, by=signer, at=at)
        db.session.commit()
        page = read(english(client, hall.scrutineer, at), f"/a/votes/{vote.id}", at)
        said.append(page.partition("each by another person: ")[2].partition(".")[0])
    assert said == ["secretary of the assembly, scrutineer", "scrutineer"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Round being written"), ("commission_review", "Round before the Commission"),
        ("scheduled", "Consultation announced"), ("open", "In consultation"),
        ("closed", "Consultation closed, being answered"), ("answering", "Consultation closed, being answered"),
        ("synopsis_review", "Answers before the Commission"), ("withdrawn", "Between rounds of consultation"),
    ],
)  # fmt: skip
def test_the_public_reads_where_the_round_of_a_dossier_stands(
    client: FlaskClient, state: str, words: str
) -> None:
    made = comments.scene(organisations=1, state=state)
    db.session.commit()
    english(client, None, AFTER)
    for url in ("/", f"/public/dossiers/{made.round.dossier_id}"):
        page = read(client, url)
        assert (words in page, "In consultation" in page) == (True, state == "open"), url


def test_home_and_desk_count_answers_alike_and_a_proposal_waits_for_a_second_person(
    client: FlaskClient,
) -> None:
    made = comments.scene(organisations=3)
    asked = [comments.comment(made, who=n) for n in range(3)]
    comments.answering(made)
    answers.propose(asked[0].id, by=made.unit, at=AFTER, **TURNED_DOWN)
    answers.propose(asked[1].id, by=made.unit, at=AFTER, decide=True, **comments.REPLY)
    db.session.commit()
    figures = "Comments: 3; without an answer: 1; proposed: 1; decided: 1"
    for url in ("/home", "/desk"):
        assert figures in read(english(client, made.second, AFTER), url), url
    assert waiting(made.unit) == {"answer_comments": False}
    assert waiting(made.second) == {"answer_comments": False, "decide_answers": False}
    assert waiting(made.head) == waiting(made.second)
    assert waiting(made.chair) == {"decide_answers": True}
    answers.propose(asked[2].id, by=made.unit, at=AFTER, **TURNED_DOWN)
    assert waiting(made.unit) == {"answers_proposed": True}
    for one in (asked[0], asked[2]):
        answers.decide(one.id, known=1, by=made.second, at=AFTER)
    assert waiting(made.unit) == waiting(made.second) == {"submit_synopsis": False}


def test_the_task_of_a_second_person_leads_to_what_is_proposed(client: FlaskClient) -> None:
    made = comments.scene(organisations=2)
    first, _ = (comments.comment(made, who=n, text=f"Punto {n}.") for n in range(2))
    comments.answering(made)
    answers.propose(first.id, by=made.unit, at=AFTER, **TURNED_DOWN)
    db.session.commit()
    english(client, made.second, AFTER)
    link = f"/desk/rounds/{made.round.id}/to-decide"
    with time_machine.travel(AFTER, tick=False):
        assert f'href="{link}"' in client.get("/home").get_data(as_text=True)
    queue = read(client, link)
    assert ("Punto 0." in queue, "Punto 1." in queue) == (True, False)


def test_the_chair_is_told_that_a_block_stands(client: FlaskClient) -> None:
    house = rounds.house(members=3)
    round = rounds.at_stage(house, "commission_review")
    review = rounds.heard(house, round, at=REVIEWING)
    reviews.take_position(review.id, "comment", reason="Visto.", by=house.chair, at=REVIEWING)
    db.session.commit()
    assert "Approve it or return it." in read(english(client, house.chair, REVIEWING), "/home", REVIEWING)
    reviews.take_position(review.id, "block", reason="Falta.", by=house.members[0], at=REVIEWING)
    db.session.commit()
    page = read(english(client, house.chair, REVIEWING), "/home", REVIEWING)
    assert "Blocks that stand: 1. Until they are lifted it cannot be approved" in page
    assert "Approve it or return it." not in page


def test_news_on_the_home_page_have_no_colon_after_their_full_stop(client: FlaskClient) -> None:
    hall = votes.hall(3)
    votes.closed(hall, "yyn")
    db.session.commit()
    page = read(english(client, hall.delegates[0], votes.CLOSES), "/home", votes.CLOSES)
    assert "The vote was closed. Position" in page
    assert ".:" not in page


def test_the_desk_names_the_comment_that_was_answered(client: FlaskClient) -> None:
    made = comments.scene(organisations=3)
    first, second, _ = (comments.comment(made, who=n) for n in range(3))
    comments.answering(made)
    db.session.commit()
    with time_machine.travel(AFTER, tick=False):
        english(client, made.unit, AFTER)
        decided = post(client, f"/desk/comments/{first.id}", follow=True, decide="1", **comments.REPLY)
        kept = post(client, f"/desk/comments/{second.id}", follow=True, **TURNED_DOWN)
        english(client, made.second, AFTER)
        url = f"/desk/comments/{second.id}"
        after = post(client, f"{url}/decide", page_url=url, follow=True)
    assert "Comment R1-1: decided." in decided.get_data(as_text=True)
    assert "Comment R1-2: the proposal is kept." in kept.get_data(as_text=True)
    assert "Comment R1-2: decided." in after.get_data(as_text=True)


def test_a_question_missing_in_the_language_of_members_is_warned_of_until_it_is_written(
    client: FlaskClient,
) -> None:
    hall = votes.hall(1)
    for code in ("pt", "fr", "fr"):
        hall.members.append(people.organisation(language=code))
    hall.body = people.network(members=tuple(hall.members))
    hall.dossier.body_id = hall.body.id
    secretary = people.actor(Role.SECRETARY, network=hall.body)
    hall.secretary = secretary
    vote = votes.prepared(hall)
    db.session.commit()
    url, warning = f"/a/votes/{vote.id}", "whose language the question is not written in: "
    english(client, secretary, votes.CALLED)

    def missing() -> str:
        return read(client, f"{url}/review", votes.CALLED).partition(warning)[2].partition(".")[0]

    def write(**fields: str) -> dict[str, str]:
        with time_machine.travel(votes.CALLED, tick=False):
            post(client, f"{url}/edit", **fields)
        db.session.rollback()
        return vote.questions

    assert missing() == "French, Portuguese"
    assert write(question_fr="Approuvez-vous ?")["fr"] == "Approuvez-vous ?"
    assert missing() == "Portuguese"
    assert sorted(write(question_pt="Aprova?")) == ["en", "es", "fr", "pt"]
    assert warning not in read(client, f"{url}/review", votes.CALLED)
