"""Every workflow by its name."""

from workflows.assembly import ASSEMBLY
from workflows.comment import COMMENT
from workflows.dossier import DOSSIER
from workflows.machine import Workflow
from workflows.petition import PETITION
from workflows.review import REVIEW
from workflows.round import ROUND
from workflows.vote import VOTE

WORKFLOWS: dict[str, Workflow] = {
    workflow.name: workflow for workflow in (DOSSIER, ROUND, REVIEW, COMMENT, ASSEMBLY, VOTE, PETITION)
}
