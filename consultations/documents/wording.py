"""The sentence for every code of the file readers, in English; the application passes them through gettext.

Each says what is the matter and, where a person has to act, what to do. `place` is put before the sentence; codes
inside it (a field, a kind of file) are put into words by `params`.
"""

from collections.abc import Callable

from consultations.documents.attached_sentences import SENTENCES as ATTACHED
from consultations.documents.comment_sheet_sentences import SENTENCES as COMMENT_SHEETS
from consultations.documents.findings import Finding, Place, Value
from consultations.documents.form_sentences import SENTENCES as FORMS


def N_(message: str) -> str:  # noqa: N802 - the name by which babel finds messages translated later
    """Mark a sentence for translation without translating it."""
    return message


PLACES = {
    "paragraph": N_("Paragraph %(index)s"),
    "row": N_("Table %(table)s, row %(index)s"),
    "line": N_("Line %(index)s"),
    "column": N_("Column %(index)s"),
}

FAULTS = {
    "empty_file": N_("The file is empty. Choose another one."),
    "empty_document": N_("The document holds no text. Check that it is the right file."),
    "name_too_long": N_("The file's name is longer than %(limit)s characters. Give it a shorter name."),
    "file_too_large": N_(
        "The file has %(size)s MB; at most %(limit)s MB are read. Take out pictures or split it."
    ),
    "text_file_too_large": N_("A text file may have at most %(limit)s MB. Split it."),
    "wrong_type": N_(
        "The content is of another type (%(kind)s), whatever the name says. Save it as Word .docx or Markdown for "
        "a standard, as CSV for a register."
    ),
    "not_a_docx": N_(
        "The name ends in .docx but the content is not a Word document. Save it again from Word."
    ),
    "strict_docx": N_("This is a Strict Open XML document. Save it as an ordinary Word document (.docx)."),
    "old_office": N_("This is an old Office file (.doc, .xls). Open it and save it as .docx or CSV."),
    "encrypted_office": N_("The document is protected by a password. Save it without one."),
    "encrypted_archive": N_("The file is encrypted. Save it without a password."),
    "damaged_archive": N_("The file is cut off or damaged. Get it again from its author."),
    "damaged_document": N_(
        "The Word document is damaged. Open it in Word, save it under a new name and try again."
    ),
    "zip_bomb": N_("Unpacked, the file would be suspiciously large (over %(limit)s MB or too compressed)."),
    "too_many_entries": N_("The file holds %(count)s parts; at most %(limit)s are read."),
    "double_entries": N_("The file holds two parts of the same name, so it is not clear which one counts."),
    "unknown_compression": N_("The file is packed in a way Word does not use. Save it again from Word."),
    "macros": N_("The document holds macros. Save it as .docx without macros."),
    "dtd": N_(
        "%(part)s holds a document type definition, which Word files must not. Save it again from Word."
    ),
    "text_elsewhere": N_(
        "Part of the text lies in another file (%(kind)s: %(target)s). Put the text into the document itself."
    ),
    "too_many_paragraphs": N_("The document has more than %(limit)s paragraphs. Split it."),
    "utf16": N_("The text is in UTF-16. Save it as UTF-8."),
    "nul_bytes": N_(
        "There is a zero byte at position %(offset)s (line %(line)s). Save the file as UTF-8 text."
    ),
    "not_utf8": N_(
        "Byte %(byte)s at position %(offset)s (line %(line)s) is not UTF-8. Save the file as UTF-8; nothing is guessed."
    ),
    "unknown_encoding": N_("The encoding %(encoding)s is not one of utf-8, cp1252, iso-8859-1."),
    "not_decodable": N_("The byte at position %(offset)s (line %(line)s) does not exist in %(encoding)s."),
    "no_requirement": N_(
        "No numbered requirement was found. Number them (such as 3.2.1) in headings, paragraphs or the first column "
        "of a table."
    ),
    "nested_too_deep": N_("The headings are nested deeper than %(limit)s levels."),
    "heading_too_long": N_(
        "A heading has more than %(limit)s characters. Is it a paragraph in a heading style?"
    ),
    "text_too_long": N_("The text under one number has more than %(limit)s characters. Is a number missing?"),
    "too_many_nodes": N_("The standard has more than %(limit)s numbered parts."),
    "missing_column": N_("The column %(column)s is missing. The register needs code, name and country."),
    "double_column": N_("Two columns are both read as %(column)s. Rename or remove one."),
    "too_many_columns": N_("The file has more than %(limit)s columns."),
    "too_many_rows": N_("The file has more than %(limit)s rows. Split it."),
    "no_rows": N_("The file has a header and no organisation below it."),
    "broken_csv": N_("A quotation mark is opened and not closed, or stands in the wrong place."),
    "ragged_row": N_(
        "The row has %(found)s cells, the header %(expected)s. Look for a separator too few or too many."
    ),
    "missing_value": N_("%(column)s is empty. Fill it in."),
    "cell_too_long": N_("%(column)s is too long (at most 300 characters, 50 items). It begins: %(text)s"),
    "forbidden_character": N_(
        "%(column)s holds a control or direction character that cannot be seen. Type it anew."
    ),
    "formula_cell": N_(
        "%(column)s begins with =, @, + or -, as a formula does. Take that sign away: %(text)s"
    ),
    "duplicate_code": N_(
        "The code %(code)s already stands on line %(line)s. Every organisation needs its own."
    ),
    "unknown_country": N_("The country “%(text)s” is not known. Use its two-letter ISO code, such as GT."),
    "unknown_kind": N_("The kind “%(text)s” is not known. Use spo, spo_second_grade or workers."),
    "unknown_language": N_("The language “%(text)s” is not known. Use es, pt, en or fr."),
    "bad_weight": N_(
        "%(column)s must be more than 0, written 3, 1.69 or 1/2 (a dot, no comma), not “%(text)s”."
    ),
    "bad_members": N_("The number of members must be a whole number in digits, not “%(text)s”."),
    "bad_yes_no": N_("%(column)s must be yes or no, not “%(text)s”."),
    "bad_email": N_("“%(text)s” is not an e-mail address."),
    "unknown_network": N_(
        "“%(network)s” is no network of the register. Correct it; a new network is named in the column country_network, "
        "product_networks, workers_network or regional."
    ),
    "ambiguous_network": N_(
        "Networks of two kinds are called “%(network)s”. Name it in the column country_network, product_networks, "
        "workers_network or regional."
    ),
    "second_network": N_(
        "An organisation has one network of this kind (%(column)s), and here are two: “%(first)s” and “%(network)s”."
    ),
}

