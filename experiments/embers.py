"""Does a model do better on what it has read more often? And does it know when there is no answer?

    python experiments/embers.py --model gguf:model.gguf --instances 34 --out runs/embers

Three parts, chosen by --parts. ``popularity``: shift ciphers by shift and by how likely the text is
(McCoy et al., "Embers of autoregression", arXiv:2309.13638), and products of popular and unpopular
numbers. ``classics``: well-known puzzles and twins with a changed fact: right, the famous puzzle's
answer, or another. ``unsolvable``: what is said to problems without a solution, beside problems
that have one. OUT/answers.jsonl keeps every answer as it comes, and what stands there is not asked
again; OUT/summary.json has the 95% Wilson intervals, and OUT/PART.svg and .png are the pictures.
Needs the extras `bench`, `sat`, and `local` for a GGUF file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import altair as alt
import anyio
from answers import Record, answered, gather, wilson

from soundly.config.families import make_family
from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found
from soundly.core.completion import Generator, Request
from soundly.core.errors import UsageError
from soundly.core.family import Draws, DrawsUnsolvable, Family, PromptStyle
from soundly.core.problem import Problem
from soundly.critics.no_model import no_model
from soundly.families.classics.critic import answered_the_famous_puzzle
from soundly.families.classics.family import ClassicsFamily
from soundly.families.embers.family import multiplication, shift_cipher
from soundly.reading import reply_to_unsolvable

PARTS = ("popularity", "classics", "unsolvable")
OUTCOMES = {
    "right": "#009e73", "famous": "#d55e00", "wrong": "#999999", "unreadable": "#dddddd",
    "claimed-unsolvable": "#0072b2", "proposed": "#e69f00", "argued": "#d55e00",
    "neither": "#dddddd",
}  # fmt: skip
"""Everything that can become of an answer, with its colour."""


@dataclass(frozen=True, slots=True)
class Question:
    """One call. ``group`` and ``cell`` are where its answer is counted, and say what is asked."""

    model: str
    part: str
    family: str
    group: str
    cell: str
    size: int
    seed: int
    thoughts: bool
    examples: int
    temperature: float
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class Row:
    """How often one thing became of the answers of a cell; ``low`` and ``high`` bound the share.

    ``cut_off`` is how many of these were cut off by the limit on output.
    """

    part: str
    family: str
    group: str
    cell: str
    outcome: str
    count: int
    answers: int
    share: float
    low: float
    high: float
    cut_off: int


def cells(options: argparse.Namespace) -> Iterator[tuple[str, str, str, str, int]]:
    """Part, family, group, cell and size of every cell of the chosen parts."""
    if "popularity" in options.parts:
        for shift in options.shifts:
            for text in ("sentence", "words", "letters"):
                yield "popularity", "shift-cipher", f"rot-{shift}", text, options.words
        for digits in options.digits:
            for popularity in ("popular", "unpopular"):
                yield "popularity", "multiplication", popularity, f"{digits} digits", digits
    if "classics" in options.parts:
        for cell in ("classic", "changed"):
            yield "classics", "perturbed-classics", "", cell, options.classics_size
    if "unsolvable" in options.parts:
        for family, size in options.unsolvable:
            for cell in ("no solution", "a solution"):
                yield "unsolvable", family, "", cell, size


def questions(options: argparse.Namespace) -> Iterator[Question]:
    """All calls of a run; every cell grows at the same pace, so a part of a run is balanced."""
    for number in range(options.instances):
        for part, family, group, cell, size in cells(options):
            yield Question(
                model=options.model,
                part=part,
                family=family,
                group=group,
                cell=cell,
                size=size,
                seed=options.seed + number,
                thoughts=options.thoughts,
                examples=options.examples,
                temperature=options.temperature,
                max_output_tokens=options.max_output_tokens,
            )


def drawn(question: Question) -> tuple[Family, Problem]:
    """The family and the problem that a question is about.

    Raises `UsageError` where the family draws no such problem.
    """
    size, seed = question.size, question.seed
    if question.family == "shift-cipher":
        cipher = shift_cipher(shift=int(question.group[4:]), text=question.cell)  # type: ignore[arg-type]
        return cipher, cipher.draw(size=size, seed=seed)
    if question.family == "multiplication":
        products = multiplication(popularity=question.group)  # type: ignore[arg-type]
        return products, products.draw(size=size, seed=seed)
    if question.part == "classics":
        classics = ClassicsFamily(changed=question.cell == "changed")
        return classics, classics.draw(size=size, seed=seed)
    family = make_family(question.family)
    if not isinstance(family, Draws) or not isinstance(family, DrawsUnsolvable):
        raise UsageError(f"{question.family} draws no problems without a solution")
    make = family.draw_unsolvable if question.cell == "no solution" else family.draw
    return make_family(question.family), make(size=size, seed=seed)


async def ask(question: Question, generator: Generator) -> Record:
    """Put one question, and say what became of the answer."""
    family, problem = drawn(question)
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
    return {
        "question": asdict(question),
        "statement": dict(problem.statement),
        "text": completion.text,
        "finish_reason": completion.finish_reason,
        "output_tokens": completion.usage.output_tokens,
        "seconds": round(seconds, 3),
        "read": reading.canonical if isinstance(reading, Found) else None,
        "outcome": await outcome(question, family, problem, completion.text),
    }


async def outcome(question: Question, family: Family, problem: Problem, text: str) -> str:
    """One of `OUTCOMES`; a problem without a solution has those of `reply_to_unsolvable`."""
    reading = family.read(problem, text)
    if question.cell == "no solution":
        return reply_to_unsolvable(reading, text)
    if isinstance(reading, ClaimedUnsolvable):
        return "claimed-unsolvable"
    if not isinstance(reading, Found):
        return "unreadable"
    candidate = Candidate(reading.solution, reading.canonical, question.model)
    if (await family.critic.judge(problem, candidate, no_model)).accepted:
        return "right"
    if question.part == "classics" and answered_the_famous_puzzle(problem, candidate):
        return "famous"
    return "wrong"


def summarise(records: Sequence[Record]) -> list[Row]:
    """A row for each outcome of each cell; "right" has one even where it never happened."""
    counted: dict[tuple[str, str, str, str], Counter[str]] = {}
    cut_off: Counter[tuple[str, str, str, str, str]] = Counter()
    for record in records:
        asked = Question(**record["question"])  # type: ignore[arg-type]
        key = asked.part, asked.family, asked.group, asked.cell
        counted.setdefault(key, Counter())[str(record["outcome"])] += 1
        cut_off[*key, str(record["outcome"])] += record["finish_reason"] == "length"
    rows = []
    for key, counts in counted.items():
        always = set() if key[3] == "no solution" else {"right"}
        answers = counts.total()
        for each in (name for name in OUTCOMES if counts[name] or name in always):
            low, high = wilson(counts[each], answers)
            share = counts[each] / answers
            rows.append(
                Row(*key, each, counts[each], answers, share, low, high, cut_off[*key, each])
            )
    return rows


def popularity_chart(rows: Sequence[Row], title: str) -> alt.HConcatChart:
    """Right answers with their intervals: ciphers by text and shift, products by digits."""
    titles = {"shift-cipher": "the text", "multiplication": "factors"}
    charts = []
    for family, named in titles.items():
        chosen = [asdict(r) for r in rows if r.family == family and r.outcome == "right"]
        if chosen:
            x = alt.X("cell:N", title=named, sort=None, axis=alt.Axis(labelAngle=0))
            beside = alt.XOffset("group:N", sort=None)
            colours = alt.Scale(range=["#0072b2", "#d55e00", "#009e73", "#cc79a7"])
            colour = alt.Color("group:N", title=None, sort=None, scale=colours)
            base = alt.Chart({"values": chosen}).encode(x=x, xOffset=beside)
            bars = base.mark_bar().encode(y=_share("share:Q", "right answers"), color=colour)
            lines = base.mark_rule().encode(y=_share("low:Q", "right answers"), y2="high:Q")
            charts.append((bars + lines).properties(title=family, width=230, height=260))
    beside_each_other = alt.hconcat(*charts).resolve_scale(color="independent")
    picture: alt.HConcatChart = beside_each_other.properties(title=title)
    return picture


def classics_chart(rows: Sequence[Row], title: str) -> alt.LayerChart:
    """What became of answers to classics and to changed ones, with intervals."""
    values = [asdict(row) for row in rows]
    x = alt.X("cell:N", title=None, sort=["classic", "changed"], axis=alt.Axis(labelAngle=0))
    beside = alt.XOffset("outcome:N", sort=list(OUTCOMES))
    base = alt.Chart({"values": values}).encode(x=x, xOffset=beside)
    bars = base.mark_bar().encode(y=_share("share:Q", "answers"), color=_colour(values))
    lines = base.mark_rule().encode(y=_share("low:Q", "answers"), y2="high:Q")
    picture: alt.LayerChart = (bars + lines).properties(title=title, width=360, height=260)
    return picture


def unsolvable_chart(rows: Sequence[Row], title: str) -> alt.FacetChart:
    """What is said to problems with and without a solution, family by family."""
    numbers = {name: number for number, name in enumerate(OUTCOMES)}
    values = [asdict(row) | {"place": numbers[row.outcome]} for row in rows]
    bars = alt.Chart({"values": values}).mark_bar()
    encoded = bars.encode(
        y=alt.Y("family:N", title=None),
        x=alt.X("share:Q", title="answers", axis=alt.Axis(format="%")),
        color=_colour(values),
        order="place:Q",
        column=alt.Column("cell:N", title="the problem has", sort=["no solution", "a solution"]),
    )
    picture: alt.FacetChart = encoded.properties(title=title, width=280, height=alt.Step(26))
    return picture


def _share(field: str, title: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1])
    return alt.Y(field, title=title, scale=scale, axis=alt.Axis(format="%"))


def _colour(values: Sequence[Record]) -> alt.Color:
    seen = {str(each["outcome"]) for each in values}
    names = [name for name in OUTCOMES if name in seen]
    scale = alt.Scale(domain=names, range=[OUTCOMES[name] for name in names])
    return alt.Color("outcome:N", title=None, scale=scale)


CHARTS = {
    "popularity": popularity_chart,
    "classics": classics_chart,
    "unsolvable": unsolvable_chart,
}


def report(rows: Sequence[Row], options: argparse.Namespace) -> None:
    """Write the summary and the pictures, and print the table."""
    document = {"model": options.model, "examples": options.examples, "thoughts": options.thoughts}
    whole = document | {"temperature": options.temperature, "rows": [asdict(row) for row in rows]}
    (options.out / "summary.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    model = Path(options.model.partition("?")[0]).name
    for part in PARTS:
        if chosen := [row for row in rows if row.part == part]:
            picture = CHARTS[part](chosen, f"{part}: {model}")
            for ending in ("svg", "png"):
                picture.save(options.out / f"{part}.{ending}", scale_factor=2)
    for row in rows:
        named = " ".join(filter(None, (row.family, row.group, row.cell)))
        print(
            f"{named:<44} {row.outcome:<18} {row.count:>4}/{row.answers:<4} "
            f"{row.low:>6.1%} to {row.high:>6.1%}  {row.cut_off:>4} cut off"
        )


def _families(text: str) -> list[tuple[str, int]]:
    """Families with sizes, as in ``coloring:5,game24:3``."""
    pairs = [each.partition(":") for each in text.split(",")]
    return [(family, int(size)) for family, _, size in pairs]


def _whole_numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: wanted some of {', '.join(PARTS)}")
    return parts


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", required=True, help="a model as soundly names it: gguf:FILE")
    parser.add_argument("--parts", type=_parts, default=list(PARTS), metavar="PART,PART,…")
    parser.add_argument("--instances", type=int, default=34, help="in each cell")
    parser.add_argument("--shifts", type=_whole_numbers, default=[13, 2], metavar="N,N,…")
    parser.add_argument("--words", type=int, default=5, help="of a text to decode")
    parser.add_argument("--digits", type=_whole_numbers, default=[2, 3], metavar="N,N,…")
    parser.add_argument("--classics-size", type=int, default=1, help="1: nothing beside the facts")
    default = _families("blocksworld:4,coloring:5,game24:3,n-queens:5,sat:4")
    parser.add_argument("--unsolvable", type=_families, default=default, metavar="FAMILY:SIZE,…")
    parser.add_argument("--examples", type=int, default=1)
    parser.add_argument("--thoughts", action="store_true", help="ask to think step by step")
    parser.add_argument("--seed", type=int, default=0, help="of the first instance")
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--max-output-tokens", type=int, default=256)
    parser.add_argument("--calls", type=int, default=2, help="how many are under way at once")
    parser.add_argument("--out", type=Path, required=True, help="a folder, made if need be")
    options = parser.parse_args()
    if min(options.instances, options.calls) < 1:
        parser.error("--instances and --calls have to be at least 1")
    path, wanted = options.out / "answers.jsonl", list(questions(options))
    try:
        for question in wanted[: len(list(cells(options)))]:
            drawn(question)
        known = answered(path, Question)
    except UsageError as error:
        parser.error(str(error))
    options.out.mkdir(parents=True, exist_ok=True)

    async def run() -> list[Record]:
        return await gather(
            wanted, known=known, ask=ask, model=options.model, calls=options.calls, path=path
        )

    report(summarise(anyio.run(run)), options)


if __name__ == "__main__":
    main()
