"""A consultation in full, second part: delegates, an approver, a network with its workshop, and a comment sheet."""

from tests.journeys.world import World

WORDS = "lista de sus miembros"
SAID = "Llevar la lista cuesta dos días al mes."
ALSO = "Llevar la lista nos cuesta dos días al mes."
MATTER = "We cannot treat all water before 2028. And the tests cost too much."


def delegate_quotes_words_and_adds_a_file(w: World) -> None:
    """In Spanish, on a phone: some words of the clause, a comment, a file beside it; it waits for the approver."""
    w.at_work.clock.to(2026, 4, 10, 15)
    flor = w.by("flor")
    flor.follow("Comment")
    w.known["asked"] = flor.driver.address()
    flor.follow("1.1.1")
    w.known["clause"] = flor.driver.address()
    flor.choose("Against")
    flor.unfold("Only about some words")
    flor.fill("Which words? (copy them here)", WORDS)
    flor.fill("Your comment", SAID)
    flor.press("Save the draft and check it")
    flor.sees(WORDS, SAID)
    flor.follow("Add a file")
    flor.attach("Add files (at most %(most)s in all)", w.analysis(), most="3")
    flor.press("Add")
    flor.sees("One file is added.", "analisis.csv")
    flor.follow("Back to the comment")
    flor.press("Send the comment")
    flor.sees("Your comment waits for your organisation")


def approver_lets_it_count(w: World) -> None:
    """What waits stands on the approver's home page with its deadline; approved, it counts."""
    approver = w.by("approver", acting_for="Flor del Café")
    approver.go("/home")
    approver.follow("Read and approve")
    approver.sees(WORDS, SAID, "analisis.csv")
    approver.press("Approve")
    approver.sees("Approved: the comment is sent and counts.", "Nothing waits for approval.")
    assert w.by("approver").offered("Read and approve") == []


def another_says_the_same_and_supports(w: World) -> None:
    """Another organisation writes nearly the same, stands behind the first comment and replies to it."""
    valle = w.by("valle", acting_for="Valle Alto")
    valle.follow("Comment")
    valle.follow("1.1.1")
    valle.sees("What others say (1)", SAID, but_not=("Flor del Café",))
    valle.follow("Support or reply")
    valle.press("Support this comment")
    valle.fill("Your reply", "With us it is three days.")
    valle.press("Reply")
    valle.sees("Your reply is kept.", "Supported by one organisation · One reply", "You support it")
    valle.go("/home")
    valle.follow("Comment")
    valle.follow("2 Environment")
    valle.follow("2.1.3")
    valle.choose("Against")
    valle.fill("Your comment", MATTER)
    valle.choose("As it stands, this clause would make us vote no")
    valle.press("Save the draft and check it")
    valle.press("Send the comment")
    approves(w, "Valle Alto")


def network_holds_a_workshop(w: World) -> None:
    """The coffee network brings those who came together, and enters what one of them said; its delegate confirms it."""
    network = w.by("network")
    network.follow("See who")
    network.follow("Workshops and paper")
    network.follow("Record a workshop")
    network.fill("Place", "Salón comunal")
    network.pick("Country", "Honduras")
    network.fill("Day", "2026-04-09")
    network.fill("Facilitator", "The facilitator")
    network.press("Save the workshop")
    network.pick("Organisation", "Sierra Clara")
    network.fill("Women", "12")
    network.fill("Men", "7")
    network.press("Record who came")
    network.sees("12", "7", "Sierra Clara")
    network.follow("Enter: Sierra Clara")
    network.follow("Enter a comment")
    network.pick("Clause", "1.1.1")
    network.choose("Against")
    network.fill("Your comment", ALSO)
    network.pick("Language of the comment", "Español")
    network.press("Enter the comment")
    network.sees("The comment is entered. Its organisation is asked to confirm it.", ALSO, "Not confirmed")
    sierra = w.by("sierra")
    sierra.follow("Continue")
    sierra.follow("Something was entered for your organisation")
    sierra.sees(ALSO)
    sierra.press("Confirm it")


def unit_reaches_those_who_are_missing(w: World) -> None:
    """A call is written down; those still missing are reminded once."""
    unit = w.by("unit")
    unit.go(w.known["round"])
    unit.follow("Participation by country, network and more")
    unit.sees(
        "3 of 5 have answered", "In a workshop only 1", "Comments received 3 Points 3 Distinct points 3"
    )
    unit.follow("How they were reached")
    unit.pick("Whom", "Puerto Nuevo")
    unit.pick("How", "Phone")
    unit.choose("Yes")
    unit.fill("Day", "2026-04-09")
    unit.press("Write it down")
    unit.sees("It is written down.", "Puerto Nuevo", "Phone")
    unit.go(w.known["round"])
    unit.follow("Who is missing")
    unit.sees("Puerto Nuevo", but_not=("Sierra Clara",))
    unit.press("Remind these 2")


def head_pauses_and_resumes(w: World) -> None:
    """While the round stands still nobody comments; the closing moves by the pause."""
    head = w.by("head")
    head.go(w.known["round"])
    head.follow("Pause")
    head.fill("Reason", "The server moves to another house.")
    head.press("Pause")
    flor = w.by("flor")
    flor.go(w.known["asked"])
    flor.sees("The server moves to another house.")
    w.at_work.clock.to(2026, 4, 12, 15)
    head = w.by("head")
    head.go(w.known["round"])
    head.follow("Go on with the round")
    head.fill("Reason", "The server stands in its new house.")
    head.press("Go on")
    head.sees("Open", "Monday, 1 June 2026, 23:59")


def approves(w: World, organisation: str) -> None:
    """Everything that waits for this organisation."""
    approver = w.by("approver", acting_for=organisation)
    approver.go("/home")
    approver.follow("Read and approve")
    approver.press("Approve")


STEPS = (
    delegate_quotes_words_and_adds_a_file,
    approver_lets_it_count,
    another_says_the_same_and_supports,
    network_holds_a_workshop,
    unit_reaches_those_who_are_missing,
    head_pauses_and_resumes,
)
