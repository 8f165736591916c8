"""Pages on which comments are divided and put together, and one answer reaches every point of a cluster."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_babel import force_locale, ngettext
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import clusters, points
from consultations.extensions import db
from consultations.facts.clusters import how_much, members_of
from consultations.models.comments import Answer, Comment
from consultations.models.points import Cluster, Point
from tests.browsing import post, token
from tests.factories import people
from tests.factories.comments import AFTER, REPLY, Scene, answering, comment, scene
from tests.web.test_desk import acting, queries, text
from workflows.roles import Role

LONG = "La cooperativa pide que el pago mínimo se revise cada año con las organizaciones"


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=4)
    comment(made, who=0, text=f"{LONG}. Uno. Dos.\nmás")
    comment(made, who=1, text=f"{LONG} hoy.")
    comment(made, who=2, text="Otra cosa muy distinta.")
    comment(made, who=3, text=f"{LONG}! Uno. Dos.", language="pt")
    answering(made)
    db.session.commit()
    return made


def ids() -> list[int]:
    return list(db.session.scalars(select(Comment.id).order_by(Comment.id)))


def spanish(one: str, many: str, count: int) -> str:
    with current_app.test_request_context(), force_locale("es"):
        return str(ngettext(one, many, count))


def test_the_list_of_rounds_shows_the_four_numbers_side_by_side(client: FlaskClient, here: Scene) -> None:
    members = [(id, 1) for id in ids()[:2]]
    points.split(ids()[3], ("Uno.", "Dos."), by=here.unit, at=AFTER)
    clusters.make(here.round.id, "theme", "Pago", members, by=here.unit, at=AFTER)
    db.session.commit()
    legend = text(acting(client, here.unit), "/desk").partition('class="legend"')[2].partition("</ul>")[0]
    assert re.findall(r"<b>(\d+)</b>", legend) == ["4", "5", "4", "4", "0"]


def test_more_than_a_sample_holds_is_not_offered_to_be_decided_at_once(
    client: FlaskClient, app: Flask
) -> None:
    made = scene(organisations=2)
    members = [(comment(made, who=n % 2).id, 1) for n in range(6)]
    answering(made)
    one = clusters.make(made.round.id, "theme", "Pago", members, by=made.unit, at=AFTER)
    db.session.commit()
    url = f"/desk/clusters/{one.id}"
    assert 'name="decide"' not in text(acting(client, made.unit), url)
    assert post(client, url, **SAID, decide="1").status_code == 409
    clusters.take_out(one.id, members[5:], by=made.unit, at=AFTER)
    db.session.commit()
    assert 'name="decide"' in text(client, url)


def test_a_comment_is_divided_by_lines_of_dashes_and_made_one_again(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/comments/{ids()[0]}"
    form = f"{url}/points"
    assert LONG in text(acting(client, here.unit), form)
    few = post(client, form, points="Uno.")
    assert (few.status_code, "Uno." in few.get_data(as_text=True)) == (409, True)
    done = post(client, form, points="Uno.\r\n---\r\nDos.\nmás")
    assert (done.status_code, done.location) == (303, url)
    assert db.session.scalars(select(Point.text).order_by(Point.number)).all() == ["Uno.", "Dos.\nmás"]
    assert "Uno.\n---\nDos.\nmás" in text(client, form)
    assert post(client, f"{url}/merge", page_url=url).status_code == 303
    assert db.session.scalars(select(Point)).all() == []


def test_each_point_has_its_own_page_its_answer_and_what_it_changed(client: FlaskClient, here: Scene) -> None:
    id = ids()[0]
    points.split(id, ["Uno.", "Dos."], by=here.unit, at=AFTER)
    db.session.commit()
    url = f"/desk/comments/{id}"
    text(acting(client, here.unit), f"{url}?point=3", 404)
    clause = here.clauses[1]
    said = {
        **REPLY,
        "change_clause": clause.stable_id,
        "change_before": "agua",
        "change_after": "agua limpia",
    }
    first = post(client, f"{url}?point=1", **said, decided_in="Acta 4", decide="1")
    assert first.location == f"{url}?point=2"
    second = post(client, first.location, **REPLY, decide="1")
    assert second.location.startswith("/desk/comments/")
    rows = db.session.execute(
        select(Answer.point, Answer.change, Answer.decided_in).where(Answer.decided_by_id.is_not(None)).order_by(Answer.point)
    ).all()  # fmt: skip
    assert rows == [(1, f"{clause.number}: «agua» → «agua limpia»", "Acta 4"), (2, "", "")]
    assert db.session.get_one(Comment, id).state == "decided"
    page = text(client, f"{url}?point=1")
    assert "Acta 4" in page
    assert "Dos." in page
    back = post(acting(client, here.second), f"{url}/back?point=2", reason="Falta la fuente.")
    assert back.location == f"{url}?point=2"
    db.session.expire_all()
    assert db.session.get_one(Comment, id).state == "triaged"


def test_what_looks_alike_is_suggested_and_a_person_confirms_what_they_tick(
    client: FlaskClient, here: Scene
) -> None:
    url = f"/desk/rounds/{here.round.id}/clusters"
    page = text(acting(client, here.unit), url)
    assert [f'value="{id}-1" checked' in page for id in ids()] == [True, True, False, False]
    sent = {"members": [f"{id}-1" for id in ids()[:2]], "kind": "near_duplicate", "title": "Pago mínimo"}
    answer = client.post(url, data={**sent, "csrf_token": token(client, url)})
    made = db.session.scalars(select(Cluster)).one()
    assert (answer.status_code, answer.location) == (303, f"/desk/clusters/{made.id}")
    assert members_of(made.id) == tuple((id, 1) for id in ids()[:2])
    assert "checked" not in text(client, url)
    assert (how_much(here.round.id).received, how_much(here.round.id).distinct) == (4, 3)


def test_what_is_like_a_cluster_is_added_to_it(client: FlaskClient, here: Scene) -> None:
    made = clusters.make(
        here.round.id, "theme", "Pago", [(ids()[0], 1), (ids()[2], 1)], by=here.unit, at=AFTER
    )
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/clusters"
    assert f'name="into" value="{made.id}"' in text(acting(client, here.unit), url)
    sent = {"members": f"{ids()[1]}-1", "into": str(made.id), "csrf_token": token(client, url)}
    assert client.post(url, data=sent).location == f"/desk/clusters/{made.id}"
    assert len(members_of(made.id)) == 3


def test_a_cluster_that_cannot_be_is_shown_again_as_it_was_typed(client: FlaskClient, here: Scene) -> None:
    clusters.make(here.round.id, "theme", "Pago", [(ids()[0], 1), (ids()[2], 1)], by=here.unit, at=AFTER)
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/clusters"
    sent = {"kind": "theme", "title": "Mi nombre", "csrf_token": token(acting(client, here.unit), url)}
    refused = client.post(url, data={**sent, "members": [f"{ids()[0]}-1", f"{ids()[1]}-1", "x", "1-"]})
    page = refused.get_data(as_text=True)
    assert (refused.status_code, "Mi nombre" in page, "R1-1" in page) == (409, True, True)
    nameless = client.post(url, data={**sent, "title": "", "members": [f"{ids()[1]}-1", f"{ids()[3]}-1"]})
    assert (nameless.status_code, f'value="{ids()[3]}-1" checked' in nameless.get_data(as_text=True)) == (
        200,
        True,
    )
    assert len(db.session.scalars(select(Cluster)).all()) == 1


@pytest.fixture
def cluster(here: Scene) -> int:
    members = [(id, 1) for id in ids()]
    made = clusters.make(here.round.id, "theme", "Pago", members, by=here.unit, at=AFTER)
    db.session.commit()
    return made.id


SAID = {"outcome": "accepted", "reason": "Mejora.", "response_es": "Gracias.", "response_pt": "Obrigado."}


def test_one_form_answers_a_cluster_and_names_what_was_decided_before(
    client: FlaskClient, here: Scene, cluster: int
) -> None:
    post(acting(client, here.unit), f"/desk/comments/{ids()[2]}", **REPLY, decide="1")
    url = f"/desk/clusters/{cluster}"
    page = text(client, url)
    assert ('name="response_es"' in page, 'name="response_fr"' in page) == (True, False)
    missing = post(client, url, **{**SAID, "response_pt": ""})
    assert (missing.status_code, "Gracias." in missing.get_data(as_text=True)) == (409, True)
    assert post(client, url, **SAID, decide="1").location == url
    told = text(client, url)
    assert spanish("One point is answered.", "%(num)d points are answered.", 3) in told
    assert "R1-3" in told
    rows = db.session.execute(
        select(Answer.comment_id, Answer.response).where(Answer.decided_by_id.is_not(None))
    )
    assert dict(rows.all()) == {
        ids()[0]: "Gracias.", ids()[1]: "Gracias.", ids()[2]: REPLY["response"], ids()[3]: "Obrigado.",
    }  # fmt: skip
    assert 'name="outcome"' not in text(client, url)


def test_a_colleagues_proposal_meanwhile_is_not_written_over(
    client: FlaskClient, here: Scene, cluster: int
) -> None:
    url = f"/desk/clusters/{cluster}"
    post(acting(client, here.second), f"/desk/comments/{ids()[0]}", **REPLY)
    answer = post(acting(client, here.unit), url, **{**SAID, "known": "0"})
    assert (answer.status_code, "Obrigado." in answer.get_data(as_text=True)) == (409, True)
    assert post(client, url, **SAID).status_code == 303


def test_a_cluster_is_renamed_left_and_dissolved_after_asking(
    client: FlaskClient, here: Scene, cluster: int
) -> None:
    url = f"/desk/clusters/{cluster}"
    acting(client, here.unit)
    assert post(client, f"{url}/name", page_url=url, title="Otro nombre").status_code == 303
    assert "Otro nombre" in text(client, url)
    out = {"members": [f"{ids()[2]}-1", f"{ids()[3]}-1"], "csrf_token": token(client, url)}
    assert client.post(f"{url}/out", data=out).status_code == 303
    assert [id for id, _ in members_of(cluster)] == ids()[:2]
    assert text(client, f"{url}/dissolve").count('name="csrf_token"') == 2  # signing out, and this
    assert post(client, f"{url}/dissolve").location == f"/desk/rounds/{here.round.id}/clusters"
    assert 'name="outcome"' not in text(client, url)


def test_auditors_read_clusters_and_change_nothing(client: FlaskClient, here: Scene, cluster: int) -> None:
    auditor: Actor = people.actor(Role.AUDITOR)
    db.session.commit()
    acting(client, auditor)
    for url in (f"/desk/rounds/{here.round.id}/clusters", f"/desk/clusters/{cluster}"):
        assert '<form method="post"' not in text(client, url).partition("<main")[2].partition("</main>")[0]
    text(client, f"/desk/clusters/{cluster + 1}", 404)


def test_suggestions_take_as_many_queries_for_many_as_for_few(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/clusters"
    text(acting(client, here.unit), url)
    before = queries(client, url)
    here.round.state = "open"
    for n in range(12):
        comment(here, text=f"{LONG} {'x' * n}.")
    answering(here)
    db.session.commit()
    assert queries(client, url) == before
