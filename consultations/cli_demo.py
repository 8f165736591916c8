"""`plenaria demo`: load the demonstration, start it over, and list its accounts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from consultations import clock
from consultations.demo.accounts import accounts, as_json, as_table
from consultations.demo.load import NotEmptyError, OtherOrganisationsError, load, reset

demo = AppGroup("demo", help="The demonstration: invented organisations, people, standards and votes.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, and say nothing, when the database is not empty.")
def load_demo(if_empty: bool) -> None:
    """Load the demonstration into an empty database."""
    try:
        with _tables():
            load(clock.now(), _say)
    except NotEmptyError:
        if if_empty:
            return
        raise click.ClickException(
            "The database is not empty, so nothing was loaded. `plenaria demo reset` starts a demonstration over; "
            "for a new one set PLENARIA_VAR or DATABASE_URL to another place and run `plenaria setup`."
        ) from None
    click.echo("The demonstration is loaded. `plenaria demo accounts` lists who can sign in.")


@demo.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset_demo(yes: bool) -> None:
    """Delete everything in a database that holds the demonstration, and load it anew."""
    if not yes:
        click.confirm("Everything in this database will be deleted. Go on?", abort=True)
    try:
        with _tables():
            reset(clock.now(), _say)
    except OtherOrganisationsError as found:
        raise click.ClickException(
            f"Nothing was deleted: this database holds {found} organisations that are not the demonstration's."
        ) from None
    click.echo("The demonstration is as new.")


@demo.command("accounts")
@click.option("--json", "as_list", is_flag=True, help="As JSON: e-mail, password, name, capacities.")
def list_accounts(as_list: bool) -> None:
    """List the accounts that anyone may try, with their password and what they may act as."""
    with _tables():
        found = accounts(clock.now())
    if as_list:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    elif not found:
        raise click.ClickException("There is no demonstration here yet: run `plenaria demo load`.")
    else:
        click.echo(as_table(found))


def _say(text: str) -> None:
    click.echo(text, err=True)


@contextmanager
def _tables() -> Iterator[None]:
    """Say what to do when the tables are not there yet."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            f"The database is not ready: run `plenaria setup` first. ({error.orig})"
        ) from None
