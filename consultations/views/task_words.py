"""What each kind of task is called: the tag, the line below the title, the button.

The title is the dossier's where there is one. Placeholders are the task's figures; a tag that ends with a
deadline is made from it.
"""

from dataclasses import dataclass

from workflows.messages import N_


@dataclass(frozen=True)
class Words:
    """`title` when there is no dossier to name; `tag` when there is no deadline to show."""

    detail: str
    button: str
    tag: str = ""
    title: str = ""
    tag_kind: str = "open"


WORDS: dict[str, Words] = {
    # delegates
    "vote": Words(N_("Your organisation has not voted yet."), N_("Vote")),
    "vote_again": Words(N_("Your organisation has voted; it may change its vote until closing."), N_("See our vote"), tag_kind="done"),
    "vote_rests": Words(N_("The vote is suspended: there is nothing to do now. You get a mail when it goes on."), N_("See the vote"), tag=N_("Suspended"), tag_kind="late"),
    "vote_rests_cast": Words(N_("The vote is suspended: there is nothing to do now. The ballot of your organisation stands."), N_("See our vote"), tag=N_("Suspended"), tag_kind="late"),
    "vote_coming": Words(N_("A vote is convened."), N_("Read the convocation")),
    "vote_for": Words(N_("You hold the proxy of %(name)s, which has no ballot yet."), N_("Vote for it")),
    "vote_for_again": Words(N_("%(name)s has a ballot; you hold its proxy and may change it until closing."), N_("See its vote"), tag_kind="done"),
    "assembly_coming": Words(N_("Your organisation is called to this assembly. Can nobody come? Give a proxy."), N_("See the agenda")),
    "assembly_now": Words(N_("It is meeting, and nobody of your organisation is in."), N_("Join, or give a proxy"), tag=N_("Meeting now"), tag_kind="late"),
    "assembly_inside": Words(N_("It is meeting, and your organisation is in."), N_("To the assembly"), tag=N_("Meeting now"), tag_kind="open"),
    "proxy_held": Words(N_("Your organisation holds the proxy of %(names)s."), N_("See the proxies"), tag=N_("Proxy"), tag_kind="wait"),
    "confirm_entered": Words(N_("Round %(number)s: staff entered what your organisation said on paper or in a workshop."), N_("Read and confirm"), tag=N_("Please confirm"), tag_kind="late"),
    "comment": Words(N_("Round %(number)s: your organisation has not answered yet."), N_("Comment")),
    "comment_begun": Words(N_("Round %(number)s: commented on %(commented)s of %(requirements)s requirements; questions answered: %(answered)s of %(asked)s."), N_("Continue")),
    "comment_clauses": Words(N_("Round %(number)s: commented on %(commented)s of %(requirements)s requirements."), N_("Continue")),
    "comment_drafts": Words(N_("Round %(number)s: drafts that are not sent: %(drafts)s. What is not sent does not count."), N_("Finish and send"), tag_kind="late"),
    "comment_waits": Words(N_("Round %(number)s: comments that wait for your organisation's approval: %(waiting)s. They count once they are approved."), N_("See the round"), tag_kind="wait"),
    "approve_comments": Words(N_("Round %(number)s: comments of your delegates that wait for your approval: %(count)s. They count once you approve them."), N_("Read and approve")),
    "comment_more": Words(N_("Round %(number)s: your organisation has answered (comments: %(sent)s); it may change and add until closing."), N_("Continue"), tag_kind="done"),
    "said_nothing": Words(N_("Round %(number)s: your organisation has declared “no comment”; it may still comment until closing."), N_("See the round"), tag_kind="done"),
    "declined": Words(N_("Round %(number)s: your organisation has said that it does not take part; it may still comment until closing."), N_("See the round"), tag_kind="off"),
    "judge_answers": Words(N_("Round %(number)s: answers to your comments that wait for your word: %(count)s."), N_("Read the answers")),
    "may_contest": Words(N_("The result is provisional and may be contested with grounds."), N_("See the result")),
    # assemblies
    "assembly_is_prepared": Words(N_("The assembly %(code)s is a draft: agenda, votes, convocation."), N_("Open it")),
    "assembly_comes": Words(N_("The assembly %(code)s is convened."), N_("Open it")),
    "assembly_runs": Words(N_("The assembly %(code)s is under way."), N_("To the desk"), tag=N_("Now")),
    "assembly_goes_on": Words(N_("The assembly %(code)s was adjourned and goes on."), N_("Open it")),
    "sign_exception": Words(N_("The assembly %(code)s: an exception to the rule of its roll waits for a second person."), N_("Read and confirm")),
    "sign_assembly_roll": Words(N_("The assembly %(code)s: an amendment of its roll waits for a second signature before it begins."), N_("Read and sign")),
    "write_minutes": Words(N_("The assembly %(code)s is closed: write its minutes around the figures."), N_("Write the minutes"), tag=N_("Closed"), tag_kind="wait"),
    "sign_minutes": Words(N_("The minutes of the assembly %(code)s wait for your signature."), N_("Check and sign"), tag=N_("Minutes")),
    "mandates_overdue": Words(N_("Mandates of the assembly whose day is over: %(count)s."), N_("See which"), title=N_("Open mandates"), tag=N_("Overdue"), tag_kind="late"),
    "ordinary_due": Words(N_("The statutes ask for an ordinary assembly, and none is prepared yet."), N_("Assemblies")),
    "ordinary_overdue": Words(N_("The day by which the statutes ask for an ordinary assembly is over, and none was held."), N_("Assemblies"), tag=N_("Overdue"), tag_kind="late"),
    # the Unit
    "round_coming": Words(N_("Round %(number)s is announced. Organisations asked: %(invited)s."), N_("See the round")),
    "round_runs": Words(N_("Round %(number)s is open: %(heard)s of %(invited)s organisations have answered."), N_("See the round")),
    "round_rests": Words(N_("Round %(number)s is paused: nobody can comment."), N_("See the round"), tag=N_("Paused"), tag_kind="wait"),
    "submit_round": Words(N_("Round %(number)s is a draft: complete it and submit it to the Commission."), N_("Continue"), tag=N_("Draft"), tag_kind="wait"),
    "returned_round": Words(N_("The Commission returned round %(number)s with its reasons."), N_("Correct and submit"), tag=N_("Returned"), tag_kind="late"),
    "schedule_round": Words(N_("The Commission approved round %(number)s: announce it."), N_("Announce the round"), tag=N_("Approved"), tag_kind="done"),
    "start_answers": Words(N_("Round %(number)s is closed. Comments: %(total)s."), N_("Start answering"), tag=N_("Closed"), tag_kind="off"),
    "answer_comments": Words(N_("Round %(number)s. Comments: %(total)s; without an answer: %(count)s; proposed: %(proposed)s; decided: %(decided)s."), N_("Answer"), tag=N_("Answering")),
    "answers_proposed": Words(N_("Round %(number)s. Comments: %(total)s; without an answer: %(count)s; proposed: %(proposed)s; decided: %(decided)s."), N_("See the answers"), tag=N_("Answering"), tag_kind="wait"),
    "decide_answers": Words(N_("Round %(number)s: proposed answers that you may decide: %(count)s."), N_("Read and decide"), tag=N_("Proposed")),
    "check_samples": Words(N_("Round %(number)s: answers given to many points, whose sample waits for a second person: %(count)s."), N_("Look at the sample"), tag=N_("Proposed")),
    "code_sample": Words(N_("Round %(number)s: points of sample %(sample)s that wait for your codes: %(count)s."), N_("Code them"), tag=N_("Codes"), tag_kind="wait"),
    "submit_synopsis": Words(N_("Round %(number)s: every comment is answered (%(total)s). Submit the synopsis to the Commission."), N_("Write the synopsis"), tag=N_("Answered"), tag_kind="done"),
    "publish_synopsis": Words(N_("The Commission approved the synopsis of round %(number)s."), N_("Publish"), tag=N_("Approved"), tag_kind="done"),
    "assess_request": Words(N_("The request waits for the Unit's assessment."), N_("Open the dossier"), tag=N_("Requested"), tag_kind="wait"),
    "set_scope": Words(N_("The request is assessed: set its scope."), N_("Open the dossier"), tag=N_("Assessed"), tag_kind="wait"),
    "set_scope_comes": Words(N_("The request is assessed: the head of the Unit sets its scope."), N_("See the dossier"), tag=N_("Assessed"), tag_kind="wait"),
    "begin_drafting": Words(N_("The scope is set: begin drafting."), N_("Open the dossier"), tag=N_("Scoped"), tag_kind="wait"),
    "begin_review": Words(N_("A matter of this kind needs no round: begin the final review, or write a round."), N_("Open the dossier"), tag=N_("Drafting"), tag_kind="wait"),
    "begin_review_comes": Words(N_("A matter of this kind needs no round: the head of the Unit begins the final review."), N_("See the dossier"), tag=N_("Drafting"), tag_kind="wait"),
    "write_round": Words(N_("No round is under way."), N_("Open the dossier"), tag=N_("Drafting"), tag_kind="wait"),
    "send_position": Words(N_("The decision is final: send the position."), N_("Open the dossier"), tag=N_("Decided"), tag_kind="done"),
    "record_force": Words(N_("The decision is final: record that it is in force."), N_("Open the dossier"), tag=N_("Decided"), tag_kind="done"),
    "record_outcome": Words(N_("The position is sent: record the outside answer when it comes."), N_("Open the dossier"), tag=N_("Sent"), tag_kind="wait"),
    "acknowledge_petition": Words(N_("Sent in, and not acknowledged yet."), N_("Read it")),
    "answer_petition": Words(N_("Sent in: take it up, or answer it with reasons."), N_("Read and answer")),
    "more_petitions": Words(N_("Sent in as well, and due after these: %(count)s."), N_("See all of them"), title=N_("More that was sent in")),
    "board_page": Words(N_("What committees of product and workers' networks brought before it, and the answers."), N_("See the concerns"), title=N_("Concerns for the Board"), tag=N_("The Board"), tag_kind="wait"),
    # CECLAC
    "take_position": Words(N_("Round %(number)s: your position on the draft is asked. Positions so far: %(count)s."), N_("Take a position")),
    "take_position_synopsis": Words(N_("Round %(number)s: your position on the synopsis is asked. Positions so far: %(count)s."), N_("Take a position")),
    "change_position": Words(N_("Round %(number)s: you have taken a position on the draft."), N_("See the review"), tag_kind="done"),
    "change_position_synopsis": Words(N_("Round %(number)s: you have taken a position on the synopsis."), N_("See the review"), tag_kind="done"),
    "decide_review": Words(N_("Round %(number)s, draft: positions taken: %(count)s. Approve it or return it."), N_("Decide")),
    "decide_review_synopsis": Words(N_("Round %(number)s, synopsis: positions taken: %(count)s. Approve it or return it."), N_("Decide")),
    "blocked_review": Words(N_("Round %(number)s, draft: positions taken: %(count)s. Blocks that stand: %(blocks)s. Until they are lifted it cannot be approved; it may be returned."), N_("See the review"), tag_kind="late"),
    "blocked_review_synopsis": Words(N_("Round %(number)s, synopsis: positions taken: %(count)s. Blocks that stand: %(blocks)s. Until they are lifted it cannot be approved; it may be returned."), N_("See the review"), tag_kind="late"),
    "freeze_text": Words(N_("A matter without a round: its text waits to be frozen, so that it can be voted on."), N_("Read and freeze"), tag=N_("Final review"), tag_kind="wait"),
    "decide_objections": Words(N_("Round %(number)s: objections to answers that wait for the Commission: %(count)s."), N_("Read and decide"), tag=N_("Objections"), tag_kind="late"),
    "declare_ready": Words(N_("The time to say whether the answers satisfy is over for round %(number)s."), N_("Hand over to the vote"), tag=N_("Published"), tag_kind="done"),
    "declare_ready_later": Words(N_("Round %(number)s is published. While this time runs, organisations may say whether the answers satisfy them; then you hand its text over to the vote."), N_("See what is missing"), tag_kind="wait"),
    # assemblies
    "prepare_vote": Words(N_("The text is handed over: prepare the vote."), N_("Prepare the vote"), tag=N_("Ready for vote")),
    "review_vote": Words(N_("Vote %(code)s is prepared: a second person reviews it."), N_("Review"), tag=N_("Draft"), tag_kind="wait"),
    "correct_vote": Words(N_("Vote %(code)s was sent back: correct it. Reason given: %(reason)s"), N_("Correct the vote"), tag=N_("Sent back"), tag_kind="late"),
    "vote_is_corrected": Words(N_("Vote %(code)s was sent back: the secretary corrects it. Reason given: %(reason)s"), N_("See the vote"), tag=N_("Sent back"), tag_kind="wait"),
    "convene_vote": Words(N_("Vote %(code)s is reviewed: convene it."), N_("Convene")),
    "vote_will_open": Words(N_("Vote %(code)s is convened. Organisations on the roll: %(electors)s."), N_("See the vote")),
    "vote_runs": Words(N_("Vote %(code)s is open. Organisations on the roll: %(electors)s."), N_("See the vote")),
    "sign_roll": Words(N_("Vote %(code)s: an amendment of its roll waits for a second signature before it opens."), N_("Read and sign")),
    "sign_void": Words(N_("Vote %(code)s is to be stopped for good: the other one has signed, your signature is missing."), N_("Read and decide"), tag=N_("Two signatures"), tag_kind="late"),
    "resume_vote": Words(N_("Vote %(code)s is suspended: resume it when voting can go on."), N_("See the vote"), tag=N_("Suspended"), tag_kind="late"),
    "vote_is_suspended": Words(N_("Vote %(code)s is suspended: the president resumes it."), N_("See the vote"), tag=N_("Suspended"), tag_kind="late"),
    "enter_sheet_again": Words(N_("Vote %(code)s: sheet %(serial)s was entered once. A second person enters it again without looking at the first entry."), N_("To the sheet"), tag=N_("Ballots on paper"), tag_kind="late"),
    "settle_sheets": Words(N_("Vote %(code)s is closed and waits for sheets of ballots on paper: %(serials)s. It is counted when each is merged or given up."), N_("To the sheets"), tag=N_("Ballots on paper"), tag_kind="late"),
    "sheets_are_settled": Words(N_("Vote %(code)s is closed and waits for sheets of ballots on paper: %(serials)s. The desk enters them."), N_("See the sheets"), tag=N_("Ballots on paper"), tag_kind="wait"),
    "next_call": Words(N_("Vote %(code)s had no quorum: there is nothing to sign. Prepare the vote of the next call."), N_("Prepare the next call"), tag=N_("No quorum"), tag_kind="late"),
    "next_call_comes": Words(N_("Vote %(code)s had no quorum: there is nothing to sign. The secretary prepares the next call."), N_("See the vote"), tag=N_("No quorum"), tag_kind="wait"),
    "second_vote": Words(N_("Vote %(code)s ended in a tie: there is nothing to sign. Prepare the second vote that the rule asks for."), N_("Prepare the second vote"), tag=N_("Tie"), tag_kind="late"),
    "second_vote_comes": Words(N_("Vote %(code)s ended in a tie: there is nothing to sign. The secretary prepares the second vote."), N_("See the vote"), tag=N_("Tie"), tag_kind="wait"),
    "casting_vote": Words(N_("Vote %(code)s ended in a tie: the rule asks for your casting vote before anybody signs."), N_("Give the casting vote"), tag=N_("Tie"), tag_kind="late"),
    "casting_vote_comes": Words(N_("Vote %(code)s ended in a tie: there is nothing to sign before the president's casting vote."), N_("See the vote"), tag=N_("Tie"), tag_kind="wait"),
    "approve_rule": Words(N_("Version %(version)s of a rule waits for a second person. Source: %(cites)s"), N_("Read and approve"), tag=N_("Rule book"), tag_kind="wait"),
    "lots": Words(N_("Vote %(code)s ended in a tie: reveal the seed, so that lots are drawn before anybody signs."), N_("Draw lots"), tag=N_("Tie"), tag_kind="late"),
    "lots_comes": Words(N_("Vote %(code)s ended in a tie: there is nothing to sign before lots are drawn."), N_("See the vote"), tag=N_("Tie"), tag_kind="wait"),
    "sign_result": Words(N_("Vote %(code)s is counted: check the result and sign."), N_("Check and sign"), tag=N_("Counted")),
    "contest_waits": Words(N_("Contests that you have answered, and that wait for a second member of the committee: %(count)s."), N_("See the vote"), tag=N_("Contested"), tag_kind="wait"),
    "vote_annulled_item": Words(N_("Vote %(code)s was annulled: its item is open again. Prepare another vote while the assembly sits."), N_("To the item"), tag=N_("Annulled"), tag_kind="late"),
    "next_assembly_item": Words(N_("Vote %(code)s was annulled after its assembly ended: the next assembly may take the item up."), N_("To the item"), tag=N_("Annulled"), tag_kind="wait"),
    "hear_contest": Words(N_("Contests that wait for the committee: %(count)s."), N_("Hear the contest"), tag=N_("Contested"), tag_kind="late"),
    # networks
    "round_silent": Words(N_("Round %(number)s: members that have not answered: %(count)s of %(total)s."), N_("See who")),
    "round_answered": Words(N_("Round %(number)s: all %(total)s members have answered."), N_("See the list"), tag_kind="done"),
    "vote_silent": Words(N_("Vote %(number)s: members that have not voted: %(count)s of %(total)s."), N_("See who")),
    "vote_answered": Words(N_("Vote %(number)s: all %(total)s members have voted."), N_("See the list"), tag_kind="done"),
    # those who watch and operate
    "read_dossier": Words("", N_("Read")),
    "import_register": Words(N_("Nobody can be asked before the register is filled."), N_("Import the register"), title=N_("The register is empty"), tag=N_("To begin"), tag_kind="late"),
    "without_delegate": Words(N_("Nobody can comment or vote for them."), N_("See the register"), title=N_("Organisations without a delegate: %(count)s"), tag=N_("Register"), tag_kind="wait"),
    "timers_failed": Words(N_("Something that should have happened by itself was refused."), N_("See what"), title=N_("Timers that failed: %(count)s"), tag=N_("Attention"), tag_kind="late"),
    "mails_failed": Words(N_("They are tried again for a day, then given up."), N_("See which"), title=N_("Mails that could not be sent: %(count)s"), tag=N_("Attention"), tag_kind="late"),
}  # fmt: skip

EMPTY: dict[str, str] = {
    "delegate": N_("Nothing waits for you now. You get a mail when a consultation or a vote opens."),
    "unit": N_("Nothing waits for the Unit. Begin a dossier, or import a draft."),
    "unit_head": N_("Nothing waits for the Unit. Begin a dossier, or import a draft."),
    "commission": N_("No review waits for your position. You get a mail when one opens."),
    "chair": N_("No review waits for you. You get a mail when one opens."),
    "network": N_("No consultation or vote is open for your members now."),
    "admin": N_("All is in order: the register is filled, the clock runs, mails go out."),
    "public": N_("You act in no capacity now. Choose one, or read the public pages."),
}
"""What an empty home page says, by role; NOTHING for the others."""

NOTHING = N_("Nothing waits for you now. What is open to all is on the public pages.")
