"""The operator's commands: `plenaria …` is Flask's command group with ours added."""

import secrets

import click
from flask import Flask
from flask.cli import FlaskGroup, NoAppException
from flask_migrate import upgrade

from consultations.app import create_app
from consultations.cli_comments import comments
from consultations.cli_demo import demo, list_accounts, load_demo
from consultations.cli_forms import form
from consultations.cli_minutes import minutes
from consultations.cli_register import register
from consultations.cli_serve import runner, serve
from consultations.cli_standard_texts import export_standard, redline
from consultations.cli_standards import standard
from consultations.config import Settings


def _app() -> Flask:
    try:
        return create_app()
    except RuntimeError as missing:
        raise NoAppException(str(missing)) from None


@click.group(cls=FlaskGroup, create_app=_app, add_version_option=False)
def main() -> None:
    """Plenaria: standards consultations and assembly votes."""


for command in (serve, runner, register, standard, demo, comments, form, minutes):
    main.add_command(command)


standard.add_command(export_standard)
standard.add_command(redline)


def ensure_secret(settings: Settings) -> None:
    """Make the secret key file under var/ when none is set and none is there (readable by its owner only)."""
    if settings.secret_key.get_secret_value() or settings.secret_file.exists():
        return
    settings.var.mkdir(parents=True, exist_ok=True)
    settings.secret_file.touch(mode=0o600)
    settings.secret_file.write_text(secrets.token_urlsafe(48) + "\n")


@main.command(with_appcontext=False)
def setup() -> None:
    """Make the secret key and bring the database to the newest migration. Safe to repeat."""
    settings = Settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    ensure_secret(settings)
    with create_app(settings).app_context():
        upgrade()
    click.echo(f"The database is ready: {settings.database.split('@')[-1]}")


@main.command(with_appcontext=False)
@click.pass_context
def up(context: click.Context) -> None:
    """Everything that `make run` does: set up, load the demonstration if the database is empty, serve."""
    context.invoke(setup)
    context.invoke(load_demo, if_empty=True)
    context.invoke(list_accounts)
    context.invoke(serve)
