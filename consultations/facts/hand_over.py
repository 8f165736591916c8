"""What handing a round's text over to the assembly asks of its table."""

from datetime import datetime

from consultations.actor import Actor
from consultations.facts.objections import undecided_in
from consultations.facts.rounds import round_facts
from consultations.facts.texts import text_sha256
from consultations.models.rounds import Round
from workflows.round import RoundFacts


def hand_over_facts(round_: Round, unexplained: int | None, *, by: Actor, at: datetime) -> RoundFacts:
    """The text as it stands is the one that was frozen, the Commission decided on every objection of the dossier, and
    something explains every change since its first round. `unexplained`: how many nothing explains
    (documents.reverse_report); of a text that changed after it was frozen nobody can say."""
    unchanged = text_sha256(round_.version_id) == round_.text_sha256
    return round_facts(
        round_, by=by, at=at, voted_sha256=round_.text_sha256, changes_unexplained=unexplained if unchanged else None,
        objections_unanswered=undecided_in(round_.dossier_id),
    )  # fmt: skip
