"""A standard of two chapters, a round on it in any state, and comments in it; rows, not verbs, before the comments."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from consultations.actor import Actor
from consultations.engine import answers, comments
from consultations.extensions import db
from consultations.facts.texts import text_sha256
from consultations.models.base import Base
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import LateGrant, Question, RegisterEntry, Round
from consultations.models.standards import Node, NodeText, Standard, StandardVersion
from tests.factories import people
from workflows.dossier import DOSSIER
from workflows.roles import Role
from workflows.round import ROUND

OPENS = datetime(2026, 10, 1, 6, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 6, tzinfo=UTC)
DURING = datetime(2026, 11, 20, 12, tzinfo=UTC)
AFTER = datetime(2026, 12, 5, 12, tzinfo=UTC)
WORDS = {"type": "general", "stance": "for", "text": "Nos parece bien."}
REPLY = {"outcome": "accepted", "reason": "Mejora el texto.", "response": "Gracias, lo aceptamos."}
_numbers = count(1)


@dataclass(frozen=True)
class Scene:
    """An open round with its clauses, the organisations asked and one delegate of each."""

    round: Round
    clauses: tuple[Node, ...]  # the requirements
    organisations: tuple[Organisation, ...]
    delegates: tuple[Actor, ...]
    unit: Actor
    second: Actor
    head: Actor
    chair: Actor
    body: Network


def scene(
    *, organisations: int = 2, state: str = "open", requirements: int = 4, countries: str = "GT PE HN MX"
) -> Scene:
    """A round in `state` on a standard of two chapters."""
    codes = countries.split()
    asked = tuple(people.organisation(country=codes[n % len(codes)]) for n in range(organisations))
    clac, unit = people.network(name="Asamblea"), people.network(name="Unidad")
    ceclac = people.network(code=f"CECLAC-{next(_numbers)}", name="CECLAC")
    version, clauses = standard(requirements=requirements)
    round_ = consultation(version, clac, state=state)
    for organisation in asked:
        register(round_, organisation)
    return Scene(
        round_, clauses, asked, tuple(people.delegate(o) for o in asked), people.actor(Role.UNIT, network=unit),
        people.actor(Role.UNIT, network=unit), people.actor(Role.UNIT_HEAD, network=unit),
        people.actor(Role.CHAIR, network=ceclac), ceclac,
    )  # fmt: skip


def standard(*, requirements: int = 4, languages: str = "es en") -> tuple[StandardVersion, tuple[Node, ...]]:
    """A version with two chapters that share the requirements."""
    n = next(_numbers)
    titles = {"es": f"Criterio para el café {n}", "en": f"Coffee standard {n}"}
    made = _kept(Standard(code=f"S2-{n}", titles=titles))
    version = _kept(
        StandardVersion(
            standard_id=made.id, label="1.0", reference_language="es", imported_at=OPENS - timedelta(days=30)
        )
    )
    position, clauses = count(1), []
    for chapter in (1, 2):
        above = _node(version, next(position), "chapter", str(chapter), f"Capítulo {chapter}", languages)
        for item in range(1, (requirements + 2 - chapter) // 2 + 1):
            number = f"{chapter}.{item}"
            clauses.append(
                _node(version, next(position), "requirement", number, f"Requisito {number}", languages, above)
            )
    return version, tuple(clauses)


def consultation(version: StandardVersion, body: Network, *, state: str = "open", number: int = 1) -> Round:
    """A dossier in its round, and the round in `state`, from OPENS to CLOSES."""
    dossier = Dossier(
        code=f"D2-{next(_numbers)}", titles={"es": "Revisión del criterio", "en": "Review of the standard"},
        kind="revision", standard_id=version.standard_id, body_id=body.id, objectives={"es": "Mejorar."},
        created_at=OPENS, state="in_round", definition_version=DOSSIER.version, definition_sha256=DOSSIER.sha256,
    )  # fmt: skip
    _kept(dossier)
    return _kept(
        Round(
            dossier_id=dossier.id, version_id=version.id, number=number, zone="America/Managua", day_count="inclusive",
            objectives={"es": "Saber qué falta.", "en": "To learn what is missing."}, opens_at=OPENS, closes_at=CLOSES,
            first_closes_at=CLOSES, languages=["es", "en"], text_sha256=text_sha256(version.id), register_sha256="0" * 64,
            state=state, definition_version=ROUND.version, definition_sha256=ROUND.sha256,
        )
    )  # fmt: skip


def register(round_: Round, organisation: Organisation) -> RegisterEntry:
    """Put an organisation in the round's frozen register."""
    return _kept(
        RegisterEntry(
            round_id=round_.id,
            organisation_id=organisation.id,
            name=organisation.name,
            country=organisation.country,
            kind=organisation.kind,
            networks=[],
        )
    )


def late_grant(round_: Round, organisation: Organisation, until: datetime) -> LateGrant:
    """Let one organisation in until later."""
    return _kept(
        LateGrant(round_id=round_.id, organisation_id=organisation.id, until=until, reason="Huracán")
    )


def question(round_: Round, position: int, kind: str, options: tuple[str, ...] = ()) -> Question:
    """A question of the round in Spanish."""
    made = [{"es": option} for option in options]
    return _kept(
        Question(
            round_id=round_.id,
            position=position,
            kind=kind,
            texts={"es": f"Pregunta {position}"},
            options=made,
        )
    )


def comment(
    scene: Scene,
    who: int = 0,
    clause: int | None = 0,
    *,
    at: datetime = DURING,
    submit: bool = True,
    **more: object,
) -> Comment:
    """A comment by the delegate number `who` on requirement number `clause`."""
    given = {"visibility": "members", "language": "es", "client_uuid": str(uuid4()), **WORDS, **more}
    node_id = None if clause is None else scene.clauses[clause].id
    return comments.enter(scene.round.id, node_id, submit=submit, by=scene.delegates[who], at=at, **given)


def answering(scene: Scene) -> Scene:
    """The same round after closing, open for answers."""
    scene.round.state = "answering"
    db.session.flush()
    return scene


def answered(scene: Scene, made: Comment, *, at: datetime = AFTER, **more: object) -> Comment:
    """The comment with a decided answer."""
    answers.propose(made.id, **{**REPLY, **more}, decide=True, by=scene.unit, at=at)
    return made


def _node(
    version: StandardVersion,
    position: int,
    kind: str,
    number: str,
    heading: str,
    languages: str,
    above: Node | None = None,
) -> Node:
    node = _kept(
        Node(
            version_id=version.id, stable_id=f"n{position}", parent_id=above.id if above else None, position=position,
            depth=2 if above else 1, kind=kind, number=number,
        )
    )  # fmt: skip
    for language in languages.split():
        words = {
            "heading": f"{heading} ({language})",
            "text": f"Texto de {number} ({language})." if above else "",
            "guidance": "",
        }
        _kept(NodeText(node_id=node.id, language=language, **words))
    return node


def _kept(row: Base) -> Base:
    db.session.add(row)
    db.session.flush()
    return row
