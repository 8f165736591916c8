"""The officers' desk: preparing, reviewing, convening, leading, signing, answering a contest."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM, Actor
from consultations.engine import contests, votes
from consultations.extensions import db
from consultations.models.votes import RollEntry, Vote
from tests.browsing import forms, post
from tests.factories import rules
from tests.factories import votes as make
from tests.web.visiting import english

HOUR = timedelta(hours=1)
TERMS = {
    "question_es": "¿Aprueba la posición?", "question_en": "Do you approve the position?",
    "opens_on": "2026-11-16", "closes_on": "2026-11-21", "notice_days": "10", "contest_days": "5",
}  # fmt: skip


def terms(hall: make.Hall, rule: str = "two-thirds") -> dict[str, object]:
    """The form of a vote filled in, with a rule of the body's book."""
    row = rules.in_book(hall.body, make.rule(rule))
    return {**TERMS, "rule": str(row.id)}


class Desk:
    """Somebody at a desk at an instant."""

    def __init__(self, client: FlaskClient, who: Actor, at=make.CALLED) -> None:
        self.client, self.at = english(client, who, at), at

    def read(self, url: str, status: int = 200) -> str:
        with time_machine.travel(self.at, tick=False):
            answer = self.client.get(url)
        assert answer.status_code == status, url
        return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())

    def source(self, url: str) -> str:
        """The page as it came."""
        with time_machine.travel(self.at, tick=False):
            return self.client.get(url).get_data(as_text=True)

    def offered(self, url: str) -> dict[str, str]:
        """What the fields of the page's own form hold."""
        return max((form.fields for form in forms(self.source(url))), key=len)

    def send(self, url: str, status: int = 200, **fields: object) -> str:
        with time_machine.travel(self.at, tick=False):
            answer = post(self.client, url, follow=True, **fields)
        assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
        return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def only_vote() -> Vote:
    db.session.rollback()
    return db.session.query(Vote).one()


