"""The words of each mail: one purpose, one link. A paragraph whose values are not known is left out.

Values: title, number, question, opens, closes, until (instants in the declared zone), organisation, and the
texts of the notice itself (receipt, choice, reason, code).
"""

import re
from collections.abc import Mapping

from consultations import (
    letters_of_assemblies,
    letters_of_comments,
    letters_of_mandates,
    letters_of_petitions,
    letters_of_proxies,
    letters_of_votes,
)
from consultations.letter import COMMENTS_CLOSE, FOR_ORGANISATION, REASON, VOTE_CLOSES, Letter
from workflows.messages import N_

LETTERS: dict[str, Letter] = {
    "round_opened": Letter(
        N_("Open for comments: %(title)s"),
        (
            N_("Round %(number)s of the consultation on “%(title)s” is open."),
            COMMENTS_CLOSE,
            N_("Nothing to say? Then please declare “no comment”: it counts as an answer."),
            FOR_ORGANISATION,
        ),
        N_("Read and comment"), "delegate.round_page", "desk.queue",
    ),
    "round_closing_soon": Letter(
        N_("Closing soon: %(title)s"),
        (N_("%(organisation)s has not answered yet in round %(number)s on “%(title)s”."), COMMENTS_CLOSE),
        N_("Read and comment"), "delegate.round_page", "desk.queue",
    ),
    "round_extended": Letter(
        N_("More time to comment: %(title)s"),
        (N_("Round %(number)s on “%(title)s” stays open for longer."), COMMENTS_CLOSE, REASON, FOR_ORGANISATION),
        N_("Read and comment"), "delegate.round_page", "desk.queue",
    ),
    "round_closed": Letter(
        N_("Closed: %(title)s"),
        (
            N_("Round %(number)s on “%(title)s” is closed; comments were taken until %(closes)s."),
            N_("Comments that were drafted and not sent: %(drafts)s."),
            N_("Of these, still waiting for the approval of their organisation: %(unapproved)s."),
            N_("Comments of %(organisation)s that were drafted and not sent: %(lapsed)s. They rest, and do not count."),
            N_("Every comment will be answered; you will be told when the answers are published."),
        ),
        N_("See the comments"), "delegate.mine", "desk.queue",
    ),
    "review_opened": Letter(
        N_("Your position is asked: %(title)s"),
        (
            N_("The Commission reviews round %(number)s on “%(title)s”."),
            N_("Please take your position until %(closes)s."),
        ),
        N_("Take a position"), "commission.review", "commission.review",
    ),
    "review_decided": Letter(
        N_("The Commission has decided: %(title)s"),
        (N_("The Commission has decided on round %(number)s on “%(title)s”."), REASON),
        N_("See the decision"), "unit.round", "unit.round",
    ),
    "answers_published": Letter(
        N_("Your comments are answered: %(title)s"),
        (
            N_("The answers to the comments of round %(number)s on “%(title)s” are published."),
            N_("Please say until %(until)s whether you are satisfied with the answers to yours."),
            FOR_ORGANISATION,
        ),
        N_("Read the answers"), "delegate.mine", "desk.queue",
    ),
    "objection_answered": Letter(
        N_("Your objection is answered: %(title)s"),
        (
            N_("The objection of %(organisation)s to the answer to its comment in round %(number)s on “%(title)s” is answered."),
            FOR_ORGANISATION,
        ),
        N_("Read the answer"), "delegate.mine", "desk.queue",
    ),
    "synopsis_reissued": Letter(
        N_("The synopsis with what was decided: %(title)s"),
        (
            N_("The synopsis of round %(number)s on “%(title)s” is issued again, with what the assembly decided."),
            FOR_ORGANISATION,
        ),
        N_("Read the synopsis"), "desk.synopsis", "desk.synopsis",
    ),
    "comment_received": Letter(
        N_("Comment received: %(title)s"),
        (
            N_("A comment of %(organisation)s on “%(title)s” has been received."),
            N_("Its receipt is %(receipt)s; keep this mail."),
            N_("It may be changed or withdrawn until %(closes)s."),
        ),
        N_("See our comments"), "delegate.mine", "desk.queue",
    ),
    "vote_convened": Letter(
        N_("Convocation to vote: %(title)s"),
        (
            N_("A vote is convened on “%(title)s”."),
            N_("The question: %(question)s"),
            N_("The vote opens on %(opens)s and closes on %(closes)s."),
            FOR_ORGANISATION,
        ),
        N_("Read the convocation"), "voting.vote", "assembly.vote",
    ),
    "vote_sent_back": Letter(
        N_("Vote sent back: %(title)s"),
        (N_("The vote on “%(title)s” that you prepared was sent back to you: please correct it."), REASON),
        N_("See the vote"), "assembly.vote", "assembly.vote",
    ),
    "vote_called_off": Letter(
        N_("Vote called off: %(title)s"),
        (
            N_("The vote on “%(title)s” that was convened for %(opens)s will not take place."),
            REASON,
            N_("If the matter is put to the vote again, you get a new convocation."),
            FOR_ORGANISATION,
        ),
        N_("See the vote"), "voting.vote", "assembly.vote",
    ),
    "vote_opened": Letter(
        N_("Vote open: %(title)s"),
        (
            N_("The vote on “%(title)s” is open."),
            N_("The question: %(question)s"),
            VOTE_CLOSES,
            FOR_ORGANISATION,
        ),
        N_("Vote"), "voting.vote", "assembly.vote",
    ),
    "vote_resumed": Letter(
        N_("The vote goes on: %(title)s"),
        (
            N_("The vote on “%(title)s” was suspended and goes on now; the closing is later by as long as that took."),
            VOTE_CLOSES,
            FOR_ORGANISATION,
        ),
        N_("See the vote"), "voting.vote", "assembly.vote",
    ),
    "vote_closing_soon": Letter(
        N_("Not voted yet: %(title)s"),
        (N_("%(organisation)s has not voted yet on “%(title)s”."), VOTE_CLOSES),
        N_("Vote"), "voting.vote", "assembly.vote",
    ),
    "ballot_receipt": Letter(
        N_("Receipt of a vote: %(title)s"),
        (
            N_("The ballot of %(organisation)s on “%(title)s” is in the box."),
            N_("Its receipt is %(receipt)s; keep this mail."),
            N_("It may be changed until %(closes)s; the last ballot counts."),
            N_("Was this not you? Write to us at once."),
        ),
        N_("See our vote"), "voting.vote", "assembly.vote",
    ),
    "vote_closed": Letter(
        N_("Vote closed: %(title)s"),
        (N_("The vote on “%(title)s” is closed; votes were taken until %(closes)s."),),
        N_("See how it stands"), "results.decision", "assembly.vote",
    ),
    "vote_result": Letter(
        N_("Result of the vote: %(title)s"),
        (
            N_("The result of the vote on “%(title)s” is proclaimed."),
            N_("It may be contested, with grounds, until %(until)s."),
        ),
        N_("See the result"), "results.decision", "results.decision",
    ),
    "vote_annulled": Letter(
        N_("Vote annulled: %(title)s"),
        (
            N_("The contest committee annulled the vote on “%(title)s”: its result does not stand."),
            REASON,
            N_("If the matter is put to the vote again, you get a new convocation."),
            FOR_ORGANISATION,
        ),
        N_("See the decision"), "results.decision", "results.decision",
    ),
    "quorum_missed": Letter(
        N_("No quorum: %(title)s"),
        (
            N_("The vote on “%(title)s” had no quorum: it decides nothing, and its ballots are not carried over."),
            N_("It was the last call. The matter waits for the assembly; if it is put to the vote again, you get a new convocation."),
            FOR_ORGANISATION,
        ),
        N_("See the count"), "results.decision", "results.decision",
    ),
    "signature_wanted": Letter(
        N_("Your signature is asked: %(title)s"),
        (N_("The vote on “%(title)s” is counted. The result is proclaimed when president, secretary and scrutineer have signed."),),
        N_("Check and sign"), "assembly.vote", "assembly.vote",
    ),
    "contest_raised": Letter(
        N_("Result contested: %(title)s"),
        (N_("The result of the vote on “%(title)s” is contested; the committee hears the matter."),),
        N_("See the contest"), "assembly.vote", "assembly.vote",
    ),
    "login_link": Letter(
        N_("Your link to sign in"),
        (
            N_("This link signs you in once, until %(until)s."),
            N_("Did you not ask for it? Then leave it: nothing happens."),
        ),
        N_("Sign in"), "links.confirm", "links.confirm",
    ),
    **letters_of_assemblies.LETTERS,
    **letters_of_comments.LETTERS,
    **letters_of_mandates.LETTERS,
    **letters_of_petitions.LETTERS,
    **letters_of_proxies.LETTERS,
    **letters_of_votes.LETTERS,
}  # fmt: skip