DOUBTS = {
    "garbled": N_(
        "“%(text)s” should probably read “%(meant)s”: its letters were damaged before the file was saved (places "
        "concerned: %(count)s). Open it where it was written, and save it as UTF-8 from there."
    ),
    "utf8_misread": N_(
        "“%(text)s” should read “%(meant)s”: the file is UTF-8 and was read as %(encoding)s (lines concerned: "
        "%(count)s). Choose UTF-8 and read it again."
    ),
    "duplicate_number": N_("The number %(number)s was already used before."),
    "number_gap": N_("%(number)s follows where %(expected)s was expected."),
    "number_out_of_order": N_("%(number)s comes after a higher number."),
    "depth_jump": N_("%(number)s is there, but the number one level above it is not."),
    "number_too_deep": N_("A number with so many parts is not taken as one: %(text)s"),
    "looks_like_date": N_("This looks like a date, not a number of the standard: %(text)s"),
    "looks_like_year": N_("This looks like a year, not a number of the standard: %(text)s"),
    "looks_like_quantity": N_("This looks like a quantity, not a number of the standard: %(text)s"),
    "number_before_lowercase": N_(
        "After %(number)s the text goes on in lower case: is it a number or a sentence?"
    ),
    "automatic_number_not_decimal": N_(
        "Word's automatic number %(number)s is not in digits and was kept as text."
    ),
    "automatic_list_kept": N_(
        "Word's automatic number %(number)s is no number such as 3.2.1: the line was kept in the text it follows. If "
        "it is a requirement, give it its full number."
    ),
    "requirement_without_text": N_("Requirement %(number)s has no text."),
    "requirement_with_parts": N_(
        "%(number)s has numbers below it and was kept as a requirement, not as a section."
    ),
    "section_without_requirement": N_("%(number)s has no requirement below it and was taken as a section."),
    "unlabelled_guidance": N_(
        "This paragraph after %(number)s was taken as guidance, though nothing says so."
    ),
    "heading_without_number": N_("The heading “%(heading)s” has no number."),
    "paragraph_before_chapter": N_("This text stands before the first chapter: %(text)s"),
    "title_ignored": N_("The title on the page was not imported: %(text)s"),
    "merged_cells": N_("Cells of this row are merged. Check what belongs to what."),
    "nested_table": N_("There is a table inside a table; its text was kept without its form."),
    "table_kept_as_text": N_("A table without numbers was kept as text."),
    "table_of_bare_numbers": N_(
        "The first column holds bare numbers and none such as 3.2.1: the table was kept as text of the clause it stands "
        "in. If its rows are requirements, give them their full numbers."
    ),
    "unknown_column": N_("Nothing says what column %(column)s holds; it was taken as guidance."),
    "kind_unclear": N_("“%(text)s” is not core, development or progress and was not kept."),
    "year_unclear": N_("“%(text)s” is not one year and was not kept."),
    "tracked_insertion": N_("An insertion with tracked changes was taken as accepted."),
    "tracked_deletion": N_("A deletion with tracked changes was taken as accepted."),
    "comment_ignored": N_("A comment in the margin was left out."),
    "footnote_ignored": N_("A footnote or endnote was left out."),
    "text_box_ignored": N_("The text in a text box was left out."),
    "image_ignored": N_("A picture or drawing was left out."),
    "equation_ignored": N_("An equation was left out."),
    "symbol_ignored": N_("A symbol of a special font was left out."),
    "embedded_ignored": N_("An embedded document was left out."),
    "external_ignored": N_("Something outside the file was left out (%(kind)s: %(target)s)."),
    "hidden_text": N_("Hidden text was left out."),
    "direction_override": N_("An invisible character that turns the direction of the text was taken out."),
    "unclosed_field": N_(
        "A field (such as a table of contents) does not end; text may be missing from here."
    ),
    "column_ignored": N_("The column “%(column)s” is not known and was not read."),
    "empty_row": N_("An empty row was skipped."),
    "shared_email": N_("%(email)s also stands on line %(line)s: one person for several organisations."),
    "same_person": N_("Delegate and alternate have the same address %(email)s."),
    "person_without_email": N_("%(name)s has no e-mail address and will not be able to sign in."),
    "person_without_name": N_("%(email)s has no name beside it."),
    "new_network": N_(
        "The register has no “%(network)s” yet (%(column)s): the import makes it. Check how it is written."
    ),
    "no_network": N_(
        "The organisation belongs to no network: nobody sees for it whether it answers. Name its networks."
    ),
    "name_kept": N_("%(email)s is on record as %(known)s and keeps that name; “%(name)s” is not taken."),
}

