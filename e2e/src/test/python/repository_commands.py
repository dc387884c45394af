"""Every `hf repos` command that needs no paid service. Argument: the name of a namespace."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

me = sys.argv[1]
org = sys.argv[2]
folder = Path(tempfile.mkdtemp())


def hf(*words, code=0):
    run = subprocess.run([Path(sys.executable).parent / "hf", *words], capture_output=True, text=True)
    assert run.returncode == code, f"hf {' '.join(words)}: {run.returncode}\n{run.stdout}{run.stderr}"
    return run.stdout + run.stderr


def together(*commands):
    """Runs commands that do not wait for each other: most of their time is the start of the program."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda words: hf("repos", *words), commands))


hf("repos", "create", f"{me}/made-model")  # alone: the first command asks for what others find in a file
together(
    *(("create", f"{me}/made-{kind}", "--type", kind) for kind in ("dataset", "kernel")),
    ("create", f"{me}/made-space", "--type", "space", "--sdk", "static", "--protected"),
    ("create", f"{me}/secret", "--private"),
)

(folder / "a.txt").write_text("a\n")
(folder / "b.json").write_text("{}\n")
(folder / "w.bin").write_bytes(os.urandom(300_000))
(folder / "sub").mkdir()
(folder / "sub" / "c.json").write_text("{}\n")
hf("upload", f"{me}/made-model", str(folder), ".")

hf("repos", "create", f"{me}/made-model", "--exist-ok")
hf("repos", "branch", "create", f"{me}/made-model", "dev")
hf("repos", "create", f"{me}/made-model", code=1)
hf("repos", "branch", "create", f"{me}/made-model", "dev", code=1)
together(
    ("tag", "create", f"{me}/made-model", "v1", "-m", "the first"),
    ("tag", "create", f"{me}/made-model", "v1-dev", "--revision", "dev"),
)
hf("repos", "branch", "create", f"{me}/made-model", "dev", "--exist-ok")
tags = hf("repos", "tag", "list", f"{me}/made-model")
assert "v1" in tags and "v1-dev" in tags, tags
together(
    ("tag", "delete", f"{me}/made-model", "v1-dev", "-y"),
    ("branch", "delete", f"{me}/made-model", "dev"),
)

hf("repos", "delete-files", f"{me}/made-model", "*.json")
assert not (Path(hf("download", f"{me}/made-model", "--quiet").strip().splitlines()[-1]) / "sub").exists()

hf("repos", "settings", f"{me}/made-model", "--private")
hf("repos", "settings", f"{me}/made-model", "--public", "--gated", "auto")
together(
    ("settings", f"{me}/made-model", "--gated", "false"),
    ("settings", f"{me}/made-space", "--private", "--type", "space"),
)

together(
    ("move", f"{me}/made-model", f"{org}/moved"),
    ("move", f"{me}/made-dataset", f"{me}/made-DATASET", "--type", "dataset"),
)
hf("repos", "move", f"{org}/moved", f"{me}/secret", code=1)
local = folder / "down"
hf("download", f"{me}/made-model", "w.bin", "--local-dir", str(local))
assert (local / "w.bin").read_bytes() == (folder / "w.bin").read_bytes()
hf("upload", f"{org}/moved", str(folder / "b.json"), "again.json")
hf("repos", "cp", f"hf://{org}/moved/w.bin", f"hf://{org}/moved/copied/w.bin")
hf("repos", "cp", f"hf://{me}/made-model/again.json", str(folder / "by-cp.json"))
assert (folder / "by-cp.json").read_text() == "{}\n"

hf("repos", "duplicate", f"{org}/moved", f"{me}/copy")
hf("repos", "duplicate", f"{org}/moved", f"{me}/copy", "--exist-ok")
hf("repos", "duplicate", f"{me}/made-space", f"{me}/space-copy", "--type", "space", "--flavor", "cpu-basic")
hf("repos", "delete", f"{org}/moved", "-y")
hf("download", f"{me}/copy", "again.json", "w.bin", "--local-dir", str(folder / "copy"))
assert (folder / "copy" / "w.bin").read_bytes() == (folder / "w.bin").read_bytes()

listed = {repo["id"]: repo for repo in json.loads(hf("repos", "list", "--format", "json").strip().splitlines()[-1])}
assert f"{me}/copy" in listed and f"{me}/secret" in listed and f"{me}/made-model" not in listed, listed
assert listed[f"{me}/secret"]["visibility"] == "private"
made = (("dataset", "made-DATASET"), ("kernel", "made-kernel"), ("space", "made-space"), ("model", "copy"))
together(*(("delete", f"{me}/{name}", "--type", kind, "-y") for kind, name in made))
hf("repos", "delete", f"{me}/copy", "-y", code=1)
hf("repos", "delete", f"{me}/secret", "-y")
hf("repos", "delete", f"{me}/copy", "-y", "--missing-ok")
print("all commands did what they say")
