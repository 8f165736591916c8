"""Words for drafts: kinds of clauses and of requirements, how fresh a translation is, what became of a clause."""

from flask_babel import lazy_gettext

KINDS = {
    "chapter": lazy_gettext("Chapter"),
    "section": lazy_gettext("Section"),
    "requirement": lazy_gettext("Requirement"),
    "annex": lazy_gettext("Annex"),
    "definition": lazy_gettext("Definition"),
}
REQUIREMENT_KINDS = {
    "core": lazy_gettext("Core"),
    "development": lazy_gettext("Development"),
    "progress": lazy_gettext("Progress"),
}
COHORTS = {
    "before": lazy_gettext("Certified before the publication"),
    "after": lazy_gettext("Certified after the publication"),
}
STATES = {
    "reference": lazy_gettext("reference language"),
    "fresh": lazy_gettext("up to date"),
    "stale": lazy_gettext("out of date: the reference text has changed"),
    "unknown": lazy_gettext("not confirmed as up to date"),
    "missing": lazy_gettext("not translated"),
}
STATE_TAGS = {"fresh": "done", "stale": "late", "unknown": "wait", "missing": "off", "reference": "open"}
CHANGES = {
    "same": lazy_gettext("Same"),
    "reworded": lazy_gettext("Reworded"),
    "renumbered": lazy_gettext("Renumbered or moved"),
    "split": lazy_gettext("Split"),
    "merged": lazy_gettext("Merged"),
    "added": lazy_gettext("Added"),
    "deleted": lazy_gettext("Deleted"),
}
CHANGE_TAGS = {"same": "wait", "reworded": "open", "renumbered": "open", "split": "open", "merged": "open", "added": "done", "deleted": "off"}  # fmt: skip
FILTERS = {"changed": lazy_gettext("All changes"), **CHANGES, "all": lazy_gettext("Every clause")}
EVIDENCE = {
    "person": lazy_gettext("by the clause map"),
    "stable_id": lazy_gettext("by its lasting id"),
    "words": lazy_gettext("by its words"),
}
TERMS = {
    "kind": lazy_gettext("Kind of clause"),
    "requirement_kind": lazy_gettext("Kind of requirement"),
    "years": lazy_gettext("From year"),
    "applies_to": lazy_gettext("Applies to"),
}


def term(name: str, value: str) -> str:
    """What holds of a clause beside its words, as people read it; a dash for nothing."""
    words = {"kind": KINDS, "requirement_kind": REQUIREMENT_KINDS}.get(name, {})
    return str(words.get(value, value)) or "–"
