"""A discriminator learns an easy task, and is measured on what it never saw."""

import json
from dataclasses import replace
from functools import partial

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import anyio
import torch

from soundly.config.families import make_family
from soundly.core.candidate import Candidate
from soundly.core.errors import CriticError, UsageError
from soundly.core.outcome import Status
from soundly.critics.learned import LearnedCritic
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.rerank import AnswerScore, rerank
from soundly.strategies.single import single
from soundly.training.events import Measured, Noted, Stepped, read_events
from soundly.training.example import Example
from soundly.training.model import new_model, save_model
from soundly.training.shape import Shape
from soundly.training.verifier.discriminator import (
    FILE,
    Discriminator,
    load_discriminator,
    save_discriminator,
)
from soundly.training.verifier.labelled import Drawing, Labelled, draw_labelled
from soundly.training.verifier.learning import Course, encoded, teach
from soundly.training.verifier.making import FOLDER, Plan, make_verifier
from soundly.training.verifier.measuring import chosen_threshold, error_rates, opinions
from soundly.training.verifier.presenting import presentation_of
from soundly.training.verifier.scoring import LearnedScore
from soundly.training.vocabulary import Vocabulary

torch.set_num_threads(1)
TINY = Shape(layers=1, width=16, heads=2, inner=32, context=12)
PLAN = Plan(
    train=Drawing((1,), 60),
    measured=Drawing((1,), 60, seed=100),
    course=Course(steps=5, batch=8),
    shape=TINY,
)


def answer(words, *, right, form="0" * 8, edited=True, size=1):
    return Labelled(Example("bits", size, 0, form, ("start",), 0, words), right, edited)


def bits():
    """A right answer holds as many ones as noughts."""
    for number in range(64):
        word = f"{number:06b}"
        form = f"{number:08x}"
        yield answer(tuple(word), right=word.count("1") == 3, form=form)


VOCABULARY = Vocabulary(
    "bits-1", ("<pad>", "<begin>", "end", "plan", "<right>", "<wrong>", "start", "0", "1")
)


@pytest.fixture(scope="module")
def taught():
    """A discriminator that was taught on three of four words of six bits, and its events."""
    events = []
    train = [each for each in bits() if int(each.example.form, 16) % 4]
    course = Course(steps=150, batch=32, learning_rate=1e-2, every=50)
    return teach(train, VOCABULARY, TINY, course, take=events.append), events


def test_an_easy_task_is_learnt_better_than_chance(taught):
    """On words that it never saw, it errs in fewer than one of four, where chance errs in two."""
    discriminator, _ = taught
    unseen = [each for each in bits() if int(each.example.form, 16) % 4 == 0]
    chances = opinions(discriminator, unseen)
    for worth in (True, False):
        some = [chance for each, chance in zip(unseen, chances, strict=True) if each.right is worth]
        assert sum((chance >= 0.5) is worth for chance in some) / len(some) > 0.75


def test_steps_are_told_as_they_are_made(taught):
    """Their loss falls, and the last step is among them."""
    _, events = taught
    assert all(isinstance(each, Stepped) and each.stage == "verifier" for each in events)
    assert [each.step for each in events] == [0, 50, 100, 149]
    assert events[-1].loss < events[0].loss


def test_the_seed_decides(taught):
    """The same course teaches the same opinions."""
    few = list(bits())[:16]
    course = Course(steps=3, batch=4)
    once, again = (opinions(teach(few, VOCABULARY, TINY, course), few) for _ in range(2))
    assert once == again
    assert opinions(teach(few, VOCABULARY, TINY, replace(course, seed=1)), few) != once


def test_an_opinion_does_not_hang_on_its_neighbours(taught):
    """What is judged beside it, and how long that is, changes nothing."""
    discriminator, _ = taught
    sequences = [encoded(each, VOCABULARY, ()) for each in bits()]
    together = discriminator.probabilities([*sequences[:5], sequences[0][:3]])
    alone = [discriminator.probabilities([each])[0] for each in sequences[:5]]
    assert together[:5] == pytest.approx(alone, abs=1e-5)


