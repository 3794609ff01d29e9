import os

import pytest

from poppy_nb.server import Server


@pytest.fixture(scope="module")
def server():
    """The local server, where the clients of known libraries find it."""
    before = dict(os.environ)
    with Server(latency=0.0) as started:
        os.environ.update(started.environment())
        yield started
    os.environ.clear()
    os.environ.update(before)
