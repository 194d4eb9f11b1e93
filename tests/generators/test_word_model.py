"""A model that reads a notation, run by llama.cpp from the file that training writes."""

from dataclasses import replace
from random import Random

import anyio
import pytest

pytest.importorskip("torch", reason="torch is not installed: the extra train brings it")
pytest.importorskip("xllamacpp", reason="xllamacpp is not installed: the extra local brings it")

import soundly
from soundly.config.default_model import default_model
from soundly.config.families import make_family
from soundly.config.generators import make_generator
from soundly.core.completion import Message, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.notation import relabelled, stated
from soundly.engine import solve
from soundly.generators import blocksworld_tiny
from soundly.generators.recording import Recording
from soundly.generators.word_model import WordModel
from soundly.generators.word_model_file import read_word_model
from soundly.strategies.refine import refine
from soundly.testing import GENERATOR_LAWS, GeneratorCase
from soundly.training.evaluation import held_out_problems
from soundly.training.export import write_gguf
from soundly.training.model import new_model, sample
from soundly.training.shape import Shape
from soundly.training.vocabulary import BEGIN, Vocabulary

FAMILY = make_family("blocksworld")
PROBLEM = FAMILY.draw(size=4, seed=1)
NOTATION = FAMILY.notation
SHAPE = Shape(layers=2, width=32, heads=2, inner=48, context=96)


@pytest.fixture(scope="module")
def learnt():
    """Nothing learnt, and far from sure of its words."""
    model = new_model(SHAPE, Vocabulary.of(NOTATION), seed=3)
    for parameter in model.network.parameters():
        if parameter.ndim == 2:
            parameter.data *= 12
    return model


@pytest.fixture(scope="module")
def file(tmp_path_factory, learnt):
    path = tmp_path_factory.mktemp("gguf") / "model.gguf"
    write_gguf(learnt, path, name="nothing learnt", about="a test")
    return path


@pytest.fixture(scope="module")
def model(file):
    with WordModel(file, slots=2, temperature=0.0) as made:
        yield made


def request(**more):
    return Request((stated(NOTATION, PROBLEM).message(),), **more)


def test_the_file_says_what_it_is(file, learnt):
    """Words in order, notation, context."""
    said = read_word_model(file)
    assert said.words == learnt.vocabulary.words
    assert (said.notation, said.about, said.context_tokens) == ("blocksworld-1", "a test", 96)


def test_llama_cpp_computes_what_torch_computes(model, learnt):
    """Word for word at temperature 0, and nearly the same log-probabilities.

    Matrices are in half precision in the file, so the last digits differ.
    """
    words = (BEGIN, *NOTATION.state(PROBLEM).words)
    agreeing = 0
    for seed in range(12):
        completion = anyio.run(model.complete, request(seed=seed, max_output_tokens=24))
        labels = Random(seed).sample(range(26), 4)
        prompt = learnt.vocabulary.encode(relabelled(words, labels))
        said = sample(learnt, [prompt], max_tokens=24)[0]
        assert completion.logprobs is not None
        agreeing += len(completion.logprobs) == len(said.logprobs)
        assert completion.logprobs[0] == pytest.approx(said.logprobs[0], abs=0.02)
    assert agreeing >= 10


def test_one_seed_gives_one_text_and_another_seed_another_look(model):
    """Names are numbered by the seed, so that rounds differ at temperature 0 too."""
    texts = [
        anyio.run(model.complete, request(seed=seed, max_output_tokens=20)).text
        for seed in (1, 1, 2, 3, 4)
    ]
    assert texts[0] == texts[1]
    assert len(set(texts)) > 1


