"""A synopsis is written section by section; its figures turn stale visibly; it is frozen, and issued again after the decision."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from consultations.actor import PUBLIC
from consultations.documents.synopsis_blocks import Sides, Table
from consultations.engine import answers, journal, synopses, synopsis_words
from consultations.engine.synopsis_words import take_figures, write_section
from consultations.extensions import db
from consultations.facts import figures as named
from consultations.facts import synopsis_words as words_of
from consultations.facts.figures import Value, whole_percent
from consultations.facts.synopsis_figures import figures, published
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.points import Cluster, ClusterMember, Point
from consultations.models.reviews import Review
from consultations.models.synopses import Synopsis
from consultations.models.timers import Notice
from consultations.queries import synopsis_drafts, synopsis_pages
from consultations.wording_synopsis import SECTIONS, figure_sentence, figure_title
from tests.factories.comments import AFTER, Scene, answered, answering, comment, scene
from workflows.refusals import Refused

LATER = AFTER + timedelta(days=60)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def round_answered(here: Scene) -> Scene:
    made = [comment(here, who=0), comment(here, who=1, clause=1, stance="against")]
    answering(here)
    for row in made:
        answered(here, row)
    return here


def submit(here: Scene, introduction: str = "Se preguntó.", way_forward: str = "Sigue el voto.") -> Synopsis:
    here.round.dossier.body.settings = {"commission": here.body.code}
    return synopses.submit(here.round.id, introduction, way_forward, by=here.unit, at=AFTER)


def publish(here: Scene) -> Synopsis:
    for review in db.session.scalars(select(Review)):
        review.state = "approved"
    db.session.flush()
    return synopses.publish(here.round.id, by=here.head, at=AFTER)


def decide(here: Scene) -> None:
    """The assembly adopted the text."""
    here.round.state, here.round.dossier.state = "ready_for_vote", "adopted"
    journal.record("dossier_adopted", here.round.dossier, by=here.chair, at=LATER)
    db.session.flush()


def comes_in(here: Scene, who: int) -> None:
    """One more comment, with its answer, while answers are written."""
    here.round.state = "open"
    made = comment(here, who=who)
    answered(answering(here), made)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ninguna", ()),
        ("{{figure:silent}} y {{ figure: silent.percent }} de {{figure:invited}}", ("silent", "invited")),
        ("{{figure:stances.for}} {{figure:outcomes.accepted_in_part.percent}}", ("stances.for", "outcomes.accepted_in_part")),
        ("{{figure:}} {figure:silent} {{figure:a b}}", ()),
    ],
)  # fmt: skip
def test_the_names_of_figures_are_found_in_words(text: str, found: tuple[str, ...]) -> None:
    assert named.names(text) == found


@pytest.mark.parametrize(("part", "percent"), [(162, 62), (59, 23), (41, 16), (262, 100), (0, 0)])
def test_each_share_is_rounded_by_itself(part: int, percent: int) -> None:
    assert (whole_percent(part, 262), Value(part, 262).percent) == (percent, percent)


def test_every_figure_has_a_title_and_says_what_it_counts(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        for name in named.EVERY:
            assert figure_title(name) != name
            assert figure_sentence(name) not in ("", name, figure_title(name))


def test_every_named_figure_is_found_with_its_base(app: Flask) -> None:
    exact = figures(round_answered(scene(organisations=5)).round.id)
    found = {name: named.value(exact, name) for name in named.EVERY}
    assert None not in found.values()
    assert set(named.offered(exact)) == named.EVERY
    assert [found[name] for name in ("answered", "silent", "received", "points", "stances.against", "outcomes.accepted")] == [
        Value(2, 5), Value(3, 5), Value(2), Value(2), Value(1, 2), Value(2, 2),
    ]  # fmt: skip


def test_a_hidden_figure_hides_its_share_and_what_is_summed_from_it(app: Flask) -> None:
    shown = published(figures(round_answered(scene(organisations=5)).round.id))
    for name in ("silent", "commented", "answered", "stances.for"):
        assert named.value(shown, name) == Value(None)
    stances = [{row[stance] for stance in ("for", "neutral", "against")} for row in shown["clauses"]]
    assert stances == [{None}, {None}]


def test_points_that_stand_together_are_one_distinct_point(app: Flask) -> None:
    here = scene(organisations=4)
    made = [comment(here, who=who) for who in range(4)]
    for number in (1, 2):
        db.session.add(Point(comment_id=made[0].id, number=number, text="…", made_at=AFTER))
    for kind, of, gone in (
        ("form_letter", [(row.id, 1) for row in made[1:3]], None),
        ("theme", [(made[0].id, 2), (made[3].id, 1)], None),
        ("duplicate", [(row.id, 1) for row in made[:2]], AFTER),
    ):
        cluster = Cluster(round_id=here.round.id, kind=kind, title="…", made_at=AFTER, dissolved_at=gone)
        db.session.add(cluster)
        db.session.flush()
        db.session.add_all(
            ClusterMember(cluster_id=cluster.id, comment_id=id, point=point) for id, point in of
        )
    db.session.flush()
    exact = figures(here.round.id)
    assert (exact["received"], exact["points"], exact["distinct"]) == (4, 5, 3)


def test_sections_are_kept_per_language_beside_each_other(app: Flask) -> None:
    here = round_answered(scene())
    for _ in range(2):
        write_section(here.round.id, "summary", "es", " En breve. ", by=here.unit, at=AFTER)
    write_section(here.round.id, "summary", "en", "In short.", by=here.second, at=AFTER)
    synopses.keep_draft(here.round.id, "Intro.", "", by=here.unit, at=AFTER)
    write_section(here.round.id, "introduction", "en", "Intro in English.", by=here.unit, at=AFTER)
    assert words_of.writing(here.round) == {
        "summary.es": "En breve.", "summary.en": "In short.", "introduction.es": "Intro.",
        "introduction.en": "Intro in English.",
    }  # fmt: skip
    assert here.round.draft_introduction == "Intro."
    written = select(Event.id).where(Event.name == "synopsis_written")
    assert len(db.session.scalars(written).all()) == 4


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(app: Flask) -> None:
    here = round_answered(scene())
    known = words_of.fingerprint("")
    write_section(here.round.id, "summary", "es", "Lo mío.", known=known, by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        write_section(here.round.id, "summary", "es", "Lo otro.", known=known, by=here.second, at=AFTER)
    assert codes(refused) == ["edited_meanwhile"]
    write_section(here.round.id, "process", "es", "Otra parte.", known=known, by=here.second, at=AFTER)
    write_section(here.round.id, "summary", "es", "Lo mío.", known=known, by=here.second, at=AFTER)
    again = words_of.fingerprint("Lo mío.")
    write_section(here.round.id, "summary", "es", "Ambos.", known=again, by=here.second, at=AFTER)
    assert words_of.writing(here.round) == {"summary.es": "Ambos.", "process.es": "Otra parte."}


def test_two_editors_of_the_first_form_are_told_too(app: Flask) -> None:
    here = round_answered(scene())
    known = words_of.fingerprint("\n")
    synopses.keep_draft(here.round.id, "A", "B", known=known, by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        synopses.submit(here.round.id, "C", "D", known=known, by=here.second, at=AFTER)
    assert codes(refused) == ["edited_meanwhile"]


@pytest.mark.parametrize(
    ("section", "language", "text", "expected"),
    [
        ("cover", "es", "a", ["value_unknown"]),
        ("cover", "xx", "a", ["value_unknown", "value_unknown"]),
        ("summary", "es", "{{figure:happy}} {{figure:types.odd}} {{figure:silent}}", ["figure_unknown", "figure_unknown"]),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(
    app: Flask, section: str, language: str, text: str, expected: list[str]
) -> None:
    here = round_answered(scene())
    with pytest.raises(Refused) as refused:
        write_section(here.round.id, section, language, text, by=here.unit, at=AFTER)
    assert codes(refused) == expected


@pytest.mark.parametrize("who", ["chair", "delegate"])
def test_only_the_unit_writes(app: Flask, who: str) -> None:
    here = round_answered(scene())
    by = here.chair if who == "chair" else here.delegates[0]
    for verb in (
        lambda: write_section(here.round.id, "summary", "es", "a", by=by, at=AFTER),
        lambda: take_figures(here.round.id, by=by, at=AFTER),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert codes(refused) == ["role_may_not"]


def test_a_figure_in_the_words_turns_stale_and_submitting_refuses_every_one(app: Flask) -> None:
    here = round_answered(scene(organisations=4))
    text = "{{figure:received}} de {{figure:commented}}; {{figure:invited}}"
    write_section(here.round.id, "summary", "es", text, by=here.unit, at=AFTER)
    assert here.round.draft_figures == {"received": [2, None], "commented": [2, 4], "invited": [4, None]}
    comes_in(here, who=2)
    words, held = words_of.writing(here.round), words_of.taken(here.round)
    assert words_of.stale(words, held, figures(here.round.id)) == {
        "received": (Value(2), Value(3)), "commented": (Value(2, 4), Value(3, 4)),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        submit(here)
    assert codes(refused) == ["figure_stale", "figure_stale"]
    assert refused.value.refusals[1].values == {"name": "commented", "then": "2 / 4", "now": "3 / 4"}
    for _ in range(2):
        take_figures(here.round.id, by=here.unit, at=AFTER)
    assert submit(here).figures["received"] == 3
    taken = db.session.scalars(select(Event).where(Event.name == "synopsis_figures_taken")).all()
    assert (len(taken), here.round.draft_sections, here.round.draft_figures) == (1, {}, {})


def test_a_figure_named_for_the_first_time_is_taken_as_it_is_and_one_no_longer_named_is_let_go(
    app: Flask,
) -> None:
    here = round_answered(scene(organisations=4))
    write_section(here.round.id, "summary", "es", "{{figure:received}}", by=here.unit, at=AFTER)
    comes_in(here, who=2)
    write_section(here.round.id, "process", "es", "{{figure:commented}}", by=here.unit, at=AFTER)
    assert here.round.draft_figures == {"received": [2, None], "commented": [3, 4]}
    write_section(here.round.id, "summary", "es", "nada", by=here.unit, at=AFTER)
    assert here.round.draft_figures == {"commented": [3, 4]}


def test_what_was_frozen_is_gone_on_with_when_the_commission_returns_it(app: Flask) -> None:
    here = round_answered(scene(organisations=4))
    write_section(here.round.id, "summary", "es", "{{figure:received}}", by=here.unit, at=AFTER)
    first = submit(here)
    here.round.state = "answering"
    comes_in(here, who=2)
    assert [
        *words_of.stale(words_of.writing(here.round), words_of.taken(here.round), figures(here.round.id))
    ] == ["received"]
    take_figures(here.round.id, by=here.unit, at=AFTER)
    second = submit(here)
    assert (first.number, second.number, second.sections) == (1, 2, {"summary.es": "{{figure:received}}"})
    assert (first.published_at, second.published_at, first.sha256 != second.sha256) == (None, None, True)


def test_nothing_is_written_between_sending_and_the_decision(app: Flask) -> None:
    here = round_answered(scene())
    submit(here)
    for state in ("review", "published"):
        if state == "published":
            publish(here)
        with pytest.raises(Refused) as refused:
            write_section(here.round.id, "summary", "es", "a", by=here.unit, at=AFTER)
        assert codes(refused) == ["move_not_from_here"]


def test_it_is_issued_again_after_the_decision_and_both_versions_stay_public(app: Flask) -> None:
    here = round_answered(scene())
    submit(here)
    first = publish(here)
    with pytest.raises(Refused) as refused:
        synopses.reissue(here.round.id, by=here.unit, at=AFTER)
    assert codes(refused) == ["role_may_not", "synopsis_not_reissued_yet"]
    decide(here)
    for section in ("introduction", "way_forward"):
        with pytest.raises(Refused) as refused:
            write_section(here.round.id, section, "es", "Lo que nadie leyó.", by=here.unit, at=LATER)
        assert codes(refused) == ["move_not_from_here"]
    second = synopses.reissue(here.round.id, by=here.head, at=LATER)
    assert synopses.reissue(here.round.id, by=here.head, at=LATER).id == second.id
    assert (second.number, second.way_forward, second.introduction) == (
        2,
        "Sigue el voto.",
        "Se preguntó.",
    )
    assert (first.published_at, second.published_at) == (AFTER, LATER)
    assert (first.cover["decision"], second.cover["decision"]["state"]) == ({}, "adopted")
    assert (here.round.published_at, first.way_forward) == (AFTER, "Sigue el voto.")
    told = select(Notice.organisation_id).where(Notice.kind == "synopsis_reissued").order_by(Notice.id)
    assert db.session.scalars(told).all() == [o.id for o in here.organisations]
    with app.test_request_context(), force_locale("es"):
        page = synopsis_pages.page(here.round.id, 1, None, by=PUBLIC, at=LATER)
        earlier = synopsis_pages.page(here.round.id, 1, 1, by=PUBLIC, at=LATER)
    assert [(one.number, one.decided) for one in page.versions] == [(2, True), (1, False)]
    assert (page.number, earlier.number) == (2, 1)


def test_what_was_kept_since_is_not_issued_again(app: Flask) -> None:
    """Words that stand in the columns of the round, wherever they come from, were approved by nobody."""
    here = round_answered(scene())
    submit(here)
    publish(here)
    decide(here)
    here.round.draft_introduction = "Lo que nadie leyó."
    assert synopses.reissue(here.round.id, by=here.head, at=LATER).introduction == "Se preguntó."


def test_only_the_figures_in_approved_words_are_taken_anew(app: Flask) -> None:
    here = round_answered(scene(organisations=4))
    write_section(here.round.id, "summary", "es", "{{figure:received}}", by=here.unit, at=AFTER)
    submit(here)
    publish(here)
    decide(here)
    comes_in(here, who=2)
    here.round.state = "ready_for_vote"
    with pytest.raises(Refused) as refused:
        synopses.reissue(here.round.id, by=here.head, at=LATER)
    assert codes(refused) == ["figure_stale"]
    with app.test_request_context():
        assert synopsis_drafts.writing(here.round.id, by=here.head, at=LATER).can == {
            "take_figures",
            "reissue",
        }
    take_figures(here.round.id, by=here.unit, at=LATER)
    again = synopses.reissue(here.round.id, by=here.head, at=LATER)
    assert (again.sections, again.figures["received"]) == ({"summary.es": "{{figure:received}}"}, 3)


def test_a_name_without_consent_is_not_issued_again_either(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = scene()
    made = comment(here, visibility="public")
    answered(answering(here), made)
    submit(here)
    publish(here)
    decide(here)
    monkeypatch.setattr("consultations.documents.synopsis_annex.name_shown", lambda name, consent: name)
    with pytest.raises(Refused) as refused:
        synopses.reissue(here.round.id, by=here.head, at=LATER)
    assert codes(refused) == ["consents_missing"]


def test_the_annex_keeps_the_answers_of_its_day(app: Flask) -> None:
    here = scene()
    made = comment(here, visibility="public")
    answered(answering(here), made)
    submit(here)
    publish(here)
    answers_of = lambda version: [  # noqa: E731
        one.response
        for entry in synopsis_pages.page(here.round.id, 1, version, by=PUBLIC, at=AFTER).entries
        for one in entry.became
    ]
    later = answers.Answer(
        comment_id=made.id, number=9, outcome="rejected", reason="-", response="Otra.", answered_at=LATER
    )
    db.session.add(later)
    db.session.flush()
    decide(here)
    with app.test_request_context(), force_locale("es"):
        assert answers_of(None) == ["Gracias, lo aceptamos."]
        synopses.reissue(here.round.id, by=here.head, at=LATER)
        assert (answers_of(1), answers_of(2)) == (["Gracias, lo aceptamos."], ["Otra."])


def test_the_public_reads_no_word_that_is_not_public_and_no_figure_that_is_small(app: Flask) -> None:
    here = scene(organisations=3)
    comment(here, who=0, text="De miembros.")
    comment(here, who=1, text="Del público.", visibility="public", consent_to_name=True)
    answering(here)
    for row in db.session.scalars(select(Comment)).all():
        answered(here, row)
    write_section(here.round.id, "summary", "es", "Objetan {{figure:stances.for}}.", by=here.unit, at=AFTER)
    submit(here)
    publish(here)
    with app.test_request_context(), force_locale("es"):
        made, _, _ = synopsis_pages.whole(here.round.id, None, by=here.unit)
    said = str(made.blocks)
    assert [one in said for one in ("De miembros.", "Del público.", here.organisations[0].name, here.organisations[1].name)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert ("Objetan 2." in said, "Objetan (" in said) == (False, True)
    assert "Sides(" not in said


def test_of_clauses_that_many_comment_on_the_stances_are_shown_in_the_order_of_the_text(app: Flask) -> None:
    here = scene(organisations=20)
    for who in range(20):
        comment(here, who=who, clause=1 if who < 10 else 0, stance="against" if who % 2 else "for")
    answering(here)
    for row in db.session.scalars(select(Comment)).all():
        answered(here, row)
    submit(here)
    publish(here)
    with app.test_request_context(), force_locale("es"):
        made, _, _ = synopsis_pages.whole(here.round.id, None, by=PUBLIC)
    bars = next(block for block in made.blocks if isinstance(block, Sides))
    assert [(row.name[:3], row.against, row.neutral, row.favour) for row in bars.rows] == [
        ("1.1", 5, 0, 5),
        ("1.2", 5, 0, 5),
    ]
    stances = next(
        b for b in made.blocks if isinstance(b, Table) and [row[1] for row in b.rows] == ["10", "10", "20"]
    )
    assert [row[2] for row in stances.rows] == ["50 %", "50 %", "100 %"]


def test_every_section_has_a_place_in_a_part(app: Flask) -> None:
    assert [*SECTIONS][:3] == ["introduction", "background", "method"]
    assert synopsis_words.may_reissue(scene().round) is False
