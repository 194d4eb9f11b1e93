"""How far do a model's thoughts carry? Accuracy against size, with and without worked thoughts.

    python experiments/thoughtlessness.py --model gguf:model.gguf --sizes 2,4,8,16 --instances 40 \
        --out runs/last-letters

Draws instances of a symbolic family, asks each with worked examples of two to four words, and
follows what is answered (Stechly et al., arXiv:2405.04776). OUT/answers.jsonl keeps every answer as
it comes, and what stands there is not asked again, so an interrupted run goes on where it stopped;
OUT/summary.json has the 95% Wilson intervals, and OUT/accuracy.svg and .png the picture. Needs the
extras `bench`, and `local` for a GGUF file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import altair as alt
import anyio
from answers import Record, answered, gather, wilson

from soundly.config.families import draw, make_family
from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found
from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import UsageError
from soundly.core.explanation import Explains, Explanation
from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem
from soundly.critics.no_model import no_model

_NOTHING = Explanation(None, None, None)


@dataclass(frozen=True, slots=True)
class Question:
    """One call: an instance, and the prompt that it is put in."""

    model: str
    family: str
    size: int
    seed: int
    thoughts: bool
    examples: int
    temperature: float
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the summary: how many answers are right, and how many chains are.

    ``chains`` counts the answers that state a step at all, ``leading`` those of them whose last
    step gives the answer. ``low`` and ``high`` bound the accuracy.
    """

    size: int
    thoughts: bool
    answers: int
    right: int
    accuracy: float
    low: float
    high: float
    unreadable: int
    cut_off: int
    chains: int
    right_chains: int
    leading: int


def questions(options: argparse.Namespace) -> Iterator[Question]:
    """All calls of a run; every cell grows at the same pace, so a part of a run is balanced."""
    for number in range(options.instances):
        for size in options.sizes:
            for thoughts in options.thoughts:
                yield Question(
                    model=options.model,
                    family=options.family,
                    size=size,
                    seed=options.seed + number,
                    thoughts=thoughts,
                    examples=options.examples,
                    temperature=options.temperature,
                    max_output_tokens=options.max_output_tokens,
                )


async def ask(question: Question, generator: Generator) -> Record:
    """Put one question, and judge what comes."""
    family = make_family(question.family)
    problem = draw(question.family, size=question.size, seed=question.seed)
    style = PromptStyle(examples=question.examples, thoughts=question.thoughts)
    request = Request(
        family.render(problem, style),
        max_output_tokens=question.max_output_tokens,
        temperature=question.temperature,
        seed=question.seed,
    )
    started = anyio.current_time()
    completion = await generator.complete(request)
    seconds = anyio.current_time() - started
    reading = family.read(problem, completion.text)
    right = False
    if isinstance(reading, Found):
        candidate = Candidate(reading.solution, reading.canonical, question.model, completion)
        right = (await family.critic.judge(problem, candidate, no_model)).accepted
    return {
        "question": asdict(question),
        "statement": dict(problem.statement),
        "text": completion.text,
        "finish_reason": completion.finish_reason,
        "output_tokens": completion.usage.output_tokens,
        "seconds": round(seconds, 3),
        "read": _read_as(reading),
        "right": right,
        "explanation": _explained(family, problem, completion),
    }


def _read_as(reading: object) -> str | None:
    if isinstance(reading, Found):
        return str(reading.solution)
    return "[NO SOLUTION]" if isinstance(reading, ClaimedUnsolvable) else None


def _explained(family: Family, problem: Problem, completion: Completion) -> dict[str, object]:
    explanation = _NOTHING
    if isinstance(family, Explains):
        explanation = family.explain(problem, completion.text)
    fields = ("answer_right", "chain_right", "leads_to_answer", "steps")
    facts: dict[str, object] = {name: getattr(explanation, name) for name in fields}
    return facts | {"faults": [str(fault) for fault in explanation.faults[:20]]}


async def run(options: argparse.Namespace) -> list[Record]:
    """Ask what has not been asked yet, several questions at once; all answers of this run."""
    path: Path = options.out / "answers.jsonl"
    return await gather(
        list(questions(options)),
        known=answered(path, Question),
        ask=ask,
        model=options.model,
        calls=options.calls,
        path=path,
    )


def summarise(records: Sequence[Record]) -> list[Row]:
    """A row for each size with and without thoughts, in this order."""
    cells: dict[tuple[int, bool], list[Record]] = {}
    for record in records:
        question = Question(**record["question"])  # type: ignore[arg-type]
        cells.setdefault((question.size, question.thoughts), []).append(record)
    return [_row(size, answers, thoughts=t) for (size, t), answers in sorted(cells.items())]


