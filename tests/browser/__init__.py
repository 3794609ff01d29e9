"""A real JupyterLab in a headless Chromium: what a person would see and do."""
