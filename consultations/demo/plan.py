"""The register of the demonstration as it is planned: pure and the same at every load, so that it can be recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random

from consultations.demo.names import Names
from consultations.demo.places import BODIES, COUNTRIES, COUNTRY_NETWORKS, PRODUCTS, REGIONS, WORKERS, Place
from consultations.models.organisations import NetworkKind, OrganisationKind

SEED = 2026
WORKERS_IN = {"DO": 14, "EC": 14, "CO": 12, "PE": 8, "MX": 6, "BR": 5, "CR": 4, "CL": 3, "VC": 2, "HN": 2}
SECOND_GRADE, NOT_IN_GOOD_STANDING = 34, 9
DELEGATES, DOUBLE, ALTERNATES = 240, 4, 60


@dataclass(frozen=True)
class Member:
    """One organisation as it will be written."""

    code: str
    name: str
    country: str
    kind: OrganisationKind
    language: str
    zone: str
    members: int
    good_standing: bool
    networks: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Who there is. `represented`: the codes of the organisations with a delegate; of `doubles`, pairs of codes, the
    second is acted for by the delegate of the first."""

    members: tuple[Member, ...]
    represented: tuple[str, ...]
    doubles: tuple[tuple[str, str], ...]

    @property
    def by_code(self) -> dict[str, Member]:
        """Each member by its code."""
        return {member.code: member for member in self.members}


def networks() -> Iterable[tuple[Place, NetworkKind]]:
    """Every network and body with its kind."""
    yield from ((place, NetworkKind.REGIONAL) for place in REGIONS)
    yield from ((place, NetworkKind.COUNTRY) for place in COUNTRY_NETWORKS)
    yield from ((place, NetworkKind.PRODUCT) for place, *_ in PRODUCTS)
    yield WORKERS, NetworkKind.WORKERS
    yield from ((place, NetworkKind.BODY) for place in BODIES)


@cache
def plan() -> Plan:
    """The whole register, from one seed."""
    random = Random(SEED)  # noqa: S311 - invented data, not a secret
    names = Names(random)
    codes = [f"{country}-{n:03}" for country, (count, *_) in COUNTRIES.items() for n in range(1, count + 1)]
    workers = {f"{country}-{n + 1:03}" for country, count in WORKERS_IN.items() for n in range(count)}
    producers = [code for code in codes if code not in workers]
    products = _products(random, producers)
    coffee = [code for code in producers if "RP-CAFE" in products.get(code, ())]
    second = set(random.sample(producers, SECOND_GRADE))
    represented = _represented(random, codes, coffee)
    lapsed = set(random.sample([code for code in codes if code not in represented], NOT_IN_GOOD_STANDING))
    members = tuple(
        _member(random, names, code, workers, second, lapsed, products.get(code, ())) for code in codes
    )
    return Plan(members, represented, _doubles(coffee))


def _products(random: Random, producers: list[str]) -> dict[str, list[str]]:
    """Which organisation is in which product networks; every country of a network has at least two in it."""
    found: dict[str, list[str]] = {}
    for place, _, count, countries in PRODUCTS:
        grown = [code for code in producers if code[:2] in countries]
        first = [code for country in countries for code in [c for c in grown if c[:2] == country][:2]]
        rest = random.sample([code for code in grown if code not in first], count - len(first))
        for code in (*first, *rest):
            found.setdefault(code, []).append(place.code)
    return found


def _represented(random: Random, codes: list[str], coffee: list[str]) -> tuple[str, ...]:
    """All of coffee, at least one of every country, and others up to the number of delegates."""
    there = {code[:2] for code in coffee}
    others = [code for code in codes if code not in coffee]
    random.shuffle(others)
    one_each = {code[:2]: code for code in others if code[:2] not in there}
    rest = [code for code in others if code not in one_each.values()]
    wanted = DELEGATES + DOUBLE - len(coffee) - len(one_each)
    return tuple(sorted([*coffee, *one_each.values(), *rest[:wanted]]))


def _doubles(coffee: list[str]) -> tuple[tuple[str, str], ...]:
    """In four countries the delegate of the first coffee organisation acts for the second as well."""
    pairs = []
    for country in ("GT", "HN", "PE", "CO")[:DOUBLE]:
        first, second, *_ = [code for code in coffee if code.startswith(country)]
        pairs.append((first, second))
    return tuple(pairs)


def _member(
    random: Random, names: Names, code: str, workers: set[str], second: set[str], lapsed: set[str], products: Iterable[str]
) -> Member:  # fmt: skip
    country = code[:2]
    _, language, zone, region = COUNTRIES[country]
    kind = OrganisationKind.WORKERS if code in workers else OrganisationKind.SPO
    if code in second:
        kind = OrganisationKind.SPO_SECOND_GRADE
    size = random.randint(900, 4200) if code in second else int(30 + 1200 * random.random() ** 3)
    national = next(place.code for place in COUNTRY_NETWORKS if country in place.countries)
    network_of = {place.code: product for place, product, *_ in PRODUCTS}
    own = (WORKERS.code,) if code in workers else tuple(products)
    return Member(
        code=code, name=names.organisation(kind, language), country=country, kind=kind, language=language, zone=zone,
        members=size, good_standing=code not in lapsed, networks=(national, region, *own),
        products=tuple(network_of[network] for network in products),
    )  # fmt: skip
