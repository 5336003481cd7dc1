"""Messages that greet or thank and ask nothing."""

import re

_THANKS = (
    r"(?:(?:tusen |mange |hjertelig |hjarteleg )?takk"
    r"(?: skal (?:du|dere|de) ha| for (?:hjelpen|hjelpa|svaret|svara|det))?"
    r"|(?:many )?thanks(?: a lot| for (?:that|your help|the help))?"
    r"|thank you(?: (?:very|so) much| for (?:that|your help))?)"
)
_GREETING = (
    r"(?:hei(?: igjen)?|heisann|hallo|god (?:dag|morgen|morgon|kveld)|ha det(?: godt)?|hello|hi|bye|goodbye"
    r"|good (?:morning|afternoon|evening))"
)
_PRAISE = r"(?:ok(?:ay|ei)?|fint?|flott|supert?|bra|perfekt|great|perfect|nice)"
# Nothing is tried twice (atomic groups), so that no message takes long, whatever a visitor sends.
_COURTESY = re.compile(rf"(?>(?:{_THANKS}|{_GREETING}|{_PRAISE})(?:[\s,.!:)]++|$))++", re.IGNORECASE)


def is_courtesy(message: str) -> bool:
    """Whether a message only greets, thanks or praises."""
    return bool(_COURTESY.fullmatch(message))
