"""What other programs get: the same answers, each quote with its place and a citation to print."""

import pytest
from fastapi.testclient import TestClient

from assistant.web.server import build_app

QUESTION = "Hva sa ministeren om døgnplasser?"


@pytest.fixture(scope="module")
def client(library, tmp_path_factory):
    return TestClient(build_app(library, tmp_path_factory.mktemp("kept")))


def test_every_quote_is_cut_from_its_document_and_ready_to_print(client, assistant):
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered"
    for quote in answer["quotes"]:
        document = assistant.document(quote["document"]["id"])
        assert quote["text"] == document.text[quote["start"] : quote["end"]]
        assert quote["citation"].split(" – ")[0].strip("«»").startswith(quote["text"][:20].strip("–- «"))
        assert document.metadata.title in quote["citation"]


def test_a_follow_up_takes_its_topic_from_the_question_before(client):
    asked = {"question": "Og hva sier NAPHA?", "earlier": ["Hva mener Mental Helse om kompetansekrav?"]}
    understood = client.post("/api/ask", json=asked).json()["understood"]
    assert (understood["topic"], understood["actors"]) == ("kompetansekrav", ["napha"])


def test_the_search_is_narrowed_and_the_answer_says_to_what(client):
    narrowing = {"kinds": ["letter"], "first": "2026-01-01"}
    answer = client.post("/api/ask", json={"question": "Hva sies om døgnplasser?", "narrowing": narrowing}).json()
    assert {quote["document"]["id"][:6] for quote in answer["quotes"]} == {"vestre"}
    assert answer["understood"]["filters"]["kinds"] == ["letter"]
    assert answer["searched"]["documents"] == 1


def test_documents_are_listed_by_kind_and_date(client):
    every = client.post("/api/documents").json()
    assert len(every) == 5
    spring = client.post("/api/documents", json={"first": "2026-03-01", "last": "2026-05-01"}).json()
    assert [document["author"] for document in spring] == ["napha"]


def test_passages_are_found_and_stand_where_they_say(client, assistant):
    found = client.post("/api/search", json={"text": "lovkrav", "limit": 3}).json()
    assert len(found) == 3
    for passage in found:
        assert passage["text"] == assistant.document(passage["document"]).text[passage["start"] : passage["end"]]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": " "}, "There is no question."),
        ({"question": "x" * 3_000}, "at most 2,000"),
        ({"question": QUESTION, "narrowing": {"first": "i går"}}, "date"),
        ({"question": QUESTION, "colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_with_a_request_is_told(client, body, said):
    answer = client.post("/api/ask", json=body)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_description_names_every_address(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/search", "/api/documents"} == {path for path in paths if path.startswith("/api/")}
    assert "/api/ask" in client.get("/api").text
