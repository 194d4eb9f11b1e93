"""What stands in a report, in its order, before it becomes a page or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soundly.bench.report.asked import asked_alike, asked_apart
from soundly.bench.report.boundaries import Boundary, boundaries
from soundly.bench.report.by_size import by_kind, collapses, size_rates
from soundly.bench.report.claims import claims
from soundly.bench.report.known_sizes import KnownSizes
from soundly.bench.report.labels import labelled
from soundly.bench.report.pictures import (
    error_picture,
    front_pictures,
    marks_of,
    rounds_picture,
    size_pictures,
)
from soundly.bench.report.rounds import rounds_rates
from soundly.bench.report.seen import KINDS, Seen, see
from soundly.bench.report.standing import Standing, standing
from soundly.bench.report.superseded import Superseded, superseded
from soundly.bench.report.systems import Results, by_family, by_system, ids
from soundly.bench.report.tables import Tables
from soundly.bench.report.traces import Behind, Traces
from soundly.bench.runs.folder import Run
from soundly.charts.file_names import FileNames
from soundly.charts.look import Picture
from soundly.charts.marks import Marks
from soundly.charts.tables import Table
from soundly.core.errors import UsageError
from soundly.store import Store
from soundly.store.address import without_password


@dataclass(frozen=True, slots=True)
class Section:
    """Some pictures and tables under a heading, with a sentence or two on how to read them."""

    title: str
    text: str
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A report. ``warnings`` are sentences that must not be missed; ``store`` names its address."""

    title: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    behind: tuple[Behind, ...]
    store: str

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture, in order."""
        return tuple(picture for section in self.sections for picture in section.pictures)


@dataclass(frozen=True, slots=True)
class Measured:
    """A run with everything that its report is computed from."""

    run: Run
    standings: tuple[Standing, ...]
    boundaries: tuple[Boundary, ...]
    seen: Seen
    trained: KnownSizes
    superseded: Superseded

    @property
    def results(self) -> Results:
        """What came of each cell."""
        return self.run.results


def measure(run: Run, store: Store, *, trained: tuple[int, int] | None = None) -> Measured:
    """Add up a run's results, and look at its traces.

    ``trained`` are the smallest and the largest size that the models were trained on, in place of
    what they say themselves and of what each family keeps for training.

    Raises `UsageError` for a run without results, and where its store holds none of its sessions.
    """
    if not run.results:
        raise UsageError(f"{run.folder} has no results yet: nothing to report")
    before = superseded(run.results, store)
    run = replace(run, results=labelled(run.results))
    results = {each.session_id: each for each in run.results}
    return Measured(
        run,
        tuple(
            standing(*each, replayed=run.manifest.replayed)
            for each in by_system(run.results).items()
        ),
        boundaries(run.results),
        see(store.events(ids(run.results), KINDS), results),
        KnownSizes(run.results, trained),
        before,
    )


def contents(measured: Measured) -> Contents:
    """Draw the report; raises `UsageError` where what draws is not installed."""
    traces, name = Traces(), FileNames()
    sections = tuple(
        replace(each, pictures=tuple(replace(p, name=name(p.name)) for p in each.pictures))
        for each in _sections(measured, Tables(traces))
    )
    return Contents(
        title=f"Bench: {measured.run.suite.name}",
        facts=_facts(measured),
        warnings=tuple(_warnings(measured)),
        sections=sections,
        behind=traces.entries,
        store=without_password(str(measured.run.store)),
    )


def _sections(measured: Measured, tables: Tables) -> Iterator[Section]:
    results, marks = measured.results, marks_of(measured.results)
    yield Section("Leaderboard", _LEADERBOARD, (tables.leaderboard(_ranked(measured.standings)),))
    if pictures := tuple(front_pictures(results, marks)):
        yield Section("Coverage and cost", _FRONT, (), pictures)
    rates = size_rates(results)
    apart = [about for about, of_kind in by_kind(results).items() if not asked_alike(of_kind)]
    yield Section(
        "Accuracy by size",
        _SIZES,
        (tables.sizes(rates),),
        tuple(size_pictures(rates, measured.trained.common, marks, apart=apart)),
    )
    if found := collapses(results, measured.trained.largest):
        yield Section("Beyond the sizes trained on", _COLLAPSE, (tables.collapse(found),))
    if measured.boundaries:
        table = tables.boundaries(measured.boundaries)
        yield Section("Competence boundary", _BOUNDARY, (table,))
    if rounds := rounds_rates(results):
        drawn = rounds_picture(rounds, marks)
        yield Section(
            "Rounds to success", _ROUNDS, (tables.rounds(rounds),), (drawn,) if drawn else ()
        )
    yield Section("False plans and false unsolvables", _CLAIMS, (tables.claims(claims(results)),))
    yield from _seen(measured.seen, tables, marks)


def _seen(seen: Seen, tables: Tables, marks: Marks) -> Iterator[Section]:
    matrices = (*seen.hard, *seen.soft)
    if matrices:
        yield Section("Critics", _CRITICS, tuple(map(tables.verdicts, matrices)))
    drawn = error_picture(seen.errors, marks)
    if drawn is not None:
        yield Section("What was wrong", _ERRORS, (tables.errors(seen.errors),), (drawn,))


def _ranked(standings: Sequence[Standing]) -> list[Standing]:
    """The highest coverage first, and of equals the one with fewer tokens."""

    def place(each: Standing) -> tuple[float, float]:
        share = each.covered.share
        tokens = None if each.tokens is None else each.tokens.value
        return -(share.count / share.of if share.of else 0), tokens or 0

    return sorted(standings, key=place)


def _facts(measured: Measured) -> tuple[str, ...]:
    run, results = measured.run, measured.results
    spent = f"{sum(each.spend.tokens for each in results):,}"
    uncounted = sum(each.uncounted_calls for each in results)
    if uncounted:
        spent = f"at least {spent}, of {uncounted:,} answers nobody counted them"
    done = (
        f"{len(results):,} of {run.manifest.cells:,} cells are done. Systems: "
        f"{len(measured.standings):,}. Families: {len(by_family(results)):,}. Tokens: {spent}."
    )
    before = measured.superseded
    return (done, str(before), _TERMS) if before.sessions else (done, _TERMS)


def _warnings(measured: Measured) -> Iterator[str]:
    run = measured.run
    broken = sum(each.status == "broken" for each in measured.results)
    refused = sum(each.status == "refused" for each in measured.results)
    if broken:
        yield f"A part broke in {_sessions(broken)}: no rate and no cost counts them."
    if refused:
        yield (
            f"In {_sessions(refused)} a call was refused, or the problem could not be put to the "
            "model or the solver: no rate and no cost counts them."
        )
    if any(each.asked.repeated for each in measured.standings):
        yield (
            "Some sessions of a system are about the same instance, as the leaderboard says: their "
            "answers resemble each other, and intervals take them for independent, so these are "
            "too narrow. soundly bench compare resamples instances."
        )
    if families := asked_apart(measured.results):
        yield (
            f"Systems of {_listed(families)} were not asked the same instances: their rates and "
            "costs stand side by side and do not compare. soundly bench compare pairs them "
            "instance by instance."
        )
    wrong = sum(len(each.contradicted) for each in measured.standings)
    if wrong:
        said = "answer contradicts" if wrong == 1 else "answers contradict"
        yield f"{wrong:,} certified {said} what the instance was drawn or stated to be."
    if not run.finished:
        left = run.manifest.cells - len(run.results)
        yield f"The run is not finished: {left:,} {'cell is' if left == 1 else 'cells are'} left."
    if run.torn:
        yield "The last line of the results was half written, and is left out."


def _listed(names: Sequence[str]) -> str:
    """``family a`` or ``families a, b and c``."""
    if len(names) == 1:
        return f"family {names[0]}"
    return f"families {', '.join(names[:-1])} and {names[-1]}"


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count:,} sessions"


_TERMS = (
    "Covered is what ended with a certificate; right is a last answer that is known to be right. "
    "Intervals are 95%."
)
_LEADERBOARD = (
    "A system is a model with a strategy. Where systems were asked different things, a column says "
    "what, and their rates do not compare; it also says where several sessions are about one "
    "instance. The guarantee is what every critic that decided "
    "declared: where it is sound, nothing is covered that is wrong. Costs are for one covered "
    "session, those that covered nothing paid too, with the bootstrap's intervals. A call that was "
    "cut short, as in a race, counts at the most that it can have cost: with ≤, the true cost may "
    "be far lower. Time is on the clock: it compares only where nothing ran beside the sessions, "
    "as with --concurrency 1 on an idle machine."
)
_FRONT = "Up and to the left is better. What the dashed line touches, nothing drawn beats in both."
_SIZES = (
    "How often the last answer was right, of instances without a solution apart: who always says "
    "that there is none is right about all of these. The size of a problem from a file is its "
    "number of objects, so these are apart as well. Shaded are sizes that were not trained on: as "
    "models say that were trained here, else by the family's split."
)
_COLLAPSE = (
    "The largest size that the model says it was trained on, else the largest that the family's "
    "split keeps for training, and how often answers were right up to it and beyond it. A system "
    "without a model was trained on nothing and is left out. Whether a model that says nothing was "
    "trained on the family at all, its maker knows."
)
_BOUNDARY = (
    "Up to which size answers are shown to be right at least 90% of the time, and from which size "
    "on they are shown not to be, about instances that are not known to be unsolvable. For each "
    "system this is wrong with chance 5% at most, provided that success does not rise with size. A "
    "search (soundly bench boundary) shows more with fewer sessions, because it asks where an "
    "answer says most."
)
_ROUNDS = (
    "Sessions that were solved within so many attempts, the accepted one counted, among those "
    "about instances that are not known to be unsolvable. Systems that ask no model are left out."
)
_CLAIMS = (
    "Last answers by kind. Of solvable instances: plans that are wrong, and claims that there is "
    "no solution. Of unsolvable ones: plans all the same, and claims that hold."
)
_CRITICS = (
    "What critics decided, candidate by candidate, against what is known: the session's own critic "
    "against the label of the instance, an adviser against a sound and complete critic that judged "
    "the same candidate. A right critic accepts no candidate of an unsolvable instance; "
    "of one that a solver settled or about which no answer could be read, there is none to judge."
)
_ERRORS = (
    "Critiques of answers that were rejected, could not be read, or could not be decided, system "
    "by system. One answer may have several. Sessions that broke or were refused have none here."
)
