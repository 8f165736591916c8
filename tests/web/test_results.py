"""What the public reads of a vote: nothing before closing, everything to recount with afterwards."""

import hashlib
import html
import io
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM, Actor
from consultations.engine import contests, votes
from consultations.extensions import db
from consultations.facts import boards, minutes_of_vote
from consultations.models.ballots import Ballot
from consultations.models.votes import Contest
from tests.browsing import post
from tests.factories import people
from tests.factories import votes as make
from tests.web.visiting import english
from workflows.roles import Role

HOUR = timedelta(hours=1)
DURING, AFTER = make.OPENS + 2 * HOUR, make.CLOSES + HOUR
FILES = ("rule.json", "roll.csv", "ballots.csv", "decision.json", "board.csv")
SIGNING = "president, secretary and scrutineer have to sign"
NEXT_CALL = "It ends when the secretary has prepared the vote of the next call."


def read(client: FlaskClient, url: str, at: datetime = AFTER) -> str:
    with time_machine.travel(at, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200, f"{url} answered {answer.status_code}"
    return answer.get_data(as_text=True)


def words(page: str) -> str:
    """What a person reads: without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_nothing_of_a_result_is_seen_before_closing_by_anybody_on_any_page(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(4)
    vote = make.opened(hall)
    receipts = {
        make.cast(vote, who, choice).code
        for who, choice in zip(hall.delegates, ("yes", "yes", "no"), strict=False)
    }
    db.session.commit()
    id, silent = vote.id, hall.delegates[3]
    public = [
        f"/results/{id}",
        f"/results/{id}/roll-call",
        f"/results/{id}/minutes",
        *(f"/results/{id}/files/{f}" for f in FILES),
    ]
    desk = [
        "/a/votes",
        f"/a/votes/{id}",
        f"/a/votes/{id}/review",
        *(f"/a/votes/{id}/act/{n}" for n in ("sign", "close", "count")),
    ]
    everybody = (None, silent, hall.secretary, hall.president, hall.scrutineer, hall.committee)
    for who in everybody:
        english(client, who, DURING)
        with time_machine.travel(DURING, tick=False):
            for url in (*public, *desk, f"/v/{id}", f"/v/{id}/receipt", "/v/", f"/results/{id}/contest"):
                said = words(client.get(url).get_data(as_text=True))
                assert not any(receipt in said for receipt in receipts), url
                assert (
                    not re.search(r"In favour: ?[0-9]|Against: ?[0-9]|Adopted|Not adopted", said)
                    or "/review" in url
                ), url
            assert client.get(f"/results/{id}/roll-call").status_code == 404
            assert client.get(f"/results/{id}/minutes").status_code == 404
            assert [client.get(f"/results/{id}/files/{name}").status_code for name in FILES] == [404] * len(
                FILES
            )


def test_a_draft_is_not_public(app: Flask, client: FlaskClient) -> None:
    draft = make.prepared(make.hall(2))
    db.session.commit()
    assert client.get(f"/results/{draft.id}").status_code == 404
    assert client.get("/results/4711").status_code == 404


@pytest.mark.parametrize(
    ("rule", "choices", "outcome", "sentence", "waits"),
    [
        ("two-thirds", "yyyn", "Adopted", "3 were needed and 3 counted (75.0%). Condition met.", SIGNING),
        (
            "double-majority",
            "ynnnnn",
            "Not adopted",
            "2 were needed and 0 counted (0.0%). Condition not met.",
            SIGNING,
        ),
        (
            "first-and-second-call",
            "y---",
            "No quorum",
            "3 were needed and 1 counted (25.0%). Condition not met.",
            NEXT_CALL,
        ),
    ],
)
def test_the_decision_page_gives_outcome_sentences_and_figures(
    app: Flask, client: FlaskClient, rule: str, choices: str, outcome: str, sentence: str, waits: str
) -> None:
    vote = make.closed(make.hall(len(choices)), choices, rule=make.rule(rule))
    db.session.commit()
    english(client, None, AFTER)
    with time_machine.travel(AFTER, tick=False):
        page = read(client, f"/results/{vote.id}")
    assert f">{outcome}</strong>" in page
    assert sentence in page
    assert page.count('<svg role="img"') >= 1
    assert [words for words in (SIGNING, NEXT_CALL) if words in page] == [waits]
    assert "Guatemala" in page


def test_weights_are_drawn_and_told_exactly(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3, weights={"members": "169/100"})
    rule = make.rule("simple-majority")
    rule["pass"]["all"][0]["measure"] = "weight"
    vote = make.closed(hall, "yyn", rule=rule, weight_field="members")
    db.session.commit()
    english(client, None, AFTER)
    page = read(client, f"/results/{vote.id}")
    assert "In favour: 169/50" in page
    assert "Against: 169/100" in page


def test_the_roll_call_names_every_organisation_on_pages(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(103)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "no")
    make.cast(vote, hall.delegates[0], "yes")
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)
    db.session.commit()
    english(client, None, AFTER)
    first, second = (words(read(client, f"/results/{vote.id}/roll-call?page={n}")) for n in (1, 2))
    assert [(hall.members[0].name + " " in page) for page in (first, second)] == [True, False]
    assert first.count("In favour") == 1
    assert "Against" not in first + second
    assert (first.count("No vote"), second.count("No vote")) == (99, 3)
    assert words(read(client, f"/results/{vote.id}/roll-call?page=99")) == second
    assert words(read(client, f"/results/{vote.id}/roll-call?page=x")) == first


def test_the_files_are_what_was_frozen_and_the_board_gives_the_head(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    vote = make.closed(hall, "yn-")
    db.session.commit()
    files = {name: client.get(f"/results/{vote.id}/files/{name}") for name in FILES}
    assert hashlib.sha256(files["rule.json"].data.rstrip(b"\n")).hexdigest() == vote.rule_sha256
    codes = sorted(member.code for member in hall.members)
    assert files["ballots.csv"].get_data(as_text=True) == f"elector,choice\n{codes[0]},yes\n{codes[1]},no\n"
    present = [row.split(",")[2] for row in files["roll.csv"].get_data(as_text=True).splitlines()[1:]]
    assert present == ["yes", "yes", "no"]
    rows = [line.split(",") for line in files["board.csv"].get_data(as_text=True).splitlines()[1:]]
    assert boards.head([(elector, int(revision), leaf) for elector, revision, leaf in rows]) in read(
        client, f"/results/{vote.id}"
    )
    mine = db.session.query(Ballot).filter_by(choice="yes").one()
    assert boards.leaf(vote.code, codes[0], 1, "yes", mine.receipt) == rows[0][2]
    assert client.get(f"/results/{vote.id}/files/passwd").status_code == 404


def test_with_the_program_and_the_files_of_the_page_anybody_recounts(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    vote = make.closed(make.hall(3), "yyn", rule=make.rule("double-majority"))
    db.session.commit()
    english(client, None, AFTER)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"/results/{vote.id}").get_data(as_text=True)
        program = client.get("/results/program.zip")
        files = {name: client.get(f"/results/{vote.id}/files/{name}") for name in FILES[:4]}
    ZipFile(io.BytesIO(program.data)).extractall(tmp_path)
    for answer in files.values():
        name = answer.headers["Content-Disposition"].partition('"')[2].rstrip('"')
        (tmp_path / name).write_bytes(answer.data)
    command = html.unescape(re.search(r"<code>python (.*?)</code>", page)[1]).split()
    # -S: without anything that is installed beside Python itself.
    ran = subprocess.run([sys.executable, "-S", *command], cwd=tmp_path, capture_output=True, check=True)
    assert ran.stdout == files["decision.json"].data
    assert "/results/program.zip" in page


def test_the_command_on_the_page_names_the_files_as_they_are_saved(app: Flask, client: FlaskClient) -> None:
    vote = make.closed(make.hall(2), "yn")
    db.session.commit()
    english(client, None, AFTER)
    page = read(client, f"/results/{vote.id}")
    command = re.search(r"<code>(python -m workflows [^<]*)</code>", page)
    assert command
    saved = dict(re.findall(r"--(rule|roll|ballots) (\S+)", command[1]))
    for option, name in zip(("rule", "roll", "ballots"), FILES, strict=False):
        answer = client.get(f"/results/{vote.id}/files/{name}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{saved[option]}"'
        assert f">{saved[option]}</a>" in page


def test_a_country_without_a_vote_is_told_apart_from_one_that_did_not_pass(
    app: Flask, client: FlaskClient
) -> None:
    # Guatemala yes, Honduras only blank: it voted, Peru silent.
    hall = make.hall(3)
    vote = make.opened(hall, rule=make.rule("double-majority"))
    make.cast(vote, hall.delegates[0], "yes")
    make.cast(vote, hall.delegates[1], "abstain")
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)
    db.session.commit()
    english(client, None, AFTER)
    page = read(client, f"/results/{vote.id}")
    drawn = re.findall(r'height="(\d+)" rx="5" class="([\w ]+)"><title>(\w+)', page)
    assert drawn == [
        ("34", "gap yes", "Guatemala"), ("34", "gap track", "Honduras"), ("14", "box", "Peru"),
    ]  # fmt: skip
    assert [part in words(page) for part in ("Not reached: Honduras", "No votes: Peru")] == [True, True]
    assert "Peru In favour: 0, Against: 0 No votes" in words(page)


def test_a_called_off_or_suspended_vote_says_since_when_and_names_no_closing(
    app: Flask, client: FlaskClient
) -> None:
    hall, other = make.hall(1), make.hall(1)
    off, still = make.convened(hall), make.opened(other)
    votes.call_off(off.id, reason="The text has to be mended.", by=hall.president, at=make.OPENS - HOUR)
    votes.suspend(still.id, reason="The line is down.", by=other.president, at=make.OPENS + HOUR)
    db.session.commit()
    english(client, None, DURING)
    gone, waiting = (words(read(client, f"/results/{vote.id}", DURING)) for vote in (off, still))
    assert "Called off on Sunday, 15 November 2026, 23:00 (Managua)." in gone
    assert "Reason given: The text has to be mended." in gone
    assert "Suspended since Monday, 16 November 2026, 01:00 (Managua)." in waiting
    assert "Those that were cast stand." in waiting
    for page in (gone, waiting):
        assert not re.search(r"21 November|22 November|Closes|The result appears", page)


def test_the_minutes_state_call_text_rule_result_signatures_and_roll_call(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    db.session.commit()
    english(client, None, AFTER)
    with time_machine.travel(AFTER, tick=False):
        page = words(read(client, f"/results/{vote.id}/minutes"))
    for part in (
        "15 days before opening, as call number 1",
        "Do you approve the position?",
        vote.text_sha256,
        vote.roll_sha256,
        "3 of 3 organisations of the roll took part",
        "No quorum is asked",
        "Result: adopted.",
        "president of the assembly",
        hall.members[2].name,
        "Provisional result",
    ):
        assert part in page, part


def test_the_roll_call_of_the_minutes_is_folded_by_country_and_whole_on_paper(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    db.session.commit()
    page = read(english(client, None, AFTER), f"/results/{vote.id}/minutes")
    screen, paper = page.split('<div class="screen">')[1].split('<div class="paper">')
    countries = {member.country for member in hall.members}
    assert (screen.count("<details>"), "<details" in paper) == (len(countries), False)
    for member in hall.members:
        assert [part.count(member.name) for part in (screen, paper)] == [1, 1]


def test_an_organisation_contests_in_the_browser_and_both_counts_stay_public(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    db.session.commit()
    at = make.CLOSES + 3 * HOUR
    english(client, hall.delegates[2], at)
    with time_machine.travel(at, tick=False):
        empty = post(client, f"/results/{vote.id}/contest", grounds=" ")
        sent = post(
            client, f"/results/{vote.id}/contest", grounds="Our alternate could not sign in", follow=True
        )
    assert empty.status_code == 409
    assert "Our alternate could not sign in" in sent.get_data(as_text=True)
    contest = db.session.query(Contest).one()
    contests.resolve(contest.id, resolution="recount", reason="Checked", by=hall.committee, at=at + HOUR)
    db.session.commit()
    english(client, None, AFTER)
    page = words(read(client, f"/results/{vote.id}"))
    assert "Count again" in page
    assert "Checked" in page
    assert "Count 1" in page


def test_a_contest_that_comes_too_late_is_not_offered_and_keeps_the_words_when_refused(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(1)
    vote = make.proclaimed(hall, "y")
    db.session.commit()
    until = vote.contest_until
    english(client, hall.delegates[0], until - HOUR / 2)
    with time_machine.travel(until - HOUR / 2, tick=False):
        form = client.get(f"/results/{vote.id}/contest").get_data(as_text=True)
        given = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert given
    with time_machine.travel(until, tick=False):
        assert "cannot be contested now" in client.get(f"/results/{vote.id}/contest").get_data(as_text=True)
        late = client.post(
            f"/results/{vote.id}/contest", data={"csrf_token": given[1], "grounds": "Too late"}
        )
    assert late.status_code == 409
    assert "The time to contest the result is not set or over." in late.get_data(as_text=True)


def test_contesting_is_offered_to_who_may_and_not_to_who_waits_for_an_answer(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    stranger = people.delegate()
    db.session.commit()
    link, at = f'href="/results/{vote.id}/contest"', vote.provisional_at + HOUR

    def offered(who: Actor) -> bool:
        english(client, who, at)
        return link in read(client, f"/results/{vote.id}", at)

    readers = (hall.delegates[0], hall.delegates[1], hall.secretary, stranger)
    assert [offered(who) for who in readers] == [True, True, False, False]
    contests.raise_contest(vote.id, grounds="No se oyó.", by=hall.delegates[0], at=at)
    db.session.commit()
    assert [offered(who) for who in readers] == [False, True, False, False]


def test_grounds_are_public_with_the_answer_and_not_before(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    auditor, stranger = people.actor(Role.AUDITOR), people.actor(Role.SECRETARY, network=people.network())
    at = vote.provisional_at + HOUR
    contest = contests.raise_contest(vote.id, grounds="No se oyó.", by=hall.delegates[0], at=at)
    db.session.commit()
    url = f"/results/{vote.id}"

    def reads(who: Actor | None) -> bool:
        english(client, who, at)
        return "No se oyó." in read(client, url, at)

    inside = (hall.committee, hall.president, hall.secretary, hall.scrutineer, auditor, hall.delegates[0])
    assert [reads(who) for who in inside] == [True] * 6
    assert [reads(who) for who in (hall.delegates[1], stranger, None)] == [False] * 3
    for address in (url, f"{url}/minutes"):
        page = words(read(client, address, at))
        assert ("1 contest waits for the committee" in page, "No se oyó." in page) == (True, False)
    assert hall.members[0].name not in page.partition("Contests")[2].partition("Signatures")[0]
    [told] = minutes_of_vote.figures(vote, at)["vote"]["contests"]
    assert (told["name"], told["grounds"]) == ("", "")
    contests.resolve(contest.id, resolution="uphold", reason="Se oyó.", by=hall.committee, at=at)
    db.session.commit()
    assert reads(None) is True
    [told] = minutes_of_vote.figures(vote, at)["vote"]["contests"]
    assert (told["name"], told["grounds"]) == (hall.members[0].name, "No se oyó.")


def test_only_delegates_and_approvers_reach_the_contest_form(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.proclaimed(hall, "y")
    db.session.commit()
    english(client, hall.secretary, AFTER)
    with time_machine.travel(AFTER, tick=False):
        assert client.get(f"/results/{vote.id}/contest").status_code == 403
    assert hall.secretary.role == Role.SECRETARY


def test_the_unit_sends_the_position_and_records_the_answer_which_become_public(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.final(hall, "yyn")
    unit = people.network()
    head = people.actor(Role.UNIT_HEAD, network=unit)
    db.session.commit()
    url, at = f"/results/dossiers/{hall.dossier.id}", vote.contest_until + HOUR
    english(client, head, at)
    with time_machine.travel(at, tick=False):
        assert post(client, f"{url}/outcome", outcome="accepted", note="Yes").status_code == 409
        assert post(client, f"{url}/position", recipient="Fairtrade", letter="").status_code == 422
        assert (
            post(client, f"{url}/position", recipient="Fairtrade", letter="We approve it.").status_code == 303
        )
        assert post(client, f"{url}/outcome", outcome="accepted_in_part", note="4.2 stays").status_code == 303
        page = words(read(client, f"/results/{vote.id}", at))
    assert "We approve it." in page
    assert "Accepted in part" in page
    english(client, people.actor(Role.UNIT, network=unit), at)
    db.session.commit()
    with time_machine.travel(at, tick=False):
        assert client.get(f"{url}/position").status_code == 403
