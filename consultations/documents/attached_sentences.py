"""The sentences for files that are attached, in English; documents.wording takes them in."""


def N_(message: str) -> str:  # noqa: N802 - the name by which babel finds messages translated later
    """Mark a sentence for translation without translating it."""
    return message


SENTENCES = {
    "attached_type": N_(
        "The content is of a kind that cannot be attached, whatever the name says. Choose a PDF, a picture (JPEG or PNG), "
        "a Word .docx, an Excel .xlsx, a CSV or a plain text file."
    ),
    "attached_old_office": N_(
        "This is an old or protected Office file. Open it and save it as .docx or .xlsx, without a password."
    ),
    "attached_active": N_(
        "The file holds other files or programs, or fetches something from elsewhere when it is opened. Save it without "
        "them, or save it as a PDF."
    ),
    "attached_macros": N_("The file holds macros. Save it without them, as .docx or .xlsx."),
}
