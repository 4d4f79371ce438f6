"""The site of these tests: as `make run` serves it, but signing in takes no time."""

from config.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
