"""The attention that the reader reads with, beside Torch's own."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from assistant.search.attention import added, capped_attention

MASK = torch.tensor([[1] * 7, [1] * 5 + [0] * 2])


def attended(query, key, value):
    averages, _ = capped_attention(None, query, key, value, added(MASK, query.dtype), scaling=0.5)
    return averages.transpose(1, 2)


def drawn(scale):
    torch.manual_seed(0)
    return (scale * torch.randn(2, 3, 7, 4), torch.randn(2, 3, 7, 4), torch.randn(2, 3, 7, 4))


# Products of four normal numbers, halved, stay within 10; times 6 they stay within the cap of 75.
@pytest.mark.parametrize("scale", [0.0, 1.0, 6.0])
def test_it_computes_what_torch_does_and_passes_over_padding(scale):
    query, key, value = drawn(scale)
    expected = scaled_dot_product_attention(query, key, value, attn_mask=MASK[:, None, None].bool(), scale=0.5)
    assert attended(query, key, value) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("scale", [1e3, -1e6])
def test_no_score_is_too_high_or_too_low_for_it(dtype, scale):
    query, key, value = (each.to(dtype) for each in drawn(scale))
    # Every score is far beyond the cap, all of the same sign.
    averages = attended(query.abs() * (1 if scale > 0 else -1), key.abs(), value)
    assert torch.isfinite(averages).all()
    assert averages.abs().max() <= value.abs().max() * 1.01
