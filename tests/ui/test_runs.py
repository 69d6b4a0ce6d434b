"""What a saved run says of itself."""

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui import runs
from hemeroteca.ui.settings import Settings


def test_a_run_names_all_that_its_answers_depend_on(archive: Archive) -> None:
    models = runs._models(Settings(), archive)
    assert list(models) == ["embedding", "search", "reader", "verifier"]
    assert models["search"].startswith("question.safetensors (")
    assert models["verifier"].startswith("verifier.safetensors (")
    own = Settings(embedding_model="a/model", llm_base_url="http://127.0.0.1:1", llm_model="m")
    assert list(runs._models(own, archive)) == ["embedding", "reader", "verifier", "writer"]
