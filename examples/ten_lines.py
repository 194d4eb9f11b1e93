"""A model proposes, a sound critic decides, a planner steps in: the README's ten lines, keyless."""

import soundly
from soundly.generators.scripted import Scripted

folder = "examples/blocksworld"
problem = soundly.load(f"{folder}/domain.pddl", f"{folder}/four-blocks.pddl")
model = Scripted(["[PLAN]\n(pick-up a)\n(stack a b)\n[PLAN END]", "I believe there is no plan."])
outcome = soundly.run(problem, model=model, strategy="refine:rounds=2+kairos")
print(outcome.status.value, "by", outcome.found_by, "for", outcome.spend.calls, "model calls")
assert outcome.certificate is not None
print(soundly.recheck(outcome.certificate).summary)
