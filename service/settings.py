"""Settings: environment variables INSIDEOUT_*, and an optional insideout.toml."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from insideout.perception.describe import Show
from insideout.perception.errors import unknown_name
from insideout.perception.fusing.way import Way
from insideout.perception.policy import Policy
from insideout.service.errors import SettingError

PREFIX = "INSIDEOUT_"
FILE = "insideout.toml"
NONE = "none"
# Read from the environment by layers below this one, which know nothing of settings; a value from
# the file is handed to them by `export`.
READ_BELOW = (
    "embedded_weights",
    "weights_dir",
    "shared",
    "policy",
    "profiles",
    "transcriber",
    "fusion",
    "runs",
)


class PriceSetting(BaseModel):
    """US dollars for a million tokens of a model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)


class Settings(BaseSettings):
    """Every setting; docs/settings.md says what each means.

    Raises ValidationError; `load_settings` is what turns it into a SettingError.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid")

    model: str | None = None
    voices: str | None = None
    aggregator: str | None = None
    fallback: str = "embedded"
    mode: str = "parallel"
    language: str = "auto"
    reader: str = "embedded"
    show_state: Show = Show.ALL
    team: Annotated[tuple[str, ...], NoDecode] = ()
    base_url: str | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int = Field(default=1024, ge=1)
    timeout_secs: float = Field(default=60.0, gt=0)
    seed: int | None = None
    voice_deadline_secs: float = Field(default=15.0, gt=0)
    history_tokens: int = Field(default=3000, ge=100)
    max_message_chars: int = Field(default=20_000, ge=1)
    sessions: str | None = None
    prompts: Path | None = None
    help_country: str | None = None
    help_lines: Path | None = None
    embedded_weights: Path | None = None
    weights_dir: Path | None = None
    shared: Path | None = None
    transcriber: str | None = None
    policy: Policy | None = None
    profiles: Path | None = None
    fusion: Way | None = None
    runs: Path | None = None
    pages: Annotated[tuple[str, ...], NoDecode] = ("kiosk", "assistant", "lab")
    kiosk_measure_secs: float = Field(default=45.0, ge=10, le=300)
    kiosk_idle_secs: float = Field(default=60.0, ge=5)
    result_minutes: float = Field(default=15.0, gt=0)
    public_url: str | None = None
    operator_password: SecretStr | None = None
    api_key: SecretStr | None = None
    prices: dict[str, PriceSetting] = Field(default_factory=dict)

    @field_validator("team", "pages", mode="before")
    @classmethod
    def _comma_separated(cls, names: Any) -> Any:
        """A list in the file; "joy,sadness" in the environment and on the command line."""
        if isinstance(names, str):
            return tuple(name.strip() for name in names.split(",") if name.strip())
        return names

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is asked for on the spot wins over the environment, and that over the file."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, read_file())


def settings_file() -> Path | None:
    """The insideout.toml in the working directory, else in the user's configuration folder."""
    places = (Path(FILE), user_config_path("insideout", appauthor=False) / FILE)
    return next((path for path in places if path.is_file()), None)


def read_file() -> dict[str, Any]:
    """The settings of the file, empty where there is none; raises SettingError."""
    path = settings_file()
    if path is None:
        return {}
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingError(f"{path} is no TOML: {error}") from error
    for key in record.keys() - Settings.model_fields.keys():
        raise SettingError(f"{path}: {unknown_name('setting', key, Settings.model_fields)}")
    return record


def load_settings(given: Mapping[str, Any] | None = None) -> Settings:
    """The settings; `given` wins where it is not None. Raises SettingError for a bad value."""
    asked = {key: value for key, value in (given or {}).items() if value is not None}
    try:
        settings = Settings(**asked)
    except ValidationError as error:
        raise SettingError(_message(error.errors()[0], asked)) from error
    except SettingsError as error:  # a table in the environment that is no JSON
        raise SettingError(
            f"a setting in the environment is no JSON: {error} ({error.__cause__})"
        ) from error
    export(settings)
    return settings


def export(settings: Settings) -> None:
    """Hand what only the file says to the layers that read the environment."""
    for name in READ_BELOW:
        value = getattr(settings, name)
        if value is not None:
            os.environ.setdefault(variable(name), str(value))


def variable(name: str) -> str:
    """The environment variable of a setting.

    >>> variable("model")
    'INSIDEOUT_MODEL'
    """
    return PREFIX + name.upper()


def _message(error: ErrorDetails, asked: Mapping[str, Any]) -> str:
    name, *rest = [str(part) for part in error["loc"]]
    return (
        f"{_place(name, rest, asked)}: {error['msg'].lower()}; found {error['input']!r:.80}. "
        "docs/settings.md lists the settings"
    )


def _place(name: str, rest: list[str], asked: Mapping[str, Any]) -> str:
    """Where the value stood: as an option, in the environment or in the file."""
    if name in asked:
        place = f"--{name.replace('_', '-')}"
    elif os.environ.get(variable(name)):
        place = variable(name)
    else:
        place = f"{settings_file()}: {name}"
    return ".".join([place, *rest])
