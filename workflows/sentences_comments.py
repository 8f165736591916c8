"""What refusals say about where a comment points, its type, support and replies: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "type_not_asked": (
        N_("This round does not ask for comments of the type “%(type)s”."),
        N_("Choose one of the types that are offered."),
    ),
    "quote_absent": (
        N_("The words you copied do not stand in this clause."),
        N_("Copy them from the clause as it stands on this page, or leave the field empty."),
    ),
    "quote_without_clause": (
        N_("Words can be quoted only from a clause."),
        N_("Leave the field empty, or comment on the clause where they stand."),
    ),
    "question_not_in_round": (
        N_("The question is not one of this round."),
        N_("Choose a question of this round."),
    ),
    "own_comment_support": (
        N_("This comment is your own organisation's."),
        N_("Support is for the comments of others."),
    ),
    "own_comment_reply": (
        N_("This comment is your own organisation's."),
        N_("Change the comment itself: you may until closing."),
    ),
    "comment_not_open": (
        N_("This comment is withdrawn or hidden, or was never sent."),
        N_("Reload the page to see how it stands."),
    ),
    "reply_empty": (N_("The reply says nothing."), N_("Write your reply.")),
    "reply_too_late": (
        N_("Replies are written from the opening of a round until its answers are handed in."),
        N_("Say it in the answer."),
    ),
}