def test_the_grammar_allows_only_steps_that_exist(file):
    """Whatever a model that knows nothing says, it is a list of steps about the blocks."""
    with WordModel(file, grammar=True, temperature=1.0) as held:
        for seed in range(8):
            text = anyio.run(held.complete, request(seed=seed, max_output_tokens=30)).text
            lines = text.removeprefix("[PLAN]").removesuffix("[PLAN END]\n").split("\n")
            for line in [line for line in lines if line][:-1]:
                name, *blocks = line.split()
                assert name in {"pick-up", "put-down", "stack", "unstack"}
                assert len(blocks) == (1 if name in {"pick-up", "put-down"} else 2)
                assert set(blocks) <= {"a", "b", "c", "d"}


def test_the_bill_is_exact_and_never_above_the_quote(model):
    """Every word is a token."""
    asked = request(seed=1, max_output_tokens=10)
    quote = model.quote(asked)
    usage = anyio.run(model.complete, asked).usage
    assert usage.input_tokens == quote.input_tokens == 1 + len(NOTATION.state(PROBLEM).words)
    assert usage.output_tokens <= quote.output_tokens == 10


def test_a_session_puts_the_problem_in_the_notation(model):
    """Through wrappers too; the strategy's style does not matter, and rounds are fresh looks."""

    async def session():
        return await solve(
            PROBLEM, family=FAMILY, generator=model, strategy=lambda s: refine(s, rounds=3), seed=1
        )

    outcome = anyio.run(session)
    assert outcome.spend.calls == 3
    assert outcome.status.value == "unsolved"


def test_a_wrapped_model_still_reads_its_notation(model, tmp_path):
    """A recording is of the notation."""
    assert Recording(model, tmp_path / "record.jsonl").notation == "blocksworld-1"


@pytest.mark.parametrize("family", ["logistics", "game24", "zebra"])
def test_a_family_that_does_not_write_the_notation_is_refused(model, family):
    """One line, before anything is bought."""
    other = make_family(family)
    problem = other.draw(size=max(3, other.dial.smallest), seed=1)

    async def session():
        await solve(problem, family=other, generator=model, strategy=refine)

    with pytest.raises(UsageError, match=r"not Blocksworld|blocksworld-1"):
        anyio.run(session)


def test_what_is_no_statement_is_refused(model):
    """A sentence in English, and a problem that leaves no room."""
    with pytest.raises(UsageError, match="wanted a statement"):
        anyio.run(model.complete, Request((Message("user", "Stack the blocks."),)))
    with pytest.raises(UsageError, match="no user message"):
        anyio.run(model.complete, Request((Message("system", "x"),)))
    with pytest.raises(UsageError, match="takes no reasoning effort"):
        anyio.run(model.complete, request(reasoning_effort="low"))
    long = Request((stated(NOTATION, FAMILY.draw(size=26, seed=2)).message(),))
    if model.quote(long).output_tokens == 0:
        with pytest.raises(GeneratorError, match="no room"):
            anyio.run(model.complete, long)


def test_a_file_of_something_else_is_refused(tmp_path):
    """No GGUF, and a GGUF without words."""
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 40)
    with pytest.raises(UsageError, match=r"model\.gguf"):
        WordModel(path)
    with pytest.raises(UsageError, match="needs a file"):
        make_generator("trained:")
    with pytest.raises(UsageError, match="cannot read"):
        make_generator(f"trained:{tmp_path / 'nowhere.gguf'}")


def test_a_cache_tells_settings_apart_that_change_answers(file, model):
    """A request may leave the temperature open, so the model's own one belongs to what it is."""
    with WordModel(file, temperature=1.0) as warmer, WordModel(file, grammar=True) as held:
        assert len({model.identity, warmer.identity, held.identity}) == 3


def test_a_closed_model_says_so(file):
    """And does not answer."""
    closed = WordModel(file)
    closed.close()
    with pytest.raises(GeneratorError, match="is closed"):
        anyio.run(closed.complete, request())


@pytest.mark.anyio
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
async def test_a_word_model_keeps(law, model):
    """The laws of every generator, on both event loops."""
    requests = tuple(
        request(seed=seed, max_output_tokens=tokens, temperature=0.8)
        for seed, tokens in ((1, 16), (2, 3))
    )
    await law(GeneratorCase(lambda: model, requests))


