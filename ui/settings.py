"""Settings from the environment and `.env`, checked once, at the edge."""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from logging import getLogger
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

import platformdirs
from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from hemeroteca.index.encoder.names import EMBEDDED_MODEL, Engine
from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.sources.names import NAMED, FieldNames, parse_names
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K

# Articles that come with the program: seeds/ lies beside ui/ in the checkout and in a wheel alike.
OWN_ARTICLES = Path(str(files("hemeroteca.ui"))).parent / "seeds"
_FORMER_INDEX_DIR = Path("data")

log = getLogger(__name__)


class SettingsError(HemerotecaError):
    """A setting is unknown or malformed."""


def _path(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise ValueError("a path")
    return Path(value).expanduser()


def _users(value: object) -> object:
    # Few have users, and what asks for their passwords brings a web framework with it.
    from hemeroteca.ui.web.auth import parse_users

    try:
        return parse_users(value) if isinstance(value, str) else value
    except HemerotecaError as error:
        raise ValueError(str(error)) from None  # pydantic looks for these


def _fields(value: object) -> object:
    return parse_names(value) if isinstance(value, str) else value


def _indexes(value: object) -> object:
    """Folders by the names of their indexes, from "name=folder,..." or the folder that they are
    in."""
    if not isinstance(value, str):
        return value
    if "=" not in value:
        within = Path(value).expanduser()
        if not value:
            return {}
        if not within.is_dir():
            raise ValueError("a folder")
        return {
            each.name: each
            for each in sorted(within.iterdir())
            if each.is_dir() and not each.name.startswith(".")
        }
    named: dict[str, Path] = {}
    for entry in filter(None, map(str.strip, value.split(","))):
        name, _, folder = (part.strip() for part in entry.partition("="))
        if not name or not folder or "/" in name or name in named:
            raise ValueError("a name and a folder")
        named[name] = Path(folder).expanduser()
    return named


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _capitals(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


# A type, how its text is read, and what an error says was expected.
IndexFolders = Annotated[
    Mapping[str, Path],
    BeforeValidator(_indexes),
    Message(
        "name=folder,... such as elections=~/press/elections,local=~/press/local, each name once, "
        "or an existing folder in which each folder is an index"
    ),
]
Folder = Annotated[Path, BeforeValidator(_path), Message("a path")]
Name = Annotated[str, Field(min_length=1), Message("a name")]
Address = Annotated[
    str,
    Field(pattern=r"^(https?://[^/]|$)"),
    Message("an address such as http://127.0.0.1:8000"),
]
RootPath = Annotated[
    str,
    Field(pattern=r"^(/[^\s?#]*[^\s?#/]|https?://[^\s?#]*[^\s?#/]|)$"),
    Message("a path such as /press, or a whole address such as https://example.org/press"),
]
Secret = Annotated[str, Field(repr=False), Message("a key")]
Users = Annotated[
    Mapping[str, str],
    BeforeValidator(_users),
    Field(repr=False),
    Message("name:salt.hash,..., as `hemeroteca user NAME` prints them"),
]
Port = Annotated[
    int,
    Field(ge=1, le=65_535),
    Message("a whole number from {low} to {high}", low=1, high=65_535),
]
Count = Annotated[
    int, Field(ge=1, le=100), Message("a whole number from {low} to {high}", low=1, high=100)
]
Seconds = Annotated[
    int, Field(ge=1, le=3600), Message("a whole number from {low} to {high}", low=1, high=3600)
]
Window = Annotated[
    Annotated[int, Field(ge=1024, le=10_000_000)] | None,
    BeforeValidator(lambda value: value or None),
    Message("a whole number from {low} to {high}", low=1024, high=10_000_000),
]
Probability = Annotated[float, Field(ge=0, le=1), Message("a number from 0 to 1")]
Today = Annotated[
    date | None, BeforeValidator(lambda value: value or None), Message("a date YYYY-MM-DD")
]
Names = Annotated[
    FieldNames,
    BeforeValidator(_fields),
    Message(
        "field=name,... such as title=Titular,paper=Medio,day=Fecha; the fields are {fields}",
        fields=", ".join(NAMED),
    ),
]
EngineName = Annotated[
    Engine, BeforeValidator(_stripped), Message("one of {names}", names=", ".join(get_args(Engine)))
]
Level = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"],
    BeforeValidator(_capitals),
    Message("one of {names}", names="DEBUG, INFO, WARNING, ERROR"),
]


def _articles_dir(others: dict[str, Any]) -> Path:
    for folder in others.get("indexes", {}).values():
        return Path(folder)
    here = Path("seeds")
    return here if here.is_dir() else OWN_ARTICLES


class Settings(BaseModel):
    """Every setting; the names in `.env` are these in capitals.

    It is a model of pydantic and not of pydantic-settings, which passes over a line of `.env` that
    has no value, even under a name that is no setting."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    indexes: IndexFolders = Field(default_factory=dict)
    articles_dir: Folder = Field(default_factory=_articles_dir)
    index_dir: Folder = Field(default_factory=lambda: platformdirs.user_data_path("hemeroteca"))
    cache_dir: Folder = Field(default_factory=lambda: platformdirs.user_cache_path("hemeroteca"))
    embedding_model: Name = EMBEDDED_MODEL
    embedding_engine: EngineName = "onnxruntime"
    chat_host: Name = "127.0.0.1"
    chat_port: Port = 7860
    chat_root_path: RootPath = ""
    chat_users: Users = Field(default_factory=dict)
    top_k: Count = TOP_K
    passages_read: Count = PASSAGES_READ
    answer_from: Probability = ANSWER_FROM
    chroma_url: Address = ""
    chroma_tenant: Name = "default_tenant"
    chroma_database: Name = "default_database"
    chroma_api_key: Secret = ""
    chroma_timeout_s: Seconds = 60
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: Secret = ""
    llm_timeout_s: Seconds = 60
    llm_context_tokens: Window = None
    llm_always: bool = False
    fields: Names = FieldNames()
    today: Today = None
    log_level: Level = "WARNING"

    @property
    def named_indexes(self) -> Mapping[str, Path]:
        """The folder of each index by its name, that of ARTICLES_DIR first."""
        first = self.articles_dir.resolve()
        known = next((name for name, each in self.indexes.items() if each.resolve() == first), None)
        name = known or first.name or "root"
        if known is None and name in self.indexes:
            raise SettingsError(
                "ARTICLES_DIR and INDEXES have two folders of the name {name}: give the one in "
                "INDEXES another name",
                name=name,
            )
        return {name: self.articles_dir, **self.indexes}

    def place(self, name: str) -> Path:
        """Where `name` is kept in INDEX_DIR. Where that is not set and `name` is only in data/ of
        the working folder, the former default, it stays there, and the log names it."""
        place, former = self.index_dir / name, _FORMER_INDEX_DIR / name
        if "index_dir" in self.model_fields_set or place.exists() or not former.exists():
            return place
        _name_former(former, self.index_dir)
        return former

    def archive_dir(self, sources: list[Path]) -> Path:
        """Where the index of `sources` is kept: one folder for each set of sources, in whatever
        order they are named. It is called after the first of them by name, unless there is one
        that was called after another."""
        resolved = sorted(str(source.resolve()) for source in sources)
        digest = sha256("\n".join(resolved).encode()).hexdigest()[:8]
        places = [self.place(f"{Path(source).name or 'root'}-{digest}") for source in resolved]
        return next((place for place in places if _is_used(place)), places[0])

    def conversations(self, sources: list[Path]) -> Path:
        """Where the conversations about `sources` are kept: beside their index, which a rebuild
        begins anew."""
        folder = self.archive_dir(sources)
        return folder.with_name(f"{folder.name}.conversations.db")


def _is_used(place: Path) -> bool:
    """Whether an index, or what is kept beside one, is there."""
    beside = (".added", ".conversations.db")
    return place.exists() or any(place.with_name(place.name + end).exists() for end in beside)


@cache
def _name_former(former: Path, folder: Path) -> None:
    log.warning("Using %s; to use it from every folder, move %s* to %s.", former, former, folder)


def load_settings(
    env_file: Path = Path(".env"),
    environment: Mapping[str, str] = os.environ,
    given: Mapping[str, object] = MappingProxyType({}),
    guest: bool = False,
) -> Settings:
    """The settings of `env_file` with those of `environment` over them, and `given`, by their names
    in small letters, over both. For a `guest`, in another program, whatever else `env_file` sets is
    that program's, and so is how it logs.

    Raises SettingsError that names the setting, if one is malformed, or if `env_file` or `given`
    has one that does not exist."""
    names = {name.upper() for name in Settings.model_fields} - ({"LOG_LEVEL"} if guest else set())
    from_file = _read(env_file) if env_file.is_file() else {}
    if guest:
        from_file = {name: value for name, value in from_file.items() if name in names}
    for name, value in from_file.items():
        if name not in names:
            raise SettingsError(
                "{env_file} sets {name}, which is not a setting: see .env.example",
                env_file=env_file,
                name=name,
            )
        if value is None:
            raise SettingsError(
                "{env_file} sets {name} without a value: write {name}=value",
                env_file=env_file,
                name=name,
            )
    found: dict[str, object] = {name.lower(): value for name, value in from_file.items()}
    found |= {name.lower(): environment[name] for name in names if name in environment}
    try:
        return Settings.model_validate({**found, **given})
    except ValidationError as error:
        raise _refusal(error.errors()[0]) from None


def _refusal(error: Mapping[str, Any]) -> SettingsError:
    """The first thing that is wrong, in a sentence; what is secret is left out of it."""
    name = str(error["loc"][0])
    field = Settings.model_fields.get(name)
    if field is None:
        return SettingsError("{name} is not a setting: see .env.example", name=name.upper())
    expected = [each for each in field.metadata if isinstance(each, Message)]
    return SettingsError(
        "{name}={value}: expected {reason}",
        name=name.upper(),
        value=repr(error["input"]) if field.repr else "...",
        reason=expected[0] if expected else Message("text"),
    )


def _read(env_file: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(env_file)
    except OSError as error:
        raise SettingsError(
            "cannot read {env_file}: {reason}", env_file=env_file, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            "{env_file} is not UTF-8 text: save it as UTF-8", env_file=env_file
        ) from error
