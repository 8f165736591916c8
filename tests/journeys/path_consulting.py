"""The path from an open round to a text that is ready for the vote."""

from tests.journeys.path_preparing import takes_position
from tests.journeys.world import Someone, World

COMMENT = "Llevar la lista cuesta dos días al mes."
EDITED = "Llevar la lista cuesta tres días al mes."
PROPOSAL = "La organización lleva una lista de sus miembros y la revisa cada año."
ADDED = "y la revisa cada año"
COSTLY = "We cannot treat all water before 2028."
LATE = "This comes a minute late."
OBJECTION = "The date was not considered."


def delegate_comments_edits_and_answers_a_question(w: World) -> None:
    """In Spanish: a comment on a clause with a proposed wording, sent, changed, and a question answered."""
    w.at_work.clock.to(2026, 4, 10, 15)
    flor = w.by("flor")
    flor.follow("Comment")
    w.known["asked"] = flor.driver.address()
    flor.follow("1.1.1")
    w.known["clause"] = flor.driver.address()
    flor.choose("In favour")
    flor.fill("Your comment", COMMENT)
    flor.pick("What is it about?", "Costs")
    flor.unfold("Propose other words")
    flor.fill("The clause as you would write it", PROPOSAL)
    flor.press("Save the draft and check it")
    flor.sees("Check your comment before you send it", COMMENT, ADDED)
    flor.press("Send the comment")
    flor.sees("Your comment is in", "Receipt code")
    flor.follow("Change it")
    flor.fill("Your comment", EDITED)
    flor.press("Keep the change")
    flor.sees(EDITED, ADDED, but_not=(COMMENT,))
    flor.follow("Back to the round")
    flor.follow("Questions: %(done)s of %(all)s answered", done="0", all="3")
    flor.choose("We agree in part")
    flor.fill("2. ¿Cómo consultó a sus miembros?", "En la asamblea.")
    flor.press("Send the answers")
    flor.sees(
        "Your answers are not sent yet: these questions need an answer.",
        "3. ¿Cómo consultaron a sus personas asociadas?",
    )
    flor.choose("En asamblea")
    flor.press("Send the answers")
    flor.sees("Your answers are sent. You may change them until closing.")


def one_delegate_acts_for_two_organisations(w: World) -> None:
    """For one organisation against a clause, for the other: no comment. The header says for whom."""
    valle = w.by("valle", acting_for="Valle Alto")
    valle.follow("Comment")
    valle.follow("2 Environment")
    valle.follow("2.1.3")
    valle.choose("Against")
    valle.fill("Your comment", COSTLY)
    valle.pick("What is it about?", "Feasibility")
    valle.choose("As it stands, this clause would make us vote no")
    valle.press("Save the draft and check it")
    valle.press("Send the comment")
    valle.sees("Your comment is in", COSTLY)
    valle = w.by("valle", acting_for="Monte Verde")
    valle.follow("Comment")
    valle.sees("You commented on 0 of 4 requirements.")
    valle.follow("We have no comment")
    valle.press("Record: no comment")
    valle.sees("Recorded: your organisation has no comment. You may change this until closing.")


def one_withdraws_and_one_comes_too_late(w: World) -> None:
    """A comment taken back stays on record; what is sent after the deadline is refused and its words are kept."""
    sierra = w.by("sierra")
    sierra.follow("Comment")
    sierra.follow("Comment on the text as a whole")
    sierra.choose("Neither for nor against")
    sierra.fill("Your comment", "We still talk about it.")
    sierra.press("Save the draft and check it")
    sierra.press("Send the comment")
    sierra.follow("Withdraw it")
    sierra.press("Withdraw the comment")
    withdrawn = "Your comment is withdrawn. It stays on record, marked as withdrawn."
    sierra.sees(withdrawn)
    w.at_work.days_pass(2026, 5, 31, 5, 59)  # those who have not answered are reminded three times
    puerto = w.by("puerto")
    puerto.follow("Comment")
    puerto.follow("1.1.1")
    puerto.choose("In favour")
    puerto.fill("Your comment", LATE)
    w.at_work.clock.to(2026, 5, 31, 6)
    puerto.press("Save the draft and check it")
    refused = ("Your comment was not kept", "The closing time has passed.")
    puerto.sees(*refused)
    assert LATE in puerto.driver.source()


