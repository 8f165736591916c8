"""The rules of bodies, for everybody: their books, each version in words, and what it would decide."""

from flask import Response, abort, g, render_template, request

from consultations.auth import actor, everyone
from consultations.extensions import limiter
from consultations.forms.rule_books import TrialForm
from consultations.queries import bodies, rule_books, rule_trials
from consultations.queries.rule_books import RulePage
from consultations.views.public import pages
from consultations.views.rule_words import dress
from workflows.canonical import canonical_json
from workflows.rule_book import RuleKind

dress(pages)


@pages.get("/rules")
@everyone
def rule_bodies() -> str:
    """The bodies that vote, each with its assemblies, its resolutions and its rule book."""
    return render_template("public/rule_bodies.html", bodies=bodies.voting())


@pages.get("/rules/bodies/<int:body_id>")
@everyone
def rule_book(body_id: int) -> str:
    """The book of one body: versions by kind, and which votes used them."""
    book = rule_books.book(body_id, by=actor(), at=g.at) or abort(404)
    return render_template("public/rule_book.html", book=book)


@pages.get("/rules/<int:version_id>")
@everyone
def rule(version_id: int) -> str:
    """One version: what it says in words, where it is from, from when to when, and which votes used it."""
    return render_template("public/rule.html", page=_page(version_id))


@pages.get("/rules/<int:version_id>/rule.json")
@everyone
def rule_file(version_id: int) -> Response:
    """What is hashed, byte for byte."""
    page = _page(version_id)
    name = f"{page.line.key}-{page.line.version}.json"
    return Response(
        canonical_json(page.content), content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@pages.get("/rules/<int:version_id>/trial")
@limiter.limit("120 per 15 minutes")
@everyone
def rule_trial(version_id: int) -> str | tuple[str, int]:
    """A decision rule tried on the members of its body, or on so many electors as asked."""
    page = _page(version_id)
    if page.line.kind != RuleKind.DECISION:
        abort(404)
    form = TrialForm(request.args)
    if request.args and not (form.validate() and form.on_ladder(page.calls)):
        return render_template("public/rule_trial.html", page=page, form=form, trial=None), 422
    size, call = form.size.data, form.call.data or 1
    made = rule_trials.trial(page.body_id, page.content, size=size, call=call, at=g.at)
    return render_template("public/rule_trial.html", page=page, form=form, trial=made)


def _page(version_id: int) -> RulePage:
    return rule_books.page(version_id, by=actor(), at=g.at) or abort(404)
