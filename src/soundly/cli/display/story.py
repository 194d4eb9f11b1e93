"""The story of a session: what each trace record adds to the screen, and who is at work.

A function of the trace alone, so a stored session replays exactly as it was seen live.
"""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from soundly.charts.amounts import dollars
from soundly.cli.amounts import duration, plural
from soundly.cli.display.advice import advice_given
from soundly.cli.display.attempt import judged_attempt, unread_attempt
from soundly.cli.display.problem import session_heading
from soundly.cli.display.strategy import strategy_event
from soundly.cli.visible import one_line
from soundly.core.advice import AdviceCompared, AdviceGiven
from soundly.core.completion import Completion
from soundly.core.continuing import Repaired
from soundly.core.events import (
    AnswerUnreadable,
    CallFailed,
    CallHeld,
    CallSettled,
    CandidateRead,
    Certified,
    FeedbackGiven,
    Judged,
    LoopStopped,
    PartBroke,
    PartStarted,
    SessionEnded,
    SessionStarted,
    SoftlyJudged,
    SolverEnded,
    SolverStarted,
    TraceRecord,
    UnsolvabilityClaimed,
)
from soundly.core.formalism import TranslationChecked
from soundly.core.replay import Account, Replay
from soundly.core.routing import RouteChosen
from soundly.core.searching import StepsProposed
from soundly.core.voting import SamplingStopped, Voted

_SOLVER_SAID = {
    "found": ("✔", "good", "found an answer"),
    "proved": ("✔", "proved", "proved that there is no answer"),
    "asserted": ("?", "spent", "says that there is no answer, without proof"),
    "gave-up": ("·", "quiet", "gave up"),
    "not-for-this": ("·", "quiet", "is not for this"),
}


class Story:
    """Takes the records of one session in order and says what each adds to the screen.

    ``seen``: a person is shown every candidate before it is judged, and not once more behind.
    """

    def __init__(self, *, seen: bool = False) -> None:
        self._seen = seen
        self._replay = Replay()
        self._model = "the model"
        self._part = ""
        self._held: dict[int, tuple[float, str]] = {}
        self._unread: list[tuple[str, Completion]] = []
        self._read: dict[int, CandidateRead] = {}
        self._solver: str | None = None

    @property
    def account(self) -> Account:
        """What is spent and held up to here."""
        return self._replay.account

    @property
    def working(self) -> str | None:
        """Who is at work right now, in words; None between steps and after the end."""
        if self._replay.ended is not None:
            return None
        if self._solver is not None:
            return f"{self._solver} is searching"
        if not self._held:
            return None
        if len(self._held) > 1:
            return f"{self._model} is writing {len(self._held)} answers"
        return f"{self._model} is writing an answer"

    def take(  # noqa: PLR0911 - one return for each kind of event
        self, record: TraceRecord
    ) -> list[RenderableType]:
        """What this record adds, from top to bottom; often nothing."""
        self._replay.take(record)
        match record.event:
            case SessionStarted() as event:
                self._model = one_line(event.model) if event.model else self._model
                self._part = event.strategy.partition(":")[0]
                return [session_heading(event)]
            case PartStarted(part):
                self._part = part
                return [Rule(Text(one_line(part), "stage"), align="left", style="quiet")]
            case CallHeld(call=call, part=part):
                self._held[call] = (record.seconds, part)
                return []
            case CallSettled() as event:
                return [self._settled(event, record.seconds)]
            case CallFailed() as event:
                return [self._failed(event)]
            case SolverStarted(solver=solver):
                self._solver = one_line(solver)
                return []
            case SolverEnded() as event:
                self._solver = None
                # an answer's attempt follows at once; nothing else does
                return [_solver_line(event), *([] if event.answer == "found" else [Text()])]
            case AdviceGiven() as event:
                return [advice_given(event), Text()]
            case (
                SoftlyJudged()
                | FeedbackGiven()
                | LoopStopped()
                | Voted()
                | SamplingStopped()
                | AdviceCompared()
                | Repaired()
                | TranslationChecked()
                | StepsProposed()
                | RouteChosen()
            ) as event:
                return [_indented(line) for line in strategy_event(event)]
            case PartBroke() | Certified() | SessionEnded():
                return []  # the ending says how, why, and where the evidence is
            case event:
                return self._attempt(event)

    def _attempt(
        self, event: CandidateRead | AnswerUnreadable | UnsolvabilityClaimed | Judged
    ) -> list[RenderableType]:
        came, self._unread = self._unread, []
        match event:
            case CandidateRead():
                self._read[event.attempt] = event
                return []
            case Judged():
                candidate = self._read.pop(event.attempt, None)
                if candidate is None:
                    return []
                return [_indented(judged_attempt(candidate, event, seen=self._seen))]
            case AnswerUnreadable() | UnsolvabilityClaimed():
                # most answers are read as they come; of several that were drawn before any was
                # read, the trace does not say which one this is
                answers = [completion.text for part, completion in came if part == event.part]
                answer = answers[0] if len(answers) == 1 else None
                return [_indented(unread_attempt(event, answer))]

    def _settled(self, event: CallSettled, now: float) -> Text:
        began, part = self._held.pop(event.call, (now, self._part))
        completion = event.completion
        self._unread.append((part, completion))
        spend = event.spend
        line = Text.assemble(
            ("● ", "stage"),
            one_line(completion.model),
            (f"  call {event.call} · {spend.input_tokens:,} tokens in, ", "quiet"),
            (f"{spend.output_tokens:,} out", "quiet"),
        )
        if spend.reasoning_tokens:
            line.append(f", {spend.reasoning_tokens:,} of them reasoning", "quiet")
        if completion.finish_reason == "length":
            line.append(" (cut off)", "spent")
        known = completion.dollars is not None
        line.append(f" · {dollars(spend.dollars) if known else 'price unknown'}", "quiet")
        line.append(f" · {duration(now - began)}", "quiet")
        if completion.cached:
            line.append(" · from the cache", "quiet")
        if part != self._part:
            # parts of a loop take turns, so the last heading does not say whose call it was
            line.append(f" · for {one_line(part)}", "quiet")
        return line

    def _failed(self, event: CallFailed) -> Text:
        self._held.pop(event.call, None)
        booked = f"booked at up to {plural(event.spend.tokens, 'token')}"
        if event.spend.dollars:
            booked += f" and {dollars(event.spend.dollars)}"
        again = ", worth another try" if event.retryable else ""
        cancelled = event.error == "cancelled"
        return Text.assemble(
            ("✗ ", "quiet" if cancelled else "bad"),
            (f"call {event.call} ", "quiet"),
            "was cancelled" if cancelled else f"failed: {one_line(event.error)}{again}",
            (f"  ({booked if event.spend.tokens else 'nothing to pay'})", "quiet"),
        )


def _solver_line(event: SolverEnded) -> Text:
    mark, style, said = _SOLVER_SAID.get(event.answer, ("·", "quiet", event.answer))
    line = Text.assemble((f"{mark} ", style), f"{one_line(event.solver)} {one_line(said)}")
    if event.answer in ("asserted", "gave-up", "not-for-this") and event.detail:
        line.append(f": {one_line(event.detail)}", "quiet")
    line.append(f"  {duration(event.seconds)}", "quiet")
    return line


def _indented(renderable: RenderableType) -> Padding:
    return Padding(renderable, (0, 0, 1, 2), expand=False)
