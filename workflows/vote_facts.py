"""What is known of a vote at the instant of an act."""

from dataclasses import dataclass
from datetime import datetime

from workflows.roles import Role

Signer = tuple[Role, str]
"""In which capacity somebody signed, and who (opaque id)."""


@dataclass(frozen=True)
class VoteFacts:
    """What is known at the instant of the act. Hashes are hex text, ids opaque, instants aware."""

    at: datetime | None = None
    actor: str | None = None
    author: str | None = None  # who prepared the vote
    second_person: str | None = None  # who signs an act of two together with the actor
    reason: str | None = None  # also the text of an incident, the grounds of a contest
    # what is voted on; the frozen_ ones as they stood when it was convened
    text_sha256: str | None = None
    frozen_text_sha256: str | None = None
    rule_sha256: str | None = None
    frozen_rule_sha256: str | None = None
    rule_faults: int | None = None
    rule_in_force: bool = False  # in the body's book, on the day the vote opens
    samples_shown: int = 0
    # convening
    notice_days: int | None = None
    notice_days_needed: int | None = None
    roll_size: int = 0
    roll_sha256: str | None = None
    frozen_roll_sha256: str | None = None
    new_roll_sha256: str | None = None
    roll_change_published: bool = False
    # dates; a vote called inside an assembly may have none
    in_assembly: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    new_closes_at: datetime | None = None
    suspended_from: datetime | None = None
    extensions: int | None = None
    extension_days: int | None = None  # by so many it moves, at most
    rule_lets_president_close: bool = False
    quorum_of_call_met: bool = False  # also when the rule asks for none to open
    # one ballot
    on_roll: bool = False
    mandate_from: datetime | None = None
    mandate_until: datetime | None = None  # None: without end
    choices: tuple[str, ...] = ()
    choice: str | None = None
    has_ballot: bool = False
    # closing and counting
    board_head: str | None = None  # the signed head of the board of ballots
    sheets_waiting: tuple[str, ...] | None = None  # sheets of ballots on paper neither merged nor given up
    decision_sha256: str | None = None
    status: str | None = None  # of the Decision or the election: adopted, rejected, elected, tie_pending …
    elected: int = 0  # how many an election has elected that stopped at a tie
    draws_lots: bool | None = None  # whether lots settle a tie
    seed_commitment: str | None = None  # SHA-256 of the seed, published before
    seed: str | None = None
    next_vote: str | None = None
    last_call: bool = False
    tie_breaker: str | None = None  # the casting vote, or the id of the second vote
    minutes_sha256: str | None = None
    signers: tuple[Signer, ...] = ()
    # afterwards
    contest_until: datetime | None = None
    recount_sha256: str | None = None
    contests_waiting: int | None = None  # of this organisation, without an answer
