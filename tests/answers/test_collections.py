"""Several collections share an index folder and know nothing of each other."""

from assistant import Assistant, Settings


def opened(folder, name, text):
    knowledge = folder / name
    (knowledge / "documents").mkdir(parents=True)
    (knowledge / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant.from_settings(
        Settings(knowledge=knowledge, index=folder / "index", collection=name, _env_file=None)
    )


def test_each_collection_answers_from_its_own_documents(tmp_path):
    harbour = opened(tmp_path, "harbour", "Havna i Nordvik skal utvides med 40 nye båtplasser innen 2027.\n")
    school = opened(tmp_path, "school", "Skolen i Sørvik får 12 nye klasserom til høsten.\n")
    question = "Hvor mange nye båtplasser får havna i Nordvik?"
    assert "40 nye båtplasser" in harbour.ask(question).quotes[0].text
    assert [quote.document.id for quote in school.ask(question).quotes] == []
    assert [list(assistant.catalogue) for assistant in (harbour, school)] == [["harbour"], ["school"]]
    # Opened again, each still has its own only.
    again = Assistant.from_settings(
        Settings(knowledge=tmp_path / "harbour", index=tmp_path / "index", collection="harbour")
    )
    assert list(again.catalogue) == ["harbour"]
