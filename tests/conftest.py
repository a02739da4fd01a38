import os

from hypothesis import settings

# How long an example takes says more about the machine than about the code. Where a run decides whether a
# change lands, the examples are the same every time; elsewhere new ones are looked for.
settings.register_profile("storydiff", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("storydiff")
