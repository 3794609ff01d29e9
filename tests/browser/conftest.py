"""A browser and a server for all tests of this folder; without Debian's Chromium they are skipped, but not in CI."""

import os
import shutil

import pytest

from tests.browser.lab import PATIENCE, Lab


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    if not os.environ.get("CI"):
        pytest.importorskip("playwright", reason="needs playwright (the extra `test`)")
        pytest.importorskip("jupyterlab", reason="needs jupyterlab (the extra `test`)")
        if CHROMIUM is None:
            pytest.skip("needs Debian's chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """A server."""
    with Lab(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture
def page(browser):
    """A page of its own context."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
