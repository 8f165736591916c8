"""What became of a comment, as secretariats write it in four languages."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.documents.comment_sheet_outcomes import WORDS, outcome_of, response_of, told
from workflows.comment import CommentOutcome

OBSERVATIONS = {
    "accepted": "Accepted|ACCEPTED.|Agreed|Agree|The proposal was accepted.|Accepted by the WG (12 May)|Secretariat: Accepted|"
    "Aceptado|Se acepta.|Aceito|Aceite|Accepté|Acceptée|Accepted. The duplicate sentence is removed.|"
    "Accepted without modification|Accepted, thank you.|[Accepted]|WG decision: Accepted|D’accord|The proposed change is accepted",
    "rejected": "Not accepted|NOT ACCEPTED. See 3.2|Rejected|Rejected: not accepted by the WG|Disagree|Cannot be accepted|"
    "Not acceptable|The proposal was not accepted.|Considered and rejected|No aceptado|No se acepta|Rechazado|Não aceito|"
    "Não aceite|Rejeitado|Recusado|Non accepté|Pas accepté|N'est pas acceptée|Rejeté|Refusé|Decision: not accepted|"
    "Not\naccepted|Non-accepted|Unaccepted|Won’t accept|Pas d’accord|En desacuerdo|Not accepted. Already covered in 3.2|Not accepted; noted for the next revision|Not accepted - out of scope|Not accepted with modification|Not accepted",
    "accepted_with_change": "Accepted with modification|Accepted with modifications|Accepted with the following modification: x|"
    "accept with changes|Accepted as amended.|AWM|Accepted with modification\n(see below)|Aceptado con modificaciones|"
    "Aceptado con cambios|Aceito com modificações|Aceite com alterações|Accepté avec modifications|"
    "Accepted with modif.|Accepted w/ modification|Accepted - with modification|Accepted: with modification|Accepted (modified)|Accepted\nwith modification|Accepted after modification|Accepted subject to modification|Accepted, but reworded|Accepted with different wording|Aceptado con enmiendas|Accepté moyennant modification|Accepté sous réserve de modification",
    "accepted_in_part": "Partially accepted|Partly accepted|Accepted partially|Accepted in part|Accepted (in part)|"
    "Aceptado parcialmente|Aceptado en parte|Parcialmente aceptado|Aceito parcialmente|Aceito em parte|Accepté partiellement|"
    "Partiellement accepté|Accepté en partie|"
    "Partial acceptance|Aceptación parcial|Acceptation partielle|Partially accepted. First part accepted, second rejected.",
    "accepted_in_principle": "Accepted in principle|Agreed in principle. The text is reworded.|Aceptado en principio|"
    "Aceito em princípio|Accepté en principe|Accepté sur le principe|"
    "Accepté dans son principe",
    "noted": "Noted|Noted.|Comment noted|The MB asks that this be accepted. Noted.|Tomado en cuenta|Se toma nota|Anotado|Noté|Pris note|"
    "Se tomó nota|Nota tomada|Noted. The comment was accepted earlier.",
    "already_covered": "Already covered|Already covered by 3.2|Already addressed in 4.1|Ya cubierto|Ya está incluido en 3.2|"
    "Já coberto|Déjà couvert|"
    "Covered already",
    "out_of_scope": "Out of scope|Outside the scope of this document|Fuera de alcance|Fuera del alcance|Fora do escopo|Hors champ|"
    "Hors du domaine d'application|"
    "Not in scope|Not within the scope|Hors de portée",
    "deferred": "Deferred|Deferred to the next revision|Postponed|Aplazado|Adiado|Reporté|"
    "Se pospone",
    "withdrawn": "Withdrawn|Withdrawn by the MB|Retirado|Retiré",
    "duplicate": "Duplicate|Duplicate of GB-3|Duplicado|Doublon|"
    "Duplicated",
    None: "|Accepted?|To be discussed|See DE-3|No change|Not yet accepted|If accepted, the text would change|"
    "1) Accepted. 2) Not accepted|Accepted. Not accepted for b)|not rejected|Agreed to reject|"
    "The proposal was not accepted because it is accepted elsewhere|Accepted:\nx\nRejected:\ny|Note 2 is changed|Podría ser aceptado|"
    "Accepted / Not accepted|Accepted or not accepted|Accepted/Rejected|Noted, not accepted|To be accepted|Needs to be accepted by WG 3|The accepted practice is described in 3|Propose to accept|Proposed disposition: accepted",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "outcome"),
    [(text, outcome) for outcome, texts in OBSERVATIONS.items() for text in texts.split("|")],
)
def test_what_an_observation_states(text, outcome):
    assert outcome_of(text) == outcome


WORD = st.sampled_from(
    [
        "accepted",
        "Agreed",
        "with modification",
        "in part",
        "noted",
        "the text",
        "3.2",
        "but",
        "and",
        "\n",
        ".",
        ":",
        "/",
    ]
)
NO = st.sampled_from(
    [
        "Not accepted",
        "NOT ACCEPTED",
        "Secretariat: not accepted",
        "No aceptado",
        "Non accepté",
        "Rejected",
        "Não aceito",
    ]
)


@given(NO, st.lists(WORD))
def test_what_begins_with_not_accepted_is_never_taken_for_accepted(no, words):
    assert outcome_of(" ".join((no, *words))) in {"rejected", None}


@given(st.lists(st.one_of(WORD, NO)))
def test_any_words_give_an_outcome_of_the_model_or_leave_it_to_a_person(words):
    assert outcome_of(" ".join(words)) in {None, *CommentOutcome}


def test_every_outcome_of_the_model_is_tried_and_has_its_word():
    assert {*WORDS} == {*CommentOutcome} == {CommentOutcome(outcome) for outcome in OBSERVATIONS if outcome}


@pytest.mark.parametrize("outcome", [*CommentOutcome])
@pytest.mark.parametrize(
    "response", ["", "Thank you.", "Not accepted", "Rejected:\nNoted:", "  Accepted: \n\n yes "]
)
def test_an_answer_that_is_written_reads_as_the_same_outcome(outcome, response):
    assert outcome_of(told(outcome, response)) == outcome


def test_a_line_that_looks_like_an_outcome_becomes_an_item_of_the_response():
    assert told("noted", "Rejected:\nwhy") == "Noted:\n- Rejected:\nwhy"
    assert told(None, "why") == "why"


@pytest.mark.parametrize(
    ("observation", "response"),
    [
        ("Accepted:\nThank you", "Thank you"),
        ("Accepted", "Accepted"),
        ("Accepted. Thanks", "Accepted. Thanks"),
    ],
)
def test_the_response_is_what_stands_beside_the_outcome(observation, response):
    assert response_of(observation) == response


@pytest.mark.parametrize("text", ["accepted with the " * 3000, "Noted and " * 5000, "accepted - " * 5000])
def test_an_observation_of_a_whole_book_is_read_in_a_moment(text):
    began = perf_counter()
    outcome_of(text)
    assert perf_counter() - began < 2