def unit_answers_every_comment(w: World) -> None:
    """The clock has closed; one comment is accepted with a change, one is turned down by two people."""
    w.at_work.look()
    w.at_work.days_pass(2026, 6, 10, 15)
    unit = w.by("unit")
    unit.follow("Comments and answers")
    unit.follow("Answer")
    unit.sees("Comments: 2; without an answer: 2")
    unit.follow("R1-1")
    unit.sees(EDITED, but_not=(COMMENT,))
    _answers(unit, "Accepted with a change", "Gracias: se revisa cada año.", "Good for the register.")
    unit.pick("Clause that it changed", "1.1.1")
    unit.fill("Words after", "and reviews it every year")
    unit.press("Decide at once")
    unit.sees("Comment R1-1: decided.", COSTLY)
    _answers(unit, "Not accepted", "The law asks for it today.", "It is the law.")
    unit.press("Decide at once")
    unit.sees("The answer was not kept")
    unit.press("Propose")
    head = w.by("head")
    head.follow("Comments and answers")
    head.follow("Answer")
    head.follow("R1-2")
    head.press("Decide as proposed")
    head.sees("Comment R1-2: decided.", "Decided by The head")


def synopsis_is_written_and_approved(w: World) -> None:
    """The Unit writes around the figures, CECLAC approves, the head publishes."""
    unit = w.by("unit")
    unit.follow("Write the synopsis")
    unit.fill("Introduction", "Five organisations were asked.")
    unit.fill("Way forward", "The text goes to the vote.")
    unit.press("Check before sending")
    unit.sees("Five organisations were asked.", "Organisations asked 5", "Comments received 2")
    unit.press("Send to the Commission")
    told = "The synopsis is frozen and with the Commission."
    unit.sees(told)
    w.known["synopsis"] = unit.driver.address()
    stranger = w.public()
    stranger.go(w.known["synopsis"])
    assert stranger.driver.status() == 404
    commission_approves_and_the_head_publishes(w)
    stranger.go(w.known["synopsis"])
    stranger.sees(
        "Five organisations were asked.",
        but_not=(
            "Delegate of Flor",
            EDITED,
        ),
    )


def commission_approves_and_the_head_publishes(w: World) -> None:
    """The Commission reads the synopsis, its chair approves, the head of the Unit publishes."""
    for name in ("member", "sceptic"):
        takes_position(w, name, "No objection", "")
    chair = w.by("chair")
    chair.follow("Decide")
    chair.follow("Approve for the Commission")
    chair.press("Approve")
    head = w.by("head")
    head.follow("Publish")
    head.press("Publish")
    head.sees("Published. Everyone who took part is told.")


def delegates_say_whether_the_answers_satisfy(w: World) -> None:
    """One is satisfied; one objects and gets an answer."""
    w.at_work.look()
    flor = w.by("flor")
    flor.follow("Read the answers")
    flor.sees("Gracias: se revisa cada año.", "Accepted with a change")
    flor.follow("Does it satisfy you?")
    flor.choose("Yes, we are satisfied")
    flor.press("Record it")
    flor.sees("Thank you: what you said is recorded.", "Satisfied")
    valle = w.by("valle", acting_for="Valle Alto")
    valle.follow("Read the answers")
    valle.follow("Does it satisfy you?")
    valle.choose("No, we object")
    valle.fill("If you object: why", OBJECTION)
    valle.press("Record it")
    valle.sees(OBJECTION)


def objection_is_answered_and_the_text_is_ready(w: World) -> None:
    """Too early, the chair reads why not; the objection decided and the window over, the text is handed on."""
    chair = w.by("chair")
    chair.go(w.known["synopsis"].replace("/rounds/", "/desk/rounds/").replace("/synopsis", "/ready"))
    assert chair.offered("Declare it ready for the vote") == []
    unit = w.by("unit")
    unit.follow("Comments and answers")
    unit.follow("Open")
    unit.follow("Objections that wait for the Commission")
    unit.follow("Open")
    unit.follow("Answer the objection")
    unit.fill("Answer to the objection", "The date is set by law; we will ask for help with the costs.")
    unit.press("Answer the objection")
    unit.sees("The objection is answered.", "Objections that wait for the Commission: 1")
    w.at_work.days_pass(2026, 6, 25, 6)
    chair = w.by("chair")
    chair.follow("Read and decide")
    chair.follow("Write down what the Commission decided")
    chair.fill("What the Commission answers", "The Commission agrees with the Unit.")
    chair.press("Record the decision")
    chair.sees("Objections that wait for the Commission: 0")
    chair = w.by("chair")
    chair.follow("Hand over to the vote")
    chair.press("Declare it ready for the vote")
    ready = "The text is ready for the vote. The secretary of the assembly may prepare it."
    chair.sees(ready)


def _answers(who: Someone, outcome: str, response: str, reason: str) -> None:
    who.pick("What becomes of it", outcome)
    who.fill("Response to the organisation", response)
    who.fill("Reason, for the record", reason)


STEPS = (
    delegate_comments_edits_and_answers_a_question,
    one_delegate_acts_for_two_organisations,
    one_withdraws_and_one_comes_too_late,
    unit_answers_every_comment,
    synopsis_is_written_and_approved,
    delegates_say_whether_the_answers_satisfy,
    objection_is_answered_and_the_text_is_ready,
)
