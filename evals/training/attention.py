"""Attention for the reader's training on a CPU: Torch's own arithmetic, kept in half precision all the way.

Transformers' plain attention multiplies the scores and adds a single-precision mask in steps of their own, so that the
largest arrays of a step are read and written several times at double width; with a product that does both a step takes
a quarter less time. `torch.nn.functional.scaled_dot_product_attention` has a slower way back on CPUs, and so has the
attention that the reader answers with.
"""

from typing import Any

import torch
from transformers import AttentionInterface

_NAME = "half"


def with_half_attention(body: Any) -> Any:
    """The same transformer, which from now on wants its mask as `assistant.search.attention.added` gives it."""
    AttentionInterface.register(_NAME, half_attention)
    body.set_attn_implementation(_NAME)
    return body


def half_attention(
    _module: Any, query: Any, key: Any, value: Any, attention_mask: Any, scaling: float, **_: Any
) -> tuple[Any, None]:
    """Softmax attention without dropout; parameters and result as of `assistant.search.attention.capped_attention`."""
    n, heads, tokens, size = query.shape
    queries, keys, values = (each.reshape(n * heads, tokens, size) for each in (query, key, value))
    padding = attention_mask.expand(n, heads, 1, tokens).reshape(n * heads, 1, tokens)
    weights = torch.baddbmm(padding, queries, keys.transpose(1, 2), alpha=scaling).softmax(dim=-1)
    return torch.bmm(weights, values).view(n, heads, tokens, size).transpose(1, 2), None
