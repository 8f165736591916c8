"""The letters about a comment on its way and afterwards: its organisation's approval, words removed, hidden, shown again."""

from consultations.letter import REASON, Letter
from workflows.messages import N_

LETTERS: dict[str, Letter] = {
    "approval_requested": Letter(
        N_("Comments wait for your approval: %(title)s"),
        (
            N_("Comments of %(organisation)s in round %(number)s on “%(title)s” wait for your approval: they count once you approve them."),
            N_("Please approve them, or send them back, until %(closes)s."),
        ),
        N_("Read and approve"), "approvals.round",
    ),
    "approval_refused": Letter(
        N_("Sent back by your organisation: %(title)s"),
        (
            N_("A comment of %(organisation)s on “%(title)s” was not approved and is a draft again."),
            REASON,
            N_("You may change it and send it again until %(closes)s."),
        ),
        N_("Change the comment"), "delegate.comment",
    ),
    "approval_missed": Letter(
        N_("Not approved in time: %(title)s"),
        (
            N_("Round %(number)s on “%(title)s” is closed; comments were taken until %(closes)s."),
            N_("Comments of %(organisation)s that nobody had approved by then: %(waiting)s. They stay on record, and do not count."),
            N_("If they should count, ask the Standards Unit for a late entry."),
        ),
        N_("See which"), "approvals.round",
    ),
    "approved_withdrawn": Letter(
        N_("Taken back: %(title)s"),
        (
            N_("A delegate of %(organisation)s has taken back a comment on “%(title)s” that you had approved. It stays on record, and does not count."),
            N_("If it should count, please have it entered again until %(closes)s."),
        ),
        N_("See our comments"), "approvals.round",
    ),
    "support_ended": Letter(
        N_("Changed since you supported it: %(title)s"),
        (
            N_("A comment on “%(title)s” that %(organisation)s supports says something else since."),
            N_("Your support no longer counts. You may give it anew until %(closes)s."),
        ),
        N_("Read the comment"), "delegate.said",
    ),
    "declined_for": Letter(
        N_("Written down that you do not take part: %(title)s"),
        (
            N_("It was written down for %(organisation)s that it does not take part in round %(number)s on “%(title)s”."),
            REASON,
            N_("If this is not so, please comment or declare “no comment” until %(closes)s: that counts."),
        ),
        N_("Read and comment"), "delegate.round_page",
    ),
    "comment_hidden": Letter(
        N_("Comment hidden: %(title)s"),
        (
            N_("A comment of %(organisation)s on “%(title)s” (%(label)s) is hidden by the Standards Unit: it is kept and counted, and others do not read its words."),
            REASON,
            N_("If you do not agree, write to the Standards Unit: another person decides whether it is shown again."),
        ),
        N_("See the comment"), "delegate.comment",
    ),
    "comment_shown": Letter(
        N_("Comment shown again: %(title)s"),
        (N_("A comment of %(organisation)s on “%(title)s” (%(label)s) that was hidden is shown again."), REASON),
        N_("See the comment"), "delegate.comment",
    ),
    "words_removed": Letter(
        N_("Words of a comment removed: %(title)s"),
        (
            N_("The Standards Unit has removed words of a comment of %(organisation)s on “%(title)s” (%(label)s) from what others read. The comment itself stays as you wrote it, and counts."),
            REASON,
        ),
        N_("See the comment"), "delegate.comment",
    ),
}  # fmt: skip
