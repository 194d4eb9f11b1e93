"""Whole evaluations, as Inspect runs and logs them."""

from __future__ import annotations

import math

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset
from inspect_ai.log import read_eval_log
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import Score

from soundly.bench.inspect_tasks import claims_scorer, critic_scorer, strategy_solver
from soundly.bench.inspect_tasks.claims_scorer import unsolvability
from soundly.bench.inspect_tasks.critic_scorer import critic
from soundly.bench.inspect_tasks.record import STORE_KEY
from soundly.bench.inspect_tasks.samples import sample_of
from soundly.bench.inspect_tasks.strategy_solver import strategy
from soundly.bench.inspect_tasks.tasks import family_task
from soundly.core.certificate import Certificate
from soundly.core.codec import record_from_json
from soundly.core.errors import CriticError, UsageError
from soundly.core.verdict import ACCEPT, Critique, reject, unknown
from soundly.kernel import recheck
from soundly.testing.fake_family import (
    CLAIM,
    IMPOSSIBLE,
    PROBLEM,
    RIGHT,
    RIGHT_TOO,
    UNREADABLE,
    WRONG,
    FakeCritic,
    FakeFamily,
    ask_the_kernel,
)

BOTH_LOOPS = pytest.mark.parametrize("evaluate", ["asyncio", "trio"], indirect=True)


@pytest.fixture
def family(monkeypatch):
    """Puts a family in the place of all registered ones."""

    def put(made):
        for module in (critic_scorer, claims_scorer, strategy_solver):
            monkeypatch.setattr(module, "make_family", lambda name: made)
        return made

    return put


def samples(*solvable):
    return MemoryDataset(
        [
            sample_of(
                IMPOSSIBLE if each is False else PROBLEM,
                family=FakeFamily(),
                solvable=each,
                sample_id=f"s{number}",
            )
            for number, each in enumerate(solvable)
        ]
    )


def the_score(log, sample=0, scorer="critic") -> Score:
    return log.samples[sample].scores[scorer]


@BOTH_LOOPS
def test_a_registered_task_runs_by_its_name(evaluate, says):
    log = evaluate("soundly/game24", says("[NO SOLUTION]"), task_args={"instances": 2})
    assert log.status == "success"
    assert log.eval.task == "soundly/game24"
    assert [sample.id for sample in log.samples] == ["size-3-seed-0", "size-3-seed-1"]
    assert the_score(log).reason == "claimed-unsolvable"


@BOTH_LOOPS
def test_metrics_leave_out_what_nobody_could_decide_and_the_log_says_why(evaluate, says, family):
    def judge(problem, candidate):
        if candidate.canonical == RIGHT_TOO:
            return unknown(Critique("dark", "too dark to see"))
        if candidate.canonical == WRONG[1]:
            raise CriticError("the validator did not start")
        return ask_the_kernel(problem, candidate)

    family(FakeFamily(FakeCritic(judge)))
    model = says(RIGHT, RIGHT_TOO, WRONG[1], WRONG[0])
    task = Task(dataset=samples(True, True, True, True), scorer=critic())
    log = read_eval_log(evaluate(task, model, max_samples=1).location)
    [result] = log.results.scores
    assert (result.scored_samples, result.unscored_samples) == (2, 2)
    assert result.metrics["accuracy"].value == 0.5
    scores = [the_score(log, number) for number in range(4)]
    assert sorted(str(score.value) for score in scores) == ["C", "I", "nan", "nan"]
    told = {score.reason: score.explanation for score in scores if score.reason}
    assert "too dark" in told["critic-unknown"]
    assert "did not start" in told["scoring_failed"]


def test_epochs_that_were_not_scored_do_not_pull_the_mean(evaluate, says, family):
    family(FakeFamily(FakeCritic(lambda p, c: ACCEPT if c.canonical == RIGHT else unknown())))
    task = Task(dataset=samples(True), scorer=critic(), epochs=2)
    log = evaluate(task, says(RIGHT, RIGHT_TOO), max_samples=1)
    [result] = log.results.scores
    assert result.metrics["accuracy"].value == 1


def test_claims_are_counted_apart_on_solvable_and_unsolvable_problems(evaluate, says, family):
    family(FakeFamily())
    task = Task(dataset=samples(False, False, True, None), scorer=[critic(), unsolvability()])
    log = evaluate(task, says(CLAIM, WRONG[0], CLAIM, CLAIM), max_samples=1)
    by_name = {score.name: score for score in log.results.scores}
    assert by_name["claimed_on_unsolvable"].metrics["mean"].value == 0.5
    assert by_name["claimed_on_solvable"].metrics["mean"].value == 1
    assert by_name["critic"].metrics["accuracy"].value == 0
    assert by_name["critic"].unscored_samples == 2


@BOTH_LOOPS
def test_back_prompting_solves_and_leaves_evidence(evaluate, says, family):
    family(FakeFamily())
    task = Task(dataset=samples(True), solver=strategy("refine:rounds=3"), scorer=critic())
    log = read_eval_log(evaluate(task, says(UNREADABLE, WRONG[0], RIGHT)).location)
    [sample] = log.samples
    assert the_score(log).value == "C"
    assert sample.output.completion == RIGHT
    assert sample.messages[-1].text == RIGHT
    left = sample.store[STORE_KEY]
    assert left["status"] == "solved"
    assert (left["spend"]["calls"], left["spend"]["input_tokens"]) == (3, 30)
    assert recheck(Certificate(left["certificate"]).document).claim == "solved"
    assert record_from_json(left["trace"][-1]).event.status == "solved"