def test_without_both_kinds_there_is_nothing_to_learn():
    """Right answers alone, or all of them too long, teach no difference."""
    right = [each for each in bits() if each.right]
    with pytest.raises(UsageError, match="0 wrong"):
        teach(right, VOCABULARY, TINY, Course(steps=1))
    short = replace(TINY, context=4)
    with pytest.raises(UsageError, match="0 right and 0 wrong"):
        teach(list(bits()), VOCABULARY, short, Course(steps=1))


class Opinionated(Discriminator):
    """Takes an answer for right with as many tenths as its words have ones."""

    def probabilities(self, sequences):
        one = self.model.vocabulary.encode(["1"])[0]
        return [list(each).count(one) / 10 for each in sequences]


@pytest.fixture
def opinionated():
    return Opinionated(new_model(TINY, VOCABULARY, seed=0))


def test_the_threshold_errs_least_and_is_the_strictest_of_those(opinionated):
    """With nothing to choose by it stays at a half."""
    some = [
        answer(("1",) * ones, right=right)
        for ones, right in [(1, False), (3, True), (4, False), (5, True)]
    ]
    assert chosen_threshold(opinionated, some) == 0.5
    assert chosen_threshold(opinionated, some[:2]) == 0.3
    assert chosen_threshold(opinionated, [each for each in some if each.right]) == 0.5


def test_rates_count_errors_of_each_kind_and_size(opinionated):
    """Wrong answers can only be accepted falsely, right ones only rejected; long ones neither."""
    some = [
        answer(("1",) * 6, right=False),
        answer(("1",) * 4, right=False),
        answer(("1",) * 4, right=True, edited=False),
        answer(("1",) * 6, right=True, edited=False, size=2),
        answer(("1",) * 20, right=True, edited=False, size=2),
    ]
    assert error_rates(opinionated, some, step=9) == [
        Measured("verifier", 9, "false accept", "near misses", 1, 2, 1),
        Measured("verifier", 9, "false reject", "solvers' answers", 1, 1, 1),
        Measured("verifier", 9, "false reject", "solvers' answers", 0, 1, 2, broken=1),
    ]


def test_what_is_saved_is_what_is_loaded(taught, tmp_path):
    """Opinions and threshold."""
    discriminator = replace(taught[0], threshold=0.7)
    save_discriminator(discriminator, tmp_path)
    loaded = load_discriminator(tmp_path)
    some = list(bits())[:8]
    assert loaded.threshold == 0.7
    assert opinions(loaded, some) == pytest.approx(opinions(discriminator, some), abs=1e-6)
    assert (tmp_path / "model.safetensors").exists()


def spoil_threshold(folder):
    (folder / FILE).write_text(json.dumps({"threshold": 7}))


def spoil_weights(folder):
    (folder / "model.safetensors").write_bytes(b"nothing")


