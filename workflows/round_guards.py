"""What speaks against a move of a consultation round (process.md, "Consultation round")."""

from datetime import timedelta

from workflows import guards
from workflows.deadlines import with_pause, zone_known
from workflows.refusals import Refusal, refusal
from workflows.round_facts import RoundFacts

NUMBERS_SHOWN = 20
"""As many clause numbers as a refusal names; a file with more is wrong as a whole."""


def standard_exists(facts: RoundFacts) -> Refusal | None:
    """The standard is in the register of standards."""
    return guards.unless(facts.standard is not None, "standard_missing")


def draft_version_exists(facts: RoundFacts) -> Refusal | None:
    """A version of the draft is there to consult on."""
    return guards.unless(facts.draft_version is not None, "draft_version_missing")


def clauses_numbered(facts: RoundFacts) -> Refusal | None:
    """Every clause has a number."""
    return guards.none_left(facts.clauses_unnumbered, "clauses_unnumbered")


def clauses_unique(facts: RoundFacts) -> Refusal | None:
    """No number stands twice."""
    found = facts.clauses_repeated
    if found == ():
        return None
    shown = [*(found or ("?",))[:NUMBERS_SHOWN], *(["…"] if found and len(found) > NUMBERS_SHOWN else [])]
    return refusal("clauses_repeated", numbers=", ".join(shown))


def questions_valid(facts: RoundFacts) -> Refusal | None:
    """Every question can be answered as it is written."""
    return guards.none_left(facts.questions_invalid, "questions_invalid")


def languages_present_or_waived(facts: RoundFacts) -> Refusal | None:
    """The text is there in every language of the round, or somebody wrote why not."""
    if (facts.languages_waiver or "").strip():
        return None
    missing = facts.languages_missing
    return None if missing == () else refusal("languages_missing", languages=", ".join(missing or "?"))


def long_enough(facts: RoundFacts) -> Refusal | None:
    """The round lasts at least the days that its kind asks for."""
    days, minimum = facts.days, facts.minimum_days
    if days is not None and minimum is not None and days >= minimum:
        return None
    if days is None:
        return refusal("round_dates_missing")
    least = "?" if minimum is None else minimum
    if days < 1:
        return refusal("round_ends_at_once", minimum=least)
    return refusal("round_too_short", days=days, minimum=least)


def register_not_empty(facts: RoundFacts) -> Refusal | None:
    """Somebody is invited."""
    return guards.unless(facts.register_size > 0, "register_empty")


def objectives_stated(facts: RoundFacts) -> Refusal | None:
    """The round says what it is for."""
    return guards.unless(bool((facts.objectives or "").strip()), "objectives_missing")


def opens_in_future(facts: RoundFacts) -> Refusal | None:
    """The opening lies after the act of scheduling."""
    return guards.still_ahead(facts.opens_at, facts.at, "opening_not_ahead")


def zone_set(facts: RoundFacts) -> Refusal | None:
    """The dates belong to a known time zone."""
    return guards.unless(zone_known(facts.zone), "zone_missing")


def opening_reached(facts: RoundFacts) -> Refusal | None:
    """The opening instant is reached."""
    return guards.reached_or_refused(facts.opens_at, facts.at, "opening_not_reached")


def text_is_the_frozen_one(facts: RoundFacts) -> Refusal | None:
    """Members read what CECLAC approved."""
    return guards.known_and_equal(facts.text_sha256, facts.frozen_sha256, "text_changed")


def paused_time_added(facts: RoundFacts) -> Refusal | None:
    """The pause is added to the deadline (up to the end of that day), unless somebody wrote why not."""
    if (facts.pause_waiver or "").strip():
        return None
    if not (facts.closes_at and facts.paused_from and facts.at and facts.new_closes_at):
        return refusal("pause_not_added")
    due = with_pause(facts.closes_at, facts.paused_from, facts.at)
    return guards.unless(due <= facts.new_closes_at < due + timedelta(days=1), "pause_not_added")


def first_extension(facts: RoundFacts) -> Refusal | None:
    """It was not extended before: from the second time CECLAC's chair decides."""
    return guards.none_left(facts.extensions, "extension_not_first")


def extended_before(facts: RoundFacts) -> Refusal | None:
    """It was extended before: the first time is for the head of the Unit."""
    return guards.unless((facts.extensions or 0) > 0, "extension_first")


def extensions_left(facts: RoundFacts) -> Refusal | None:
    """It may still be extended."""
    if facts.extensions is not None and facts.extensions < facts.extensions_allowed:
        return None
    return refusal("extensions_used_up", allowed=facts.extensions_allowed)


