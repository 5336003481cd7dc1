"""Adapters while the reader is trained: what they add, what is trained, and that what is written is what was trained."""

import pytest
import torch

from assistant.search.attention import added
from assistant.search.reader import Reader, outputs, padded, pair_up
from evals.training.low_rank import adapter_tensors, add_adapters, averaged
from evals.training.plan import Plan
from evals.training.trainer import export, model_with_adapters

QUESTION, TEXT = "Hva krever NAPHA?", "NAPHA krever et løft. Regjeringen svarer senere."


def test_an_adapter_adds_scale_times_up_times_down_to_the_weight():
    """2 · [1, 0]ᵀ[3, 4] is added to the identity, and a layer takes (1, 1) to (1 + 6 + 8, 1)."""
    body = torch.nn.Sequential(torch.nn.Linear(2, 2, bias=False))
    body[0].weight.data = torch.eye(2)
    add_adapters(body, rank=1, scale=2.0)
    adapter = adapter_tensors(body)
    adapter["0.down"].data = torch.tensor([[3.0, 4.0]])
    adapter["0.up"].data = torch.tensor([[1.0], [0.0]])
    assert body(torch.ones(1, 2, dtype=torch.bfloat16)).tolist() == [[15.0, 1.0]]


def test_only_adapters_are_trained_and_they_begin_with_adding_nothing():
    body = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
    before = body[0].weight.detach().clone()
    add_adapters(body, rank=1, scale=2.0)
    assert [tensor.shape for tensor in body.parameters() if tensor.requires_grad] == [(1, 3), (2, 1)]
    assert torch.equal(body[0].weight, before.to(torch.bfloat16))


def test_the_average_of_two_readers_adds_the_mean_of_what_they_add():
    """[4, 0]ᵀ[1, 0] and [0, 2]ᵀ[0, 1] add 4 and 2 on the diagonal; their mean is 2 and 1, which has rank 2."""
    none = torch.zeros(2)
    one = {"a.up": torch.tensor([[4.0, 0], [0, 0]]), "a.down": torch.eye(2), "relevance": torch.tensor([1.0, 3])}
    other = {"a.up": torch.tensor([[0.0, 0], [0, 2]]), "a.down": torch.eye(2), "relevance": none}
    mean = averaged([one, other])
    assert torch.allclose(mean["a.up"] @ mean["a.down"], torch.tensor([[2.0, 0], [0, 1]]), atol=1e-6)
    assert mean["relevance"].tolist() == [0.5, 1.5]


def test_an_average_keeps_the_rank_and_leaves_out_what_adds_least():
    """Of 4 and 2 on the diagonal, halved, rank 1 keeps the 2."""
    one = {"a.up": torch.tensor([[4.0], [0]]), "a.down": torch.tensor([[1.0, 0]])}
    other = {"a.up": torch.tensor([[0.0], [2]]), "a.down": torch.tensor([[0.0, 1]])}
    mean = averaged([one, other])
    assert mean["a.down"].shape == (1, 2)
    assert torch.allclose(mean["a.up"] @ mean["a.down"], torch.tensor([[2.0, 0], [0, 0]]), atol=1e-6)


def test_the_written_reader_reads_as_the_trained_model(tmp_path, encoder):
    """To half precision: relevance and each token's start and end."""
    torch.manual_seed(0)
    plan = Plan(rank=2)
    model = model_with_adapters(plan).eval()
    for name, tensor in adapter_tensors(model).items():
        if name.endswith(".up"):
            torch.nn.init.normal_(tensor, std=0.02)
    heads = torch.nn.ParameterDict({"relevance": torch.randn(384) * 0.02, "spans": torch.randn(384, 2) * 0.02})
    path = tmp_path / "reader.safetensors"
    export(model, heads, plan, encoder.name, path)
    pair = pair_up(encoder.parts[1], QUESTION, [TEXT])[0]
    ids, mask = padded([pair.ids], 0)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        states = model(input_ids=ids, attention_mask=added(mask, torch.bfloat16)).last_hidden_state
    relevance, spans = outputs(states.float(), heads)
    [(read, places)] = Reader.load(encoder, path)._run([pair])
    assert read == pytest.approx(float(relevance[0].detach()), abs=0.05)
    assert places == pytest.approx(spans[0].detach().numpy(), abs=0.05)
