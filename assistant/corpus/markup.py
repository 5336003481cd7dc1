"""Links as some files write them, "[text](address)", shown as their text.

The canonical text keeps every character of the file, so that a quote can be checked against it letter by letter. A
person sees the text of a link, not its brackets.
"""

import re

LINK = re.compile(r"\[(?P<text>[^\[\]\n]+)\]\((?P<address>[^()\s]*)\)")


def plain(text: str) -> str:
    """The text with each link's brackets and address left out."""
    return LINK.sub(lambda match: match["text"], text)
