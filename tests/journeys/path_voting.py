"""The path from a text that is ready to its counted vote, the minutes, the position and the outside answer."""

import json
import os
import re
import subprocess
import sys
from typing import Any

from consultations.config import HOME
from tests.journeys.path_preparing import TITLE
from tests.journeys.voting import RECEIPT
from tests.journeys.world import Someone, World

QUESTION = "Does the network adopt the coffee standard?"
PREGUNTA = "¿Adopta la red el criterio de café?"
RULE = "Two thirds of votes for and against"
UNKNOWN = "Nothing of the result is known or shown before voting closes."
KEEP = (
    "Keep the receipt. It was sent to you by mail too, without the choice. After closing you can check with it that "
    "your vote is the one that was counted."
)
# What the count comes to: of five organisations one does not vote in time.
HEADS = {"yes": 3, "no": 1, "abstain": 0, "blank": 0, "invalid": 0, "not_voted": 1}
SUMMARY = "In favour: 3 · Against: 1 · Abstention: 0 · on the roll: 5"
COMMAND = re.compile(r"python -m (workflows decide --rule (\S+) --roll (\S+) --ballots (\S+) --call 1)")


def secretary_takes_a_rule_into_the_book(w: World) -> None:
    """The body has no rule of its own yet: the secretary takes one that ships, cites the statutes and tries it."""
    w.at_work.clock.to(2026, 7, 1, 15)
    secretary = w.by("secretary")
    secretary.follow("Prepare the vote")
    secretary.sees("The rule book of this body has no decision rule in force yet.")
    secretary.follow("Rule book")
    secretary.follow(f"Take it into the book: {RULE}")
    secretary.fill("Source", "Estatutos de la red, art. 14")
    secretary.press("Try it")
    secretary.sees(
        "What this rule would decide",
        "Tried on the 5 members of this body today.",
        "Passes just",
        "Fails just",
    )
    secretary.press("Keep the draft")
    secretary.sees(RULE, "Estatutos de la red, art. 14", "Waits for approval")
    assert secretary.offered("Approve the rule") == []


def president_approves_the_rule(w: World) -> None:
    """A second person reads it and puts it in force; everybody reads it in the book."""
    president = w.by("president")
    president.follow("Read and approve")
    president.follow("Approve the rule")
    president.press("Approve the rule")
    president.sees("Approved: it is in force from its first day.", "In force")
    anyone = w.public()
    anyone.go("/rules")
    anyone.follow("Coffee Network")
    anyone.follow("Rule book")
    anyone.sees(RULE, "Estatutos de la red, art. 14")


def secretary_prepares_a_named_vote(w: World) -> None:
    """The secretary binds question, frozen text, rule and dates; alone they cannot review it."""
    secretary = w.by("secretary")
    secretary.follow("Prepare the vote")
    secretary.pick("Text to vote on", "1.0")
    secretary.fill("Question in Spanish", PREGUNTA)
    secretary.fill("Question in English", QUESTION)
    secretary.choose(RULE)
    secretary.fill("Opens on", "2026-07-20")
    secretary.fill("Closes on", "2026-07-31")
    secretary.fill("Days of notice", "15")
    secretary.fill("Days to contest", "5")
    secretary.press("Keep the draft")
    secretary.sees(QUESTION, PREGUNTA, "Before it can be reviewed", RULE)
    assert secretary.offered("Review", "Convene the vote", "Change") == ["Change"]
    w.known["vote"] = secretary.driver.address()
    w.known["id"] = secretary.driver.address().rpartition("/")[2]
    secretary.go(f"/a/votes/{w.known['id']}/review")
    assert secretary.offered("Confirm the review") == []


def second_person_reviews_it_seeing_three_samples(w: World) -> None:
    """The president reads what the rule would decide in three cases, confirms, and may now convene."""
    president = w.by("president")
    president.follow("Review")
    president.follow("Review")
    samples = ("The fewest in favour that pass", "One less in favour", "A tie")
    president.sees(*samples, "In favour: 4", "Adopted", "Not adopted")
    president.press("Confirm the review")
    president.sees("Reviewed: the president can convene the vote.", "Reviewed")


def president_convenes(w: World) -> None:
    """Roll and terms are frozen: the hash of the roll is shown, and nothing can be changed any more."""
    president = w.by("president")
    president.follow("Convene")
    president.follow("Convene the vote")
    president.sees(
        "Organisations on the roll 5", "Question, text, rule, dates and roll can no longer be changed."
    )
    president.press("Convene the vote")
    president.sees(
        "Convened: everyone on the roll is told.", "5 organisations · ", but_not=("as it would be today",)
    )
    assert president.offered("Change", "Convene the vote", "Open the vote") == []
    w.at_work.look()
    valle = w.by("valle", acting_for="Monte Verde")
    assert valle.offered("Read the convocation", "Vote") == ["Read the convocation"]
    assert w.by("secretary").offered("Change") == []