def spoil_words(folder):
    words = [word for word in VOCABULARY.words if word != "<right>"]
    save_model(new_model(TINY, Vocabulary("bits-1", tuple(words)), seed=0), folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / FILE).unlink(),
        lambda folder: (folder / FILE).write_text("[]"),
        lambda folder: (folder / "vocabulary.json").unlink(),
        spoil_threshold,
        spoil_weights,
        spoil_words,
    ],
)
def test_anything_else_in_a_folder_is_refused_in_one_line(taught, tmp_path, spoil):
    """A proposer's checkpoint is no verifier, nor is half of one."""
    save_discriminator(taught[0], tmp_path)
    spoil(tmp_path)
    with pytest.raises(UsageError, match="holds no learned verifier") as caught:
        load_discriminator(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.fixture
def made(sums, tmp_path):
    """The folder of a verifier of sums that was taught for a moment, so it knows little."""
    make_verifier(sums, PLAN, tmp_path)
    return tmp_path


def test_rates_are_those_of_held_out_forms_alone(sums, made):
    """Nothing that was measured was learnt from; the run's notes and counts say what was."""
    events = list(read_events(made))
    measured = [each for each in events if isinstance(each, Measured)]
    assert {each.what for each in measured} == {"false accept", "false reject"}
    notes = [each.text for each in events if isinstance(each, Noted)]
    assert any(note.startswith("training answers:") for note in notes)
    assert any(note.startswith("held-out answers:") for note in notes)
    drawn = {
        split: anyio.run(
            partial(draw_labelled, sums, presentation_of(sums), drawing, split=split)
        ).forms
        for split, drawing in (("train", PLAN.train), ("held-out", PLAN.measured))
    }
    assert not drawn["train"] & drawn["held-out"]
    right = [each for each in measured if each.what == "false reject"]
    assert [each.of for each in right] == [len(drawn["held-out"])]


def test_a_score_is_a_probability_of_the_familys_candidates(sums, made):
    """It is the same every time; a beginning is valued too, and what has no words is nothing."""
    score = LearnedScore.load(sums, made / FOLDER)
    problem = sums.draw(size=1, seed=34)
    chance = score(problem, sums.candidate(7))
    assert 0 < chance < 1
    assert score(problem, sums.candidate(7)) == chance
    assert 0 < score.beginning(problem, sums.candidate(7)) < 1
    assert score.beginning(problem, sums.candidate(7)) != chance
    assert score(problem, sums.candidate(12)) == 0.0
    with pytest.raises(CriticError, match="is no candidate of sums"):
        score(problem, Candidate(object(), "7", "tests"))


def test_a_verifier_of_other_words_is_refused(sums, made):
    """It would be asked in words that it reads as others."""
    with pytest.raises(UsageError, match="this verifier reads sums-1 of"):
        LearnedScore.load(sums.without_notation(), made / FOLDER)


def test_a_verifier_that_spells_is_asked_letter_by_letter(sums, tmp_path):
    """Though the family has a notation: it is known by its vocabulary."""
    shape = replace(TINY, context=16)
    make_verifier(sums, replace(PLAN, shape=shape, letters=True), tmp_path)
    score = LearnedScore.load(sums, tmp_path / FOLDER)
    problem = sums.draw(size=1, seed=34)
    assert 0 < score(problem, sums.candidate(12)) < 1  # which the notation cannot say


@pytest.mark.anyio
async def test_a_learned_verifier_never_solves(sums, made):
    """Accepting everything, as the session's critic, it leaves the session unsolved."""
    critic = LearnedCritic(LearnedScore.load(sums, made / FOLDER), accept_from=0.0)
    outcome = await solve(
        sums.draw(size=1, seed=34),
        family=sums,
        strategy=single,
        generator=Scripted(["7"]),
        critic=critic,
    )
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == "7"


@pytest.mark.anyio
async def test_a_learned_verifier_ranks(sums, made):
    """Of two answers the likelier one is checked first, and with one check it alone counts."""
    score = LearnedScore.load(sums, made / FOLDER)
    problem = sums.draw(size=1, seed=34)
    critic = LearnedCritic(score, accept_from=0.0)
    strategy = partial(rerank, n=2, checks=1, score=AnswerScore(sums, score))
    outcome = await solve(
        problem, family=sums, strategy=strategy, generator=Scripted(["7", "8"]), critic=critic
    )
    best = max("78", key=lambda number: score(problem, sums.candidate(int(number))))
    assert outcome.candidate.canonical == best


def test_an_answer_that_is_too_long_is_nothing_and_a_problem_is_the_callers(sums, made):
    """A network reads so many words and no more."""
    discriminator = load_discriminator(made / FOLDER)
    spelt = sums.without_notation()
    discriminator.model.vocabulary = presentation_of(spelt).vocabulary
    score = LearnedScore(spelt, discriminator)
    problem = sums.draw(size=1, seed=34)
    discriminator.model.network.config.max_position_embeddings = 8
    assert score(problem, sums.candidate(12)) == 0.0
    discriminator.model.network.config.max_position_embeddings = 5
    with pytest.raises(UsageError, match="sums-1-34 has 6 words"):
        score(problem, sums.candidate(7))


@pytest.mark.slow
def test_near_misses_of_blocksworld_are_told_apart(tmp_path):
    """Two minutes on one core: far better than chance on forms that were held out."""
    family = make_family("blocksworld")
    plan = Plan(
        train=Drawing((3, 4), 150),
        measured=Drawing((4,), 60, seed=1_000_000),
        course=Course(steps=300),
    )
    make_verifier(family, plan, tmp_path)
    for each in read_events(tmp_path):
        if isinstance(each, Measured) and each.of > 20:
            assert each.right / each.of < 0.4
