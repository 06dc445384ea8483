"""A pre-norm Transformer (Vaswani et al. 2017) whose parameters carry CTranslate2's own names.

Since `state_dict()` with / for . is what CTranslate2's TransformerSpec holds, conversion in either direction is no more
than a copy. Shapes: B sentences, S source pieces, T target pieces, D width, H heads.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the name every reader of torch code knows)

MAX_PIECES = 512  # rows of the position table; longer input is cut by the engine


@dataclass(frozen=True)
class Shape:
    """The sizes that make a model; the defaults are those of the starter packages."""

    source_pieces: int
    target_pieces: int
    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    encoder_layers: int = 4
    decoder_layers: int = 2


class LayerNorm(nn.Module):
    """Layer normalisation with CTranslate2's parameter names."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))
        self.beta = nn.Parameter(torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, (x.shape[-1],), self.gamma, self.beta)


class Attention(nn.Module):
    """Multi-head attention, normalised before; returns what is added to the residual stream.

    Self-attention has query, key and value in linear_0; attention to the source has the query in linear_0, key and
    value in linear_1. The last linear layer is the output's.
    """

    def __init__(self, width: int, heads: int, dropout: float, *, to_source: bool) -> None:
        super().__init__()
        self.heads, self.dropout, self.to_source = heads, dropout, to_source
        self.layer_norm = LayerNorm(width)
        self.linear_0 = nn.Linear(width, width if to_source else 3 * width)
        self.linear_1 = nn.Linear(width, 2 * width if to_source else width)
        if to_source:
            self.linear_2 = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        """[B, T, D] to [B, H, T, D / H]"""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(
        self, x: Tensor, memory: Tensor | None, mask: Tensor | None, *, causal: bool = False, weights: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        """Attend from x [B, T, D]; `mask` [B, 1, 1, S] is true where there is something to attend to.

        With `weights`, the second value is the attention averaged over the heads, [B, T, S].
        """
        x = self.layer_norm(x)
        if self.to_source:
            query = self.linear_0(x)
            key, value = self.linear_1(memory).chunk(2, dim=-1)
        else:
            query, key, value = self.linear_0(x).chunk(3, dim=-1)
        query, key, value = self._split(query), self._split(key), self._split(value)
        dropout = self.dropout if self.training else 0.0
        attended = None
        if weights:
            scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
            if mask is not None:
                scores = scores.masked_fill(~mask, float("-inf"))
            probabilities = scores.float().softmax(-1)
            attended = probabilities.mean(1)
            mixed = F.dropout(probabilities, dropout).to(value.dtype) @ value
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, mask, dropout, is_causal=causal)
        output = self.linear_2 if self.to_source else self.linear_1
        return output(mixed.transpose(1, 2).flatten(2)), attended


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between, normalised before."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.layer_norm = LayerNorm(width)
        self.linear_0 = nn.Linear(width, inner)
        self.linear_1 = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.linear_0(self.layer_norm(x)))
        return self.linear_1(F.dropout(hidden, self.dropout, self.training))


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.self_attention = Attention(shape.width, shape.heads, dropout, to_source=False)
        self.ffn = FeedForward(shape.width, shape.feed_forward, dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = x + F.dropout(self.self_attention(x, None, mask)[0], self.dropout, self.training)
        return x + F.dropout(self.ffn(x), self.dropout, self.training)


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.self_attention = Attention(shape.width, shape.heads, dropout, to_source=False)
        self.attention = Attention(shape.width, shape.heads, dropout, to_source=True)
        self.ffn = FeedForward(shape.width, shape.feed_forward, dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor, *, weights: bool) -> tuple[Tensor, Tensor | None]:
        x = x + F.dropout(self.self_attention(x, None, None, causal=True)[0], self.dropout, self.training)
        mixed, attended = self.attention(x, memory, mask, weights=weights)
        x = x + F.dropout(mixed, self.dropout, self.training)
        return x + F.dropout(self.ffn(x), self.dropout, self.training), attended


class Embeddings(nn.Module):
    def __init__(self, pieces: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(pieces, width) * width**-0.5)

    def forward(self, ids: Tensor) -> Tensor:
        return F.embedding(ids, self.weight) * math.sqrt(self.weight.shape[1])


class Projection(nn.Module):
    """To the target's pieces; its weight is that of the target embeddings (Press and Wolf 2017)."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(pieces))

    def forward(self, x: Tensor, weight: Tensor) -> Tensor:
        return F.linear(x, weight, self.bias)


def position_table(width: int) -> Tensor:
    """Sines in the first half of the width, cosines in the second, [MAX_PIECES, width]."""
    half = width // 2
    rates = torch.exp(torch.arange(half) * -(math.log(10_000) / (half - 1)))
    angles = torch.arange(MAX_PIECES)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Encoder(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.layers = [EncoderLayer(shape, dropout) for _ in range(shape.encoder_layers)]
        self.embeddings_0 = Embeddings(shape.source_pieces, shape.width)
        for index, layer in enumerate(self.layers):
            self.add_module(f"layer_{index}", layer)
        self.layer_norm = LayerNorm(shape.width)


class Decoder(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.layers = [DecoderLayer(shape, dropout) for _ in range(shape.decoder_layers)]
        self.embeddings = Embeddings(shape.target_pieces, shape.width)
        for index, layer in enumerate(self.layers):
            self.add_module(f"layer_{index}", layer)
        self.layer_norm = LayerNorm(shape.width)
        self.projection = Projection(shape.target_pieces)


class Transformer(nn.Module):
    """Encoder and decoder; `forward` gives the decoder's states and the first layer's attention to the source."""

    positions: Tensor

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.encoder = Encoder(shape, dropout)
        self.decoder = Decoder(shape, dropout)
        self.register_buffer("positions", position_table(shape.width), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def _start(self, embedded: Tensor) -> Tensor:
        return F.dropout(embedded + self.positions[: embedded.shape[1]], self.dropout, self.training)

    def forward(self, source: Tensor, mask: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Source ids [B, S], its mask [B, S] (true on pieces), target ids [B, T] from the start token on.

        Returns states [B, T, D], to be given to `logits`, and attention [B, T, S].
        """
        keys = mask[:, None, None, :]
        memory = self._start(self.encoder.embeddings_0(source))
        for layer in self.encoder.layers:
            memory = layer(memory, keys)
        memory = self.encoder.layer_norm(memory)
        states = self._start(self.decoder.embeddings(target))
        attention = None
        for index, decoder_layer in enumerate(self.decoder.layers):
            states, weights = decoder_layer(states, memory, keys, weights=index == 0)
            attention = weights if index == 0 else attention
        assert attention is not None
        return self.decoder.layer_norm(states), attention

    def logits(self, states: Tensor) -> Tensor:
        """Scores of the target's pieces, [..., pieces]."""
        return self.decoder.projection(states, self.decoder.embeddings.weight)
