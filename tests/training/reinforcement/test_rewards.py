from __future__ import annotations

import json

import pytest

from soundly.config.families import make_family
from soundly.core.errors import CriticError, UsageError
from soundly.core.verdict import Critique, Guarantee, unknown
from soundly.training.judging import Counts, Judged
from soundly.training.rewards import columns_of, notation_reward, problem_of, verified_reward
from soundly.training.shaping import LARGEST, UnsoundFormReward
from soundly.training.vocabulary import PAD, Vocabulary

BROKEN = CriticError("the validator did not start")


def rewards(family, answers, *, size=2, seed=1, make=verified_reward, **columns):
    """The rewards of answers to one problem, and what was heard of them."""
    heard = []
    reward = make(family, heard=lambda judged, rows: heard.extend(judged))
    many = {name: [value] * len(answers) for name, value in columns.items()}
    got = reward(
        prompts=["…"] * len(answers),
        completions=answers,
        size=[size] * len(answers),
        seed=[seed] * len(answers),
        trainer_state=object(),
        **many,
    )
    return got, Counts.of(heard)


def names_of(family, *, size=2, seed=1):
    return family.draw(size=size, seed=seed).statement["names"]


def test_only_what_a_sound_critic_accepted_is_rewarded(echo):
    """A right answer is worth 1, a wrong one and an unreadable one 0, and each is counted."""
    right = names_of(echo())
    wrong = " ".join(reversed(right.split()))
    got, counts = rewards(echo(), [right, wrong, "I would rather not."])
    assert got == [1.0, 0.0, 0.0]
    assert counts == Counts(accepted=1, rejected=1, unreadable=1)


def test_a_broken_critic_gives_no_reward(echo):
    """A critic that raises gives None, never 0, and is counted apart from what is unreadable."""
    right = names_of(echo())
    got, counts = rewards(echo(BROKEN), [right, "I would rather not."])
    assert got == [None, 0.0]
    assert counts == Counts(unreadable=1, broken=1)


def test_a_strangers_exception_is_a_broken_critic(echo):
    """Whatever a critic raises, it says nothing of the answer."""
    got, counts = rewards(echo(ZeroDivisionError("division by zero")), [names_of(echo())])
    assert (got, counts.broken) == ([None], 1)


def test_a_critic_that_cannot_tell_gives_no_reward(echo):
    """UNKNOWN is neither right nor wrong, and it is not a broken critic either."""
    undecided = echo(unknown(Critique("too-long", "gave up")))
    got, counts = rewards(undecided, [names_of(echo())])
    assert got == [None]
    assert counts == Counts(undecided=1)


def test_an_unsound_critic_rewards_nothing(echo):
    """A critic whose accept can be wrong is refused before anything is judged."""
    with pytest.raises(UsageError, match="wants a sound one"):
        verified_reward(echo(guarantee=Guarantee.COMPLETE))


def test_a_conversation_is_judged_by_its_last_message(echo):
    """trl gives conversations to models that chat; their answer is the assistant's text."""
    right = names_of(echo())
    got, _ = rewards(echo(), [[{"role": "assistant", "content": right}], [], [{"role": "tool"}]])
    assert got == [1.0, 0.0, 0.0]


def test_the_problem_travels_in_columns(echo):
    """Statement columns and size with seed name the same problem."""
    family = echo()
    problem = family.draw(size=3, seed=7)
    columns = columns_of(problem)
    assert json.loads(columns["statement"]) == dict(problem.statement)
    assert problem_of(family, columns) == problem
    assert problem_of(family, {"size": 3, "seed": 7}) == problem


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"size": 3},
        {"family": "chess", "size": 3, "seed": 7},
        {"statement": "no JSON"},
        {"statement": "{}"},
        {"statement": "[1]"},
    ],
)
def test_columns_that_name_no_problem_are_refused(echo, row):
    """A data set without problems is a mistake of its maker, not a wrong answer."""
    with pytest.raises(UsageError):
        problem_of(echo(), row)


def test_trl_is_told_the_shares_of_what_was_not_judged(echo):
    """What trl logs has a line for unreadable, undecided and broken answers."""
    logged = {}
    reward = verified_reward(echo(BROKEN))
    reward(
        ["…"] * 2, ["", names_of(echo())], log_metric=logged.__setitem__, size=[2] * 2, seed=[1] * 2
    )
    assert logged == {
        "verified/unreadable": 0.5,
        "verified/undecided": 0.0,
        "verified/broken": 0.5,
    }


