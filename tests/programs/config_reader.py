"""Configuration with sections, defaults, interpolation, types; written back."""

import configparser
import io

TEXT = """
[DEFAULT]
home = /srv
level = 3

[web]
root = %(home)s/www
port = 8080
debug = yes

[db]
root = %(home)s/data
hosts = a, b
    c
level = 7
"""

config = configparser.ConfigParser()
config.read_string(TEXT)
print(config.sections(), list(config["web"]))
print(config["web"]["root"], config.getint("web", "port"), config["web"].getboolean("debug"))
print(config["db"].getint("level"), config["web"].getint("level"), config.get("web", "missing", fallback="none"))
print([h.strip() for h in config["db"]["hosts"].replace("\n", ",").split(",")])
for wrong in [("nowhere", "x"), ("web", "nothing")]:
    try:
        config.get(*wrong)
    except configparser.Error as e:
        print(type(e).__name__, e)
config["new"] = {"a": "1", "b": "%(a)s%(a)s"}
config.set("db", "root", "/tmp")
config.remove_option("web", "debug")
out = io.StringIO()
config.write(out)
print(out.getvalue().count("\n"), config["new"]["b"])
again = configparser.ConfigParser()
again.read_string(out.getvalue())
print(again == config, {s: len(again[s]) for s in again})
