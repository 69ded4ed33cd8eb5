"""The settings, one frozen section a package. Defaults stand in ``defaults.toml`` and nowhere else.

A section is handed to what needs it; nothing asks for settings by itself. Units are in the names.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr


class IndexBackend(StrEnum):
    """The two indexes."""

    EMBEDDED = "embedded"
    ELASTIC = "elastic"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("not an IANA time zone, such as Europe/London")
    return name


PositiveInt = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0)]


class _Section(BaseModel):
    """A table of the settings file: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class IndexSettings(_Section):
    """Which index is used."""

    backend: IndexBackend


class ElasticSettings(_Section):
    """Where the Elasticsearch cluster is and how it is loaded. Empty strings mean: not set."""

    url: Annotated[str, Field(min_length=1)]
    index_prefix: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    user_name: str
    password: SecretStr
    api_key: SecretStr
    ca_file: str
    shard_count: PositiveInt
    replica_count: Annotated[int, Field(ge=0)]
    request_timeout_seconds: Seconds
    bulk_documents: PositiveInt
    bulk_bytes: PositiveInt
    bulk_in_flight: PositiveInt
    retry_seconds: Seconds
    lease_seconds: Seconds

    @property
    def urls(self) -> tuple[str, ...]:
        """The servers, in the order in which they are written."""
        return tuple(part.strip() for part in self.url.split(",") if part.strip())


class ParserSettings(_Section):
    """How readers take what a source leaves open, and the bounds on hostile input."""

    default_time_zone: Annotated[str, AfterValidator(_known_zone)]
    default_region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    archive_members: PositiveInt
    container_members: PositiveInt
    archive_ratio: PositiveInt
    packed_ratio: PositiveInt
    packed_bytes: PositiveInt
    packed_times: PositiveInt
    member_bytes: PositiveInt
    text_chars: PositiveInt
    nesting_depth: PositiveInt


class NlpSettings(_Section):
    """Where the lexicons of a force lie."""

    lexicon_dirs: tuple[Path, ...]


class SearchSettings(_Section):
    """How results are shown."""

    page_size: Annotated[int, Field(gt=0, le=10_000)]


class IngestSettings(_Section):
    """How drops are worked on."""

    analysis_processes: Annotated[int, Field(gt=0, le=64)]
    parse_timeout_seconds: Seconds
    analysis_timeout_seconds: Seconds
    worker_memory_bytes: PositiveInt
    analysis_chunk_texts: Annotated[int, Field(gt=0, le=10_000)]
    compression_level: Annotated[int, Field(ge=1, le=19)]
    lock_wait_seconds: Annotated[float, Field(ge=0)]


ReportFormName = Literal["json", "html", "pdf", "csv", "xlsx", "graphml", "i2"]
"""The forms of the report, as ``trapline report --format`` names them."""


class WatchSettings(_Section):
    """When a drop in a watched folder is taken, and in which forms the report is written after it."""

    quiet_seconds: Annotated[float, Field(ge=0)]
    poll_seconds: Seconds
    force_polling: bool
    incomplete_seconds: Seconds
    unfinished_seconds: Seconds
    report_forms: tuple[ReportFormName, ...]


class Settings(_Section):
    """All settings. ``data_dir`` is taken from the working folder where it is relative."""

    data_dir: Path
    index: IndexSettings
    elastic: ElasticSettings
    parsers: ParserSettings
    nlp: NlpSettings
    search: SearchSettings
    ingest: IngestSettings
    watch: WatchSettings
