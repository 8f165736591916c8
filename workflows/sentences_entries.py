"""What refusals say about questionnaires, workshops, and what is entered on behalf: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    # A question as it is written: workflows.question_faults.REASONS.
    "question_options_many": (N_("The question has more than 40 options."), N_("Leave some out.")),
    "question_bounds_missing": (
        N_("A scale needs its lowest and its highest number."),
        N_("Write both numbers."),
    ),
    "question_bounds_order": (
        N_("The lowest number is not below the highest."),
        N_("Correct one of the two numbers."),
    ),
    "question_scale_long": (N_("A scale has at most 21 steps."), N_("Ask for a number instead.")),
    "question_clause_elsewhere": (
        N_("The question is bound to a clause of another text."),
        N_("Choose a clause of this text, or none."),
    ),
    "question_condition_later": (
        N_("The question hangs on one that does not come before it."),
        N_("Choose an earlier question, or ask it of everybody."),
    ),
    "question_condition_kind": (
        N_("The question hangs on one whose answers cannot be listed."),
        N_("Choose an earlier question with answers to choose from, or ask it of everybody."),
    ),
    "question_condition_empty": (
        N_("It is not said on which answers the question hangs."),
        N_("Choose at least one answer, or ask it of everybody."),
    ),
    "question_condition_value": (
        N_("The question hangs on an answer that is not offered."),
        N_("Choose one of the answers offered, or ask it of everybody."),
    ),
    "question_unanswered": (
        N_("Question %(position)s needs an answer."),
        N_("Answer it before you send. What you have answered so far is kept."),
    ),
    "sheet_empty": (N_("No question is answered yet."), N_("Answer at least one question, then send.")),
    "question_always_asked": (
        N_("Every round asks how the members were consulted."),
        N_("Change its words if need be; it stays."),
    ),
    "not_own_member": (
        N_("This organisation is not a member of your network."),
        N_("Choose one of your network's members."),
    ),
    "channel_unknown": (N_("It is not known how this was received."), N_("Choose paper or workshop.")),
    "workshop_missing": (
        N_("The workshop is not named, or belongs to another round or network."),
        N_("Choose one of the workshops of this round."),
    ),
    "answered_by_itself": (
        N_("The organisation has answered the questions itself."),
        N_("Its own answers stand. Ask its delegate to change them if they are wrong."),
    ),
    "entered_by_others": (
        N_("Another network, or the Unit, entered this for the organisation."),
        N_("What others entered is theirs to correct. Ask the organisation, or the Unit."),
    ),
    "entered_by_itself": (
        N_("The organisation entered this comment itself."),
        N_("Ask its delegate to change it."),
    ),
    "confirmed_before": (
        N_("The organisation has confirmed this."),
        N_("Ask its delegate to change it."),
    ),
    "nothing_to_confirm": (
        N_("Nothing waits for your organisation's confirmation."),
        N_("Reload the page: a colleague may have confirmed it."),
    ),
    "place_missing": (N_("The place is missing."), N_("Write where the workshop was held.")),
    "workshop_ahead": (
        N_("The day of the workshop lies in the future."),
        N_("Record it once it has been held."),
    ),
    "workshop_outside_round": (
        N_("The workshop's day lies outside the round, which runs from %(opens_at)s to %(closes_at)s."),
        N_("Look at the day and the year: a workshop of this round is held while it is open."),
    ),
    "workshop_has_entries": (
        N_("What was entered of this workshop stands: %(count)s."),
        N_(
            "Withdraw the comments that were entered of it first; answers to questions stay, and with them the workshop."
        ),
    ),
    "facilitator_missing": (N_("It is not said who led the workshop."), N_("Write the facilitator's name.")),
    "attendance_negative": (N_("A number of people is below nought."), N_("Count the people who came.")),
    "reminded_lately": (
        N_("Everybody who is missing here was reminded less than 48 hours ago."),
        N_("Remind them again from %(until_at)s on, or reach them in another way and write it down."),
    ),
    "round_not_reaching": (
        N_("Nobody is asked in this round now."),
        N_(
            "Attempts to reach organisations are written down from the approval of a round until its answers are written."
        ),
    ),
    "outreach_channel": (
        N_("It is not said how they were to be reached."),
        N_("Choose one of the ways offered."),
    ),
    "outreach_both": (
        N_("Both an organisation and a network are named."),
        N_("Name one of them: an organisation, or all members of a network."),
    ),
    "outreach_future": (N_("The day and hour lie in the future."), N_("Write when it was done.")),
    "network_unknown": (N_("There is no such network."), N_("Choose one of the networks offered.")),
    "declined_after_answer": (
        N_("The organisation has answered in this round."),
        N_("Withdraw what it sent first, if it does not want to take part."),
    ),
    "round_not_hearing": (
        N_("This round does not record workshops now."),
        N_("Workshops are recorded from the opening of a round until its answers are published."),
    ),
    "form_has_faults": (
        N_("Rows of the form in error: %(count)s."),
        N_("Correct these rows in the file and read it again; nothing was imported."),
    ),
}
