"""A quick stand-in for the embedding model where a test is about bookkeeping, not meaning.

Each word counts in the dimension its hash picks, so texts that share words are near each other.
"""

import hashlib

import numpy as np

from assistant.search.embedding import PassageVectors


class HashingEncoder:
    def __init__(self, name="hashing", dimension=64):
        self.name, self.dimension, self.embedded = name, dimension, 0

    def _vector(self, text):
        vector = np.full(self.dimension, 1e-3, np.float32)
        for word in text.lower().split():
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return vector / np.linalg.norm(vector)

    def embed_question(self, question):
        return self._vector(question)

    def embed_passages(self, passages):
        for passage in passages:
            self.embedded += 1
            sentences = np.array([self._vector(passage.text[start:end]) for start, end in passage.sentences])
            yield PassageVectors(self._vector(passage.text), sentences.reshape(-1, self.dimension))
