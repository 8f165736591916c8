"""What refusals say about files beside a comment, an organisation's approval, and words that are removed or hidden."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "approved_as_it_stands": (
        N_("Your organisation has approved this comment as it stands."),
        N_("Withdraw it and write another, which your organisation approves anew."),
    ),
    "attachments_full": (
        N_("A comment has at most %(limit)s files."),
        N_("Take one away first, or put them into one file."),
    ),
    "removal_words_missing": (
        N_("It is not said which words are removed."),
        N_("Copy the words from the comment."),
    ),
    "synopsis_being_read": (
        N_(
            "The Commission reads the synopsis: a comment shown again now would be published without an answer."
        ),
        N_("Have the synopsis sent back first; then show the comment, and answer it."),
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