def _row(size: int, answers: Sequence[Record], *, thoughts: bool) -> Row:
    right = sum(each["right"] is True for each in answers)
    low, high = wilson(right, len(answers))
    said = [each["explanation"] for each in answers if isinstance(each["explanation"], dict)]
    return Row(
        size=size,
        thoughts=thoughts,
        answers=len(answers),
        right=right,
        accuracy=right / len(answers),
        low=low,
        high=high,
        unreadable=sum(each["read"] is None for each in answers),
        cut_off=sum(each["finish_reason"] == "length" for each in answers),
        chains=sum(each["chain_right"] is not None for each in said),
        right_chains=sum(each["chain_right"] is True for each in said),
        leading=sum(each["leads_to_answer"] is True for each in said),
    )


def chart(rows: Sequence[Row], *, title: str) -> alt.LayerChart | alt.FacetChart:
    """Accuracy against size, a line and a band for each way of asking."""
    asked = {True: "with thoughts", False: "without thoughts"}
    values = [{**asdict(row), "asked": asked[row.thoughts]} for row in rows]
    colour = alt.Color(
        "asked:N",
        title=None,
        legend=alt.Legend(symbolOpacity=1),
        scale=alt.Scale(domain=list(asked.values()), range=["#0072b2", "#d55e00"]),
    )
    x = alt.X(
        "size:Q",
        title="size (words, people or numbers)",
        scale=alt.Scale(type="log", base=2, nice=False),
        axis=alt.Axis(values=sorted({row.size for row in rows}), format="d", grid=False),
    )
    share = alt.Scale(domain=[0, 1])
    low = alt.Y("low:Q", title="right answers", scale=share, axis=alt.Axis(format="%"))
    base = alt.Chart({"values": values}).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.18).encode(y=low, y2="high:Q")
    line = base.mark_line(point=True).encode(y=alt.Y("accuracy:Q", scale=share))
    return alt.layer(band, line).properties(title=title, width=520, height=300)


def report(rows: Sequence[Row], options: argparse.Namespace) -> None:
    """Write the summary and the picture, and print the table."""
    document = {"model": options.model, "family": options.family, "examples": options.examples}
    whole = document | {"temperature": options.temperature, "rows": [asdict(row) for row in rows]}
    (options.out / "summary.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    title = f"{options.family}: {Path(options.model.partition('?')[0]).name}"
    picture = chart(rows, title=title)
    for ending in ("svg", "png"):
        picture.save(options.out / f"accuracy.{ending}", scale_factor=2)
    print(
        "size  thoughts   right  95% interval   unreadable  cut off  right chains  lead to answer"
    )
    for row in rows:
        print(
            f"{row.size:>4}  {'yes' if row.thoughts else 'no':<8} {row.right:>3}/{row.answers:<3}  "
            f"{row.low:>5.1%} to {row.high:>6.1%}  {row.unreadable:>9}  {row.cut_off:>7}  "
            f"{row.right_chains:>5} of {row.chains:<4}  {row.leading:>5}"
        )


def _sizes(text: str) -> list[int]:
    return sorted({int(each) for each in text.split(",")})


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", required=True, help="a model as soundly names it: gguf:FILE")
    parser.add_argument("--family", default="last-letters")
    parser.add_argument("--sizes", type=_sizes, default=[2, 3, 4, 6, 8, 12, 16], metavar="N,N,…")
    parser.add_argument("--instances", type=int, default=40, help="in each cell")
    parser.add_argument("--examples", type=int, default=3)
    ways = {"both": [False, True], "on": [True], "off": [False]}
    parser.add_argument("--thoughts", choices=ways, default="both")
    parser.add_argument("--seed", type=int, default=0, help="of the first instance")
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--max-output-tokens", type=int, default=600)
    parser.add_argument("--calls", type=int, default=2, help="how many are under way at once")
    parser.add_argument("--out", type=Path, required=True, help="a folder, made if need be")
    options = parser.parse_args()
    if min(options.instances, options.calls) < 1:
        parser.error("--instances and --calls have to be at least 1")
    options.thoughts = ways[options.thoughts]
    try:
        for size in options.sizes:
            draw(options.family, size=size, seed=options.seed)
    except UsageError as error:
        parser.error(str(error))
    options.out.mkdir(parents=True, exist_ok=True)
    report(summarise(anyio.run(run, options)), options)


if __name__ == "__main__":
    main()
