"""Settings from the environment and `.env`, checked once, at the edge."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import platformdirs
from dotenv import dotenv_values

from hemeroteca.index.encoder.checkpoint import EMBEDDED_MODEL
from hemeroteca.index.encoder.model import Engine
from hemeroteca.index.errors import HemerotecaError
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K
from hemeroteca.ui.web.auth import parse_users


class SettingsError(HemerotecaError):
    """A setting is unknown or malformed."""


_CACHE_DIR = platformdirs.user_cache_path("hemeroteca")


@dataclass(frozen=True)
class Settings:
    """Every setting; the names in `.env` are these in capitals."""

    articles_dir: Path = Path("seeds")
    index_dir: Path = Path("data")
    cache_dir: Path = _CACHE_DIR
    embedding_model: str = EMBEDDED_MODEL
    embedding_engine: Engine = "onnxruntime"
    chat_host: str = "127.0.0.1"
    chat_port: int = 7860
    chat_users: Mapping[str, str] = field(default_factory=dict)
    top_k: int = TOP_K
    passages_read: int = PASSAGES_READ
    answer_from: float = ANSWER_FROM
    chroma_url: str = ""
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    chroma_api_key: str = field(default="", repr=False)
    chroma_timeout_s: int = 60
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_timeout_s: int = 60
    llm_context_tokens: int = 4096
    log_level: str = "WARNING"

    def archive_dir(self, sources: list[Path]) -> Path:
        """Where the index of `sources` is kept: one folder for each set of sources."""
        resolved = sorted(str(source.resolve()) for source in sources)
        digest = sha256("\n".join(resolved).encode()).hexdigest()[:8]
        return self.index_dir / f"{sources[0].resolve().name or 'root'}-{digest}"

    def conversations(self, sources: list[Path]) -> Path:
        """Where the conversations about `sources` are kept: beside their index, which a rebuild
        begins anew."""
        folder = self.archive_dir(sources)
        return folder.with_name(f"{folder.name}.conversations.db")


def _path(value: str) -> Path:
    if not value.strip():
        raise SettingsError("a path")
    return Path(value).expanduser()


def _text(value: str) -> str:
    if not value.strip():
        raise SettingsError("a name")
    return value.strip()


def _address(value: str) -> str:
    if value.strip() and not re.match(r"https?://[^/]", value.strip()):
        raise SettingsError("an address such as http://127.0.0.1:8000")
    return value.strip()


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.strip().isdecimal() or not low <= int(value) <= high:
            raise SettingsError("a whole number from {low} to {high}", low=low, high=high)
        return int(value)

    return parse


def _probability(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise SettingsError("a number from 0 to 1")
    return number


def _engine(value: str) -> str:
    if value.strip() not in get_args(Engine):
        raise SettingsError("one of {names}", names=", ".join(get_args(Engine)))
    return value.strip()


def _level(value: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if value.strip().upper() not in levels:
        raise SettingsError("one of {names}", names=", ".join(levels))
    return value.strip().upper()


_PARSERS: dict[str, Callable[[str], Any]] = {
    "articles_dir": _path,
    "index_dir": _path,
    "cache_dir": _path,
    "embedding_model": _text,
    "embedding_engine": _engine,
    "chat_host": _text,
    "chat_port": _whole_number(1, 65_535),
    "chat_users": parse_users,
    "top_k": _whole_number(1, 100),
    "passages_read": _whole_number(1, 100),
    "answer_from": _probability,
    "chroma_url": _address,
    "chroma_tenant": _text,
    "chroma_database": _text,
    "chroma_api_key": str.strip,
    "chroma_timeout_s": _whole_number(1, 3600),
    "llm_base_url": str.strip,
    "llm_model": str.strip,
    "llm_api_key": str.strip,
    "llm_timeout_s": _whole_number(1, 3600),
    "llm_context_tokens": _whole_number(1024, 10_000_000),
    "log_level": _level,
}


def load_settings(
    env_file: Path = Path(".env"), environment: Mapping[str, str] = os.environ
) -> Settings:
    """The settings of `env_file` with those of `environment` over them.

    Raises SettingsError that names the setting, if one is malformed, or if `env_file` has one
    that does not exist."""
    known = {setting.name.upper() for setting in fields(Settings)}
    from_file = _read(env_file) if env_file.is_file() else {}
    unknown = sorted(set(from_file) - known)
    if unknown:
        raise SettingsError(
            "{env_file} sets {name}, which is not a setting: see .env.example",
            env_file=env_file,
            name=unknown[0],
        )
    for name, value in from_file.items():
        if value is None:
            raise SettingsError(
                "{env_file} sets {name} without a value: write {name}=value",
                env_file=env_file,
                name=name,
            )
    given: dict[str, Any] = {}
    for name, parse in _PARSERS.items():
        value = environment.get(name.upper(), from_file.get(name.upper()))
        if value is None:
            continue
        try:
            given[name] = parse(value)
        except HemerotecaError as error:
            raise SettingsError(
                "{name}={value!r}: expected {reason}",
                name=name.upper(),
                value=value,
                reason=error.message,
            ) from None
    return Settings(**given)


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
