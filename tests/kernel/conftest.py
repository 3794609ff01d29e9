import pytest

from tests.kernel.client import Kernel


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel with the extension loaded; tests of a module share it."""
    with Kernel(tmp_path_factory.mktemp("kernel")) as started:
        yield started


@pytest.fixture(scope="module")
def standin_kernel(tmp_path_factory):
    """The same with a stand-in for the engine, which says what the magic asks of it."""
    with Kernel(tmp_path_factory.mktemp("standin"), standin=True) as started:
        yield started
