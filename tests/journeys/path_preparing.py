"""The path from the register's file to a round that is open."""

from tests.journeys.world import World

TITLE = "Coffee standard"
RETURNED = "State what the round is to find out about water."
BLOCKED = "The second clause on water is not ready."


def operator_imports_the_register(w: World) -> None:
    """The operator brings the register: first what the file holds, then the import."""
    operator = w.by("operator")
    operator.sees("The register is empty", "To begin")
    operator.follow("Import the register")
    operator.attach("File (CSV)", w.register())
    operator.press("Read the file")
    shared = "valle@example.org also stands on line 3: one person for several organisations."
    operator.sees(shared, "5 organisations are brought into the register.")
    operator.press("Import")
    operator.sees("The register is imported.")
    w.give_passwords()


def unit_imports_the_draft(w: World) -> None:
    """The Unit imports the draft; its dry run doubts the gap in the numbers."""
    unit = w.by("unit")
    unit.follow("Standards")
    unit.follow("Import a draft")
    unit.attach("File", w.spanish_draft())
    unit.pick("Language of the file", "Español")
    unit.fill("Code of the standard", "CAFE")
    unit.fill("Title", "Criterio de café")
    unit.fill("Version", "1.0")
    unit.press("Read the file")
    doubt = "2.1.3 follows where 2.1.2 was expected."
    unit.sees("One doubt", "Line 15", doubt)
    unit.press("Import this text")
    unit.sees("The text is imported.", "Requirements 4")
    w.known["version"] = unit.driver.address()


def unit_opens_the_dossier(w: World) -> None:
    """The Unit opens a dossier, and its head has it drafted."""
    unit = w.by("unit")
    unit.follow("Dossiers")
    unit.follow("New dossier")
    unit.fill("Code", "CAFE-2026")
    unit.fill("Title in Spanish", "Criterio de café")
    unit.fill("Title in English", TITLE)
    unit.pick("Kind", "Revision")
    unit.pick("Standard", "CAFE")
    unit.pick("Who decides", "Coffee Network")
    unit.fill("Objectives in Spanish", "Actualizar el criterio.")
    unit.fill("Objectives in English", "Bring the standard up to date.")
    unit.press("Begin the dossier")
    unit.sees("The dossier is open. Assess it next.")
    w.known["dossier"] = unit.driver.address()
    head = w.by("head")
    head.go(w.known["dossier"])
    head.follow("Assess, scope and begin drafting")
    head.fill("Reason", "Five years have passed since the last review.")
    head.press("Begin drafting")
    head.sees("Drafting has begun.", "Being drafted")


def unit_writes_a_round_and_reads_what_is_missing(w: World) -> None:
    """A round too short, without objectives and without its English text: the check lists all three."""
    unit = w.by("unit")
    unit.follow("Open the dossier")
    unit.follow("New round")
    unit.fill("First day", "2026-04-01")
    unit.fill("Last day", "2026-04-30")
    unit.choose("English")  # the text has none yet, so it is not ticked
    unit.press("Save the round")
    w.known["round"] = unit.driver.address()
    unit.follow("Check and submit")
    missing = (
        "What is still missing",
        "The text is missing in: English.",
        "The round lasts 30 days and must last at least 60.",
        "The objectives are missing.",
    )
    unit.sees(*missing)
    assert unit.offered("Submit to the Commission") == []


def unit_adds_the_english_text(w: World) -> None:
    """The translation, from a file."""
    unit = w.by("unit")
    unit.go(w.known["version"])
    unit.follow("Add this text in another language")
    unit.attach("File", w.english_draft())
    unit.pick("Language of the file", "English")
    unit.press("Read the file")
    unit.press("Import this text")


def unit_completes_the_round(w: World) -> None:
    """The translation, the dates, the objectives, two questions: then nothing is missing."""
    unit = w.by("unit")
    unit_adds_the_english_text(w)
    unit.go(w.known["round"])
    unit.follow("Change the round")
    unit.fill("Objectives in Spanish", "Saber si los plazos alcanzan.")
    unit.fill("Objectives in English", "Whether the periods suffice.")
    unit.fill("Last day", "2026-05-30")
    unit.press("Save the round")
    unit.follow("Questions")
    unit.choose("Agree, partly, disagree, and why")
    unit.fill("Question in Spanish", "¿Está clara la cláusula 1.1.1?")
    unit.fill("Question in English", "Is clause 1.1.1 clear?")
    unit.press("Add the question")
    unit.choose("Free text")
    unit.fill("Question in Spanish", "¿Cómo consultó a sus miembros?")
    unit.fill("Question in English", "How did you consult your members?")
    unit.press("Add the question")
    unit.go(w.known["round"])
    unit.follow("Check and submit")
    unit.sees("Everything the rules ask for is there.", but_not=("What is still missing",))
    unit.follow("Submit to the Commission")
    unit.press("Submit to the Commission")
    unit.sees("The draft is at the Commission.")