def late_organisation_named(facts: RoundFacts) -> Refusal | None:
    """One organisation is named, and no more than it."""
    return guards.unless(facts.late_organisation is not None, "late_organisation_missing")


def late_until_ahead(facts: RoundFacts) -> Refusal | None:
    """The late entry is granted up to a later instant."""
    return guards.still_ahead(facts.late_until, facts.at, "late_until_missing")


def late_until_near(facts: RoundFacts) -> Refusal | None:
    """The late entry is granted for no longer than a round may be extended."""
    return guards.near_enough(facts.late_until, facts)


def organisation_registered(facts: RoundFacts) -> Refusal | None:
    """The organisation is in the frozen register of the round."""
    return guards.unless(facts.registered, "organisation_not_registered")


def late_entry_granted(facts: RoundFacts) -> Refusal | None:
    """This organisation was granted a late entry that still runs."""
    return guards.still_ahead(facts.late_until, facts.at, "late_entry_not_granted")


def drafted_in_time(facts: RoundFacts) -> Refusal | None:
    """It was drafted before the deadline, without a connection."""
    return guards.still_ahead(facts.closes_at, facts.drafted_at, "drafted_too_late")


def grace_running(facts: RoundFacts) -> Refusal | None:
    """The declared grace for offline entries still runs."""
    return guards.still_ahead(facts.grace_until, facts.at, "grace_over")


def grace_over(facts: RoundFacts) -> Refusal | None:
    """The declared grace for offline entries is over."""
    return guards.reached_or_refused(facts.grace_until, facts.at, "grace_running")


def everybody_answered(facts: RoundFacts) -> Refusal | None:
    """No organisation is missing."""
    return guards.none_left(facts.organisations_missing, "organisations_missing")


def new_deadline_ahead(facts: RoundFacts) -> Refusal | None:
    """A round that is opened again has a deadline to come."""
    return guards.still_ahead(facts.new_closes_at, facts.at, "new_deadline_missing")


def no_answer_published(facts: RoundFacts) -> Refusal | None:
    """No answer has been published yet."""
    return guards.none_left(facts.answers_published, "answers_published")


def imports_done(facts: RoundFacts) -> Refusal | None:
    """Paper, workshops and offline entries are in."""
    return guards.none_left(facts.imports_pending, "imports_pending")


def every_point_decided(facts: RoundFacts) -> Refusal | None:
    """Every point has an outcome."""
    return guards.none_left(facts.points_without_outcome, "points_without_outcome")


def every_point_answered(facts: RoundFacts) -> Refusal | None:
    """Every point has a response."""
    return guards.none_left(facts.points_without_response, "points_without_response")


def anchors_placed(facts: RoundFacts) -> Refusal | None:
    """Every comment stands at its place in the text."""
    return guards.none_left(facts.anchors_pending, "anchors_pending")


def second_person_heard(facts: RoundFacts) -> Refusal | None:
    """Where a second person is asked for, they have decided."""
    return guards.none_left(facts.second_person_pending, "second_person_pending")


def synopsis_approved(facts: RoundFacts) -> Refusal | None:
    """CECLAC approved the synopsis."""
    return guards.unless(facts.synopsis_approved, "synopsis_not_approved")


def consents_given(facts: RoundFacts) -> Refusal | None:
    """Nobody is named without consent."""
    return guards.none_left(facts.consents_missing, "consents_missing")


def small_cells_hidden(facts: RoundFacts) -> Refusal | None:
    """No published figure gives away who answered."""
    return guards.none_left(facts.small_cells, "small_cells_shown")


def new_version_exists(facts: RoundFacts) -> Refusal | None:
    """The next round has a new version of the draft."""
    return guards.unless(
        facts.new_version is not None and facts.new_version != facts.draft_version, "new_version_missing"
    )


def redline_made(facts: RoundFacts) -> Refusal | None:
    """The changes between both versions are shown."""
    return guards.unless(facts.redline, "redline_missing")


def satisfaction_window_over(facts: RoundFacts) -> Refusal | None:
    """Everybody had their time to say whether the answer satisfies."""
    return guards.reached_or_refused(facts.satisfaction_until, facts.at, "satisfaction_window_open")


def objections_answered(facts: RoundFacts) -> Refusal | None:
    """No objection is left without an answer."""
    return guards.none_left(facts.objections_unanswered, "objections_unanswered")


def voted_text_is_this_one(facts: RoundFacts) -> Refusal | None:
    """The text that goes to the vote is the text of this round."""
    return guards.known_and_equal(facts.voted_sha256, facts.text_sha256, "voted_text_differs")


def changes_explained(facts: RoundFacts) -> Refusal | None:
    """Every change of the text is explained by an answer or a reason."""
    return guards.none_left(facts.changes_unexplained, "changes_unexplained")
