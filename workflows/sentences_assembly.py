"""What refusals say about representation, attendance, calls and agenda: what is wrong, and what to do."""

from workflows.messages import N_

REPRESENTATION: dict[str, tuple[str, str]] = {
    "proxies_not_allowed": (
        N_("The statutes allow no proxies."),
        N_("Vote by your delegate or an alternate."),
    ),
    "proxy_principal_not_on_roll": (
        N_("%(principal)s is not on the roll and has no vote to give."),
        N_("Check the roll."),
    ),
    "proxy_holder_not_on_roll": (
        N_("%(holder)s is not on the roll and cannot hold a proxy."),
        N_("Choose an organisation on the roll."),
    ),
    "proxy_to_oneself": (
        N_("A proxy cannot be given to oneself."),
        N_("Choose another organisation."),
    ),
    "proxy_scope_item": (
        N_("The statutes allow no proxy for a single item."),
        N_("Give it for the whole assembly."),
    ),
    "proxy_scope_assembly": (
        N_("The statutes allow a proxy for a single item only."),
        N_("Give it item by item."),
    ),
    "proxy_instrument_missing": (
        N_("The signed instrument of the proxy is missing."),
        N_("Add the signed document."),
    ),
    "proxy_other_country": (
        N_("%(principal)s and %(holder)s are not of one country, as the statutes ask."),
        N_("Choose an organisation of the same country."),
    ),
    "proxy_too_late": (
        N_("The time for giving proxies ended at %(deadline_at)s."),
        N_("Vote by your delegate or an alternate."),
    ),
    "proxy_after_closing": (N_("Voting has closed."), N_("No proxy can be used any more.")),
    "proxy_given_before": (
        N_("%(principal)s has given a proxy to %(holder)s already."),
        N_("Take that one back first."),
    ),
    "proxy_holder_gave_one": (
        N_("%(holder)s has given its own proxy to %(other)s, and proxies are not passed on."),
        N_("Choose an organisation that votes itself."),
    ),
    "proxy_principal_holds_one": (
        N_("%(principal)s holds the proxy of %(other)s, and proxies are not passed on."),
        N_("Have that proxy taken back first."),
    ),
    "proxies_too_many": (
        N_("%(holder)s would hold more than the %(allowed)s proxies that the statutes allow."),
        N_("Choose another organisation."),
    ),
    "proxies_too_heavy": (
        N_("%(holder)s would vote with a weight of %(weight)s, and the statutes allow %(allowed)s."),
        N_("Choose another organisation."),
    ),
    "proxy_of_another": (
        N_("Only %(principal)s can take this proxy back."),
        N_("Ask the organisation that gave it."),
    ),
    "proxy_not_standing": (
        N_("This proxy is not in force at this time."),
        N_("Look at the list of proxies again."),
    ),
    "proxy_take_back_over": (
        N_("The time for taking proxies back ended at %(until_at)s."),
        N_("Ask the secretary what is still possible."),
    ),
    "proxy_holder_absent": (
        N_("%(holder)s, which holds the proxy of %(elector)s, has nobody who may vote now."),
        N_("A proxy counts only while its holder is there: come, or give it to another in time."),
    ),
    "voter_absent": (
        N_("Nobody who may vote for %(elector)s is there."),
        N_("Have the delegate or an alternate checked in."),
    ),
    "voter_without_mandate": (
        N_("Nobody has a mandate in force to vote for %(elector)s."),
        N_("Ask the organisation or its network to renew it."),
    ),
    "voter_is_another": (
        N_("Somebody else votes for %(elector)s at this time."),
        N_("Look at the attendance list: the delegate goes before the alternates, and they before a proxy."),
    ),
    "principal_voted_itself": (
        N_("%(elector)s has voted itself in this written procedure; its proxy cannot replace that ballot."),
        N_("There is nothing to do: the ballot that it cast itself counts."),
    ),
    "voted_in_other_channel": (
        N_("The ballot of %(names)s is in another channel already."),
        N_("Change it there: one ballot in one channel."),
    ),
}

