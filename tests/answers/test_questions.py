"""What is understood of a question: who is to speak, about what, when."""

import datetime

import pytest

from assistant.answers.dates import Period
from assistant.answers.questions import understand
from assistant.corpus.actors import Mentions

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def read(knowledge):
    return lambda question: understand(question, knowledge.actors, Mentions(knowledge.actors), TODAY)


@pytest.mark.parametrize(
    ("question", "actors", "topic"),
    [
        ("Hva sa ministeren om døgnplasser?", ["minister-of-health"], "døgnplasser"),
        ("What did the minister say about day-bed capacity?", ["minister-of-health"], "day-bed capacity"),
        ("Hva har statsråden sagt om ventetider?", ["minister-of-health"], "ventetider"),
        ("Kva meiner SF om sengeplassar?", ["samarbeidsforum"], "sengeplassar"),
        ("Hva sier HOD om tvang?", ["ministry-of-health"], "tvang"),
        ("Hva mener ministeren og NAPHA om tilskudd?", ["minister-of-health", "napha"], "tilskudd"),
        ("What do the user organisations say about carers?", ["mental-helse", "samarbeidsforum"], "carers"),
        ("According to Mental Helse, how many beds were closed?", ["mental-helse"], "many beds were closed"),
        ("What is NAPHA's position on the psychologist requirement?", ["napha"], "the psychologist requirement"),
        ("Hvor mange medlemmer har Mental Helse?", [], "mange medlemmer har Mental Helse"),
        ("Does KS support a statutory duty?", ["ks"], "a statutory duty"),
        ("Is the health minister prepared to change the plan?", ["minister-of-health"], "prepared to change the plan"),
        ("Er NAPHA enig i at tilskudd treffer skjevt?", ["napha"], "enig i at tilskudd treffer skjevt"),
        ("Korleis ser Samarbeidsforum på kompetansekrav?", ["samarbeidsforum"], "kompetansekrav"),
        ("Går Vestre inn for flere døgnplasser?", ["minister-of-health"], "flere døgnplasser"),
        ("Hva kritiserer Mental Helse?", ["mental-helse"], ""),
        ("Does the minister back a pilot project?", ["minister-of-health"], "a pilot project"),
        ("Hva fant Riksrevisjonen ut om reinnleggelser?", ["riksrevisjonen"], "reinnleggelser"),
        # Finds, but isn't asked for what it says.
        ("Hvor fant Sintef boligene?", [], "fant Sintef boligene"),
        # Asks who, not what Mental Helse supports.
        ("Hvem støtter Mental Helse?", [], "støtter Mental Helse"),
        ("Is there support for a plan?", [], "there support for a plan"),
        ("Do I have a right to see the records?", [], "I have a right to see the records"),
        ("Kva svarer kommunedirektørar om satsinga?", ["municipal-managers"], "satsinga"),
        # Who asked is said in passing.
        ("How did Vestby vote when the Storting asked for it?", [], "Vestby vote when the Storting asked for it"),
    ],
)
def test_actors_and_topic(read, question, actors, topic):
    understood = read(question)
    assert (list(understood.actors), understood.topic) == (actors, topic)
    assert not understood.unknown_actor


@pytest.mark.parametrize(
    ("question", "actor"),
    [
        ("Hva sa justisministeren om fengsel?", "justisministeren"),
        ("What did the prime minister's office say about beds?", "the prime minister's office"),
        ("Kva seier Høgre om døgnplassar?", "Høgre"),
        ("Støtter justisministeren forslaget?", "justisministeren"),
        ("Støtter SV domstolene?", "SV"),
        ("Støtter Norsk psykologforening forslaget?", "Norsk psykologforening"),
        ("Hva godtar ikke KrF?", "KrF"),
    ],
)
def test_actors_nobody_knows(read, question, actor):
    assert (read(question).actors, read(question).unknown_actor) == ((), actor)


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("Hva sa ministeren om døgnplasser før juni?", Period(None, datetime.date(2026, 5, 31))),
        ("Hva sa Vestre 19. januar 2026 om ACT-team?", Period(datetime.date(2026, 1, 19), datetime.date(2026, 1, 19))),
        ("Hva sa SF om møtet 2. juni 2025?", Period()),
        ("Hva sa Vestre i 2025 om ACT-team?", Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))),
        ("What has the minister said about waiting times since last year?", Period(datetime.date(2025, 1, 1), None)),
        ("Hva sa NAPHA om lovkrav etter 1. mars 2026?", Period(datetime.date(2026, 3, 2), None)),
        # A year that belongs to the topic is no limit.
        ("Hva sier ministeren om plasser frem mot 2040?", Period()),
        ("Hvor mange døgnplasser ble lagt ned i 2023?", Period()),
    ],
)
def test_periods(read, question, period):
    assert read(question).period == period


def test_a_role_is_its_holders_from_the_day_it_began(read):
    # Vestre has been minister since 19 April 2024, so the minister before that was somebody else.
    assert read("Hva sa helseministeren i 2023 om ACT-team?").unknown_actor == "helseministeren"
    assert read("Hva sa helseministeren i 2025 om ACT-team?").actors == ("minister-of-health",)
    assert read("Hva sa Vestre i 2023 om ACT-team?").actors == ("minister-of-health",)
    # Of several, the others are still asked for.
    assert read("Hva sa NAPHA og helseministeren i 2023 om ACT-team?").actors == ("napha",)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hva sa ministeren?", "nb"),
        ("Kva sa ministeren?", "nn"),
        ("What did Mental Helse say about beds?", "en"),
        ("døgnplasser", "nb"),
    ],
)
def test_languages(read, question, language):
    assert read(question).language == language
