"""What refusals say about points, clusters and who works on a comment: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "points_few": (
        N_("A comment is split into two points or more, each with its words."),
        N_("Write the words of each point."),
    ),
    "point_not_in_comment": (
        N_("The words of point %(number)s do not stand in the comment so."),
        N_("A point is told in the comment's own words: divide them, and change none."),
    ),
    "comment_has_answers": (
        N_("The comment has an answer."),
        N_("Give the answer back first: points are made and undone while nothing is answered."),
    ),
    "points_coded": (
        N_("Points of this comment are coded."),
        N_("Leave it as it is, or take the codes off first."),
    ),
    "points_sampled": (
        N_("Points of this comment are in sample %(sample)s, which two people are coding."),
        N_("Wait until both are done, or give the sample up."),
    ),
    "point_in_cluster": (
        N_("It stands in the cluster “%(title)s”."),
        N_("Take it out of the cluster first."),
    ),
    "cluster_small": (N_("A cluster has two points or more."), N_("Choose at least two points.")),
    "cluster_title_missing": (N_("The cluster has no name."), N_("Write what these points have in common.")),
    "points_clustered": (
        N_("Points that stand in another cluster: %(labels)s."),
        N_("Take them out of it first, or leave them out here."),
    ),
    "cluster_dissolved": (N_("The cluster is dissolved."), N_("Make another one of its points.")),
    "cluster_answered": (
        N_("No point of the cluster waits for an answer."),
        N_("Give single answers back first if they are to change."),
    ),
    "sample_asked": (
        N_("More than %(most)s points are not decided at once."),
        N_("Propose the answer for all: a second person looks at a sample of them and decides."),
    ),
    "response_missing_in": (
        N_("The response in this language is missing: %(language)s."),
        N_("Write it: every organisation reads the answer in the language of its comment."),
    ),
    "comments_not_chosen": (N_("No comment is chosen."), N_("Tick the comments first.")),
    "nothing_to_assign": (
        N_("It is not said who answers, nor until when."),
        N_("Choose a person or a day."),
    ),
    "assignee_not_in_unit": (
        N_("This person does not answer comments."),
        N_("Choose somebody of the Standards Unit."),
    ),
    "due_day_past": (N_("The day has passed."), N_("Choose today or a later day.")),
}
