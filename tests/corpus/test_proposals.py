"""What a document says about itself is proposed; what it doesn't say is left empty."""

import pytest

from assistant.corpus.loading import Line, load
from assistant.corpus.proposals import propose

# Mental Helse's paper names no day, and the minister's letter names only that of another letter.
SAID = {
    "kommunal-rapport": ("news article", "2026-06-05", "kommunal-rapport"),
    "mental-helse": ("consultation response", None, "mental-helse"),
    "napha": ("consultation response", "2026-04-14", "napha"),
    "samarbeidsforum": ("speech", "2025-06-02", "samarbeidsforum"),
    "vestre": ("letter", None, "minister-of-health"),
}


@pytest.mark.parametrize("name", SAID)
def test_the_five_documents_tell_who_wrote_them_and_when(knowledge, name):
    (path,) = (path for path in knowledge.files() if path.name.startswith(name))
    proposal = propose(load(path), knowledge.actors)
    day = proposal.date.isoformat() if proposal.date else None
    assert (proposal.kind, day, proposal.author) == SAID[name]
    assert proposal.new_actor is None


def test_who_signs_and_is_unknown_is_a_new_actor(knowledge):
    text = "Svar på brev\nTrondheim, 7. mai 2026\n\nVi ser behov for flere senger.\n\nMed hilsen\nKari Nordviken\nfylkeslege"
    proposal = propose([Line(line) for line in text.split("\n")], knowledge.actors)
    assert (proposal.kind, str(proposal.date), proposal.author) == ("letter", "2026-05-07", "kari-nordviken")
    assert (proposal.new_actor.name, proposal.new_actor.role) == ("Kari Nordviken", "fylkeslege")


def test_a_text_that_says_nothing_about_itself_proposes_nothing(knowledge):
    proposal = propose([Line("Det regner i dag, og det er kaldt ute.")], knowledge.actors)
    assert (proposal.title, proposal.kind, proposal.date, proposal.author) == ("", "", None, "")
