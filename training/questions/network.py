"""The embedded model in torch, of which the upper layers learn, for questions that search."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from training.network import load_backbone

OWN_LAYERS = 6
_TEXTS_AT_ONCE = 64


class QuestionNetwork(nn.Module):
    """Texts to vectors (texts, dimension) of length 1, as E5 encodes them; the OWN_LAYERS upper
    layers learn."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        assert isinstance(encoder.model, E5)
        self._encoder = encoder
        backbone = load_backbone(encoder).requires_grad_(False)
        # In a tuple, so that what is shared is not saved with this.
        self._shared = (backbone.embeddings, *backbone.encoder.layer[:-OWN_LAYERS])
        first = len(backbone.encoder.layer) - OWN_LAYERS
        self.layers = nn.ModuleDict(
            {str(first + n): layer for n, layer in enumerate(backbone.encoder.layer[first:])}
        )
        self.layers.requires_grad_(True)

    def weights(self) -> dict[str, Tensor]:
        """Those that learn, by their names in the checkpoint."""
        return {f"encoder.layer.{k}": v.detach() for k, v in self.layers.state_dict().items()}

    def begin_with(self, weights: Mapping[str, Tensor]) -> None:
        """Take what `weights` gave."""
        named = {name.removeprefix("encoder.layer."): weight for name, weight in weights.items()}
        self.layers.load_state_dict(named)

    def forward(self, texts: Sequence[str]) -> Tensor:
        prompted = [self._encoder.model.prompts["query"] + text for text in texts]
        ids = [
            torch.tensor([BEGIN, *tokens.ids, END]) for tokens in self._encoder.tokenize(prompted)
        ]
        words = nn.utils.rnn.pad_sequence(ids, batch_first=True)
        lengths = torch.tensor([len(tokens) for tokens in ids])
        real = torch.arange(words.shape[1])[None, :] < lengths[:, None]
        mask = torch.where(real, 0.0, -1e4)[:, None, None, :]
        with torch.no_grad():
            states = self._shared[0](input_ids=words)
            for layer in self._shared[1:]:
                states = _states(layer(states, mask))
        for layer in self.layers.values():
            states = _states(layer(states, mask))
        kept = real[..., None]
        return functional.normalize((states.float() * kept).sum(1) / kept.sum(1), dim=1)

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> Tensor:
        """The vectors of many texts, in their order."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        vectors = torch.empty(len(texts), self._encoder.dimension)
        for at in range(0, len(order), _TEXTS_AT_ONCE):
            batch = order[at : at + _TEXTS_AT_ONCE]
            vectors[batch] = self([texts[n] for n in batch])
        return vectors


def _states(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    return output[0] if isinstance(output, tuple) else output
