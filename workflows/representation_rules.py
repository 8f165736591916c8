"""The rule of representation: who may vote for an organisation, as versioned, hashed data (decision-rules.md).

    {"id": "…", "version": 1, "title": {"es": "…"}, "cites": "Estatutos, art. 24",
     "delegate": true, "alternates": 2,
     "proxies": {"allowed": true, "per_holder": 2, "share": "1/10", "own_weight": false, "same_country": true,
                 "scope": ["assembly", "item"], "instrument": true, "deadline": "PT24H",
                 "take_back_until": "closing", "presence": "suspends"}}

`delegate` false: electors are persons, who attend themselves and need no mandate. `share` is of the weight of the whole
roll; `own_weight` says whether the holder's own weight counts towards it. `deadline` is how long before the start
(ISO 8601) a proxy must be given at the latest (to the instant is in time), or "opening": until the vote, or the assembly, is opened.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from workflows.canonical import read_json
from workflows.faults import InputRefusedError, shown
from workflows.json_fields import Faults
from workflows.rule_headings import OPTIONAL, REQUIRED, Heading, heading_of
from workflows.rules import DURATION

Scope = Literal["assembly", "item"]
TakeBack = Literal["closing", "opening"]
Presence = Literal["suspends", "withdraws"]

SCOPES = ("assembly", "item")
TAKE_BACKS = ("closing", "opening")
PRESENCES = ("suspends", "withdraws")
OPENING = "opening"

_PROXY_KEYS = ("per_holder", "share", "same_country", "scope", "instrument", "deadline", "take_back_until")
_PROXY_OPTIONAL = ("own_weight", "presence")
_CONDITIONS = ("per_holder", "share", "own_weight", "same_country", "instrument")


@dataclass(frozen=True, slots=True)
class ProxyRule:
    """What a body says about proxies. None: no bound.

    `own_weight` is false unless the statutes say otherwise: a cap on what one may receive does not take one's own vote
    away (so Spain's Ley 27/1999 de Cooperativas, art. 27.1, counts the members whom one represents). `presence` is
    "suspends" unless they say otherwise: whoever gave a proxy and comes may vote all the same, and the proxy is in force
    again when they leave (Companies (Model Articles) Regulations 2008, Schedule 1, art. 46(1)); "withdraws" ends it for
    good with the first arrival after it was given.
    """

    allowed: bool = False
    per_holder: int | None = None
    share: Fraction | None = None
    own_weight: bool = False
    same_country: bool = False
    scope: tuple[Scope, ...] = ()
    instrument: bool = False
    deadline: str = OPENING
    take_back_until: TakeBack = "closing"
    presence: Presence = "suspends"


@dataclass(frozen=True, slots=True)
class RepresentationRule:
    """By whom an elector votes: its delegate, the first of so many alternates who is present, or a holder."""

    heading: Heading
    delegate: bool
    alternates: int
    proxies: ProxyRule

    @property
    def sha256(self) -> str:
        """The hash of the rule as it was given."""
        return self.heading.sha256


def read_representation(data: bytes | str, name: str = "rule") -> RepresentationRule:
    """Read a rule of representation from JSON in UTF-8. Raises InputRefusedError with every fault."""
    value, faults = read_json(data, name)
    return representation_from(value, name, faults)


def representation_from(
    value: object, name: str = "rule", noted: list[str] | None = None
) -> RepresentationRule:
    """Make a rule of parsed JSON. `noted` are faults found before, listed first. Raises InputRefusedError."""
    faults = Faults(list(noted or ()))
    content = faults.fields(value, name, (*REQUIRED, "delegate", "alternates", "proxies"), OPTIONAL)
    made = RepresentationRule(
        heading=heading_of(content, name, faults),
        delegate=faults.flag(content, "delegate", name),
        alternates=faults.whole(content["alternates"], f"{name}.alternates")
        if "alternates" in content
        else 0,
        proxies=_proxies(content["proxies"], f"{name}.proxies", faults)
        if "proxies" in content
        else ProxyRule(),
    )
    if not made.delegate and made.alternates:
        faults.add(f"{name}.alternates", "without delegates there are no alternates; write 0")
    if faults.found:
        raise InputRefusedError(faults.found)
    return made


def _proxies(value: object, path: str, faults: Faults) -> ProxyRule:
    if isinstance(value, dict) and value.get("allowed") is False:
        return _forbidden(value, path, faults)
    content = faults.fields(value, path, ("allowed", *_PROXY_KEYS), _PROXY_OPTIONAL)
    if not content:
        return ProxyRule()
    if content.get("own_weight") is True and content.get("share") is None:
        faults.add(f"{path}.own_weight", "has no effect without a share; leave it out")
    return ProxyRule(
        allowed=faults.flag(content, "allowed", path),
        per_holder=_bound(content.get("per_holder"), f"{path}.per_holder", faults),
        share=_share(content.get("share"), f"{path}.share", faults),
        own_weight=faults.flag(content, "own_weight", path),
        same_country=faults.flag(content, "same_country", path),
        scope=_scope(content, path, faults),
        instrument=faults.flag(content, "instrument", path),
        deadline=_deadline(content, path, faults),
        take_back_until=cast(TakeBack, faults.word(content, "take_back_until", path, TAKE_BACKS)),
        presence=cast(Presence, faults.word(content, "presence", path, PRESENCES)),
    )


def _forbidden(value: dict[str, object], path: str, faults: Faults) -> ProxyRule:
    """Where proxies are not allowed nothing is asked of them: a condition without effect would mislead."""
    faults.fields(value, path, ("allowed",), (*_PROXY_KEYS, *_PROXY_OPTIONAL))
    for key in _CONDITIONS:
        if value.get(key) not in (None, False):
            faults.add(f"{path}.{key}", "has no effect where proxies are not allowed; leave it out")
    return ProxyRule()


def _bound(value: object, path: str, faults: Faults) -> int | None:
    return None if value is None else faults.integer(value, path)


def _share(value: object, path: str, faults: Faults) -> Fraction | None:
    share = None if value is None else faults.number(value, path)
    if share is not None and not 0 < share <= 1:
        faults.add(path, f"{shown(value)} is outside 0..1; write null for no bound")
    return share


def _scope(content: dict[str, object], path: str, faults: Faults) -> tuple[Scope, ...]:
    if "scope" not in content:
        return ()
    given = faults.items(content["scope"], f"{path}.scope")
    if content["scope"] == []:
        faults.add(f"{path}.scope", "names no scope, so that no proxy could be given")
    words = [faults.one_of(word, f"{path}.scope[{n}]", SCOPES) for n, word in enumerate(given)]
    return tuple(cast(Scope, word) for word in SCOPES if word in words)


def _deadline(content: dict[str, object], path: str, faults: Faults) -> str:
    if "deadline" not in content:
        return OPENING
    text = faults.text(content["deadline"], f"{path}.deadline")
    if text and text != OPENING and not DURATION.fullmatch(text):
        faults.add(
            f"{path}.deadline", f'{shown(text)} is neither "opening" nor a duration such as PT24H or P2D'
        )
    return text or OPENING
