"""Rows of other libraries, of what people call between calls of models."""

TABLE = """
[module IPython.core.display_functions]
display         : d, orders stdout, final, none, unless display_id raw transient clear

[module IPython.core.display]
HTML Markdown Latex Math Pretty : d, most 1

[class pydantic_core._pydantic_core:ValidationError]
error_count json : o, atom
errors          : o, part
"""
