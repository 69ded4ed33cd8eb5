from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest

from config import load
from config.errors import SettingsError
from config.loading import effective_values, load_with_origins
from config.settings import IndexBackend
from tests.meta.repository import modules


def flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in tree.items():
        found.update(flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {f"{prefix}{key}": value})
    return found


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "trapline.toml"
    path.write_text('data_dir = "/from/file"\n[ingest]\nanalysis_processes = 3\n', encoding="utf-8")
    return path


def test_defaults_stand_without_anything() -> None:
    settings = load()
    assert settings.data_dir == Path("trapline-data")
    assert settings.index.backend is IndexBackend.EMBEDDED


def test_each_place_overrules_the_one_before(settings_file: Path) -> None:
    environ = {"TRAPLINE_DATA": "/from/environment"}
    assert load(settings_file).data_dir == Path("/from/file")
    assert load(settings_file, environ).data_dir == Path("/from/environment")
    settings, origins = load_with_origins(settings_file, environ, {"data_dir": "/from/line", "index.backend": None})
    assert settings.data_dir == Path("/from/line")
    assert origins["data_dir"] == "command line"
    assert origins["ingest.analysis_processes"] == str(settings_file)
    assert origins["index.backend"] == "defaults"


DEFAULTS = flat(tomllib.loads(files("config").joinpath("defaults.toml").read_text("utf-8")))


def in_environment(value: object) -> str:
    return ":".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("key", DEFAULTS)
def test_the_environment_names_every_setting(key: str) -> None:
    name = f"TRAPLINE_{key.upper().replace('.', '__')}"
    settings, origins = load_with_origins(environ={name: in_environment(DEFAULTS[key])})
    assert settings == load()
    assert [each for each, origin in origins.items() if origin == "environment"] == [key]


def test_the_example_of_the_defaults_is_a_setting() -> None:
    comments = files("config").joinpath("defaults.toml").read_text("utf-8")
    examples = re.findall(r"(TRAPLINE_\w+)=([\w:]+)", comments)
    settings = load(environ=dict(examples))
    assert settings.watch.quiet_seconds == 30
    assert settings.watch.report_forms == ("html", "pdf")


def test_every_setting_is_read() -> None:
    """A setting that nothing asks for is a promise that nothing keeps."""
    asked = {
        node.attr
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert [key for key in DEFAULTS if key.rpartition(".")[2] not in asked] == []


def test_the_environment_overrules_the_defaults() -> None:
    environ = {
        "TRAPLINE_INGEST__ANALYSIS_PROCESSES": "4",
        "TRAPLINE_WATCH__FORCE_POLLING": "true",
        "TRAPLINE_NLP__LEXICON_DIRS": "/a:/b",
        "TRAPLINE_WATCH__REPORT_FORMS": "html:pdf",
        "TRAPLINE_ELASTIC_URL": "https://one:9200,https://two:9200",
        "HOME": "/root",
        "TRAPLINE_TEST_ANYTHING": "left to the tests",
    }
    settings = load(environ=environ)
    assert settings.ingest.analysis_processes == 4
    assert settings.watch.force_polling
    assert settings.nlp.lexicon_dirs == (Path("/a"), Path("/b"))
    assert settings.watch.report_forms == ("html", "pdf")
    assert settings.elastic.urls == ("https://one:9200", "https://two:9200")


def test_the_settings_file_can_be_named_by_the_environment(settings_file: Path) -> None:
    assert load(environ={"TRAPLINE_SETTINGS": str(settings_file)}).ingest.analysis_processes == 3


def test_a_key_that_is_not_known_is_an_error_in_every_place(tmp_path: Path) -> None:
    """A misspelt setting that is quietly ignored is a wrong setting."""
    path = tmp_path / "trapline.toml"
    path.write_text("[ingest]\nquite_seconds = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"ingest\.quite_seconds .*trapline\.toml"):
        load(path)
    with pytest.raises(SettingsError, match=r"daat \(environment\)"):
        load(environ={"TRAPLINE_DAAT": "/x"})
    with pytest.raises(SettingsError, match="not known"):
        load(overrides={"indx.backend": "elastic"})


@pytest.mark.parametrize(
    ("overrides", "key"),
    [
        ({"index.backend": "postgres"}, "index.backend"),
        ({"parsers.default_time_zone": "Europe/Londn"}, "parsers.default_time_zone"),
        ({"ingest.analysis_processes": 0}, "ingest.analysis_processes"),
        ({"watch.quiet_seconds": -1}, "watch.quiet_seconds"),
        ({"elastic.index_prefix": "Bad Prefix"}, "elastic.index_prefix"),
    ],
)
def test_a_value_that_cannot_be_names_its_key(overrides: dict[str, object], key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(overrides=overrides)
    assert caught.value.key == key
    assert caught.value.origin == "command line"


@pytest.mark.parametrize("content", [b"[ingest\n", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "trapline.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="not TOML"):
        load(path)


def test_an_empty_data_folder_is_not_the_working_folder() -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ={"TRAPLINE_DATA": ""})
    assert caught.value.key == "data_dir"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load(tmp_path / "none.toml")


def test_secrets_are_shown_to_nobody() -> None:
    settings = load(overrides={"elastic.password": "hunter2", "elastic.api_key": "key"})
    shown = effective_values(settings)
    assert shown["elastic.password"] == shown["elastic.api_key"] == "***"
    assert shown["elastic.user_name"] == ""
    assert "hunter2" not in repr(settings)


def test_every_setting_is_shown() -> None:
    _, origins = load_with_origins()
    assert effective_values(load()).keys() == origins.keys()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().data_dir = Path("/elsewhere")