ATTENDANCE: dict[str, tuple[str, str]] = {
    "stay_ends_before_it_begins": (
        N_("The stay of %(elector)s ends before it begins."),
        N_("Correct the times."),
    ),
    "stay_of_unclear_holder": (
        N_(
            "A stay by proxy names another organisation as holder, and any other stay names none (%(elector)s)."
        ),
        N_("Say how the organisation takes part."),
    ),
    "stay_overlaps": (
        N_("%(elector)s is on the attendance list since %(since_at)s already."),
        N_("Record the departure first."),
    ),
    "person_attends_for_another": (
        N_("Who is to attend for %(elector)s attends for %(other)s at the same time."),
        N_("One person stands for one organisation: check in another person, or use a proxy."),
    ),
}

CALLS: dict[str, tuple[str, str]] = {
    "convener_not_allowed": (
        N_("By the statutes this capacity does not convene: %(role)s."),
        N_("Ask somebody who may."),
    ),
    "call_is_another": (
        N_("This is not the call that comes next: the last one made is number %(made)s."),
        N_("Look at how the assembly stands now, and choose from there."),
    ),
    "postponement_not_later": (
        N_("The new beginning is not later than the present one."),
        N_("Choose a later time."),
    ),
    "postponement_too_long": (
        N_("The statutes let the beginning be put off until %(latest_at)s at the latest."),
        N_("Choose an earlier time, or convene again."),
    ),
}

ASSEMBLY: dict[str, tuple[str, str]] = {
    "form_not_allowed": (
        N_("The statutes do not know an assembly of this form, or none is chosen."),
        N_("Choose a form that the rule of calls allows."),
    ),
    "assembly_does_not_meet": (
        N_("This is a written procedure: nobody meets."),
        N_("Open the written procedure instead."),
    ),
    "assembly_meets": (
        N_("This assembly is no written procedure."),
        N_("Make the first call instead."),
    ),
    "assembly_begun": (
        N_("The assembly's time has come, or is not set."),
        N_("Go on with the assembly as it was convened."),
    ),
    "window_past": (
        N_("The time in which members could have voted in writing is over."),
        N_("Call it off with the reason, and convene another one."),
    ),
    "new_time_missing": (N_("The new time is not set."), N_("Set it.")),
    "attendance_closed": (
        N_("The attendance list is closed."),
        N_("Have it opened again by the secretary or a scrutineer."),
    ),
    "attendance_open_already": (N_("The attendance list is open already."), N_("Record who comes.")),
    "mode_not_of_form": (
        N_("One does not take part in this assembly in this way."),
        N_("Choose one of the ways in which it is held."),
    ),
    "attends_elsewhere": (
        N_("The organisation, or who comes for it, takes part in another way at the same time."),
        N_("Record the departure there first: one organisation in one way, one person for one organisation."),
    ),
    "item_missing": (N_("It is not said which item of the agenda is meant."), N_("Choose an item.")),
    "items_before": (
        N_("Items to be dealt with before this one: %(count)s."),
        N_("Take them up in the order of the agenda: amendments before the text that they change."),
    ),
    "quorum_not_measured": (N_("The quorum was not measured."), N_("Have it measured first.")),
    "adjourned_without_date": (
        N_("It is not said when the assembly goes on, or that time is not ahead."),
        N_("Choose a later time."),
    ),
    "adjourned_date_ahead": (
        N_("The time to which the assembly was adjourned has not come."),
        N_("Wait for it."),
    ),
}

AGENDA: dict[str, tuple[str, str]] = {
    "item_settled": (N_("This item has been dealt with already."), N_("Take up the next one.")),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **REPRESENTATION,
    **ATTENDANCE,
    **CALLS,
    **ASSEMBLY,
    **AGENDA,
}
