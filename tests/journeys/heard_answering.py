"""A consultation in full, third part: the desk, its second person, the synopsis, an objection, and the next round."""

from tests.journeys.heard_listening import ALSO, MATTER, SAID
from tests.journeys.path_consulting import commission_approves_and_the_head_publishes
from tests.journeys.world import Someone, World


def clock_closes_and_the_unit_splits_a_comment(w: World) -> None:
    """Closed by the clock; a comment that says two things is divided into two points."""
    w.at_work.days_pass(2026, 6, 2, 6)
    w.at_work.days_pass(2026, 6, 12, 15)
    unit = w.by("unit")
    unit.follow("Comments and answers")
    unit.follow("Answer")
    w.known["queue"] = unit.driver.address()
    unit.follow("R1-2")
    unit.follow("Divide it into points")
    first, second = (part.strip() for part in MATTER.split(". ", 1))
    unit.fill("The points", f"{first}.\n---\n{second}")
    unit.press("Divide it")
    unit.sees("The comment is divided: each point has its own answer.")


def alike_get_one_answer(w: World) -> None:
    """What is nearly the same is put together by a person and gets one answer, each organisation its own."""
    unit = w.by("unit")
    unit.go(w.known["queue"])
    unit.follow("Clusters")
    unit.sees("Received: 3 Points: 4 Distinct: 4 Organisations: 3", "Nearly the same words", SAID, ALSO)
    unit.fill("Name of the cluster", "The list takes too long")
    unit.press("The ticked ones belong together")
    unit.sees("These points stand together.", SAID, ALSO)
    unit.pick("What becomes of it", "Accepted with a change")
    unit.fill("Response in Spanish", "Gracias: la lista se revisa cada dos años.")
    unit.fill("Reason, for the record", "It costs less.")
    unit.pick("Clause that it changed", "1.1.1")
    unit.fill("Words before", "una lista")
    unit.fill("Words after", "una lista al día")
    unit.press("Decide at once for all")
    unit.sees("2 points are answered.", "R1-1 Answer decided", "R1-3 Answer decided")


def a_second_person_decides(w: World) -> None:
    """What would make an organisation vote no is decided by a second person, point by point."""
    unit = w.by("unit")
    unit.go(w.known["queue"])
    unit.follow("R1-2")
    _answers(unit, "Not accepted", "The law asks for it today.", "It is the law.")
    unit.press("Decide at once")
    unit.sees("The answer was not kept", "Ask a second person to decide.")
    unit.press("Propose")
    unit.sees("Comment R1-2: the proposal is kept.")
    _answers(unit, "Noted", "We look for a cheaper laboratory.", "Nothing in the text asks for it.")
    unit.press("Propose")
    colleague = w.by("colleague")
    colleague.follow("Read and decide")
    colleague.sees("Not accepted", "Noted", "Waits for you")
    colleague.follow("R1-2")
    colleague.press("Accept what is proposed")
    colleague.sees("And the tests cost too much.")  # the next that waits comes by itself
    colleague.press("Accept what is proposed")
    colleague.sees("No proposal waits.")


def synopsis_is_written_with_its_figures(w: World) -> None:
    """Sections with figures in the words; the Commission approves; page, Word and PDF are there for everybody."""
    unit = w.by("unit")
    unit.follow("Write the synopsis")
    w.known["draft"] = unit.driver.address()
    unit.follow("Executive summary")
    unit.fill("Your words", "Of those asked, {{figure:answered}} answered ({{figure:answered.percent}}).")
    unit.press("Save")
    unit.go(w.known["draft"])
    unit.fill("Introduction", "Five organisations were asked.")
    unit.fill("Way forward", "A second round follows.")
    unit.press("Check before sending")
    unit.press("Send to the Commission")
    unit.sees("The synopsis is frozen and with the Commission.")
    unit.sees("Of those asked, 3 answered (60 %)")
    w.known["synopsis"] = unit.driver.address()
    commission_approves_and_the_head_publishes(w)
    stranger = w.public()
    stranger.go(w.known["synopsis"])
    stranger.sees("Five organisations were asked.", but_not=("Flor del Café",))
    assert stranger.driver.download("PDF English").startswith(b"%PDF-1.7")
    assert stranger.driver.download("DOCX English").startswith(b"PK")


def commission_decides_on_an_objection(w: World) -> None:
    """One organisation objects to its answers; the objection stands on the Commission's agenda, which decides."""
    w.at_work.look()
    valle = w.by("valle", acting_for="Valle Alto")
    valle.go("/home")
    valle.follow("Read the answers")
    valle.sees("The law asks for it today.", "We look for a cheaper laboratory.")
    valle.follow("Does it satisfy you?")
    valle.choose("No, we object")
    valle.fill("If you object: why", "The date was not considered.")
    valle.press("Record it")
    chair = w.by("chair")
    chair.follow("Read and decide")
    chair.follow("Write down what the Commission decided")
    chair.fill(
        "What the Commission answers", "The Commission heard you: the period is longer in the next version."
    )
    chair.press("Record the decision")
    chair.sees(
        "Objections that wait for the Commission: 0",
        "The Commission heard you: the period is longer in the next version.",
    )


def a_second_round_follows_on_a_new_version(w: World) -> None:
    """A clause reworded, another deleted: comments keep their places, one waits for a person, and delegates are reminded."""
    unit = w.by("unit")
    unit.go(w.known["round"])
    unit.follow("The next round")
    unit.sees("Still missing", "There is no new version of the draft.", but_not=("Place them by hand.",))
    unit.follow("Draw up a new version")
    unit.fill("Name of the new version", "2.0")
    unit.press("Draw up the version")
    unit.follow("1.1.1")
    unit.fill("Text", "La organización lleva una lista de sus miembros y la revisa cada dos años.")
    unit.press("Save")
    unit.sees("The words are saved.", "out of date: the reference text has changed")
    unit.go(w.known["round"])
    unit.follow("The next round")
    w.known["next"] = unit.driver.address()
    unit.follow("Read the changes")
    unit.sees("added: y la revisa cada dos años")
    unit.go(w.known["next"])
    unit.press("I have read every change")
    unit.sees("Recorded: the changes were read.")
    unit.follow("Place the comments")
    unit.press("Place what can be placed")
    unit.sees("Every comment has its place.")
    unit.go(w.known["next"])
    unit.press("Begin the next round")
    unit.sees("The next round is saved as a draft. Give it its dates next.", "Version 2.0")
    unit.follow("Carried over")
    unit.sees("R1-2", "Now on clause 2.1.3", "The date was not considered.", but_not=("R1-1",))


def _answers(who: Someone, outcome: str, response: str, reason: str) -> None:
    who.pick("What becomes of it", outcome)
    who.fill("Response to the organisation", response)
    who.fill("Reason, for the record", reason)


STEPS = (
    clock_closes_and_the_unit_splits_a_comment,
    alike_get_one_answer,
    a_second_person_decides,
    synopsis_is_written_with_its_figures,
    commission_decides_on_an_objection,
    a_second_round_follows_on_a_new_version,
)
