"""The keyword index: BM25 over stems, in tantivy. A cache of what Chroma holds, rebuilt whenever the two differ."""

import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.search.norwegian import keywords

Weights = Mapping[str, float]


class KeywordIndex:
    """Texts by id, found by their stems.

    The stems are computed here and stored with spaces between them, so that tantivy need not know Norwegian.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("group", stored=False, tokenizer_name="raw")
        builder.add_text_field("stems", stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = self._open(folder)
        self._index.reload()

    def _open(self, folder: Path) -> Any:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return self._tantivy.Index(self._schema, path=str(folder))
        except ValueError:
            # Damaged, or of an older version. Nothing is lost by starting anew: it is filled from Chroma.
            shutil.rmtree(folder)
            folder.mkdir(parents=True)
            return self._tantivy.Index(self._schema, path=str(folder))

    def ids(self) -> set[str]:
        """The ids of all texts."""
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return set()
        hits = searcher.search(self._tantivy.Query.all_query(), searcher.num_docs).hits
        return {searcher.doc(address)["id"][0] for _, address in hits}

    def update(self, texts: Iterable[tuple[str, str, str]], removed: Iterable[str]) -> None:
        """Replace or add texts, given as (id, group, text), and drop removed ids; all of it or nothing."""
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        for identifier in removed:
            writer.delete_documents_by_term("id", identifier)
        for identifier, group, text in texts:
            writer.delete_documents_by_term("id", identifier)
            document = self._tantivy.Document()
            document.add_text("id", identifier)
            document.add_text("group", group)
            document.add_text("stems", " ".join(keywords(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, terms: Sequence[Weights], limit: int, groups: Sequence[str] | None = None) -> dict[str, float]:
        """BM25 scores by id, best first.

        Args:
            terms: one mapping from stem to weight for each word of the question; of a word's alternatives the best
                counts.
            limit: how many scores to give at most.
            groups: only texts of these groups.
        """
        query = self._tantivy.Query
        clauses = [(self._tantivy.Occur.Should, self._any_of(weights)) for weights in terms if weights]
        if not clauses or (groups is not None and not groups):
            return {}
        combined = query.boolean_query(clauses)
        if groups is not None:
            within = query.const_score_query(query.term_set_query(self._schema, "group", list(groups)), 0.0)
            combined = query.boolean_query([(self._tantivy.Occur.Must, combined), (self._tantivy.Occur.Must, within)])
        searcher = self._index.searcher()
        hits = searcher.search(combined, limit, count=False).hits
        return {searcher.doc(address)["id"][0]: score for score, address in hits}

    def rarity(self, stem: str) -> float:
        """The stem's inverse document frequency as BM25 has it: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        n = self.count(stem)
        return math.log1p((self._index.searcher().num_docs - n + 0.5) / (n + 0.5))

    def count(self, stem: str) -> int:
        """How many texts have the stem."""
        return int(self._index.searcher().doc_freq("stems", stem))

    def _any_of(self, weights: Weights) -> Any:
        query = self._tantivy.Query
        options = [
            query.boost_query(query.term_query(self._schema, "stems", stem), weight) for stem, weight in weights.items()
        ]
        return options[0] if len(options) == 1 else query.disjunction_max_query(options)
