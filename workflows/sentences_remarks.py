"""What refusals say about files beside a comment, an organisation's approval, and words that are removed or hidden."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "approved_as_it_stands": (
        N_("Your organisation has approved this comment as it stands."),
        N_("Withdraw it and write another, which your organisation approves anew."),
    ),
    "attachments_kept": (
        N_("Of this comment %(limit)s files are kept already, with those that were taken away."),
        N_("Take one of them again, or write to the Standards Unit."),
    ),
    "attachments_full": (
        N_("A comment has at most %(limit)s files."),
        N_("Take one away first, or put them into one file."),
    ),
    "removal_words_missing": (
        N_("It is not said which words are removed."),
        N_("Copy the words from the comment."),
    ),
    "comment_hidden_already": (
        N_("This comment is hidden already."),
        N_("Show it again first, if it is to be hidden for another reason."),
    ),
    "comment_not_hidden": (
        N_("This comment is not hidden: others read it."),
        N_("Nothing is needed."),
    ),
    "removal_words_absent": (
        N_("These words do not stand in the comment as it is now."),
        N_("Copy them from the comment exactly as they stand there."),
    ),
    "removal_reason_repeats": (
        N_("The reason repeats the words that are removed."),
        N_("Write it without them: everybody reads it."),
    ),
    "comment_not_sent": (
        N_("The organisation has not sent this comment."),
        N_("Wait until it is sent: before that nobody else reads it."),
    ),
    "answer_file_missing": (
        N_("The file of question %(position)s is not here."),
        N_("Choose the file again."),
    ),
}
