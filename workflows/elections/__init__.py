"""Elections of persons and choices among options: ballots other than yes, no and abstention.

- terms: the conditions of one election, as immutable, validated and hashed data
- choices: what a ballot holds as text, read and written
- counting: `elect(terms, roll, ballots)`, the one way from ballots to a result; it uses papers, scores, stv and schulze
- results: the result and its JSON; sentences and words say it in four languages
- lots: an order drawn from a published seed; interests: who does not vote on an item; following: the next vote
"""
