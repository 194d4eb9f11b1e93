"""Every try is held before it is made and booked after, whatever became of it."""

import anyio
import pytest

from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import BudgetExhausted, GeneratorError
from soundly.core.events import CallFailed, CallHeld, CallSettled
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.engine.ledger import Ledger
from soundly.engine.metered import Metered
from soundly.engine.recorder import Recorder
from soundly.generators.scripted import Scripted
from soundly.testing import Failing, Slow

pytestmark = pytest.mark.anyio
REQUEST = Request((Message("user", "Stack a on b."),), max_output_tokens=8)


class Stage:
    """A metered generator with its ledger and trace in sight."""

    def __init__(self, generator, budget=None):
        self.ledger = Ledger(budget or Budget())
        self.recorder = Recorder("s", sinks=[], clock=lambda: 0.0)
        self.bound = Spend(
            1, *(getattr(generator.quote(REQUEST), f"{k}_tokens") for k in ("input", "output"))
        )
        self.model = Metered(generator, part="p", ledger=self.ledger, recorder=self.recorder)

    @property
    def events(self):
        return [record.event for record in self.recorder.trace]


async def test_a_settled_call_is_booked_at_what_it_used():
    """The hold makes way for the true cost."""
    stage = Stage(Scripted([Completion("ok", "m", usage=Usage(3, 2, 1, 1), dollars=0.25)]))
    await stage.model.complete(REQUEST)
    held, settled = stage.events
    assert isinstance(held, CallHeld)
    assert isinstance(settled, CallSettled)
    assert settled.spend == stage.ledger.settled == Spend(1, 3, 2, 1, 1, 0.25)


@pytest.mark.parametrize(
    ("error", "retryable"),
    [
        (GeneratorError("timeout", retryable=True), True),
        (GeneratorError("bad request"), False),
        (RuntimeError("a bug"), False),
    ],
    ids=["timeout", "refused", "bug"],
)
async def test_a_failure_of_unknown_cost_is_booked_at_its_bound(error, retryable):
    """Where nobody knows what a try cost, it cost all that it could."""
    stage = Stage(Failing(error))
    with pytest.raises(GeneratorError):
        await stage.model.complete(REQUEST)
    failed = stage.events[-1]
    assert isinstance(failed, CallFailed)
    assert failed.spend == stage.ledger.committed == stage.bound
    assert failed.retryable is retryable


async def test_a_try_that_is_known_to_cost_nothing_is_a_call_without_tokens():
    """A refused connection counts as a call and as nothing else."""
    stage = Stage(Failing(GeneratorError("refused", billed=False)))
    with pytest.raises(GeneratorError):
        await stage.model.complete(REQUEST)
    assert stage.ledger.committed == Spend(1)


async def test_a_cancelled_call_is_booked_at_its_bound():
    """The provider may have worked on it to the end."""
    stage = Stage(Slow())
    with anyio.move_on_after(0.01):
        await stage.model.complete(REQUEST)
    failed = stage.events[-1]
    assert isinstance(failed, CallFailed)
    assert failed.error == "cancelled"
    assert failed.spend == stage.ledger.committed == stage.bound


async def test_a_call_that_could_break_a_limit_is_not_made():
    """The budget stops before the call, so the model never hears of it."""
    model = Scripted(["never"])
    stage = Stage(model, Budget(tokens=7))
    with pytest.raises(BudgetExhausted):
        await stage.model.complete(REQUEST)
    assert model.requests == ()
    assert stage.events == []


class Lying:
    """A client that keeps no types."""

    name = "lying"

    def __init__(self, *, quote, answer="text"):
        self._quote = quote
        self._answer = answer

    def quote(self, request):
        if isinstance(self._quote, Exception):
            raise self._quote
        return self._quote

    async def complete(self, request):
        return self._answer


@pytest.mark.parametrize("answer", [None, "text", {"text": "x"}, Completion])
async def test_what_is_no_completion_breaks_the_generator_and_is_paid_for(answer):
    """A wrong type is the generator's failure, not the strategy's, and its hold is closed."""
    model = Lying(quote=Quote(1, 1), answer=answer)
    ledger = Ledger(Budget())
    recorder = Recorder("s", sinks=[], clock=lambda: 0.0)
    with pytest.raises(GeneratorError, match="lying broke: TypeError: it returned a"):
        await Metered(model, part="p", ledger=ledger, recorder=recorder).complete(REQUEST)
    assert ledger.committed == ledger.settled == Spend(1, 1, 1)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [(None, "quoted a NoneType"), (3, "quoted a int"), (OSError("no"), "could not quote a call")],
)
async def test_a_quote_that_is_none_buys_nothing(quote, reason):
    """Without a bound there is no hold, and without a hold no call."""
    ledger = Ledger(Budget())
    recorder = Recorder("s", sinks=[], clock=lambda: 0.0)
    with pytest.raises(GeneratorError, match=reason):
        await Metered(Lying(quote=quote), part="p", ledger=ledger, recorder=recorder).complete(
            REQUEST
        )
    assert ledger.committed == Spend()
