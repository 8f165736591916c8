"""Writing the words of a synopsis: section by section, in several languages, by several people, with figures in them."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import name_of
from consultations.engine.mandates import check_mandate
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import synopsis_words as words_of
from consultations.facts.figures import Value
from consultations.facts.last_events import last_named
from consultations.facts.synopsis_cover import is_decided
from consultations.facts.synopsis_figures import figures
from consultations.models.rounds import Round
from consultations.wording import LANGUAGES
from consultations.wording_synopsis import SECTIONS
from workflows.machine import objections, possible
from workflows.refusals import Refusal, Refused, refusal
from workflows.round import ROUND, RoundFacts, RoundState


def write_section(
    round_id: int, section: str, language: str, text: str, *, known: str | None = None, by: Actor, at: datetime
) -> Round:  # fmt: skip
    """Keep the words of one section in one language; figures named for the first time are taken as they are now.

    Arguments: `known` the fingerprint of the words that the form was shown (None asks for no check). The same words
    again change nothing. Errors: Refused `edited_meanwhile`, `figure_unknown`, `value_unknown`, not now, not you.
    """
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    refuse_writing(round_, by)
    odd = [one for one, offered in ((section, SECTIONS), (language, LANGUAGES)) if one not in offered]
    if odd:
        raise Refused(*(refusal("value_unknown", value=one) for one in odd))
    return write(round_, {words_of.place(section, language): text}, known=known, by=by, at=at)


def write(round_: Round, said: words_of.Words, *, known: str | None = None, by: Actor, at: datetime) -> Round:
    """Keep these words of a locked round, beside the others. `known`: of all of them, in their order."""
    there = words_of.writing(round_)
    said = {place: text.strip() for place, text in said.items()}
    if all(there.get(place, "") == text for place, text in said.items()):
        return round_
    if known is not None and known != words_of.fingerprint("\n".join(there.get(place, "") for place in said)):
        last = last_named("round", round_.id, "synopsis_written")
        raise Refused(refusal("edited_meanwhile", name=name_of(last.person_id if last else None)))
    if unknown := words_of.unknown(said):
        raise Refused(*(refusal("figure_unknown", name=name) for name in unknown))
    keep(round_, {**there, **said}, words_of.taken(round_))
    journal.record("synopsis_written", round_, by=by, at=at, sections=sorted(said))
    return round_


def take_figures(round_id: int, *, by: Actor, at: datetime) -> Round:
    """Take every figure that the words name as it is now, also before they are issued again. Nothing stale, nothing
    happens. Errors: Refused: not now."""
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    refuse_writing(round_, by, figures_alone=True)
    words = words_of.writing(round_)
    if not words_of.stale(words, words_of.taken(round_), figures(round_id)):
        return round_
    keep(round_, words, {})
    journal.record("synopsis_figures_taken", round_, by=by, at=at)
    return round_


def keep(round_: Round, words: words_of.Words, held: dict[str, Value]) -> None:
    """Put all words into the round's columns; figures that are not `held` yet are taken now, those no longer named let go."""
    reference = round_.version.reference_language
    own = [words_of.place(section, reference) for section in words_of.OWN_COLUMNS]
    round_.draft_introduction, round_.draft_way_forward = (words.get(place, "") for place in own)
    round_.draft_sections = {place: text for place, text in words.items() if text and place not in own}
    now = words_of.of_figures(figures(round_.id), words)
    round_.draft_figures = {name: held.get(name, value).pair() for name, value in now.items()}
    db.session.flush()


def refuse_writing(round_: Round, by: Actor, *, figures_alone: bool = False) -> None:
    """A synopsis is written by the Unit while comments are answered. Once it is published its words are those that the
    Commission approved: before it is issued again, only the figures in them are taken anew."""
    state = RoundState.ANSWERING if figures_alone and may_reissue(round_) else RoundState(round_.state)
    if "submit_synopsis" not in possible(ROUND, state, by.role):
        raise Refused(*objections(ROUND, state, "submit_synopsis", by.role, RoundFacts())[:1])


def may_reissue(round_: Round) -> bool:
    """Whether the synopsis may be issued again: it was published, and the assembly has decided since."""
    return round_.published_at is not None and is_decided(round_.dossier)


def stale_figures(round_: Round, words: words_of.Words, held: dict[str, Value]) -> tuple[Refusal, ...]:
    """One refusal for each figure in the words that is no longer what it was when it was taken."""
    found = words_of.stale(words, held, figures(round_.id))
    return tuple(
        refusal("figure_stale", name=name, then=_said(then), now=_said(now))
        for name, (then, now) in found.items()
    )


def _said(value: Value) -> str:
    return f"{value.value} / {value.base}" if value.base is not None else str(value.value)
