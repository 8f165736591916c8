"""The people of the journey, the files they bring, and how each acts in the words of their own language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from docx import Document
from sqlalchemy import select

from consultations.config import HOME
from consultations.engine.accounts import hashed
from consultations.extensions import db
from consultations.models.organisations import Network, NetworkKind
from consultations.models.people import Person
from tests.factories import people
from tests.journeys.clockwork import Clockwork
from tests.journeys.drivers import LAPTOP, PHONE, Driver
from workflows.roles import Role

PASSWORD = "a sentence of one's own is a good password"

# Everybody who holds an office: (name, role, body).
STAFF = {
    "operator": (Role.ADMIN, ""),
    "unit": (Role.UNIT, "UNIT"),
    "head": (Role.UNIT_HEAD, "UNIT"),
    "chair": (Role.CHAIR, "CECLAC"),
    "member": (Role.COMMISSION, "CECLAC"),
    "sceptic": (Role.COMMISSION, "CECLAC"),
    "secretary": (Role.SECRETARY, "CAFE"),
    "president": (Role.PRESIDENT, "CAFE"),
    "scrutineer": (Role.SCRUTINEER, "CAFE"),
    "auditor": (Role.AUDITOR, ""),
}
BODIES = {
    "UNIT": (NetworkKind.BODY, "Unidad de Estándares", "Standards Unit"),
    "CECLAC": (NetworkKind.BODY, "Comisión de Estándares", "Standards Commission"),
    "CAFE": (NetworkKind.PRODUCT, "Red de Café", "Coffee Network"),
}
# Delegates are made by the register's file; flor reads Spanish, valle acts for two organisations.
DELEGATES = {"flor": "es", "valle": "en", "sierra": "en", "puerto": "en"}
REGISTER = """code,name,country,kind,product_networks,good_standing,language,delegate_name,delegate_email
GT-1,Flor del Café,GT,spo,CAFE,yes,es,Delegate of Flor,flor@example.org
GT-2,Valle Alto,GT,spo,CAFE,yes,en,Delegate of Valle,valle@example.org
HN-1,Monte Verde,HN,spo_second_grade,CAFE,yes,en,Delegate of Valle,valle@example.org
HN-2,Sierra Clara,HN,workers,CAFE,yes,en,Delegate of Sierra,sierra@example.org
PE-1,Puerto Nuevo,PE,spo,CAFE,yes,en,Delegate of Puerto,puerto@example.org
"""
SPANISH = (
    "# 1 Gobierno",
    "## 1.1 Miembros",
    "1.1.1 La organización lleva una lista de sus miembros.",
    "1.1.2 La asamblea se reúne cada año.",
    "# 2 Ambiente",
    "## 2.1 Agua",
    "2.1.1 La organización protege las fuentes de agua.",
    "2.1.3 No se vierten aguas sin tratar.",
)
ENGLISH = (
    "# 1 Governance",
    "## 1.1 Members",
    "1.1.1 The organisation keeps a list of its members.",
    "1.1.2 The assembly meets every year.",
    "# 2 Environment",
    "## 2.1 Water",
    "2.1.1 The organisation protects the sources of water.",
    "2.1.3 No untreated water is discharged.",
)


class Someone:
    """Somebody at their device, who reads labels in their own language (the journey names them in English)."""

    def __init__(self, driver: Driver, language: str) -> None:
        self.driver, self.language = driver, language

    def go(self, path: str) -> None:
        """Open an address."""
        self.driver.go(path)

    def follow(self, link: str, **values: str) -> None:
        """Follow a link."""
        self.driver.follow(self.say(link, **values))

    def fill(self, label: str, value: str) -> None:
        """Write into a field."""
        self.driver.fill(self.say(label), value)

    def choose(self, label: str, **values: str) -> None:
        """Tick."""
        self.driver.choose(self.say(label, **values))

    def pick(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.driver.pick(self.say(label), self.say(option))

    def attach(self, label: str, file: Path, **values: str) -> None:
        """Choose a file."""
        self.driver.attach(self.say(label, **values), file)

    def unfold(self, summary: str) -> None:
        """Open what is folded."""
        self.driver.unfold(self.say(summary))

    def press(self, button: str, **values: str) -> None:
        """Press a button."""
        self.driver.press(self.say(button, **values))

    def press_twice(self, button: str, **values: str) -> None:
        """Press a button twice."""
        self.driver.press_twice(self.say(button, **values))

    def sees(self, *sentences: str, but_not: tuple[str, ...] = ()) -> None:
        """The page says all of these and none of those, in these words or in those of the reader's language."""
        page = self.driver.text().lower()
        found = [one for one in (*sentences, *but_not) if self._folded(one) in page]
        assert found == list(sentences), f"at {self.driver.address()}: {page[:4000]}"

    def offered(self, *words: str) -> list[str]:
        """Which of these links and buttons the page offers."""
        return [one for one in words if self.driver.offers(self.say(one))]

    def _folded(self, words: str) -> str:
        return " ".join(self.say(words).split()).lower()

    def say(self, words: str, **values: str) -> str:
        """English words in the person's language; what is in no catalogue (a name, a number) stays."""
        said = _catalogue(self.language).gettext(words)
        return said % {name: self.say(value) for name, value in values.items()} if values else said


