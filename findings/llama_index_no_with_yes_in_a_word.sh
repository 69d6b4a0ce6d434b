#!/usr/bin/env bash
# LlamaIndex's check of an answer against its sources takes NO for YES where "Reyes" or "leyes" stands.
#
# Expected: FaithfulnessEvaluator asks a judging model whether an answer stands in the articles it was made
#   from: "answer with either YES or NO". A reply that begins with "NO." and says why fails the answer,
#   whatever word the reason has. RelevancyEvaluator asks the same of a question and its answer.
# Seen: llama-index-core 0.14.25 passes the answer, with the score 1.0, wherever the three letters y, e, s
#   stand together in the reply, within a word, too. "NO. El texto no nombra a Mora." fails, as it should;
#   "NO. El texto no nombra a Reyes." passes. So do "leyes" (laws), "yeso" (plaster), and in English
#   "yesterday", "eyes" and "Hayes". No error, no warning. Newspapers have laws, a Reyes and a
#   yesterday every day: the reader of an archive is given as "found in the articles" just what the judge
#   has rejected for naming someone who is not there, and a trial with other names shows nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check llama-index-core==0.14.25
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

from llama_index.core.evaluation import FaithfulnessEvaluator, RelevancyEvaluator
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata


class Judge(CustomLLM):
    """A judging model that gives one reply."""

    reply: str

    @property
    def metadata(self):
        return LLMMetadata()

    def complete(self, prompt, formatted=False, **kwargs):
        return CompletionResponse(text=self.reply)

    def stream_complete(self, prompt, formatted=False, **kwargs):
        yield self.complete(prompt)


print("llama-index-core", version("llama-index-core"))
ARTICLES = ["El pleno aprobó el plan de obras. Ana Ruiz votó en contra."]
REPLIES = {
    "NO": False, "NO. El texto no nombra a Mora.": False, "NO. El texto no habla de normas.": False,
    "NO. El texto no nombra a Reyes.": True, "NO. El texto no habla de leyes.": True,
    "NO. The text does not say who resigned yesterday.": True,
}
for reply, seen in REPLIES.items():
    for evaluator in FaithfulnessEvaluator, RelevancyEvaluator:
        result = evaluator(llm=Judge(reply=reply)).evaluate(
            query="¿Quién dimitió?", response="Dimitió Luis Reyes, por las leyes.", contexts=ARTICLES)
        print(f"{evaluator.__name__:22}{reply!r}: passing {result.passing}, score {result.score}")
        assert result.feedback == reply
        assert (result.passing, result.score) == (seen, float(seen)), "another verdict now"
EOPY
