"""What is known of a conference, as an answer with words and data: the command line prints it, a script reads it.

An answer says what it does not know. Of a conference of which only published facts are kept, that is *the source does
not say*; of any other, *nothing written yet*. Missing is never zero.
"""

from soichieu.conferences.telling.answers import Answer, Fact, Missing
from soichieu.conferences.telling.naming import AmbiguousName, NoSuchConference, named, slug_of

__all__ = ["AmbiguousName", "Answer", "Fact", "Missing", "NoSuchConference", "named", "slug_of"]
