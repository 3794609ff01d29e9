import pytest

from tests.kernel.client import Kernel


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel with the extension loaded and a stand-in for the engine; tests of a module share it."""
    with Kernel(tmp_path_factory.mktemp("kernel")) as started:
        yield started
