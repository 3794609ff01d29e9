"""Mediated implementations of builtins and library functions that call back, are lazy, or meet placeholders:
`MODELS[effect.model]`.

`MODELS[name](ops, target, *operands, **keywords)` answers as `target` would, operand 0 being the receiver where there is one
(`effects.receiver`). `steps(ops, iterator)` is how `ops.iterate` steps lazy builtin objects, `consumed` what to do with the
operands of a row with `consumes`, `shadow(wrapper)` the location that calls of a cached function share. `Ops` says what models
rely on.
"""

from __future__ import annotations

from . import models_caches, models_folds, models_functions, models_itertools, models_objects, models_retries, models_tables
from .adaptors import Stream
from .models_caches import shadow
from .models_lazy import consumed, drained, steps
from .models_ops import MODELS, Model, Ops


__all__ = [
    "MODELS", "Model", "Ops", "Stream", "consumed", "drained", "models_caches", "models_folds", "models_functions",
    "models_itertools", "models_objects", "models_retries", "models_tables", "shadow", "steps",
]  # fmt: skip
