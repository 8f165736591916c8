"""Check-in codes: who somebody is and for whom they come, under the house's signature. They sign nobody in.

A code names an assembly, a line of its roll and a person, and is good for that alone: the door still asks whether that
person's mandate runs. The token goes into a QR code; the short code is the beginning of the same signature, to be typed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters that nobody confuses: five bits each
LENGTH, BITS = 8, 5
HALF = LENGTH // 2


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Whom a code is for: an assembly, a line of its roll, a person (all by their rows' ids)."""

    assembly_id: int
    elector_id: int
    person_id: int

    @property
    def words(self) -> str:
        """What is signed."""
        return f"{self.assembly_id}.{self.elector_id}.{self.person_id}"


def token_of(of: CheckIn, secret: str) -> str:
    """The signed token: "12.345.678.…"."""
    return _signer(secret).sign(of.words).decode()


def short_of(of: CheckIn, secret: str) -> str:
    """The code to be typed: "K7QF-2MXA", 40 bits."""
    digest = hashlib.sha256(_signer(secret).get_signature(of.words)).digest()
    bits = int.from_bytes(digest[: LENGTH * BITS // 8])
    letters = "".join(ALPHABET[bits >> BITS * n & 31] for n in reversed(range(LENGTH)))
    return f"{letters[:HALF]}-{letters[HALF:]}"


def read(token: str, secret: str) -> CheckIn | None:
    """Whom a token is for; None where it is not ours."""
    try:
        assembly_id, elector_id, person_id = _signer(secret).unsign(token).decode().split(".")
        return CheckIn(int(assembly_id), int(elector_id), int(person_id))
    except (BadSignature, UnicodeError, ValueError):
        return None


def found(typed: str, among: Iterable[CheckIn], secret: str) -> CheckIn | None:
    """Whose short code was typed, with or without its dash, in small letters or capitals; None where it is nobody's."""
    wanted = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if len(wanted) != LENGTH:
        return None
    return next((one for one in among if short_of(one, secret).replace("-", "") == wanted), None)


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="assembly.door", digest_method=hashlib.sha256)
