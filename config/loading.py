"""Reads settings from their four places, in order, and remembers where each value came from.

Order: ``defaults.toml`` < settings file < environment < command line. A key that is not known is an error in every
one of them: a misspelt setting that is quietly ignored is a wrong setting.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from pydantic import SecretStr, ValidationError

from config.errors import SettingsError
from config.settings import Settings

_PREFIX = "TRAPLINE_"
_SHORT_NAMES = {
    "TRAPLINE_DATA": "data_dir",
    "TRAPLINE_INDEX": "index.backend",
    "TRAPLINE_ELASTIC_URL": "elastic.url",
}
SETTINGS_FILE_VARIABLE = "TRAPLINE_SETTINGS"
"""Environment variable that names the settings file, where the command line does not."""
_NOT_SETTINGS = (SETTINGS_FILE_VARIABLE, "TRAPLINE_TEST_")

Tree = dict[str, object]


def load(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Settings:
    """Return the settings.

    Args:
        path: Settings file (TOML). None: the one that ``TRAPLINE_SETTINGS`` names, else none.
        environ: Environment; only names that begin with ``TRAPLINE_`` are looked at.
        overrides: What the command line says, by dotted key (``index.backend``). None values are left out.

    Raises:
        SettingsError: A file cannot be read, a key is not known or a value cannot be. Names key and place.
    """
    return load_with_origins(path, environ, overrides)[0]


def load_with_origins(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> tuple[Settings, dict[str, str]]:
    """Return the settings, and by dotted key the place where each value came from.

    Raises:
        SettingsError: As ``load``.
    """
    environ = environ or {}
    named = environ.get(SETTINGS_FILE_VARIABLE)
    path = path or (Path(named) if named else None)
    defaults = _flat(tomllib.loads(files("config").joinpath("defaults.toml").read_text("utf-8")))
    layers = [("defaults", defaults)]
    if path is not None:
        layers.append((str(path), _flat(_read_file(path))))
    lists = {key for key, value in defaults.items() if isinstance(value, list)}
    layers.append(("environment", dict(_environment(environ, lists))))
    layers.append(("command line", {key: value for key, value in (overrides or {}).items() if value is not None}))
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for key, value in layer.items():
            if key not in defaults:
                raise SettingsError(key, origin, "this setting is not known")
            values[key] = value
            origins[key] = origin
    return _validated(values, origins), origins


def effective_values(settings: Settings) -> dict[str, str]:
    """Return every setting as text by dotted key, in the order of the defaults; secrets are masked."""
    shown: dict[str, str] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if not hasattr(value, "model_fields_set"):
            shown[name] = str(value)
            continue
        for key in type(value).model_fields:
            inner = getattr(value, key)
            text = ("***" if inner.get_secret_value() else "") if isinstance(inner, SecretStr) else inner
            shown[f"{name}.{key}"] = ", ".join(map(str, text)) if isinstance(text, tuple) else str(text)
    return shown


def _validated(values: Mapping[str, object], origins: Mapping[str, str]) -> Settings:
    if values["data_dir"] == "":
        # An empty path is the working folder: whatever lies there is no data folder of ours.
        raise SettingsError("data_dir", origins["data_dir"], "it is empty: name a folder")
    tree: Tree = {}
    for key, value in values.items():
        *tables, name = key.split(".")
        branch = tree
        for table in tables:
            branch = branch.setdefault(table, {})  # type: ignore[assignment]  # inner tables are trees by construction
        branch[name] = value
    try:
        return Settings.model_validate(tree)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
        raise SettingsError(key, origins.get(key, "settings"), first["msg"]) from None


def _read_file(path: Path) -> Tree:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise SettingsError(str(path), "settings file", exc.strerror or "cannot be read") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SettingsError(str(path), "settings file", f"is not TOML: {exc}") from exc


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _environment(environ: Mapping[str, str], lists: Collection[str]) -> Iterator[tuple[str, object]]:
    # Short names last, so that TRAPLINE_DATA holds where both forms are set.
    for name in sorted(environ, key=lambda each: (each in _SHORT_NAMES, each)):
        if not name.startswith(_PREFIX) or name.startswith(_NOT_SETTINGS):
            continue
        key = _SHORT_NAMES.get(name) or name.removeprefix(_PREFIX).lower().replace("__", ".")
        value = environ[name]
        yield key, [part for part in value.split(":") if part] if key in lists else value
