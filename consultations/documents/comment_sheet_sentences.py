"""What readers and importers of comment sheets say, in English; part of wording.SENTENCES."""


def N_(message: str) -> str:  # noqa: N802 - the name by which babel finds messages translated later
    """Mark a sentence for translation without translating it."""
    return message


FAULTS = {
    "no_comment_table": N_(
        "No table of comments was found. A comment sheet has six to eight columns, such as clause, type of comment, comments "
        "and proposed change."
    ),
    "unknown_sheet_kind": N_("Only comment sheets in .docx, .xlsx or .csv are read."),
    "broken_workbook": N_(
        "The workbook is damaged or of another kind. Open it, save it as .xlsx and try again."
    ),
    "comment_missing": N_("The row has neither a comment nor a proposed change. Write one of them."),
    "clause_is_date": N_(
        "The clause is a date (%(text)s): the spreadsheet took a number such as 3.2.1 for one. Set the cell to Text, type "
        "the number again and read the file once more."
    ),
    "formula_in_cell": N_(
        "%(column)s holds a formula, which is never computed here. Replace it by its value: %(text)s"
    ),
    "error_in_cell": N_("%(column)s holds an error of the spreadsheet (%(text)s). Correct the cell."),
    "text_over_limit": N_("%(column)s is longer than %(limit)s characters. Shorten it or split the comment."),
    "cell_over_xlsx_limit": N_(
        "Row %(row)s has a cell longer than %(limit)s characters, which XLSX cannot hold. Export as DOCX or CSV."
    ),
    "ragged_comment": N_(
        "The row has %(found)s cells and the table %(expected)s columns. Look for a separator too few or too many."
    ),
    "body_missing": N_("Nothing says whose comment this is. Say for which organisation it is entered."),
    "body_unknown": N_(
        "No organisation has the code or the exact name “%(text)s”. Say which one is meant; nothing is guessed."
    ),
    "body_ambiguous": N_("Several organisations are called “%(text)s”. Say which one is meant by its code."),
    "clause_unmatched": N_("No clause of the text has the number “%(text)s”. Place the comment by hand."),
    "clause_of_several": N_(
        "“%(text)s” names more than one clause. Say on which one the comment stands, or split the row."
    ),
    "clause_ambiguous": N_(
        "Several clauses of the text have the number “%(text)s”. Place the comment by hand."
    ),
}

DOUBTS = {
    "type_missing": N_("The type of comment is empty; it counts as general."),
    "type_unknown": N_("“%(text)s” is not a known type of comment; it counts as general."),
    "type_combined": N_("Several types stand in one cell (%(text)s); the first one was taken."),
    "only_proposal": N_("The comment is empty; the proposed change was taken as its words."),
    "body_empty": N_("The row does not say whose comment it is."),
    "outcome_unclear": N_("What became of the comment is not clear from the observation; a person decides."),
    "short_row": N_(
        "The row has %(found)s cells and the table %(expected)s columns; those at the end were taken as empty."
    ),
    "same_as_row": N_(
        "The row says the same as row %(row)s of table %(table)s. Take one of them out if it is there twice by mistake."
    ),
    "merged_above": N_("A cell merged with the one above was given the same text."),
    "merged_beside": N_("Cells of this row are merged side by side. Check what belongs to what."),
    "clause_is_number": N_(
        "The clause is a figure (%(text)s): a final zero, as in 3.10, may have been lost."
    ),
    "clause_words": N_("Only the number %(number)s of the clause was used; beside it stands: %(text)s"),
    "hidden_sheet": N_("The hidden sheet “%(text)s” was not read."),
    "sheet_ignored": N_("The sheet “%(text)s” holds no table of comments and was not read."),
    "table_ignored": N_("Table %(index)s holds no comments and was not read."),
    "headings_by_position": N_("No headings were found; the columns were taken by their number and place."),
    "headings_of_other_form": N_(
        "The headings in the page header have %(found)s columns and the table %(expected)s; they were not used."
    ),
    "latin_1": N_("The file is not UTF-8 and was read as %(text)s. Look whether the accents are right."),
    "no_comments": N_("The sheet holds no comment."),
    "spanning_row": N_("This row is one cell over the whole width and was not taken as a comment: %(text)s"),
    "observation_kept_out": N_(
        "The observation is not kept: answers are proposed only while the round is being answered. Import the sheet again then."
    ),
    "answer_kept_out": N_("The comment has another answer already; this observation is not written over it."),
    "changed_since": N_("The organisation has changed this comment since it was imported; its words stay."),
}

NOTES = {
    "already_there": N_("This comment is already in the round."),
    "answer_proposed": N_("The observation becomes a proposed answer."),
}

SENTENCES = {**FAULTS, **DOUBTS, **NOTES}
