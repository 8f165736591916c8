"""The planned register: true to scale and shape, and the same every time."""

from collections import Counter

from consultations.demo.people import LISTED, people
from consultations.demo.places import COUNTRIES, COUNTRY_NETWORKS, PRODUCTS, REGIONS
from consultations.demo.plan import plan
from workflows.roles import Role


def test_a_thousand_organisations_in_twenty_four_countries() -> None:
    members = plan().members
    assert len(members) == 1000
    assert Counter(m.country for m in members) == {country: row[0] for country, row in COUNTRIES.items()}
    assert len(COUNTRIES) == 24
    assert len({m.name for m in members}) == len({m.code for m in members}) == 1000
    assert Counter(str(m.kind) for m in members) == {"spo": 896, "spo_second_grade": 34, "workers": 70}
    assert sum(not m.good_standing for m in members) == 9


def test_each_is_in_one_country_network_and_one_region_and_product_networks_are_full() -> None:
    national, regions = ({place.code for place in places} for places in (COUNTRY_NETWORKS, REGIONS))
    assert (len(national), len(regions), len(PRODUCTS)) == (17, 4, 8)
    members = plan().members
    assert {(len(national & set(m.networks)), len(regions & set(m.networks))) for m in members} == {(1, 1)}
    filled = Counter(network for m in members for network in m.networks)
    assert {place.code: filled[place.code] for place, *_ in PRODUCTS} == {
        p.code: n for p, _, n, _ in PRODUCTS
    }
    assert filled["RP-CAFE"] == 155
    assert filled["RT"] == 70
    assert max(len(m.products) for m in members) > 1


def test_delegates_alternates_and_who_acts_for_two() -> None:
    everyone = people(plan())
    assert len({p.email for p in everyone}) == len(everyone)
    assert [p.email for p in everyone if not p.email.endswith("@example.org")] == []
    delegates = [p for p in everyone if p.seats[0].role is Role.DELEGATE]
    by_rank = Counter((p.seats[0].rank, len(p.seats)) for p in delegates)
    assert by_rank == {(1, 1): 236, (1, 2): 4, (2, 1): 60}
    acted_for = {seat.organisation for p in delegates for seat in p.seats}
    coffee = {m.code for m in plan().members if "RP-CAFE" in m.networks}
    assert coffee - acted_for == set()
    assert {code[:2] for code in acted_for} == set(COUNTRIES)


def test_the_bodies_are_complete() -> None:
    seats = Counter(
        (str(s.role), s.network) for p in people(plan()) for s in p.seats if s.organisation is None
    )
    assert seats["chair", "CECLAC"] + seats["commission", "CECLAC"] == 9
    assert (seats["unit_head", "UNIDAD"], seats["unit", "UNIDAD"]) == (1, 2)
    for body in ("RP-CAFE", "ASAMBLEA"):
        officers = [seats[role, body] for role in ("president", "secretary", "scrutineer", "committee")]
        assert officers == [1, 1, 1, 3]
    assert sum(count for (role, _), count in seats.items() if role == "network") == 17 + 8 + 1 + 4
    assert len(LISTED) == len(set(LISTED)) == 23
