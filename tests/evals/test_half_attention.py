"""The attention that the reader is trained with, beside Torch's own, there and on the way back."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from assistant.search.attention import added
from evals.training.attention import half_attention

# The second text has two tokens less than the first.
MASK = torch.tensor([[1] * 7, [1] * 5 + [0] * 2])


def drawn():
    torch.manual_seed(0)
    return [torch.randn(2, 3, 7, 4, requires_grad=True) for _ in range(3)]


def test_it_computes_what_torch_does_and_passes_over_padding():
    query, key, value = drawn()
    averages, _ = half_attention(None, query, key, value, added(MASK, torch.float32), scaling=0.5)
    expected = scaled_dot_product_attention(query, key, value, attn_mask=MASK[:, None, None].bool(), scale=0.5)
    assert averages.transpose(1, 2).detach() == pytest.approx(expected.detach(), abs=1e-5)


def test_what_is_learnt_through_it_is_the_same():
    ours, torchs = drawn(), drawn()
    averages, _ = half_attention(None, *ours, added(MASK, torch.float32), scaling=0.5)
    averages.square().sum().backward()
    expected = scaled_dot_product_attention(*torchs, attn_mask=MASK[:, None, None].bool(), scale=0.5)
    expected.square().sum().backward()
    for mine, other in zip(ours, torchs, strict=True):
        assert mine.grad == pytest.approx(other.grad, abs=1e-4)
    # Nothing is learnt from what isn't there: the second text's last two tokens, as keys and as values.
    assert ours[1].grad[1, :, 5:].abs().max() == 0
    assert ours[2].grad[1, :, 5:].abs().max() == 0
