"""The four catalogues: `update` collects texts, `compile` makes them usable, `check` finds what is missing or unused."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).resolve().parent.parent
FOLDER = HOME / "consultations" / "translations"
LANGUAGES = ("es", "pt", "en", "fr")
COMPLETE = LANGUAGES  # a text without its translation is a fault in every language
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2),
}  # fmt: skip
METHODS = [
    ("**/.venv/**", "ignore"),
    ("consultations/**.py", "python"),
    ("workflows/sentences_*.py", "python"),
    ("workflows/messages.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
OPTIONS = {
    pattern: {"trimmed": "true", "silent": "false"} for pattern in ("templates/**.html", "templates/**.txt")
}


def template() -> Catalog:
    """Everything a person may read, from code, rules and templates."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    wanted = ("consultations", "workflows", "templates")
    for folder in wanted:
        found = extract_from_dir(
            HOME / folder, [(p.removeprefix(folder + "/"), m) for p, m in METHODS if p.startswith((folder, "**"))],
            {p.removeprefix(folder + "/"): o for p, o in OPTIONS.items()}, KEYWORDS, comment_tags=("Translators:",), directory_filter=_visible,
        )  # fmt: skip
        for filename, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{folder}/{filename}", 0)], auto_comments=comments, context=context)
    for dotted in _refusals():
        catalog.add(dotted, None, [("workflows/refusals.py", 0)])
    return catalog


def _visible(folder: str) -> bool:
    """Every folder but caches: the templates' macros are in one that begins with an underscore."""
    return not Path(folder).name.startswith((".", "__"))


def _refusals() -> list[str]:
    from workflows.refusals import SENTENCES

    return sorted({text for pair in SENTENCES.values() for text in pair})


def path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    file = path(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    return read_po(io.BytesIO(file.read_bytes()), locale=language)


def as_text(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=120,
        sort_output=True,
        omit_header=False,
        include_lineno=False,
        no_location=True,
        ignore_obsolete=True,
    )
    # Dates, placeholders and tool versions in the header would change at every run, or say nothing.
    head, blank, body = out.getvalue().partition(b"\n\n")
    kept = (b"msg", b'"Language:', b'"Plural', b'"MIME', b'"Content')
    lines = [line for line in head.splitlines() if line.startswith(kept)]
    return b"\n".join(lines) + blank + body


def update() -> int:
    """Add new texts to every catalogue and drop those that no page uses. English is its own translation."""
    for language in LANGUAGES:
        catalog = load(language)
        catalog.update(template(), no_fuzzy_matching=True)  # fresh each time: catalogues share its messages
        catalog.obsolete.clear()
        if language == "en":
            _speak_english(catalog)
        path(language).parent.mkdir(parents=True, exist_ok=True)
        path(language).write_bytes(as_text(catalog))
        print(f"{language}: {len(catalog)} texts, {len(_untranslated(catalog))} without translation")
    return 0


def _speak_english(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            message.string = message.id


def _untranslated(catalog: Catalog) -> list[str]:
    return [
        str(m.id)
        for m in catalog
        if m.id and not (all(m.string) if isinstance(m.string, tuple | list) else m.string)
    ]


def check() -> int:
    """1 when a text is missing or unused, or a placeholder was lost, each named."""
    current, faults = template(), []
    wanted = {(m.id, m.context) for m in current if m.id}
    for language in LANGUAGES:
        catalog = load(language)
        there = {(m.id, m.context) for m in catalog if m.id}
        faults += [
            f"{language}: not in the catalogue (make messages): {id!r}"
            for id, _ in sorted(wanted - there, key=str)
        ]
        faults += [
            f"{language}: used nowhere (make messages): {id!r}" for id, _ in sorted(there - wanted, key=str)
        ]
        if language in COMPLETE:
            faults += [f"{language}: not translated: {id!r}" for id in _untranslated(catalog)]
        for message, errors in catalog.check():
            faults += [f"{language}: {error} in {message.id!r}" for error in errors]
    print("\n".join(faults) or f"Every text is in {', '.join(LANGUAGES)}; each is complete.")
    return 1 if faults else 0


def compile_all() -> int:
    """Write the binary catalogues beside the texts (they are not committed)."""
    for language in LANGUAGES:
        if path(language).exists():
            with path(language).with_suffix(".mo").open("wb") as out:
                write_mo(out, load(language))
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check, "compile": compile_all}[sys.argv[1]]())
