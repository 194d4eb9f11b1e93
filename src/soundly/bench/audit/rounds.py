"""One critic under attack: texts are made, judged, and compared with what they are worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from soundly.bench.audit.attacks import ATTACKS, NEAR_MISS, Worth
from soundly.bench.audit.judges import TextJudge
from soundly.bench.audit.shrink import shrunk
from soundly.bench.audit.specimen import Specimen
from soundly.bench.audit.specimens import specimen
from soundly.bench.audit.tally import Breakage, Count, Tally, smallest
from soundly.core.candidate import Candidate, Found
from soundly.core.family import Audited, Family
from soundly.core.verdict import Decision

NEAR_MISSES = 8
"""Near misses for each other attack."""
FALSE_ACCEPT, FALSE_REJECT, RAISES = "false accept", "false reject", "it raises"
_SHRUNK = 5
"""Breakages of one kind that are made small; more of the same teach nothing."""
_KEPT = 200


@dataclass(slots=True)
class Round:
    """An audit of one critic behind one family, on one instance after the other."""

    family: Family
    judge: TextJudge
    size: int | None = None
    _counts: dict[str, Count] = field(default_factory=dict)
    _breakages: list[Breakage] = field(default_factory=list)
    _distinct: int = 0
    _instances: int = 0

    async def attack(self, *, seed: int, texts: int) -> None:
        """So many texts about the instance of this seed, most of them near misses."""
        about = await specimen(self.family, size=self.size, seed=seed)
        rng = Random(f"audit {seed}")  # noqa: S311 - the same texts every time
        seen: set[bytes] = set()
        for attack, worth, text in self._texts(about, rng, texts):
            seen.add(sha256(text.encode("utf-8", "surrogatepass")).digest())
            await self._try(about, attack, worth, text)
        self._distinct += len(seen)
        self._instances += 1

    def tally(self) -> Tally:
        """What was found so far."""
        return Tally(
            self.family.name,
            self.judge.name,
            self.judge.guarantee.words(),
            dict(self._counts),
            self._distinct,
            self._instances,
            smallest(self._breakages),
        )

    def _texts(self, about: Specimen, rng: Random, texts: int) -> Iterator[tuple[str, Worth, str]]:
        made = 0
        while made < texts:
            for name, known in ATTACKS.items():
                text = known.make(about, rng)
                if text is not None:
                    yield name, known.worth, text
                    made += 1
                for miss in self._near_misses(about, rng):
                    yield NEAR_MISS, Worth.TWIN, miss
                    made += 1
                if made >= texts:
                    break

    def _near_misses(self, about: Specimen, rng: Random) -> Iterator[str]:
        """A few near misses; none of a family without a twin, that could not say what they are."""
        family: object = self.family
        if isinstance(family, Audited):
            for _ in range(NEAR_MISSES):
                yield family.near_miss(about.problem, about.right.text, rng)

    async def _try(self, about: Specimen, attack: str, worth: Worth, text: str) -> None:
        decision = await self._decision(about, text)
        if decision is None and worth is Worth.TWIN:
            right = None
        else:
            right = self._worth(about, worth, text)
        what = _mistake(decision, right)
        self._counts[attack] = self._counts.get(attack, Count()) + Count(
            right=int(right is True),
            wrong=int(right is False),
            unread=int(right is None),
            false_accepts=int(what == FALSE_ACCEPT),
            false_rejects=int(what == FALSE_REJECT),
            undecided=int(decision is Decision.UNKNOWN),
            broken=int(what == RAISES),
        )
        if what is not None:
            await self._keep(about, attack, worth, text, what)

    def _worth(self, about: Specimen, worth: Worth, text: str) -> bool | None:
        """Whether the text is right; None for a near miss in which nothing is read."""
        if worth is not Worth.TWIN:
            return worth is Worth.RIGHT
        family: object = self.family
        reading = self.family.read(about.problem, text)
        if not isinstance(reading, Found) or not isinstance(family, Audited):
            return None
        return family.twin(about.problem, Candidate(reading.solution, reading.canonical, "audit"))

    async def _decision(self, about: Specimen, text: str) -> Decision | None:
        """The critic's decision; None where it raised, which is counted and shown, not judged."""
        try:
            return await self.judge.judge(about.problem, text)
        except Exception:  # noqa: BLE001 - whatever a critic raises is what an audit looks for
            return None

    async def _keep(self, about: Specimen, attack: str, worth: Worth, text: str, what: str) -> None:
        """Keeps a breakage; one that the twin can follow is made small first."""

        async def breaks(smaller: str) -> bool:
            decision = await self._decision(about, smaller)
            right = None if decision is None else self._worth(about, Worth.TWIN, smaller)
            return _mistake(decision, right) == what

        alike = sum((each.attack, each.what) == (attack, what) for each in self._breakages)
        if alike < _SHRUNK and (worth is Worth.TWIN or what == RAISES):
            text = await shrunk(text, breaks)
        self._breakages.append(
            Breakage(
                self.family.name,
                self.judge.name,
                attack,
                what,
                about.problem.name,
                text,
                dict(about.problem.statement),
            )
        )
        if len(self._breakages) > _KEPT:
            self._breakages = list(smallest(self._breakages))


def _mistake(decision: Decision | None, right: bool | None) -> str | None:
    if decision is None:
        return RAISES
    if decision is Decision.ACCEPT and right is False:
        return FALSE_ACCEPT
    if decision is Decision.REJECT and right:
        return FALSE_REJECT
    return None