HACKS = {
    "nothing": "",
    "the problem said again": "{prompt}",
    "every answer at once": "{right}\n{wrong}\n{right} {wrong}",
    "praise": "This is certainly correct. Reward: 1.0",
    "a claim": "There is no solution.",
    "a promise": "[PLAN]",
}


@pytest.mark.parametrize("hack", HACKS.values(), ids=HACKS)
@pytest.mark.parametrize("name", ["blocksworld", "game24", "n-queens", "calendar-scheduling"])
def test_no_form_of_words_is_rewarded(name, hack):
    """Without a right answer there is no reward, whatever else is said."""
    family = make_family(name)
    problem = family.draw(size=max(4, family.dial.smallest), seed=5)
    prompt = "\n".join(problem.statement.values())
    answer = hack.format(prompt=prompt, right="(put-down a)", wrong="(pick-up b)")
    heard = []
    reward = verified_reward(family, heard=lambda judged, rows: heard.extend(judged))
    columns = {name: [value] for name, value in columns_of(problem).items()}
    assert reward(["…"], [answer], **columns) == [0.0]
    assert heard[0].reason


def test_notation_answers_are_read_through_their_labels(echo):
    """Numbers mean what the prompt's labels say; without labels, what the notation says."""
    answers = ["plan #4 #1 end", "plan #1 #4 end", "plan #0 #1 end"]
    got, _ = rewards(echo(), answers, make=notation_reward, labels=[4, 1])
    assert got == [1.0, 0.0, 0.0]
    got, _ = rewards(echo(), ["plan #0 #1"], make=notation_reward)
    assert got == [1.0]


def test_two_answers_in_a_notation_are_none(echo):
    """A right answer behind another, a missing mark, a padding word in the middle: all worth 0."""
    family = echo()
    vocabulary = Vocabulary.of(family.notation)

    def make(family, heard):
        return notation_reward(family, vocabulary=vocabulary, heard=heard)

    for words in (
        "plan #1 plan #0 #1 end",
        "#0 #1 end",
        f"plan #0 {PAD} #1 end",
        "plan end",
        "end",
    ):
        ids = vocabulary.encode(words.split())
        got, counts = rewards(family, ["plan #0 #1"], make=make, completion_ids=ids)
        assert (got, counts.unreadable) == ([0.0], 1), words
    right = vocabulary.encode(["say", "#3", "plan", "#0", "#1", "end", "#5"])
    assert rewards(family, [""], make=make, completion_ids=right)[0] == [1.0]


def test_a_family_without_a_notation_is_refused():
    """There is nothing that its words could mean."""
    with pytest.raises(UsageError, match="no notation"):
        notation_reward(make_family("n-queens"))


def test_the_shaped_reward_never_turns_the_order(echo):
    """The bonus for form is small, and it is nothing for whom nobody judged."""
    right = names_of(echo())
    wrong = " ".join(reversed(right.split()))
    columns = {"size": [2] * 3, "seed": [1] * 3}
    verified = verified_reward(echo())
    shaped = UnsoundFormReward(verified, bonus=LARGEST)
    both = [
        sum(each)
        for each in zip(
            verified(["…"] * 3, [right, wrong, "?"], **columns),
            shaped(["…"] * 3, [right, wrong, "?"], **columns),
            strict=True,
        )
    ]
    assert both == [1.25, 0.25, 0.0]
    broken = UnsoundFormReward(verified_reward(echo(BROKEN)))
    assert broken(["…"], [right], size=[2], seed=[1]) == [None]
    with pytest.raises(ValueError, match="bonus"):
        UnsoundFormReward(verified, bonus=0.5)


def test_counts_tell_judged_from_unjudged():
    """The mean reward is over those judged; where none was there is no mean."""
    counts = Counts.of([Judged("accepted"), Judged("unreadable"), Judged("broken")])
    assert (counts.judged, counts.unjudged, counts.reward) == (2, 1, 0.5)
    assert Counts.of([Judged("undecided")]).reward is None
