"""The errors a person may meet.

    AssistantError
    ├── SettingsError        a setting is unknown or has a value that can't be used
    ├── KnowledgeError       sources.yaml, actors.yaml or the knowledge folder is missing or malformed
    ├── FileError            one file can't become a document; the others still can
    ├── ModelError           the embedding model can't be loaded
    ├── ChatModelError       the chat model gave no answer; the quotes are shown all the same
    ├── SearchIndexError     the index can't be used as it is
    │   ├── IndexMissingError     nothing has been indexed yet
    │   └── ModelMismatchError    the index was made with another embedding model
    └── QuestionError        a question that can't be searched for

Each says what happened and where in `message`, and what to do about it in `remedy`. The command line prints both on
one line and exits with code 1; the page shows them in the chat.
"""


class AssistantError(Exception):
    """Something a person can understand and mend."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


class SettingsError(AssistantError):
    """A setting is unknown or has a value that can't be used."""


class KnowledgeError(AssistantError):
    """The knowledge folder, sources.yaml or actors.yaml is missing or malformed."""


class FileError(AssistantError):
    """One file can't become a document."""


class ModelError(AssistantError):
    """The embedding model can't be loaded."""


class ChatModelError(AssistantError):
    """The chat model gave no answer."""


class SearchIndexError(AssistantError):
    """The index can't be used as it is."""


class IndexMissingError(SearchIndexError):
    """Nothing has been indexed yet."""


class ModelMismatchError(SearchIndexError):
    """The index was made with another embedding model than the settings name."""


class QuestionError(AssistantError):
    """A question that can't be searched for."""
