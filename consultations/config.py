"""Settings: frozen, typed, read once from the environment (prefix PLENARIA_; HOST and PORT also bare)."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent
HOME = PACKAGE.parent
INHOME = (HOME / "pyproject.toml").exists()


def shipped(name: str) -> Path:
    """Where `templates` or `migrations` are: at the top of a checkout, inside the package of a wheel."""
    return HOME / name if INHOME else PACKAGE / "_shipped" / name


class Settings(BaseSettings):
    """Everything an operator may set; see docs/operating.md for each in words."""

    model_config = SettingsConfigDict(env_prefix="PLENARIA_", frozen=True, extra="ignore")

    var: Path = (HOME if INHOME else Path.cwd()) / "var"
    database_url: str = Field("", validation_alias=AliasChoices("PLENARIA_DATABASE_URL", "DATABASE_URL"))
    secret_key: SecretStr = SecretStr("")
    host: str = Field("127.0.0.1", validation_alias=AliasChoices("PLENARIA_HOST", "HOST"))
    port: int = Field(8000, validation_alias=AliasChoices("PLENARIA_PORT", "PORT"))
    threads: int = 8
    base_url: str = ""
    secure_cookies: bool = False
    proxies: int = Field(0, ge=0, le=5)
    session_minutes: int = Field(120, ge=5)
    login_link_minutes: int = Field(20, ge=1)
    ratelimit_storage: str = "memory://"
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "plenaria@localhost"
    help_email: str = "standards.unit@example.org"
    default_language: Literal["es", "pt", "en", "fr"] = "es"
    zone: str = "America/Managua"
    runner_seconds: float = Field(1.0, gt=0)
    max_upload_bytes: int = 25 * 1024 * 1024
    log_level: str = "INFO"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL; SQLite under `var` when none is set, psycopg for any PostgreSQL URL."""
        url = self.database_url or f"sqlite:///{self.var / 'plenaria.sqlite3'}"
        for scheme in ("postgres://", "postgresql://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url

    @property
    def address(self) -> str:
        """Where people reach the pages; used in mails."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secret_file(self) -> Path:
        """Where `plenaria setup` keeps the secret key when none is set."""
        return self.var / "secret_key"

    def secret(self) -> str:
        """The key that signs sessions and links.

        Raises RuntimeError, with what to do, when there is none yet.
        """
        if given := self.secret_key.get_secret_value():
            return given
        if self.secret_file.exists():
            return self.secret_file.read_text().strip()
        raise RuntimeError(
            "No secret key yet: run `plenaria setup` (make install does), or set PLENARIA_SECRET_KEY."
        )
