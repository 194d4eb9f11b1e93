"""A set of problems as its configuration describes it: domain, words, where the instances lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from soundly.bench.planbench.json_types import named, required, texts
from soundly.bench.planbench.oddity import ConfigError, OddFieldError, field_of
from soundly.core.errors import ProblemError, UsageError
from soundly.families.planning.pddl import parse_domain
from soundly.families.planning.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Setting:
    """One set of problems.

    ``instances`` is the path of an instance with ``{}`` for its number. ``unsolvable`` is true of
    sets whose problems have no plan, which their names tell.
    """

    name: str
    domain: str = field(repr=False)
    phrases: Phrases = field(repr=False)
    instances: Path

    @property
    def unsolvable(self) -> bool:
        """Whether the set's problems have no plan, by its name."""
        return "unsolvable" in self.name

    @classmethod
    def of(cls, root: Path, name: str) -> Setting:
        """The setting that ``configs/<name>.yaml`` describes.

        Raises `UsageError` for a file that is missing or no YAML, and `OddFieldError` for a field
        that is missing, of the wrong type, or names a domain that is not there.
        """
        config = _read_yaml(root / "configs" / f"{name}.yaml")
        template = required(config, "instances_template", str)
        if template.count("{}") != 1 or "/" in template:
            raise OddFieldError(
                "instances_template", f"is {template!r:.80}, wanted a file name with one {{}}"
            )
        folder = root / "instances"
        domain = _read_domain(folder, required(config, "domain_file", str))
        phrases = Phrases(
            actions=texts(config, "actions"),
            predicates=texts(config, "predicates"),
            objects=texts(config, "encoded_objects"),
        )
        instances = folder / required(config, "instance_dir", str) / template
        return cls(name, domain, phrases, instances)

    def path_of(self, number: object) -> Path:
        """Where an instance lies, by its number; raises `OddFieldError` for what is no number."""
        if isinstance(number, bool) or not isinstance(number, int | str):
            raise OddFieldError("instance_id", f"is {named(number)}, wanted a number")
        if isinstance(number, int) and abs(number) >= 10**9:
            raise OddFieldError("instance_id", "is a huge number, wanted one of the set's")
        said = str(number)
        if not (said.isascii() and said.isdigit() and len(said) <= 9):
            raise OddFieldError("instance_id", f"is {said!r:.40}, wanted a number")
        return Path(str(self.instances).replace("{}", said))


@dataclass(slots=True)
class Settings:
    """Settings by root and name, read once; a fault is raised anew each time that it is asked."""

    known: dict[tuple[Path, str], Setting | UsageError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _yaml()  # one clear failure, instead of one for each configuration

    def of(self, root: Path, name: str) -> Setting:
        """The setting; raises `UsageError` where its configuration is at fault."""
        key = (root, name)
        if key not in self.known:
            try:
                self.known[key] = Setting.of(root, name)
            except UsageError as error:
                self.known[key] = error
        found = self.known[key]
        if isinstance(found, UsageError):
            raise ConfigError(f"configs/{name}.yaml: {found}", field_of(found)) from found
        return found


def _read_domain(folder: Path, name: str) -> str:
    try:
        text = (folder / name).read_text("utf-8")
        parse_domain(text)
    except (OSError, ValueError, ProblemError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"names {name!r:.120}, which cannot be read: {reason}"
        raise OddFieldError("domain_file", message) from error
    return text


def _read_yaml(path: Path) -> dict[str, Any]:
    yaml = _yaml()
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        config = yaml.load(path.read_bytes(), Loader=loader)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, RecursionError) as error:
        said = " ".join(str(error).split())
        raise UsageError(f"is not YAML: {said:.200}") from error
    if not isinstance(config, dict):
        raise UsageError(f"holds {named(config)}, wanted fields")
    return config


def _yaml() -> ModuleType:
    try:
        return import_module("yaml")
    except ImportError as error:
        raise UsageError(
            "PlanBench's configurations are YAML, which needs PyYAML: pip install 'soundly[bench]'"
        ) from error
