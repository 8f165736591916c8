"""Every workflow by its name."""

from workflows.assembly import ASSEMBLY
from workflows.comment import COMMENT
from workflows.dossier import DOSSIER
from workflows.item import ITEM
from workflows.machine import Workflow
from workflows.petition import PETITION
from workflows.review import REVIEW
from workflows.round import ROUND
from workflows.rule_book import RULE_BOOK
from workflows.sheet import SHEET
from workflows.vote import VOTE

WORKFLOWS: dict[str, Workflow] = {
    workflow.name: workflow
    for workflow in (DOSSIER, ROUND, REVIEW, COMMENT, ASSEMBLY, ITEM, VOTE, SHEET, PETITION, RULE_BOOK)
}
