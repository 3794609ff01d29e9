"""IPython to all of the rest: what `%%poppy` means in a shell. The only package that imports IPython."""
