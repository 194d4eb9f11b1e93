"""A generator whose every try is booked: held before, settled after, and traced both times."""

from __future__ import annotations

from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import GeneratorError, SoundlyError
from soundly.core.events import CallFailed, CallHeld, CallSettled
from soundly.core.spend import Quote, Spend
from soundly.engine.ledger import Hold, Ledger
from soundly.engine.recorder import Recorder


class Metered:
    """One part's metered view of a generator. Retrying goes around this, never inside."""

    def __init__(
        self, generator: Generator, *, part: str, ledger: Ledger, recorder: Recorder
    ) -> None:
        self._generator = generator
        self._part = part
        self._ledger = ledger
        self._recorder = recorder

    @property
    def name(self) -> str:
        """The generator's own name."""
        return self._generator.name

    def quote(self, request: Request) -> Quote:
        """The generator's own quote."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """One try. Raises `BudgetExhausted` instead of making a call that could break a limit."""
        hold = self._ledger.hold(self._quote(request))
        self._recorder.add(CallHeld(hold.number, self._part, request, hold.quote))
        try:
            completion = _completion(await self._generator.complete(request))
        except GeneratorError as error:
            self._fail(hold, str(error), retryable=error.retryable, billed=error.billed)
            raise
        except SoundlyError as error:
            self._fail(hold, str(error))
            raise
        except (Exception, SystemExit) as error:
            reason = f"{self.name} broke: {type(error).__name__}: {error}"
            self._fail(hold, reason)
            raise GeneratorError(reason) from error
        except BaseException:
            self._fail(hold, "cancelled")
            raise
        usage = completion.usage
        cost = Spend(
            1,
            usage.input_tokens,
            usage.output_tokens,
            usage.reasoning_tokens,
            usage.cached_tokens,
            completion.dollars if completion.dollars is not None else hold.bound.dollars,
        )
        booked = self._ledger.settle(hold, cost)
        self._recorder.add(CallSettled(hold.number, completion, booked))
        return completion

    def _quote(self, request: Request) -> Quote:
        try:
            quote = self._generator.quote(request)
        except SoundlyError:
            raise
        except (Exception, SystemExit) as error:
            raise GeneratorError(
                f"{self.name} could not quote a call: {type(error).__name__}: {error}"
            ) from error
        if not isinstance(quote, Quote):
            raise GeneratorError(f"{self.name} quoted a {type(quote).__name__}, wanted a Quote")
        return quote

    def _fail(
        self, hold: Hold, error: str, *, retryable: bool = False, billed: bool = True
    ) -> None:
        booked = self._ledger.settle(hold, hold.bound if billed else Spend(1))
        self._recorder.add(CallFailed(hold.number, error, retryable, booked))


def _completion(answer: object) -> Completion:
    """The answer, if it is a completion: what it cost is otherwise unknown."""
    if not isinstance(answer, Completion):
        raise TypeError(f"it returned a {type(answer).__name__}, wanted a Completion")
    return answer
