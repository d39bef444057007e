"""What holds for every test: no example has a time limit, since a busy machine would fail it for nothing.

Where a change is judged (CI), the examples drawn are the same each time, so that a red answer is about the change;
everywhere else they are new in each run, and go on looking.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("resultsday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judged", settings.get_profile("resultsday"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "resultsday")