@BOTH_LOOPS
@pytest.mark.parametrize(("budget", "status"), [("", "unsolved"), ("calls=2", "exhausted")])
def test_a_strategy_without_an_answer_gives_none(evaluate, says, family, budget, status):
    family(FakeFamily())
    solver = strategy("best-of:n=4,concurrency=2", budget)
    log = evaluate(Task(dataset=samples(True), solver=solver, scorer=critic()), says(WRONG[0]))
    [sample] = log.samples
    assert sample.output.completion == ""
    assert sample.store[STORE_KEY]["status"] == status
    score = the_score(log)
    assert (score.value, score.reason) == ("N", status)
    assert score.explanation == sample.store[STORE_KEY]["reason"]


def test_a_proof_from_a_strategy_is_correct(evaluate, says):
    task = family_task("blocksworld", size=2, instances=2, unsolvable=0.5, strategy="kairos+h2")
    log = evaluate(task, says("never asked"))
    assert log.status == "success"
    proved = next(each for each in log.samples if each.id.endswith("unsolvable"))
    assert proved.scores["critic"].value == "C"
    assert proved.scores["critic"].metadata["certificate"]["claim"] == "unsolvable"
    assert proved.scores["unsolvability"].value["claimed_on_unsolvable"] == 1
    assert math.isnan(proved.scores["unsolvability"].value["claimed_on_solvable"])


def test_a_forged_proof_in_the_store_is_refused(evaluate, says, family):
    from inspect_ai.solver import solver

    family(FakeFamily())

    @solver
    def forge():
        async def solve(state, generate):
            document = FakeFamily().certify(PROBLEM, FakeFamily().read(PROBLEM, RIGHT)).document
            state.store.set(
                STORE_KEY,
                {"status": "unsolvable", "reason": "", "certificate": dict(document)},
            )
            return state

        return solve

    log = evaluate(Task(dataset=samples(True), solver=forge(), scorer=critic()), says(CLAIM))
    score = the_score(log)
    assert math.isnan(score.value)
    assert "the kernel refuses the strategy's proof" in score.explanation


def test_a_critic_that_breaks_under_a_strategy_leaves_the_sample_unscored(evaluate, says, family):
    family(FakeFamily(FakeCritic(CriticError("the validator did not start"))))
    solver = strategy("refine:rounds=3")
    log = evaluate(Task(dataset=samples(True), solver=solver, scorer=critic()), says(RIGHT))
    assert log.status == "success"
    assert the_score(log).reason == "scoring_failed"
    assert log.results.scores[0].unscored_samples == 1
    assert log.samples[0].store[STORE_KEY]["status"] == "broken"
    assert log.samples[0].store[STORE_KEY]["trace"]


def test_a_model_that_breaks_is_an_error_of_inspects_sample(evaluate, family):
    def broken(*asked):
        raise RuntimeError("out of memory")

    family(FakeFamily())
    model = get_model("mockllm/model", custom_outputs=broken, memoize=False)
    log = evaluate(
        Task(dataset=samples(True), solver=strategy("single"), scorer=critic()),
        model,
        fail_on_error=False,
    )
    assert "out of memory" in log.samples[0].error.message
    assert not log.samples[0].scores


@BOTH_LOOPS
def test_inspects_own_limits_stop_a_strategy_and_are_named(evaluate, says, family):
    family(FakeFamily(FakeCritic(lambda p, c: reject(Critique("no", "never")))))
    task = Task(
        dataset=samples(True), solver=strategy("refine:rounds=9"), scorer=critic(), token_limit=40
    )
    log = evaluate(task, says(WRONG[0]))
    [sample] = log.samples
    assert log.status == "success"
    assert sample.limit.type == "token"
    assert (the_score(log).value, the_score(log).reason) == ("N", "stopped")
    assert sample.store[STORE_KEY]["trace"]


@pytest.mark.slow
@BOTH_LOOPS
def test_inspects_time_limit_cancels_a_strategy(evaluate, family):
    async def never(*asked):
        import anyio

        await anyio.sleep_forever()

    family(FakeFamily())
    model = get_model("mockllm/model", custom_outputs=never, memoize=False)
    task = Task(dataset=samples(True), solver=strategy("best-of:n=3"), scorer=critic())
    log = evaluate(task, model, time_limit=1)
    [sample] = log.samples
    assert sample.limit.type == "time"
    assert the_score(log).reason == "stopped"
    ended = record_from_json(sample.store[STORE_KEY]["trace"][-1]).event
    assert (ended.status, ended.spend.calls) == ("cancelled", 3)


def test_a_filtered_answer_is_a_refusal(evaluate, says, family):
    family(FakeFamily())

    def filtered(*asked):
        output = ModelOutput.from_content("mockllm/model", "", stop_reason="content_filter")
        return output.model_copy(update={"usage": ModelUsage(input_tokens=1, total_tokens=1)})

    model = get_model("mockllm/model", custom_outputs=filtered, memoize=False)
    log = evaluate(Task(dataset=samples(True), scorer=critic()), model)
    assert (the_score(log).value, the_score(log).reason) == ("I", "refusal")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"size": "4,x"}, "size is"),
        ({"budget": "calls=1"}, "name one"),
        ({"strategy": "single", "budget": "usd=1"}, "cost limit"),
        ({"strategy": "sinlge"}, "did you mean single"),
    ],
)
def test_options_that_cannot_be_used_are_refused_when_the_task_is_made(options, told):
    with pytest.raises(UsageError, match=told):
        family_task("game24", instances=1, **options)


def test_options_split_at_their_commas_by_the_command_line_are_joined_again():
    strategy = ["refine:rounds=3", "history=all"]
    task = family_task("game24", size=["3", "4"], instances=1, strategy=strategy)
    assert [sample.id for sample in task.dataset] == ["size-3-seed-0", "size-4-seed-0"]
