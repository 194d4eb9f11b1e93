"""Classical planning: PDDL, its validator, its prompts and answers, its proofs."""
