"""Rows of other libraries, of what people call between calls of models."""

TABLE = """
[module IPython.core.display_functions]
display         : d, orders stdout, final, none, unless display_id raw transient clear
clear_output    : v, orders stdout, final, none

[class IPython.core.display_functions:DisplayHandle]
display update  : o d, orders stdout, final, none, unless raw transient clear

[module IPython.core.display]
HTML Markdown Latex Math Pretty : d, most 1

[module tqdm.std]
trange          : -, part, model trange

[module tqdm.auto]
trange          : -, part, model trange

[module tqdm.notebook]
tnrange         : -, part, model trange

[class pydantic_core._pydantic_core:ValidationError]
error_count json : o, atom
errors          : o, part
"""
