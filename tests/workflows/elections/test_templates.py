"""Terms composed of a template and of who stands: what the template says holds, options get ids of their own."""

from typing import Any

import pytest

from workflows.elections.reading import terms_from
from workflows.elections.templates import compose, keeps_to, option_ids, template_from
from workflows.faults import InputRefusedError

STAMP = {"id": "committee", "version": 3, "title": {"es": "Comité"}, "cites": "Estatutos, art. 40"}
OPTIONS = [{"es": "Ana"}, {"es": "Eva"}]


def made(template: dict[str, Any], **given: Any) -> dict[str, Any]:
    return compose(template, given, id="e", title={"es": "Comité"}, cites="art. 1", options=OPTIONS)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Ana Pérez", "Ñandú"], ("ana-perez", "nandu")),
        (["Ana", "ANA", "ana"], ("ana", "ana-2", "ana-3")),
        (["Blank", "Named", "invalid"], ("blank-2", "named-2", "invalid-2")),
        (["Δίκη", "!!"], ("option-1", "option-2")),
        (["Federación de Cooperativas Agrícolas", "Federación de Cooperativas Cafetaleras"], ("federacion-de-cooper", "federacion-de-coop-2")),
        ([""], ("option-1",)),
    ],
)  # fmt: skip
def test_every_option_gets_an_id_that_ballots_can_hold(names: list[str], ids: tuple[str, ...]) -> None:
    assert option_ids([{"es": name} for name in names]) == ids
    terms_from(
        {
            **made({"method": "choose_one", "seats": 1}),
            "options": [{"id": id, "names": {"es": "x"}} for id in ids],
        }
    )


def test_what_the_template_says_holds_and_what_it_leaves_open_is_given() -> None:
    terms = made({"method": "stv", "tie": "lots", **STAMP}, tie="casting_vote", seats=1, most=None)
    assert (terms["tie"], terms["seats"], "most" in terms) == ("lots", 1, False)
    assert (terms["id"], terms["version"], terms["cites"]) == ("e", 1, "art. 1")


def test_terms_keep_to_a_template_that_says_less_and_not_to_one_that_says_otherwise() -> None:
    terms = made({"method": "stv", "tie": "lots"}, seats=2)
    assert keeps_to(terms, {"method": "stv", **STAMP})
    assert not keeps_to(terms, {"method": "stv", "seats": 3})
    assert not keeps_to(terms, {"method": "stv", "measure": "heads"})


@pytest.mark.parametrize("content", [{"method": "schulze"}, {"method": "approval", "most": 3, **STAMP}])
def test_a_template_is_taken(content: dict[str, Any]) -> None:
    terms = template_from(content)
    assert (terms.method, terms.most) == (content["method"], content.get("most", len(terms.options)))


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ({}, 1),
        ([], 1),
        ({"method": "lottery"}, 1),
        ({"method": "stv", "tie": "casting_vote", "majority": "absolute"}, 2),
        ({"method": "stv", "options": []}, 1),
        (
            {"methods": "stv", "tie": "toss"},
            3,
        ),  # an unknown key, a missing one and an unknown tie: all at once
        ({"method": "choose_one", "most": 2, "until": "noon"}, 2),
    ],
)
def test_a_template_that_cannot_be_meant_is_refused(content: Any, faults: int) -> None:
    with pytest.raises(InputRefusedError) as refused:
        template_from(content)
    assert len(refused.value.faults) == faults