def test_from_the_form_to_the_frozen_roll(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(4)
    db.session.commit()
    ready = Desk(client, hall.secretary).read("/a/votes")
    assert hall.dossier.titles["en"] in ready
    Desk(client, hall.secretary).send(f"/a/dossiers/{hall.dossier.id}/vote", **terms(hall))
    vote = only_vote()
    assert (vote.opens_at, vote.closes_at, vote.rule["id"]) == (make.OPENS, make.CLOSES, "two-thirds")
    review = Desk(client, hall.scrutineer).read(f"/a/votes/{vote.id}/review")
    assert "The fewest in favour that pass" in review
    assert "In favour: 3 · Against: 1" in review
    assert "In favour: 2 · Against: 2" in review
    Desk(client, hall.scrutineer).send(f"/a/votes/{vote.id}/review")
    sure = Desk(client, hall.president).read(f"/a/votes/{vote.id}/act/convene")
    assert "You are about to call the members to this vote and freeze its roll." in sure
    assert "Organisations on the roll 4" in sure
    assert db.session.query(RollEntry).count() == 0
    done = Desk(client, hall.president).send(f"/a/votes/{vote.id}/act/convene")
    assert "Convened: everyone on the roll is told." in done
    assert (only_vote().state, db.session.query(RollEntry).count()) == ("convened", 4)


def test_a_tie_that_wants_a_second_vote_leads_the_secretary_to_it(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    tied = make.closed(hall, "yn", rule={**make.rule(), "tie": "second_vote"})
    db.session.commit()
    after, page = make.CLOSES + HOUR, f"/a/votes/{tied.id}"
    assert "Prepare the second vote" not in Desk(client, hall.president, after).read(page)
    desk = Desk(client, hall.secretary, after)
    assert "Prepare the second vote" in desk.read(page)
    later = {"opens_on": "2026-12-16", "closes_on": "2026-12-21"}
    desk.send(f"/a/dossiers/{hall.dossier.id}/vote", **{**terms(hall), **later})
    db.session.expire_all()
    assert tied.state == "tied"
    shown = desk.read(page)
    assert "Prepare the second vote" not in shown
    assert "Tie, voted on again" in shown
    assert "Tie, voted on again" in desk.read("/")


@pytest.mark.parametrize(
    ("rule", "choices", "waits"),
    [
        (make.rule("first-and-second-call"), "y---", "secretary has prepared the vote of the next call"),
        ({**make.rule(), "tie": "second_vote"}, "yn--", "the second vote that the rule asks for"),
        ({**make.rule(), "tie": "casting_vote"}, "yn--", "the president's casting vote before the result is signed"),
        (make.rule(), "yyn-", "president, secretary and scrutineer have to sign"),
    ],
)  # fmt: skip
def test_what_a_count_waits_for_is_told_to_every_officer_instead_of_why_they_cannot_sign(
    app: Flask, client: FlaskClient, rule: dict[str, object], choices: str, waits: str
) -> None:
    hall = make.hall(4)
    vote = make.closed(hall, choices, rule=rule)
    db.session.commit()
    for who in (hall.secretary, hall.president, hall.scrutineer):
        page = Desk(client, who, make.CLOSES + HOUR).read(f"/a/votes/{vote.id}")
        assert waits in page.replace("&#39;", "'")
        assert "Before you can sign" not in page


def test_the_next_call_begins_with_the_terms_of_the_vote_that_it_follows(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(4)
    vote = make.closed(hall, "y---", rule=make.rule("first-and-second-call"))
    db.session.commit()
    desk = Desk(client, hall.secretary, make.CLOSES + HOUR)
    link = f"/a/dossiers/{hall.dossier.id}/vote?after={vote.id}"
    assert f'href="{link}"' in desk.source(f"/a/votes/{vote.id}")
    anew, following = (desk.offered(url) for url in (f"/a/dossiers/{hall.dossier.id}/vote", link))
    named = ("call", "version_id", "question_es", "opens_on", "closes_on")
    assert [following[name] for name in named] == ["2", str(vote.version_id), vote.questions["es"], "", ""]
    assert anew["call"] == "1"


def test_an_officer_reads_since_when_and_why_a_vote_stands_still(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.opened(hall)
    votes.suspend(vote.id, reason="The line is down.", by=hall.president, at=make.OPENS + HOUR)
    db.session.commit()
    desk = Desk(client, hall.secretary, make.OPENS + 2 * HOUR)
    page = desk.read(f"/a/votes/{vote.id}")
    assert (
        "Suspended since Monday, 16 November 2026, 01:00 (Managua). Reason given: The line is down." in page
    )
    assert "23:59 (Managua), and later by as long as the suspension lasts" in page
    assert "Suspended since" in desk.read("/a/votes")


def test_what_cannot_be_prepared_is_told_beside_what_was_typed(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote"
    wrong = {**terms(hall), "question_es": "¿Sí o no?", "closes_on": "2026-11-15"}
    page = Desk(client, hall.secretary).send(url, 409, **wrong)
    assert "no opening and closing time in this order" in page
    assert "¿Sí o no?" in page
    assert "Choose the rule." in Desk(client, hall.secretary).send(url, 422, **{**TERMS, "rule": None})
    assert db.session.query(Vote).count() == 0


def test_a_draft_is_changed_and_keeps_its_rule_and_dates(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall)
    db.session.commit()
    Desk(client, hall.secretary).send(f"/a/votes/{vote.id}/edit", question_es="¿Otra pregunta?")
    changed = only_vote()
    assert changed.questions["es"] == "¿Otra pregunta?"
    assert (changed.rule["id"], changed.opens_at, changed.closes_at) == (
        "simple-majority",
        make.OPENS,
        make.CLOSES,
    )


def test_the_secretary_says_whether_the_turnout_is_shown(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall)
    db.session.commit()
    desk = Desk(client, hall.secretary)
    assert "Is it shown how many have voted? Yes" in desk.read(f"/a/votes/{vote.id}")
    for shown, said in (("", "No"), ("y", "Yes")):
        page = desk.send(f"/a/votes/{vote.id}/edit", show_turnout=shown)
        assert f"Is it shown how many have voted? {said}" in page
        assert only_vote().show_turnout is (said == "Yes")


def test_the_author_does_not_review_and_is_told_why(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall)
    db.session.commit()
    assert "Who reviews must not be who prepared it." in Desk(client, hall.secretary).read(
        f"/a/votes/{vote.id}"
    )


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0, ""),
        (6, ""),
        (7, "The notice is 9 days and must be at least 10. Choose a later date."),
        (16, "It opens on the day of the call; the notice must be at least 10 days."),
    ],
)
def test_too_short_a_notice_is_a_warning_while_it_can_be_mended(
    app: Flask, client: FlaskClient, late: int, said: str
) -> None:
    hall = make.hall(2)
    db.session.commit()
    day = make.OPENS + HOUR - timedelta(days=16 - late)
    heading = "The notice as it would be if it were convened today"
    saved = Desk(client, hall.secretary, day).send(f"/a/dossiers/{hall.dossier.id}/vote", **terms(hall))
    page = f"/a/votes/{only_vote().id}"
    asked = Desk(client, hall.scrutineer, day).read(f"{page}/review")
    for shown in (saved, asked):
        assert (heading in shown, said in shown) == (said != "", True)
    Desk(client, hall.scrutineer, day).send(f"{page}/review")
    assert only_vote().state == "reviewed"
    told = Desk(client, hall.president, day).read(page)
    assert (said in told, heading in told, "Before it can be convened" in told) == (True, False, said != "")


def test_a_faulty_roll_is_told_before_anybody_convenes(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall, weight_field="members")
    db.session.commit()
    page = Desk(client, hall.scrutineer).read(f"/a/votes/{vote.id}")
    assert "Organisations without the weight" in page
    assert hall.members[0].name in page


def test_the_console_shows_turnout_and_who_is_missing_and_no_choice(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "yes")
    db.session.commit()
    page = Desk(client, hall.president, make.OPENS + 2 * HOUR).read(f"/a/votes/{vote.id}")
    assert "1 of 3 organisations have a ballot." in page
    assert [member.name + " " in page for member in hall.members] == [False, True, True]
    assert "In favour" not in page.partition("What decides")[0]


def test_suspending_asks_for_a_reason_and_resuming_gives_the_time_back(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    db.session.commit()
    at = make.OPENS + HOUR
    Desk(client, hall.president, at).send(f"/a/votes/{vote.id}/act/suspend", 422)
    Desk(client, hall.president, at).send(f"/a/votes/{vote.id}/act/suspend", reason="The line is down")
    assert only_vote().state == "suspended"
    Desk(client, hall.president, at + 2 * HOUR).send(f"/a/votes/{vote.id}/act/resume", reason="Back")
    assert (only_vote().state, only_vote().closes_at) == ("open", make.CLOSES + 2 * HOUR)


def test_extending_moves_the_closing_to_the_end_of_the_chosen_day(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    db.session.commit()
    url = f"/a/votes/{vote.id}/act/extend"
    desk = Desk(client, hall.president, make.OPENS + HOUR)
    assert "not later than the present one" in desk.send(url, 409, closes_on="2026-11-20", reason="Storm")
    asked = desk.send(url, closes_on="2026-11-23", reason="Storm")
    assert (
        "Present closing Saturday, 21 November 2026, 23:59 (Managua) "
        "New closing Monday, 23 November 2026, 23:59 (Managua) Longer by 2 days"
    ) in asked
    assert only_vote().closes_at == make.CLOSES
    desk.send(url, closes_on="2026-11-23", reason="Storm", sure=str(make.CLOSES + timedelta(days=2)))
    assert only_vote().closes_at == make.CLOSES + timedelta(days=2)
    assert "extended once at most" in desk.send(url, 409, closes_on="2026-11-25", reason="Again")


def test_three_sign_in_the_browser_and_the_last_proclaims(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    vote = make.closed(hall, "yyn")
    db.session.commit()
    at = make.CLOSES + HOUR
    for n, who in enumerate((hall.secretary, hall.president, hall.scrutineer), 1):
        Desk(client, who, at).send(f"/a/votes/{vote.id}/act/sign")
        assert only_vote().state == ("provisional" if n == 3 else "counted")
    assert "Sign the result" not in Desk(client, hall.president, at).read(f"/a/votes/{vote.id}")


def test_the_president_gives_the_casting_vote(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, "yn", rule={**make.rule(), "tie": "casting_vote"})
    db.session.commit()
    desk = Desk(client, hall.president, make.CLOSES + HOUR)
    desk.send(f"/a/votes/{vote.id}/act/break_tie", 422)
    desk.send(f"/a/votes/{vote.id}/act/break_tie", casting_vote="no")
    english(client, None, make.CLOSES + HOUR)
    page = Desk(client, hall.secretary, make.CLOSES + HOUR).read(f"/results/{vote.id}")
    assert "casting vote: Against." in page
    assert "Not adopted" in page


def test_a_refused_count_can_be_made_once_the_roll_is_restored(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    first = db.session.query(RollEntry).filter_by(organisation_id=hall.members[0].id)
    first.update({"weight": "9"})
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)
    db.session.commit()
    desk = Desk(client, hall.secretary, make.CLOSES + HOUR)
    assert "The roll is not the one that was frozen." in desk.send(f"/a/votes/{vote.id}/act/count", 409)
    first.update({"weight": "1"})
    db.session.commit()
    desk.send(f"/a/votes/{vote.id}/act/count")
    assert only_vote().state == "counted"


def test_the_committee_answers_with_a_reason(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yy")
    at = make.CLOSES + 3 * HOUR
    contest = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=at)
    db.session.commit()
    url = f"/a/contests/{vote.id}/{contest.id}"
    desk = Desk(client, hall.committee, at)
    assert "Look again" in desk.read(url)
    desk.send(url, 422, reason="It stands")
    desk.send(url, resolution="uphold", reason="It stands")
    assert only_vote().state == "provisional"
    assert "It stands" in desk.read(f"/results/{vote.id}")


@pytest.mark.parametrize("page", ["/a/votes/{id}", "/a/votes/{id}/review", "/a/votes/{id}/act/convene"])
def test_another_bodys_officer_finds_nothing_here(app: Flask, client: FlaskClient, page: str) -> None:
    hall, other = make.hall(2), make.hall(2)
    vote = make.prepared(hall)
    db.session.commit()
    Desk(client, other.president).read(page.format(id=vote.id), 404)
    Desk(client, hall.delegates[0]).read(page.format(id=vote.id), 403)


def test_an_unknown_act_is_no_page(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.prepared(hall)
    db.session.commit()
    Desk(client, hall.president).read(f"/a/votes/{vote.id}/act/delete", 404)
