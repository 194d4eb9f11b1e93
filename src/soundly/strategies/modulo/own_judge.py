"""A model as the judge of its own answers, in words.

Source: Stechly et al., arXiv:2402.08115, and Valmeekam et al., arXiv:2310.08118: where a model
verifies itself it accepts what is wrong, and the loop ends there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.session import Session
from soundly.core.verdict import Guarantee, Verdict
from soundly.critics.model_judge import judging_request, said_verdict
from soundly.strategies.modulo.options import Judging


@dataclass(frozen=True, slots=True)
class OwnJudge:
    """Asks the session's model about an answer to the problem that ``stated`` words.

    Costs one call a judgement. A judgement without a verdict is UNKNOWN, however sure it sounds.
    """

    stated: str
    judging: Judging = Judging()
    seed: int | None = None
    reasoning_effort: str | None = None
    name: str = "self-critic"
    version: str = "1"
    guarantee: Guarantee = Guarantee.NONE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The model's last verdict; its words are the critique of a rejection."""
        request = judging_request(
            self.stated,
            candidate.canonical,
            at_once=self.judging.judge_at_once,
            max_output_tokens=self.judging.judge_tokens,
        )
        request = replace(request, seed=self.seed)
        if self.reasoning_effort is not None:
            # a model that reasons takes no temperature
            request = replace(request, temperature=None, reasoning_effort=self.reasoning_effort)
        return said_verdict((await ask(request)).text)


def own_judge(
    session: Session, judging: Judging, style: PromptStyle, reasoning_effort: str | None
) -> OwnJudge:
    """The judge of a session's answers, told the problem in the language of ``style``."""
    messages = session.render(PromptStyle(language=style.language, examples=0))
    stated = "\n".join(message.content for message in messages)
    return OwnJudge(stated, judging, session.rng.getrandbits(31), reasoning_effort)
