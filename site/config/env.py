"""Typed reading of environment variables: a wrong value stops the start with a sentence."""

import os
from collections.abc import Mapping
from pathlib import Path

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class WrongSetting(Exception):
    """An environment variable is missing or cannot be read."""


class Environment:
    """Reads values from a mapping, the process environment by default."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default).strip()

    def required(self, name: str) -> str:
        """The value of `name`; raises WrongSetting when it is absent or empty."""
        value = self.text(name)
        if not value:
            raise WrongSetting(f"Set the environment variable {name} (see README, “Deploy”).")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE:
            return True
        if value.strip().lower() in FALSE:
            return False
        raise WrongSetting(f"{name} must be yes or no, not {value!r}.")

    def integer(self, name: str, default: int) -> int:
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError as error:
            raise WrongSetting(f"{name} must be a whole number, not {value!r}.") from error

    def words(self, name: str, default: str = "") -> list[str]:
        """A comma-separated list without blanks."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name) or default)
