"""What an OpenAI client sends: the part of its chat completions that means something here.

Fields that only a language model has a use for (temperature, top_p, n = 1 …) are taken and left alone;
those that would change what the client gets back (tools, n > 1) are refused.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class TextPart(BaseModel):
    """Words."""

    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    """url: a data URL (data:image/jpeg;base64,…); addresses are not fetched."""

    url: str


class ImagePart(BaseModel):
    """A picture of the person as they say it."""

    type: Literal["image_url"]
    image_url: ImageUrl


class InputAudio(BaseModel):
    """data: a recording, base64. format: of no account; the recording itself says."""

    data: str
    format: str = ""


class AudioPart(BaseModel):
    """The person saying it."""

    type: Literal["input_audio"]
    input_audio: InputAudio


Part = Annotated[TextPart | ImagePart | AudioPart, Field(discriminator="type")]


class Message(BaseModel):
    """One message; system and developer messages are told to the agents ahead of the conversation."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text for part in self.content if isinstance(part, TextPart))

    @property
    def parts(self) -> Sequence[Part]:
        """What it is made of beside words alone."""
        return self.content if isinstance(self.content, list) else ()


class StreamOptions(BaseModel):
    """include_usage: send the tokens in a last chunk."""

    include_usage: bool = False


class Extension(BaseModel):
    """What OpenAI has no words for; a client sends it as `extra_body={"insideout": {…}}`.

    session: keep the conversation here, under that name; the client then sends the newest message
    alone. language: en, ru or auto. mode: how the emotions work together. readings: what the client's
    own sensors say, as Reading.to_json writes it.
    """

    model_config = ConfigDict(extra="forbid")

    session: str | None = None
    language: str | None = None
    mode: str | None = None
    readings: list[dict[str, Any]] = Field(default_factory=list)


class ChatRequest(BaseModel):
    """The body of POST /v1/chat/completions."""

    model: str = ""
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = 1
    tools: Annotated[list[Any], Field(max_length=0)] | None = None
    insideout: Extension = Field(default_factory=Extension)
