"""The look, held to its promises: escaping, labels, aria, no style, no script."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace as Page

import pytest
import wtforms
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Optional

from consultations.forms.offered import offered

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script>\"'"


def translate(message: str, **names: object) -> str:
    return message % names if names else message


@pytest.fixture(name="jinja")
def _jinja() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    jinja.install_gettext_callables(translate, lambda one, many, n: one if n == 1 else many, newstyle=True)  # type: ignore[attr-defined]
    jinja.globals.update(
        url_for=lambda endpoint, **values: f"/{endpoint}/{values.get('filename', '')}",
        csrf_token=lambda: "token",
        get_flashed_messages=lambda **_: [("done", "Saved."), ("error", EVIL)],
    )
    return jinja


class Ballot(wtforms.Form):
    title = wtforms.StringField("Title", [InputRequired("Write a title")], description="As members read it.")
    choice = wtforms.RadioField(
        "Your vote", [InputRequired("Choose one")], choices=offered({"yes": "For", "no": "Against"})
    )
    rule = wtforms.SelectField("Rule", choices=offered({"a": "Two thirds"}))
    text = wtforms.TextAreaField("Comment", [Optional()])
    read = wtforms.BooleanField("I have read the text")
    file = wtforms.FileField("Document")
    token = wtforms.HiddenField()


def macro(jinja: Environment, file: str, name: str) -> object:
    return getattr(jinja.get_template(f"_macros/{file}.html").module, name)


def faulty() -> Ballot:
    form = Ballot(MultiDict({"rule": "a"}))
    assert not form.validate()
    return form


THRESHOLD = {
    "title": "Two thirds", "sentence": "98 were needed; 102 came.", "passes": True, "base": 147, "needed": 98,
    "threshold_label": "two thirds: 98", "segments": [("For", 102, "yes"), ("Against", 45, "no")],
}  # fmt: skip
GROUPS = {
    "title": "Cantons", "sentence": "11.5 were needed.", "passes": False, "base": 5, "needed": 3,
    "threshold_label": "more than half", "groups": [
        {"name": "Uri", "passes": False, "weight": 2}, {"name": "Obwalden", "passes": True, "weight": 1},
        {"name": "Zug", "passes": False, "weight": 2}],
}  # fmt: skip
BARS = {"title": "By country", "rows": [
    {"name": "Peru", "value": 96, "total": 260, "text": "96 of 260", "url": "/pe"},
    {"name": "Haiti", "value": 0, "total": 13, "text": "0 of 13"}]}  # fmt: skip
SIDES = {"title": "Agreement", "rows": [{"name": "3.2.1", "against": 30, "neutral": 4, "favour": 10}]}
PROCESS = {
    "title": "Path", "states": [{"label": "Draft", "state": "past"}, {"label": "Open", "state": "now"}],
    "moves": [(0, 1, "open"), (1, 0, "return")],
}  # fmt: skip


def everything(jinja: Environment) -> Iterator[str]:
    """Each macro once, with hostile words wherever words go."""
    form = faulty()
    for field in form:
        yield macro(jinja, "forms", "field")(field, hint=EVIL, label=EVIL, hints={"yes": EVIL})
    yield macro(jinja, "forms", "error_summary")(form, [EVIL, (EVIL, "title")])
    yield macro(jinja, "forms", "submit")(EVIL, quiet=True, name="a", value=EVIL)
    yield macro(jinja, "forms", "button_form")(EVIL, EVIL, EVIL, fields={EVIL: EVIL}, about=EVIL)
    yield macro(jinja, "status", "tag")(EVIL, "late")
    yield macro(jinja, "status", "outcome")(EVIL, "off", EVIL)
    task = {"tag": EVIL, "title": EVIL, "detail": EVIL, "url": EVIL, "button": EVIL}
    yield macro(jinja, "tasks", "task_list")([task])
    yield macro(jinja, "tasks", "empty")(EVIL, EVIL, EVIL)
    yield macro(jinja, "steps", "steps")([{"label": EVIL, "date": EVIL, "who": EVIL, "state": "now"}], EVIL)
    yield macro(jinja, "tables", "table")(EVIL, [EVIL, EVIL], [[EVIL, EVIL]])
    yield macro(jinja, "tables", "table")(EVIL, [EVIL, EVIL], [[EVIL, EVIL]], wide=True)
    yield macro(jinja, "tables", "facts")([(EVIL, EVIL), (EVIL, EVIL, EVIL, EVIL)])
    yield macro(jinja, "dates", "when")({"iso": EVIL, "relative": EVIL, "absolute": EVIL})
    yield macro(jinja, "confirm", "confirm")(EVIL, [EVIL], EVIL, EVIL, EVIL, EVIL, {EVIL: EVIL}, EVIL, True)
    yield macro(jinja, "refusals", "refusals")([{"sentence": EVIL, "remedy": EVIL}], EVIL)
    words = {"title": EVIL, "sentence": EVIL, "threshold_label": EVIL}
    yield macro(jinja, "figures", "threshold")({**THRESHOLD, **words, "segments": [(EVIL, 102, "yes", EVIL)]})
    yield macro(jinja, "figures", "group_grid")(
        {**GROUPS, **words, "groups": [{"name": EVIL, "passes": True, "text": EVIL}]}
    )
    row = {"name": EVIL, "value": 1, "total": 2, "text": EVIL, "url": EVIL}
    yield macro(jinja, "figures", "bars")({**words, "rows": [row]})
    yield macro(jinja, "figures", "diverging")(
        {**words, "rows": [{"name": EVIL, "against": 1, "neutral": 0, "favour": 0, "url": EVIL}]}
    )
    yield macro(jinja, "figures", "process")(
        {**words, "states": [{"label": EVIL, "state": "now", "text": EVIL}], "moves": [(0, 0, EVIL)]}
    )
    yield jinja.get_template("error.html").render(code=403, title=EVIL, explanation=EVIL, back=EVIL)


def test_every_macro_escapes_and_carries_no_script_or_style(jinja: Environment) -> None:
    rendered = list(everything(jinja))
    assert len(rendered) == 27
    for html in rendered:
        assert "&lt;script&gt;" in html or 'type="hidden"' in html
        assert re.findall(r"<script|<style|\sstyle=|\son\w+=|javascript:", html) == []


@pytest.mark.parametrize("name", ["title", "rule", "text", "read", "file"])
def test_every_control_has_its_label(jinja: Environment, name: str) -> None:
    html = macro(jinja, "forms", "field")(Ballot()[name])
    assert re.findall(r'<label (?:class="choice" )?for="(\w+)"', html) == [name]
    assert re.findall(r'<(?:input|select|textarea)[^>]* id="(\w+)"', html) == [name]


def test_a_group_is_a_fieldset_with_a_legend_and_nothing_chosen(jinja: Environment) -> None:
    html = macro(jinja, "forms", "field")(Ballot().choice, hints={"no": "It stays."})
    assert "<legend>Your vote</legend>" in html
    assert re.findall(r'for="([\w-]+)"', html) == ["choice-0", "choice-1"]
    assert "checked" not in html
    assert "Against<small>It stays.</small>" in html


def test_an_error_is_tied_to_its_field_and_to_the_summary(jinja: Environment) -> None:
    form = faulty()
    title = macro(jinja, "forms", "field")(form.title)
    assert 'aria-describedby="title-hint title-error"' in title
    assert 'aria-invalid="true"' in title
    assert '<div id="title-error"><p class="error">Write a title</p></div>' in title
    summary = macro(jinja, "forms", "error_summary")(form, ["No members", ("Too short", "text")])
    assert 'role="alert"' in summary
    assert re.findall(r"<li>(.*?)</li>", summary) == [
        '<a href="#title">Write a title</a>',
        '<a href="#choice-0">Choose one</a>',
        "No members",
        '<a href="#text">Too short</a>',
    ]


class Round(wtforms.Form):
    ballot = wtforms.FormField(Ballot)
    names = wtforms.FieldList(wtforms.StringField("Name", [InputRequired("Write a name")]), min_entries=2)


def test_errors_of_nested_fields_are_summed_up_one_by_one(jinja: Environment) -> None:
    form = Round(MultiDict({"ballot-title": "T", "ballot-rule": "a", "names-0": "Ana", "names-1": ""}))
    assert not form.validate()
    summary = macro(jinja, "forms", "error_summary")(form)
    assert re.findall(r"<li>(.*?)</li>", summary) == [
        '<a href="#ballot-choice-0">Choose one</a>',
        '<a href="#names-1">Write a name</a>',
    ]


def test_without_errors_there_is_no_summary_and_no_mark(jinja: Environment) -> None:
    assert macro(jinja, "forms", "error_summary")(Ballot()).strip() == ""
    assert "aria-invalid" not in macro(jinja, "forms", "field")(Ballot().title)


def test_optional_fields_say_so_and_hidden_ones_say_nothing(jinja: Environment) -> None:
    assert "<small>(optional)</small>" in macro(jinja, "forms", "field")(Ballot().text)
    assert "<label" not in macro(jinja, "forms", "field")(Ballot().token)


def test_one_button_form_posts_with_its_token(jinja: Environment) -> None:
    html = macro(jinja, "forms", "button_form")("/open", "Open", "abc", about="Coffee")
    assert html.startswith(
        '<form method="post" action="/open"><input type="hidden" name="csrf_token" value="abc">'
    )
    assert 'Open<span class="vh">: Coffee</span></button>' in html


def test_only_the_present_step_is_current(jinja: Environment) -> None:
    states = [{"label": x, "state": x} for x in ("past", "now", "next")]
    html = macro(jinja, "steps", "steps")(states)
    assert re.findall(r'<li class="(\w+)"( aria-current="step")?>', html) == [
        ("past", ""), ("now", ' aria-current="step"'), ("next", ""),
    ]  # fmt: skip


def test_a_table_names_rows_and_keeps_heads_for_cards(jinja: Environment) -> None:
    html = macro(jinja, "tables", "table")("Votes", ["Country", "For"], [["Peru", Markup("<b>3</b>")]], [1])
    assert '<th scope="row">Peru</th><td class="n" data-h="For"><b>3</b></td>' in html
    wide = macro(jinja, "tables", "table")("Votes", ["Country"], [], wide=True)
    assert wide.startswith('<div class="scroll" role="region" tabindex="0" aria-label="Votes">')


def test_the_threshold_is_drawn_where_it_lies(jinja: Environment) -> None:
    html = macro(jinja, "figures", "threshold")(THRESHOLD)
    assert re.findall(r'<rect x="([\d.]+%)" y="8" width="([\d.]+%)"[^>]*class="gap (\w+)"', html) == [
        ("0%", "69.3%", "yes"), ("69.3%", "30.6%", "no"),
    ]  # fmt: skip
    assert '<line x1="66.6%" x2="66.6%" y2="50" class="rule"/>' in html
    assert 'role="img"' in html
    assert "<desc>98 were needed; 102 came.</desc>" in html
    assert '<tr><th scope="row">For</th><td class="n">102</td></tr>' in html
    assert '<span class="tag done">Reached</span>' in html


def test_a_threshold_over_nobody_still_draws(jinja: Environment) -> None:
    html = macro(jinja, "figures", "threshold")({**THRESHOLD, "base": 0, "needed": 0, "segments": []})
    assert '<line x1="0%"' in html


def test_groups_that_passed_come_first_and_halves_are_half_as_wide(jinja: Environment) -> None:
    html = macro(jinja, "figures", "group_grid")(GROUPS)
    assert re.findall(r'width="([\d.]+%)" height="34" rx="5" class="gap (\w+)"><title>(\w+)', html) == [
        ("20%", "yes", "Obwalden"), ("40%", "track", "Uri"), ("40%", "track", "Zug"),
    ]  # fmt: skip
    assert '<line x1="60%"' in html


def test_a_group_without_votes_has_its_own_word_and_shape_and_comes_last(jinja: Environment) -> None:
    silent = {"name": "Bern", "passes": False, "silent": True}
    html = macro(jinja, "figures", "group_grid")({**GROUPS, "groups": [silent, *GROUPS["groups"]]})
    drawn = re.findall(r'height="(\d+)" rx="5" class="([\w ]+)"><title>(\w+)', html)
    assert drawn == [
        ("34", "gap yes", "Obwalden"), ("34", "gap track", "Uri"), ("34", "gap track", "Zug"), ("14", "box", "Bern"),
    ]  # fmt: skip
    assert re.findall(r"</svg>((?:Reached|Not reached|No votes): [^<]*)<", html) == [
        "Reached: Obwalden", "Not reached: Uri, Zug", "No votes: Bern",
    ]  # fmt: skip
    assert html.count('<span class="tag wait">No votes</span>') == 1


def test_bars_are_their_own_table(jinja: Environment) -> None:
    html = macro(jinja, "figures", "bars")(BARS)
    assert re.findall(r'<rect width="([\d.]+%)"[^>]*class="(\w+)"', html) == [
        ("100%", "track"), ("36.9%", "yes"), ("5%", "track"),
    ]  # fmt: skip
    assert '<th scope="row"><a href="/pe">Peru</a></th>' in html
    assert '<td class="n">96 of 260</td>' in html


def test_bars_of_no_rows_say_nothing_wrong(jinja: Environment) -> None:
    assert "<rect" not in macro(jinja, "figures", "bars")({"title": "By country", "rows": []})
    assert (
        "<rect"
        not in macro(jinja, "figures", "diverging")({"title": "By clause", "rows": []}).split("<tbody>")[1]
    )


def test_disagreement_grows_to_the_left_of_the_middle(jinja: Environment) -> None:
    html = macro(jinja, "figures", "diverging")(SIDES)
    assert re.findall(r'<rect x="([\d.]+%)" y="2" width="([\d.]+%)"[^>]*class="(\w+)"', html) == [
        ("0%", "50%", "no"), ("50%", "16.6%", "yes"),
    ]  # fmt: skip


def test_the_process_marks_the_present_state_and_lists_its_moves(jinja: Environment) -> None:
    html = macro(jinja, "figures", "process")(PROCESS)
    assert re.findall(r'class="box (\w+)"', html) == ["past", "now"]
    assert "● Open" in html
    assert "return → Draft" in html


def frame(jinja: Environment, **context: object) -> str:
    jinja.undefined = StrictUndefined
    base = {
        "lang": "es", "dir": "ltr", "me": None, "nav": [], "languages": [], "settings_help_email": "help@example.org",
    }  # fmt: skip
    return jinja.get_template("base.html").render(**{**base, **context})


def test_the_frame_says_for_whom_one_acts_and_signs_out_by_post(jinja: Environment) -> None:
    me = Page(name="Ana", acting_line="You act for Flor & Valle as delegate", can_switch=True, home_url="/me")
    html = frame(jinja, me=me, nav=[Page(label="Votes", url="/v", current=True)])
    assert "<b>Ana</b> · You act for Flor &amp; Valle as delegate" in html
    assert (
        '<form method="post" action="/account.sign_out/"><input type="hidden" name="csrf_token" value="token">'
        in html
    )
    assert '<a href="/v" aria-current="page">Votes</a>' in html
    assert 'role="alert"><p>&lt;script&gt;' in html
    assert "account.sign_in" not in html


def test_the_frame_of_a_visitor_offers_signing_in_and_other_languages(jinja: Environment) -> None:
    tongues = [Page(code=c, name=c, url=f"/{c}", current=c == "es") for c in ("es", "pt")]
    html = frame(jinja, languages=tongues)
    assert html.startswith('<!doctype html>\n<html lang="es" dir="ltr">')
    assert re.findall(r'hreflang="(\w+)"', html) == ["pt"]
    assert re.findall(r"account\.\w+", html) == ["account.sign_in"]
    assert re.findall(r"<(?:link|script|img)[^>]*(?:href|src)=\"([^\"]+)", html) == [
        "/static/plenaria.css",
        "/static/icon.svg",
    ]


def test_a_page_with_errors_says_so_in_its_title(jinja: Environment) -> None:
    assert "<title>Error: Consultations and votes · Plenaria</title>" in frame(jinja, form=faulty())


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500])
def test_no_error_page_is_a_dead_end(jinja: Environment, code: int) -> None:
    html = jinja.get_template("error.html").render(code=code)
    assert html.count("<h1>") == 1
    assert f'<p class="kicker">Error {code}</p>' in html
    assert '<a class="btn" href="/public.home/">' in html
