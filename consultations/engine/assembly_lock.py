"""The lock that every act of an assembly's officers begins with."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine.officers import check_office
from consultations.engine.work import locked
from consultations.models.assemblies import Assembly


def led(assembly_id: int, by: Actor, at: datetime) -> Assembly:
    """The assembly under an exclusive lock, for one who holds an office in its body. Raises NotFound, Refused."""
    assembly = locked(Assembly, assembly_id)
    check_office(assembly.body_id, by=by, at=at)
    return assembly
