"""Settings that all tests share."""

from hypothesis import settings

# Tests never judge speed: how long an example takes depends on the machine.
settings.register_profile("msgpolicy", deadline=None)
settings.load_profile("msgpolicy")