def chair_returns_the_draft(w: World) -> None:
    """Two members take positions; the chair returns the draft with a reason, and the Unit reads it at home."""
    w.at_work.look()
    for name, kind in (("member", "Approve"), ("sceptic", "Comment only")):
        takes_position(w, name, kind, "I have read it.")
    chair = w.by("chair")
    chair.follow("Decide")
    chair.follow("Return to the Standards Unit")
    chair.fill("Reason", RETURNED)
    chair.press("Return it")
    told = ("It is returned to the Standards Unit.", RETURNED)
    chair.sees(*told)
    unit = w.by("unit")
    unit.sees("The Commission returned round 1 with its reasons.")


def unit_mends_and_resubmits(w: World) -> None:
    """The Unit corrects what the reason names."""
    unit = w.by("unit")
    unit.follow("Correct and submit")
    unit.sees(RETURNED)
    unit.follow("Change the round")
    unit.fill(
        "Objectives in English", "Whether the periods suffice, and whether the water clauses can be kept."
    )
    unit.press("Save the round")
    unit.follow("Check and submit")
    unit.follow("Submit to the Commission")
    unit.press("Submit to the Commission")


def commission_approves_after_a_block_is_lifted(w: World) -> None:
    """One member blocks with a reason; while it stands the chair cannot approve; lifted, the chair can."""
    takes_position(w, "member", "Approve", "")
    sceptic = w.by("sceptic")
    sceptic.follow("Take a position")
    sceptic.choose("Block")
    sceptic.press("Record my position")
    sceptic.sees("Write the reason", but_not=("One block still stands.",))
    sceptic.choose("Block")
    sceptic.fill("Reason or comment", BLOCKED)
    sceptic.press("Record my position")
    sceptic.sees("One block still stands.", BLOCKED)
    chair = w.by("chair")
    chair.follow("Take a position")
    chair.sees(BLOCKED)
    assert chair.offered("Approve for the Commission", "Return to the Standards Unit") == [
        "Return to the Standards Unit"
    ]
    sceptic.follow("Lift the block")
    sceptic.press("Lift the block")
    sceptic.sees("The block is lifted.", "Nobody blocks.")
    chair = w.by("chair")
    chair.follow("Decide")
    chair.follow("Approve for the Commission")
    chair.press("Approve")
    chair.sees("The Commission has approved.")


def head_announces_and_the_clock_opens(w: World) -> None:
    """The head announces the round; on its first day the clock opens it and everybody on the register is told."""
    head = w.by("head")
    head.follow("Announce the round")
    head.follow("Announce the round")
    head.press("Announce the round")
    told = ("The round is announced. It opens by itself.", "Announced")
    head.sees(*told)
    w.at_work.clock.to(2026, 4, 1, 5, 59, 59)
    w.at_work.look()
    flor = w.by("flor")
    assert flor.offered("Comment") == []
    w.at_work.clock.to(2026, 4, 1, 6)
    w.at_work.look()
    flor = w.by("flor")
    assert flor.offered("Comment") == ["Comment"]


def takes_position(w: World, name: str, kind: str, reason: str) -> None:
    """A member of the Commission says where they stand."""
    member = w.by(name)
    member.follow("Take a position")
    member.choose(kind)
    member.fill("Reason or comment", reason)
    member.press("Record my position")
    recorded = "Your position is recorded. You may change it until the review is decided."
    member.sees(recorded)


STEPS = (
    operator_imports_the_register,
    unit_imports_the_draft,
    unit_opens_the_dossier,
    unit_writes_a_round_and_reads_what_is_missing,
    unit_completes_the_round,
    chair_returns_the_draft,
    unit_mends_and_resubmits,
    commission_approves_after_a_block_is_lifted,
    head_announces_and_the_clock_opens,
)
