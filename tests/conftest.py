"""What holds for every test: no example has a time limit, since a busy machine would fail it for nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("resultsday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("resultsday")
