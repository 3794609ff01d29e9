"""A real kernel in a process of its own, asked as a notebook asks it."""

import os
import re
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

from jupyter_client.manager import KernelManager


ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 150  # seconds: how slow a machine may be; nothing waits so long where all is well
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Result:
    """What one cell gave."""

    reply: dict
    outputs: list = field(default_factory=list)  # (kind, content) in the order in which they came
    progress: list = field(default_factory=list)  # the lines of a cell that took more than a second: any cell may, on a busy machine

    def texts(self, kind: str) -> list:
        return [content for name, content in self.outputs if name == kind]

    @property
    def stdout(self) -> str:
        return "".join(c["text"] for c in self.texts("stream") if c["name"] == "stdout")

    @property
    def stderr(self) -> str:
        return "".join(c["text"] for c in self.texts("stream") if c["name"] == "stderr")

    @property
    def value(self) -> str | None:
        """The text of Out[n]."""
        values = self.texts("execute_result")
        return values[0]["data"]["text/plain"] if values else None

    @property
    def displays(self) -> list:
        return [content["data"]["text/plain"] for content in self.texts("display_data")]

    @property
    def updates(self) -> list:
        return [content["data"]["text/plain"] for content in self.texts("update_display_data")]

    @property
    def error(self) -> dict | None:
        errors = self.texts("error")
        return errors[0] if errors else None

    @property
    def traceback(self) -> str:
        """As shown, without colours and the cell's number."""
        return COLOURS.sub("", self.colours)

    @property
    def colours(self) -> str:
        """The traceback with its colours, without the cell's number."""
        assert self.error is not None, self.outputs
        return re.sub(r"(?:Cell )?In ?\[\d+\]", "Cell In[n]", "\n".join(self.error["traceback"]))


class Kernel:
    """Starts one, and stops it at the end of a `with`."""

    def __init__(self, directory: Path, *, standin: bool = False, **environment: str) -> None:
        self.others: list = []  # outputs that came while others were waited for
        self.manager = KernelManager(kernel_name="python3")
        env = {k: v for k, v in os.environ.items() if not k.startswith(("POPPY_NB_", "PYTEST_"))}
        env.update(
            IPYTHONDIR=str(directory / "ipython"),
            JUPYTER_CONFIG_DIR=str(directory / "jupyter"),
            PYTHONPATH=os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
            PYDEVD_DISABLE_FILE_VALIDATION="1",
            **environment,
        )
        self.manager.start_kernel(env=env, cwd=str(directory))
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)
        setup = "from tests.kernel import standin; standin.install(); del standin\n" if standin else ""
        assert self.run(setup + "%load_ext poppy_nb").reply["status"] == "ok"

    def __enter__(self) -> "Kernel":
        return self

    def __exit__(self, *_) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def submit(self, code: str, **options) -> str:
        """Queue a cell. Unless asked to, an error does not stop others: kernels differ in how long they go on stopping them."""
        return self.client.execute(code, **{"allow_stdin": False, "stop_on_error": False, **options})

    def result(self, message: str, timeout: float = TIMEOUT, *, is_answered: bool = True) -> Result:
        """Wait until a queued cell is done. Cells must be asked for in the order in which they were queued.

        is_answered: False where the kernel may have lost its reply, which is then not waited for.
        """
        end = time.monotonic() + timeout
        outputs: list = []
        progress: list = []
        while True:
            got = self.client.get_iopub_msg(timeout=max(0.01, end - time.monotonic()))
            if got["parent_header"].get("msg_id") != message:
                self.others.append((got["msg_type"], got["content"]))
                continue
            if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                break
            if got["msg_type"] not in ("status", "execute_input"):
                said = got["content"].get("data", {}).get("text/plain", "")
                if got["msg_type"] == "update_display_data" and said.startswith("poppy: running · "):
                    progress.append(said)
                else:
                    outputs.append((got["msg_type"], got["content"]))
        while is_answered:
            reply = self.client.get_shell_msg(timeout=max(0.01, end - time.monotonic()))
            if reply["parent_header"].get("msg_id") == message:
                return Result(reply["content"], outputs, progress)
        return Result({}, outputs, progress)

    def run(self, code: str, timeout: float = TIMEOUT, **options) -> Result:
        return self.result(self.submit(code, **options), timeout)

    def wait_for_output(self, text: str, timeout: float = TIMEOUT) -> None:
        """Until the running cell has printed this."""
        end = time.monotonic() + timeout
        seen = ""
        while text not in seen:
            if time.monotonic() > end:
                raise Empty(f"{text!r} was not printed, only {seen!r}")
            got = self.client.get_iopub_msg(timeout=timeout)
            if got["msg_type"] == "stream":
                seen += got["content"]["text"]

    def interrupt(self) -> float:
        """Ctrl-C; the time at which it was sent."""
        if sys.platform == "win32":
            self.manager.interrupt_kernel()
        else:
            os.kill(self.manager.provisioner.pid, signal.SIGINT)
        return time.monotonic()