# The same kind with other news in it.
VARIANTS: dict[str, Letter] = {
    "answers_published.uncommented": Letter(
        N_("The answers are published: %(title)s"),
        (
            N_("The answers to the comments of round %(number)s on “%(title)s” are published, with the synopsis."),
            N_("%(organisation)s took part without a comment of its own, so that no answer waits for its opinion."),
            FOR_ORGANISATION,
        ),
        N_("Read the synopsis"), "desk.synopsis", "desk.synopsis",
    ),
    "round_closed.withdrawn": Letter(
        N_("Withdrawn: %(title)s"),
        (
            N_("Round %(number)s on “%(title)s” was withdrawn and ends here; it takes no more comments."),
            N_("Reason given: %(withdrawn)s"),
            N_("What was written stays on record."),
            FOR_ORGANISATION,
        ),
        N_("See our comments"), "delegate.mine", "desk.queue",
    ),
    "round_extended.granted": Letter(
        N_("You may still comment: %(title)s"),
        (
            N_("%(organisation)s alone may enter late in round %(number)s on “%(title)s”; the page says until when."),
            REASON,
            FOR_ORGANISATION,
        ),
        N_("Read and comment"), "delegate.round_page", "desk.queue",
    ),
    "quorum_missed.next_call": Letter(
        N_("No quorum: %(title)s"),
        (
            N_("The vote on “%(title)s” had no quorum: it decides nothing, and its ballots are not carried over."),
            N_("The next call is being prepared as vote %(next_vote)s. You get its convocation, and your organisation votes anew."),
            FOR_ORGANISATION,
        ),
        N_("See the count"), "results.decision", "results.decision",
    ),
    "review_opened.synopsis": Letter(
        N_("Your position is asked on a synopsis: %(title)s"),
        (
            N_("The Commission reviews the synopsis of round %(number)s on “%(title)s”, with every answer, before it is published."),
            N_("Please take your position until %(closes)s."),
        ),
        N_("Take a position"), "commission.review", "commission.review",
    ),
    "review_decided.returned": Letter(
        N_("The Commission has decided: %(title)s"),
        (N_("The Commission returns round %(number)s on “%(title)s” to you."), REASON),
        N_("See the decision"), "unit.round", "unit.round",
    ),
}  # fmt: skip


def letter_of(kind: str, params: Mapping[str, str]) -> Letter:
    """The letter of a notice: a round that was withdrawn, a draft that is returned, a call that another follows: other news."""
    if params.get("next_vote"):
        return VARIANTS[f"{kind}.next_call"]
    if params.get("uncommented"):
        return VARIANTS[f"{kind}.uncommented"]
    if params.get("granted"):
        return VARIANTS[f"{kind}.granted"]
    if params.get("withdrawn"):
        return VARIANTS[f"{kind}.withdrawn"]
    if kind == "review_opened" and params.get("subject") == "synopsis":
        return VARIANTS[f"{kind}.synopsis"]
    return VARIANTS[f"{kind}.returned"] if params.get("decision") == "returned" else LETTERS[kind]


def known(sentence: str, values: Mapping[str, str]) -> bool:
    """Whether everything a sentence names is known."""
    return all(values.get(name) for name in names(sentence))


def names(sentence: str) -> frozenset[str]:
    """The names of a sentence's placeholders: "until %(closes)s" has closes."""
    return frozenset(re.findall(r"%\((\w+)\)s", sentence))