def clock_opens_and_delegates_vote(w: World) -> None:
    """The clock opens it. One looks, chooses, checks and keeps the receipt; one acts for two organisations."""
    w.at_work.days_pass(2026, 7, 20, 6)
    flor = w.by("flor")
    w.known["first receipt"] = _votes(flor, "Against")
    flor.sees(_casts(flor, 1), PREGUNTA)
    for organisation, choice in (("Valle Alto", "Against"), ("Monte Verde", "In favour")):
        valle = w.by("valle", acting_for=organisation)
        _votes(valle, choice)
        valle.sees(organisation, _casts(valle, 1))
    _nobody_knows(w, ballots=3)


def one_changes_the_vote_and_one_posts_twice(w: World) -> None:
    """The last vote of an organisation counts; a button pressed twice casts once."""
    w.at_work.clock.to(2026, 7, 21, 15)
    flor = w.by("flor")
    flor.follow("See our vote")
    flor.choose("In favour")
    flor.press("Check and vote")
    flor.press("Vote: %(choice)s", choice="In favour")
    flor.sees("In favour", _casts(flor, 2))
    w.known["receipt"] = _receipt(flor)
    assert w.known["receipt"] != w.known["first receipt"]
    sierra = w.by("sierra")
    _chooses(sierra, "In favour")
    sierra.press_twice("Vote: %(choice)s", choice="In favour")
    sierra.sees("Your organisation has voted", _casts(sierra, 1))
    _nobody_knows(w, ballots=4)


def what_comes_after_the_closing_is_refused(w: World) -> None:
    """A ballot sent at the closing instant is not taken, and the page says so; then the clock closes and counts."""
    w.at_work.days_pass(2026, 8, 1, 5, 59, 59)  # those who have not voted are reminded three times
    puerto = w.by("puerto")
    _chooses(puerto, "Against")
    w.at_work.clock.to(2026, 8, 1, 6)
    puerto.press("Vote: %(choice)s", choice="Against")
    puerto.sees("Your vote was not taken", "The closing time has passed.")
    w.at_work.look()
    puerto = w.by("puerto")
    puerto.go(f"/v/{w.known['id']}")
    puerto.sees("Voting is closed.", "Puerto Nuevo did not vote: no vote of yours is counted.")


def everybody_reads_why(w: World) -> None:
    """The public page: the outcome, each condition as a sentence and as a drawn threshold, and the roll call."""
    anyone = w.public()
    anyone.go(f"/results/{w.known['id']}")
    anyone.sees(
        TITLE,
        "Adopted",
        SUMMARY,
        "Counted and not yet proclaimed: president, secretary and scrutineer have to sign.",
        "to reach: 3",
        but_not=("Provisional result until",),
    )
    assert anyone.driver.source().count('<svg role="img"') == 1
    _recounted(w, anyone)
    anyone.follow("How each organisation voted")
    rows = ("Flor del Café Guatemala In favour", "Valle Alto Guatemala Against", "Puerto Nuevo Peru No vote")
    anyone.sees(*rows)
    for code, told in (("receipt", "that was counted: In favour."), ("first receipt", "was not counted")):
        anyone.go(f"/results/{w.known['id']}")
        anyone.fill("Receipt", w.known[code])
        anyone.press("Check the receipt")
        anyone.sees(w.known[code], "Flor del Café", told)


def three_officers_sign(w: World) -> None:
    """President, secretary and scrutineer sign; the third signature proclaims the result."""
    for name in ("secretary", "scrutineer", "president"):
        officer = w.by(name)
        officer.follow("Check and sign")
        officer.follow("Sign the result")
        officer.press("Sign the result")
        officer.sees("Signed.", f"The {name},")
    w.at_work.look()
    anyone = w.public()
    anyone.go(f"/results/{w.known['id']}")
    anyone.sees("Provisional result until", "Adopted", but_not=("Counted and not yet proclaimed",))


def minutes_say_what_the_data_say(w: World) -> None:
    """The numbers of the minutes are those of the decision that anybody recounts."""
    anyone = w.public()
    anyone.go(f"/results/{w.known['id']}")
    decision = _recounted(w, anyone)
    anyone.follow("Minutes")
    named = ("In favour", "Against", "Abstention", "Blank", "Spoilt", "No vote")
    words = dict(zip(HEADS, named, strict=True))
    anyone.sees(
        "4 of 5 organisations of the roll took part by casting a ballot.",
        "Ballots on the board, changes included: 5.",
        *(f"{words[choice]} {number}" for choice, number in decision["heads"].items()),
        *decision["sentences"]["en"],
        decision["ballots_sha256"],
        decision["rule"]["sha256"],
        "Prepared by The secretary and reviewed by The president.",
        but_not=("Nobody has signed these minutes yet.",),
    )


