"""Open what a command needs: the encoder, the archive of some articles, the chain over it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from hemeroteca.index.encoder.e5 import E5
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.errors import StorageError
from hemeroteca.index.moved import follow_moved
from hemeroteca.index.parallel import Workers
from hemeroteca.index.stores.archive import Archive, discard
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.ui.indexes import unknown_index
from hemeroteca.ui.settings import Settings, SettingsError

# What answers is not needed to index.
if TYPE_CHECKING:
    from hemeroteca.rag.chain import Chain
    from hemeroteca.rag.claim_checker import ClaimChecker
    from hemeroteca.rag.reader.reader import SpanReader
    from hemeroteca.rag.verifier.judge import Verifier
    from hemeroteca.rag.writer.llm import LanguageModel


def chosen_sources(
    settings: Settings, articles: list[Path] | None = None, index: str | None = None
) -> list[Path]:
    """The `articles`, or those of the index of that name, or where neither is given the first
    index's, if each exists; before anything slow is loaded."""
    if articles and index:
        raise SettingsError("--index is of INDEXES and --articles of other articles: give one")
    if articles or index is None:
        return check_sources(articles or [settings.articles_dir])
    known = settings.named_indexes
    if index not in known:
        raise unknown_index(index, list(known))
    return check_sources([known[index]])


def check_sources(sources: list[Path]) -> list[Path]:
    """`sources`, if each exists; before anything slow is loaded."""
    for source in sources:
        if not source.exists():
            raise StorageError(
                "there is no {source}: name an existing folder (ARTICLES_DIR)", source=source
            )
    return sources


@contextmanager
def open_archive(
    settings: Settings,
    sources: list[Path],
    rebuild: bool = False,
    encoder: Encoder | None = None,
) -> Iterator[Archive]:
    """The archive of `sources`, closed at the end; `rebuild` begins it anew. An `encoder` that is
    loaded already is used as well."""
    folder = settings.archive_dir(sources)
    server = _chroma_server(settings)
    encoder = encoder or load_encoder(
        settings.embedding_model, settings.cache_dir, settings.embedding_engine
    )
    if rebuild:
        discard(folder, server)
    else:
        follow_moved(folder, sources)
    archive = Archive(folder, encoder, server, settings.fields)
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def open_workers(settings: Settings, address: str | None) -> Iterator[Workers | None]:
    """Workers on the Ray cluster at `address`, ended at the end; None for no address."""
    if address is None:
        yield None
        return
    server = _chroma_server(settings)
    if server is None:
        raise SettingsError(
            "--ray needs a Chroma server that its workers can write to: start one (`chroma run`) "
            "and set CHROMA_URL to its address"
        )
    load = partial(
        load_encoder,
        settings.embedding_model,
        settings.cache_dir,
        settings.embedding_engine,
        threads=1,  # a worker has one processor
    )
    with closing(Workers(address, load, server)) as workers:
        yield workers


def _chroma_server(settings: Settings) -> ChromaServer | None:
    if not settings.chroma_url:
        return None
    return ChromaServer(
        settings.chroma_url,
        settings.chroma_tenant,
        settings.chroma_database,
        settings.chroma_api_key,
        settings.chroma_timeout_s,
    )


def open_chain(settings: Settings, archive: Archive, reader: "SpanReader | None" = None) -> "Chain":
    """The chain that the command line and the page ask; a `reader` that is loaded already is used
    as well."""
    from hemeroteca.rag.chain import Chain
    from hemeroteca.rag.reader.reader import load_reader

    reader = reader or load_reader(_reading_encoder(settings, archive))
    return Chain(
        archive,
        reader,
        settings.answer_from,
        settings.passages_read,
        open_model(settings),
        settings.today,
        settings.llm_always,
        partial(_verifier, settings, archive),
    )


def open_claim_checker(
    settings: Settings, archive: Archive, like: "ClaimChecker | None" = None
) -> "ClaimChecker":
    """What checks claims against `archive`. The verifier is loaded by the first of them, or is the
    one of `like`."""
    from hemeroteca.rag.claim_checker import ClaimChecker

    return ClaimChecker(archive, like.load if like else partial(_verifier, settings, archive))


def _verifier(settings: Settings, archive: Archive) -> "Verifier":
    return loaded_verifier(_reading_encoder(settings, archive))


@lru_cache(1)
def loaded_verifier(encoder: Encoder) -> "Verifier":
    """One serves questions and claims, of whatever archive."""
    from hemeroteca.rag.verifier.judge import load_verifier

    return load_verifier(encoder)


def open_verifier(settings: Settings) -> "Verifier":
    """What judges claims by sources of their own."""
    from hemeroteca.rag.verifier.judge import load_verifier

    return load_verifier(load_encoder(EMBEDDED_MODEL, settings.cache_dir))


def open_model(settings: Settings) -> "LanguageModel | None":
    """The user's own model, None if there is none."""
    if not settings.llm_base_url:
        return None
    if not settings.llm_model:
        raise SettingsError("LLM_BASE_URL is set without LLM_MODEL: name the model to ask for")
    # Few have a model of their own, and its client's imports take half a second.
    from hemeroteca.rag.writer.llm import LanguageModel

    return LanguageModel(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key,
        settings.llm_timeout_s,
        settings.llm_context_tokens,
    )


def _reading_encoder(settings: Settings, archive: Archive) -> Encoder:
    """The reader and the verifier stand on the embedded model, whatever retrieves."""
    if isinstance(archive.encoder.model, E5):
        return archive.encoder
    return load_encoder(EMBEDDED_MODEL, settings.cache_dir)
