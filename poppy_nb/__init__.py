"""The package as users see it, thin and lazy: importing it must cost next to nothing and pull in no engine and no IPython."""

TYPE_CHECKING = False  # as type checkers read it; importing typing would be most of the time that this takes

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from poppy_nb.externals import external
    from poppy_nb.library import parallel, run

__all__ = ["__version__", "external", "load_ipython_extension", "parallel", "run", "unload_ipython_extension"]

__version__ = "0.1.0.dev0"


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """`%load_ext poppy_nb`."""
    from poppy_nb.magics import extension

    extension.load(shell)


def unload_ipython_extension(shell: "InteractiveShell") -> None:
    """`%unload_ext poppy_nb`."""
    from poppy_nb.magics import extension

    extension.unload(shell)


def __getattr__(name: str) -> object:
    value: object
    if name == "external":
        from poppy_nb.externals import external as value
    elif name in ("parallel", "run"):
        from poppy_nb import library

        value = getattr(library, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value  # the next access does not come here
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