def contest_window_passes(w: World) -> None:
    """Until its last instant the result may be contested; afterwards it is final."""
    w.at_work.clock.to(2026, 8, 6, 5, 59, 59)
    w.at_work.look()
    sierra = w.by("sierra")
    sierra.go(f"/results/{w.known['id']}")
    assert sierra.offered("Contest the result") == ["Contest the result"]
    w.at_work.clock.to(2026, 8, 8, 6)
    w.at_work.look()
    sierra = w.by("sierra")
    sierra.go(f"/results/{w.known['id']}")
    sierra.sees("Final result", but_not=("Provisional result until",))
    assert sierra.offered("Contest the result") == []
    sierra.go(f"/v/{w.known['id']}/receipt")
    sierra.sees("In favour", "See the result")


def position_is_sent_and_the_outside_answer_recorded(w: World) -> None:
    """The head sends the position; what the outside body answers stands apart from what the network decided."""
    head = w.by("head")
    head.follow("Open the dossier")
    head.follow("Send the position")
    head.fill("Recipient", "Fairtrade International")
    head.fill("Position as it is sent", "The network adopts the draft.")
    head.press("Send the position")
    head.sees("The position is recorded as sent.", "Position sent")
    unit = w.by("unit")
    unit.go(w.known["dossier"])
    unit.follow("Record the outside answer")
    unit.choose("Accepted in part")
    unit.fill("In words", "Clause 2.1.3 applies from 2028.")
    unit.press("Record the outside answer")
    unit.sees("The answer is on record.", "Outside answer recorded")
    anyone = w.public()
    anyone.go(f"/results/{w.known['id']}")
    anyone.sees(
        "Adopted",
        "Final result",
        "Fairtrade International",
        "Accepted in part",
        "Clause 2.1.3 applies from 2028.",
    )


def _chooses(who: Someone, choice: str) -> None:
    who.follow("Vote")
    who.choose(choice)
    who.press("Check and vote")
    who.sees("Check your vote", "After closing everybody can read how your organisation voted.")


def _votes(who: Someone, choice: str) -> str:
    _chooses(who, choice)
    who.press("Vote: %(choice)s", choice=choice)
    who.sees("Your organisation has voted", choice, KEEP)
    return _receipt(who)


def _casts(who: Someone, number: int) -> str:
    return f"{who.say('Votes cast so far by your organisation')} {number}"


def _receipt(who: Someone) -> str:
    found = RECEIPT.search(who.driver.text())
    assert found, who.driver.text()
    return found[0]


def _nobody_knows(w: World, *, ballots: int) -> None:
    """Neither the public nor president nor auditor nor a member reads how anybody voted, or can fetch it."""
    turnout = f"{ballots} of 5 organisations have a ballot."
    hidden = ("In favour: ", "Against: ", "Adopted", "Not adopted", "Abstention: ")
    for name in ("president", "auditor"):
        officer = w.by(name)
        officer.go(w.known["vote"])
        officer.sees(turnout, "How they voted is known to nobody before closing.", but_not=hidden)
    anyone = w.public()
    for who in (w.by("auditor"), w.by("unit"), w.by("puerto"), anyone):
        who.go(f"/results/{w.known['id']}")
        who.sees(UNKNOWN, but_not=(*hidden, "Flor del Café", turnout))
    for page in ("roll-call", "minutes", "files/ballots.csv", "files/decision.json", "files/board.csv"):
        anyone.go(f"/results/{w.known['id']}/{page}")
        assert anyone.driver.status() == 404, page


def _recounted(w: World, who: Someone) -> dict[str, Any]:
    """The three files of the page, as they are saved, counted by the page's command as it stands: its own numbers."""
    found = COMMAND.search(who.driver.text())
    assert found, who.driver.text()
    command, *files = found.groups()
    for name in files:
        (w.files / name).write_bytes(who.driver.download(name))
    told = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=w.files, env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True, check=True,
    )  # fmt: skip
    decision: dict[str, Any] = json.loads(told.stdout)
    assert (decision["status"], decision["electors"], decision["heads"]) == ("adopted", 5, HEADS)
    assert json.loads(who.driver.download("The decision as it must come out")) == decision
    who.sees(SUMMARY, *decision["sentences"]["en"])
    return decision


STEPS = (
    secretary_takes_a_rule_into_the_book,
    president_approves_the_rule,
    secretary_prepares_a_named_vote,
    second_person_reviews_it_seeing_three_samples,
    president_convenes,
    clock_opens_and_delegates_vote,
    one_changes_the_vote_and_one_posts_twice,
    what_comes_after_the_closing_is_refused,
    everybody_reads_why,
    three_officers_sign,
    minutes_say_what_the_data_say,
    contest_window_passes,
    position_is_sent_and_the_outside_answer_recorded,
)
