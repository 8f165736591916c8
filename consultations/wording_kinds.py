"""What each kind of dossier asks for, in words: the gates of workflows/dossier_kinds.py."""

from flask_babel import gettext, lazy_gettext, ngettext

from consultations.wording_rounds import FREEZERS
from workflows.dossier_kinds import KINDS, DossierKind, Gate, KindRules

GROUNDS = {
    DossierKind.LIMITED_REVIEW: lazy_gettext(
        "A reason is needed: why the review is limited to these clauses."
    ),
    DossierKind.URGENT: lazy_gettext("A reason is needed: why it cannot wait."),
    DossierKind.SUSPENSION: lazy_gettext("A reason is needed: why the requirement cannot be met for now."),
}


def gates_said(kind: str) -> tuple[str, ...]:
    """The gates of a kind, one sentence each, in the order in which a dossier meets them; none for an unknown kind."""
    if kind not in set(DossierKind):
        return ()
    known = DossierKind(kind)
    rules = KINDS[known]
    said = [
        gettext("The project profile is public before drafting begins.")
        if Gate.PROFILE in rules.gates
        else "",
        str(GROUNDS[known]) if rules.grounds else "",
        *_rounds(rules),
        gettext("The Commission approves the final text.") if Gate.COMMISSION in rules.gates else "",
        _frozen(rules),
        gettext("A network decides it, under its own rules.") if rules.network_alone else "",
        gettext("The position is sent, and the outside answer recorded.")
        if Gate.OUTSIDE in rules.gates
        else "",
    ]
    return tuple(filter(None, said))


def _rounds(rules: KindRules) -> tuple[str, str]:
    needed, first, later = rules.rounds_minimum, rules.days_of_round(1), rules.days_of_round(2)
    held = (
        ngettext("At least one round of consultation.", "At least %(num)d rounds of consultation.", needed)
        if needed
        else gettext("No round of consultation is needed.")
    )
    days = gettext("A round lasts at least %(days)s days.", days=first)
    if later != first:
        days = gettext(
            "The first round lasts at least %(days)s days, later ones %(later)s.", days=first, later=later
        )
    return held, days


def _frozen(rules: KindRules) -> str:
    if rules.frozen_by is None:
        return ""
    return gettext(
        "Without a round, the text is frozen by %(who)s, with a reason, and never by somebody who wrote it.",
        who=FREEZERS[rules.frozen_by],
    )  # fmt: skip
