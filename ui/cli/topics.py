"""hemeroteca search --topics: what the articles found are about, on a terminal."""

import typer

from hemeroteca.index.filter import Filter
from hemeroteca.index.search.query import Query
from hemeroteca.index.search.topics import counted_topics, topics_of
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.cli.output import plain, print_json

_REASONS = {
    "few": "there are too few articles in one language to tell topics: a hundred are needed",
    "scattered": "the articles are of too many different things to tell topics",
}


def show_topics(archive: Archive, query: Query, only: Filter, as_json: bool) -> None:
    """Print the topics of the articles found, each with how many, the most first."""
    derived = topics_of(archive)
    if derived.of_now() is None and not as_json:
        typer.echo("hemeroteca: looking through all articles, once until they change", err=True)
    topics = derived.made()
    counted = counted_topics(archive, topics, query, only) if topics.topics else []
    if as_json:
        told = [{"topic": topic.name, "articles": number} for topic, number in counted]
        print_json({"query": query.text, "topics": told, "reason": topics.reason})
        return
    for topic, number in counted:
        typer.echo(f"{number:>7,}  {plain(topic.name)}")
    if topics.reason:
        typer.echo(f"hemeroteca: {_REASONS[topics.reason]}", err=True)