@dataclass
class World:
    """Everybody with their device, and the application that they meet."""

    at_work: Clockwork
    device: Callable[[int], Driver]
    files: Path
    word: bool = False  # whether the English draft comes as a Word file
    known: dict[str, str] = field(default_factory=dict)  # addresses worth coming back to, by name
    _people: dict[str, Someone] = field(default_factory=dict)

    def by(self, name: str, acting_for: str = "") -> Someone:
        """This person, signed in through the sign-in page, at home; `acting_for`: the organisation they choose."""
        who = self._people[name] = self._people.get(name) or self._new(name)
        who.go("/home")
        if "/sign-in" in who.driver.address():
            who.driver.fill("E-mail address", f"{name}@example.org")
            who.driver.fill("Password", PASSWORD)
            who.driver.press("Sign in")
        if acting_for:
            who.go("/capacity")
            who.choose(acting_for)
            who.press("Continue")
        return who

    def public(self) -> Someone:
        """Somebody who has not signed in."""
        found = self._people["public"] = self._people.get("public") or Someone(self.device(PHONE), "en")
        return found

    def settle_in(self) -> None:
        """The bodies and who holds office in them; the organisations come with the register's file."""
        with self.at_work.app.app_context():
            for code, names in BODIES.items():
                _body(code, *names)
            db.session.commit()
        self.more(STAFF)

    def more(self, staff: dict[str, tuple[Role, str]]) -> None:
        """Further people who hold an office in a body."""
        with self.at_work.app.app_context():
            bodies = {row.code: row for row in db.session.scalars(select(Network))}
            for name, (role, body) in staff.items():
                holder = people.person(f"The {name}", email=f"{name}@example.org", language="en")
                people.mandate(role, by=holder, network=bodies.get(body))
                holder.password_hash = _kept()
            db.session.commit()

    def give_passwords(self) -> None:
        """Everybody whom the register named has set a password."""
        with self.at_work.app.app_context():
            for row in db.session.scalars(select(Person).where(Person.password_hash.is_(None))):
                row.password_hash = _kept()
            db.session.commit()

    def register(self) -> Path:
        """The register as a file."""
        return self._written("register.csv", REGISTER.encode())

    def spanish_draft(self) -> Path:
        """The draft in Markdown, with a gap in its numbers."""
        return self._written("borrador.md", "\n\n".join(SPANISH).encode())

    def english_draft(self) -> Path:
        """Its translation, as a Word file where the journey asks for it."""
        if not self.word:
            return self._written("draft.md", "\n\n".join(ENGLISH).encode())
        document = Document()
        for line in ENGLISH:
            marks, _, rest = line.partition(" ")
            document.add_heading(rest, len(marks)) if set(marks) == {"#"} else document.add_paragraph(line)
        path = self.files / "draft.docx"
        document.save(str(path))
        return path

    def analysis(self) -> Path:
        """A file that a delegate brings: the laboratory's figures."""
        return self._written("analisis.csv", b"fuente;cloro\nnorte;0,3\n")

    def _written(self, name: str, content: bytes) -> Path:
        path = self.files / name
        path.write_bytes(content)
        return path

    def _new(self, name: str) -> Someone:
        return Someone(self.device(PHONE if name in DELEGATES else LAPTOP), DELEGATES.get(name, "en"))


def _body(code: str, kind: NetworkKind, spanish: str, english: str) -> people.Network:
    row = people.network(kind, code=code)
    row.names = {"es": spanish, "en": english}
    return row


@cache
def _kept() -> str:
    """The hash of everybody's password: slow on purpose, so made once."""
    return hashed(PASSWORD)


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(HOME / "consultations" / "translations", [language])