def test_the_model_that_comes_with_the_package_solves_what_it_never_saw():
    """Eight-block problems held out from its training, under three vocabularies, certified."""
    told = blocksworld_tiny.availability()
    if not told.usable:
        pytest.skip(told.reason)
    solved = 0
    for family in ("blocksworld", "mystery-blocksworld", "random-blocksworld"):
        for problem in held_out_problems(family, 8, 3):
            outcome = soundly.run(problem, strategy="refine:rounds=8", seed=1)
            assert outcome.spend.calls >= 1
            solved += outcome.status.value == "solved"
    assert solved >= 7


def test_a_model_by_name_takes_nothing_after_it():
    """There is one file of it."""
    with pytest.raises(UsageError, match="takes nothing after its name"):
        make_generator("blocksworld-tiny:other")


@pytest.mark.parametrize(
    ("family", "named"),
    [("blocksworld", "blocksworld-tiny"), ("mystery-blocksworld", "blocksworld-tiny"),
     ("logistics", "smollm2"), ("game24", "smollm2"), ("zebra", "smollm2")],
)  # fmt: skip
def test_the_default_model_is_the_one_that_reads_the_problem(family, named):
    """Whatever is no Blocksworld goes to the general model."""
    made = make_family(family)
    assert default_model(made.draw(size=max(3, made.dial.smallest), seed=1), made) == named


def test_a_goal_that_no_towers_fulfil_goes_to_the_general_model():
    """The notation cannot say it."""
    family = make_family("blocksworld")
    assert default_model(family.draw_unsolvable(size=4, seed=1), family) == "smollm2"


def begun(*words, **more):
    said = Message("assistant", " ".join(words))
    return Request((stated(NOTATION, PROBLEM).message(), said), **more)


@pytest.mark.anyio
async def test_an_answer_that_is_begun_goes_on_as_the_model_itself_would():
    """At temperature 0 the rest of its own steps is what follows them, under the same numbers."""
    lengths = []

    async def cut_everywhere(session):
        prefixes = session.prefixes
        asked = Request(prefixes.go_on(prefixes.judge(()), PromptStyle()), temperature=0.0, seed=4)
        steps = prefixes.read(await session.generate(asked), prefixes.judge(()))
        for cut in range(1, len(steps)):
            prefix = prefixes.judge(steps[:cut])
            more = replace(asked, messages=prefixes.go_on(prefix, PromptStyle()))
            assert prefixes.read(await session.generate(more), prefix) == steps[cut:]
        lengths.append(len(steps))

    with make_generator("blocksworld-tiny?threads=1") as tiny:
        await solve(PROBLEM, family=FAMILY, strategy=cut_everywhere, generator=tiny)
    assert lengths[0] > 4


def test_what_is_begun_is_part_of_the_input(model):
    """The bill and the bound count it."""
    plain, more = model.quote(request()), model.quote(begun("plan", "pick-up", "#0"))
    assert more.input_tokens == plain.input_tokens + 3
    completion = anyio.run(model.complete, begun("plan", "pick-up", "#0", max_output_tokens=2))
    assert completion.usage.input_tokens == more.input_tokens


@pytest.mark.parametrize("words", [("plan", "fly"), ("plan", "#99"), ("plan", "#x")])
def test_an_answer_begun_in_other_words_is_the_callers_mistake(model, words):
    """Words that the model does not know, and numbers that no name has."""
    with pytest.raises(UsageError, match="does not know the word"):
        anyio.run(model.complete, begun(*words))


def test_a_grammar_holds_whole_answers_only(file):
    """So one that is begun is refused rather than held to the wrong half."""
    with WordModel(file, grammar=True) as held, pytest.raises(UsageError, match="is begun"):
        anyio.run(held.complete, begun("plan"))
