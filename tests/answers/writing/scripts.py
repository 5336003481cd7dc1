"""What the scripted model has in common: a question, a good answer, and what every answer has to hold."""

QUESTION = "Hva sa ministeren om døgnplasser?"
CURBED = "Vi har fra og med 2021 klart å bremse nedgangen i døgnkapasitet i psykisk helsevern."


def number_of(request, words):
    """The number under which the model was shown a sentence with these words."""
    return next(sentence["id"] for sentence in request.sentences if words in sentence["text"])


def curbed(request):
    return number_of(request, "bremse nedgangen")


def good(request):
    request.claims(
        ("Nedgangen i døgnkapasitet er bremset siden 2021, skriver ministeren.", curbed(request)),
        (f"Om behovet skriver ministeren: [[{number_of(request, '430')}]]", number_of(request, "430")),
    )


def assert_proven(answer):
    """Every quote, and every stretch between quotation marks, is cut from a document and the speaker's."""
    for quote in answer.quotes:
        assert quote.document.text[quote.start : quote.end] == quote.text
        spoken = [s for s in quote.document.sentences if s.start < quote.end and quote.start < s.end]
        assert {s.voice.actor for s in spoken} == {quote.actor.id}
    for checked in answer.written.claims:
        assert checked.sources
        assert all(1 <= number <= len(answer.quotes) for number in checked.sources)
        for piece in checked.pieces:
            assert not set(piece.prose) & set('«»“”„"')
            assert piece.cut is None or piece.cut.quote in answer.quotes