SENTENCES = {**FAULTS, **DOUBTS, **ATTACHED, **COMMENT_SHEETS, **FORMS}

FIELDS = {
    "code": N_("Code"),
    "name": N_("Name"),
    "country": N_("Country"),
    "kind": N_("Kind"),
    "networks": N_("Networks"),
    "country_network": N_("Country network"),
    "product_networks": N_("Product networks"),
    "workers_network": N_("Workers' network"),
    "regional": N_("Regional network"),
    "products": N_("Products"),
    "members": N_("Members"),
    "good_standing": N_("Good standing"),
    "language": N_("Language"),
    "delegate_name": N_("Delegate"),
    "delegate_email": N_("E-mail address of the delegate"),
    "alternate_name": N_("Alternate"),
    "alternate_email": N_("E-mail address of the alternate"),
}
"""Columns of a register in words."""

WEIGHTS = {
    "members": N_("members"),
    "volume": N_("volume"),
    "sales": N_("sales"),
}
"""Weights that a register commonly gives, after the columns weight_members and so on."""

NAMED_AS_WRITTEN = frozenset({"missing_column", "double_column", "column_ignored", "unknown_column"})
"""These speak of the header of the file: the column is named as it stands there, or as it has to be written."""

KINDS = {
    "zip": N_("packed files"),
    "archive": N_("packed files"),
    "pdf": N_("PDF"),
    "rtf": N_("RTF"),
    "image": N_("a picture"),
    "markup": N_("a web page"),
    "text": N_("plain text"),
    "template": N_("a Word template"),
    "opendocument": N_("OpenDocument"),
    "xlsx": N_("an Excel workbook"),
    "pptx": N_("a PowerPoint presentation"),
}
"""What a file is that is something else than it should be."""


def sentence(finding: Finding) -> str:
    """Return the English sentence of a finding, its place first."""
    text = SENTENCES[finding.code] % params(finding, str)
    return f"{place(finding.place)}: {text}" if finding.place else text


def params(finding: Finding, translate: Callable[[str], str]) -> dict[str, Value]:
    """Return the values of a finding's sentence: its codes in words, which `translate` puts into a language."""
    found = dict(finding.params)
    if finding.code == "wrong_type":
        found["kind"] = translate(KINDS[str(found["kind"])])
    if "column" in found and finding.code not in NAMED_AS_WRITTEN:
        found["column"] = field(str(found["column"]), translate)
    return found


def weight(name: str, translate: Callable[[str], str]) -> str:
    """Return the name of a weight in words; one that only this register knows stays as its column was called."""
    return translate(WEIGHTS[name]) if name in WEIGHTS else name.replace("_", " ")


def field(name: str, translate: Callable[[str], str]) -> str:
    """Return the name of a column of the register in words."""
    if name in FIELDS:
        return translate(FIELDS[name])
    return f"{translate(N_('Weight'))} ({weight(name.removeprefix('weight_'), translate)})"


def place(where: Place) -> str:
    """Return the English name of a place, such as 'Table 2, row 5'."""
    return PLACES[where.unit] % {"index": where.index, "table": where.table}
