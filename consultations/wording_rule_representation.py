"""A rule of representation in sentences, in the reader's language."""

from collections.abc import Iterator

from flask_babel import gettext, ngettext

from consultations.wording_assembly_rules import PRESENCES, SCOPES, TAKE_BACKS
from consultations.wording_spans import span
from workflows.exact import exact_text
from workflows.representation_rules import OPENING, ProxyRule, RepresentationRule


def sentences(rule: RepresentationRule) -> list[str]:
    """What the rule says, a sentence each: who votes, and what is said of proxies."""
    return [_voter(rule), *_proxies(rule.proxies)]


def _voter(rule: RepresentationRule) -> str:
    if not rule.delegate:
        return gettext("Members are persons and vote themselves.")
    if not rule.alternates:
        return gettext("An organisation votes by its delegate; there are no alternates.")
    return ngettext(
        "An organisation votes by its delegate, or by an alternate who is there.",
        "An organisation votes by its delegate, or by the first of %(num)s alternates who is there.",
        rule.alternates,
    )


def _proxies(rule: ProxyRule) -> Iterator[str]:
    if not rule.allowed:
        yield gettext("Nobody votes by proxy.")
        return
    scope = ", ".join(str(SCOPES[word]) for word in rule.scope)
    yield gettext("An organisation may let another one of the roll vote for it: %(scope)s.", scope=scope)
    yield from _bounds(rule)
    yield (
        gettext("A signed document is needed.")
        if rule.instrument
        else gettext("No signed document is needed.")
    )
    yield (
        gettext("A proxy is given until the vote, or the assembly, opens.")
        if rule.deadline == OPENING
        else gettext("A proxy is given at least %(span)s before the beginning.", span=span(rule.deadline))
    )
    yield gettext("It may be taken back: %(when)s.", when=TAKE_BACKS[rule.take_back_until])
    yield gettext("If the organisation that gave it comes: %(what)s.", what=PRESENCES[rule.presence])


def _bounds(rule: ProxyRule) -> Iterator[str]:
    if rule.per_holder is not None:
        yield ngettext(
            "One organisation holds at most one.", "One organisation holds at most %(num)s.", rule.per_holder
        )
    if rule.share is not None:
        part = exact_text(rule.share)
        yield (
            gettext(
                "One organisation votes with at most %(part)s of the weight of the roll, its own included.",
                part=part,
            )
            if rule.own_weight
            else gettext(
                "One organisation holds proxies for at most %(part)s of the weight of the roll.", part=part
            )
        )
    if rule.per_holder is None and rule.share is None:
        yield gettext("One organisation may hold any number.")
    if rule.same_country:
        yield gettext("Both are of one country.")
