"""For `flask --app wsgi run` and `gunicorn wsgi:app`."""

from consultations.app import create_app

app = create_app()
