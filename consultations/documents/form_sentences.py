"""What the reader of forms says, in English; part of wording.SENTENCES."""


def N_(message: str) -> str:  # noqa: N802 - the name by which babel finds messages translated later
    """Mark a sentence for translation without translating it."""
    return message


FAULTS = {
    "not_our_form": N_(
        "This workbook is not a form that was made here, or its hidden sheet is gone. Make the form again and fill it in."
    ),
    "other_form_schema": N_(
        "The form is of another making (%(schema)s; %(expected)s is read). Make it again and fill it in."
    ),
    "other_round_form": N_(
        "The form belongs to another round (%(number)s). Open that round, or make a form of this one."
    ),
    "other_text_form": N_("The form was made from another text than the round now has. Make it again."),
    "form_ids_edited": N_(
        "The hidden marks of the form were changed, so it is not certain what belongs where. Make the form again."
    ),
    "form_sheet_missing": N_("A sheet of the form is missing (%(name)s). Make the form again."),
    "row_id_edited": N_("The hidden mark of this row was changed. Copy its words into a form made anew."),
    "row_id_double": N_("This row stands twice. Keep one of them."),
    "row_formula": N_("%(column)s holds a formula, which is never computed here. Replace it by its value."),
    "row_error_value": N_("%(column)s holds an error of the spreadsheet. Correct the cell."),
    "row_choice": N_("“%(text)s” is not one of the choices of %(column)s. Choose from the list."),
    "row_number": N_("“%(text)s” is not a number that fits here."),
    "row_date": N_("“%(text)s” is not a date. Write it as 2026-11-30."),
    "row_ranking": N_("Give every option a different place, or leave all of them empty."),
    "row_file": N_(
        "This question asks for a file, which no cell holds. Leave the row empty and add the file on the page."
    ),
    "row_too_long": N_("%(column)s is longer than %(limit)s characters. Shorten it."),
    "row_without_comment": N_("The row has a view or a proposal and no comment. Write the comment."),
    "organisation_unknown": N_("The organisation “%(text)s” is not asked in this round. Check its code."),
    "workshop_number": N_("“%(text)s” is not the number of a workshop. Leave it empty for paper."),
}
DOUBTS = {
    "row_stance_taken": N_("No view is chosen: it is taken as neither for nor against."),
    "sheet_kept_unsent": N_(
        "Question %(position)s needs an answer: the answers are kept, and count once the organisation sends them."
    ),
}
SENTENCES = {**FAULTS, **DOUBTS}
