"""Commands and options of `hf` beside those of repository_commands.py, in one process: lists, cards, pull requests by
the deletion of files, and what the 1.x line alone still has (`hf repo`, `hf repo-files`). Arguments: a namespace, an
organisation that it may write to.
"""

import io
import json
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import huggingface_hub
from huggingface_hub import HfApi
from huggingface_hub.cli import hf as program

me, org = sys.argv[1:3]
old = huggingface_hub.__version__.startswith("1.")
repos = "repo" if old else "repos"
api = HfApi()
folder = Path(tempfile.mkdtemp())


def hf(*words, code=0, given=b""):
    """Runs a command as `hf` does and returns what it prints; that must be so and its end as expected."""
    output, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    sys.argv, sys.stdin = ["hf", *words], io.TextIOWrapper(io.BytesIO(given))
    ended = 0
    with redirect_stdout(output), redirect_stderr(errors):
        try:
            program.main()
        except SystemExit as end:
            ended = end.code or 0
    output.flush()
    text = output.buffer.getvalue().decode()
    assert ended == code, f"hf {' '.join(words)}: {ended}\n{text}{errors.getvalue()}"
    return text if code == 0 else text + errors.getvalue()


def read(*words):
    return json.loads(hf(*words, "--format", "json"))


def ids(*words):
    return [one["id"] for one in read(*words)]


def files(repo, *, kind="model", revision="main"):
    return set(api.list_repo_files(repo, repo_type=kind, revision=revision)) - {".gitattributes"}


# Made, each kind in its own way of saying so.
model, data, space = f"{me}/words-model", f"{me}/words-data", f"{me}/words-space"
assert model in hf(repos, "create", model, "--public")
hf(repos, "create", f"datasets/{data}", "--private")
hf(repos, "create", space, "--repo-type", "space", "--space-sdk", "static")
assert api.repo_info(data, repo_type="dataset").private
card = "---\nlicense: mit\ntags:\n- words\npipeline_tag: fill-mask\n---\nA card of words.\n"
for path, text in {"README.md": card, "a.json": "{}", "b.json": "[]", "sub/c.txt": "c", "sub/deep/d.txt": "dd"}.items():
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
(folder / "w.bin").write_bytes(os.urandom(200_000))
hf("upload", model, str(folder), ".", "--commit-message", "All of it", "--exclude", "*.tmp")
hf("upload", data, str(folder), "inside", "--type", "dataset")
(folder / "space.md").write_text("---\nsdk: static\n---\nA space of words.\n")
hf("upload", space, str(folder / "space.md"), "README.md", "--repo-type", "space")

# Lists of repositories.
assert ids("models", "ls", "--author", me, "--search", "words") == [model]
assert ids("models", "ls", "--author", me, "--filter", "words", "--pipeline-tag", "fill-mask", "--sort", "created_at") == [model]
assert ids("models", "list", "--author", me, "--filter", "license:mit", "--no-gated", "--limit", "1") == [model]
assert ids("models", "ls", "--author", me, "--gated") == []
(shown,) = read("models", "ls", "--author", me, "--expand", "downloads,likes,tags,private")
assert shown["private"] is False and shown["likes"] == 0 and "words" in shown["tags"], shown
assert ids("datasets", "ls", "--author", me, "--sort", "last_modified") == [data]
assert ids("datasets", "ls", "--search", "words-data", "--author", me, "--token", os.environ["HF_TOKEN"]) == [data]
assert ids("spaces", "ls", "--author", me) == [space]
assert ids("spaces", "ls", "--author", me, "--search", "none-such") == []
mine = {one["id"]: one for one in read(repos, "list", "--limit", "0")}
assert {name: one["type"] for name, one in mine.items()} == {model: "model", data: "dataset", space: "space"}, mine
hf(repos, "create", f"{org}/words-of-org")
assert ids(repos, "list", "--type", "dataset") == [data]
hf(repos, "tag", "create", model, "v0", "--revision", "main")
assert ids(repos, "ls", "--search", "WORDS-MODEL") == [model]
assert f"{org}/words-of-org" in ids(repos, "ls", "--namespace", org, "--limit", "0")
hf(repos, "branch", "create", model, "dev", "--revision", "v0")
assert len(hf(repos, "ls", "--limit", "1", "--quiet").split()) == 1

# Files of a repository, what is known about it, its card.
listed = hf("models", "ls", model)
assert "200000" in listed and "w.bin" in listed and "sub/" in listed and "c.txt" not in listed, listed
deep = hf("models", "ls", model, "-R", "-h", "--revision", "v0")
assert "200.0 KB" in deep and "sub/deep/d.txt" in deep, deep
tree = hf("models", "ls", model, "--tree", "-R", "--revision", "dev")
assert "deep/" in tree and "d.txt" in tree, tree
assert hf("datasets", "ls", data, "-R", "--quiet").split()[-1] == "inside/w.bin"
assert {one["path"] for one in read("spaces", "ls", space)} == {".gitattributes", "README.md"}
info = read("models", "info", model, "--revision", "dev")
assert info["id"] == model and "a.json" in {one["rfilename"] for one in info["siblings"]}, info
assert read("models", "info", model, "--expand", "downloads,likes,tags")["likes"] == 0
assert read("datasets", "info", data)["private"] is True
assert read("spaces", "info", space, "--expand", "sdk")["sdk"] == "static"
assert "not found" in hf("models", "info", f"{me}/none-such", code=1)
assert "not found" in hf("models", "info", model, "--revision", "none-such", code=1)
assert hf("models", "card", model, "--text").strip() == "A card of words."
hf(repos, "tag", "create", data, "d1", "--type", "dataset", "-m", "a tag")
assert read("models", "card", model, "--metadata")["pipeline_tag"] == "fill-mask"
assert "words" in hf("spaces", "card", space)

# Branches, tags, and files that are deleted: on a branch, in a pull request, by the old name of the command.
assert "v0" in hf(repos, "tag", "ls", model) and "d1" in hf(repos, "tag", "list", data, "--repo-type", "dataset")
hf(repos, "tag", "delete", data, "d1", "-y", "--type", "dataset")
hf(repos, "delete-files", model, "sub/", "--revision", "dev", "--commit-message", "Less", "--commit-description", "Much less")
assert files(model, revision="dev") == {"README.md", "a.json", "b.json", "w.bin"}
assert api.list_repo_commits(model, revision="dev")[0].title == "Less"
offered = hf(repos, "delete-files", model, "*.json", "--create-pr")
assert "refs%2Fpr%2F1" in offered or "/discussions/1" in offered or "/commit/" in offered, offered
assert files(model, revision="refs/pr/1") == {"README.md", "sub/c.txt", "sub/deep/d.txt", "w.bin"}
assert api.file_exists(model, "a.json")
if old:
    hf("repo-files", "delete", model, "a.json", "w.*")
    assert files(model) == {"README.md", "b.json", "sub/c.txt", "sub/deep/d.txt"}
    hf("repo-files", "delete", data, "*.bin", "inside/sub/", "--type", "dataset", "--commit-message", "By the old name")
    assert files(data, kind="dataset") == {"inside/README.md", "inside/a.json", "inside/b.json"}
    hf("repo-files", "delete", model, "b.json", "--revision", "dev", "--create-pr")
    assert files(model, revision="refs/pr/2") == {"README.md", "a.json", "w.bin"}
hf(repos, "branch", "delete", model, "dev")
assert [branch.name for branch in api.list_repo_refs(model).branches] == ["main"]

# Settings.
hf(repos, "settings", space, "--type", "space", "--protected")
assert {one["visibility"] for one in read(repos, "list", "--type", "space")} == {"protected"}
hf(repos, "settings", data, "--public", "--gated", "manual", "--repo-type", "dataset")
about = api.repo_info(data, repo_type="dataset")
assert about.gated == "manual" and about.private is False, about
assert "At least one setting" in hf(repos, "settings", model, code=1)
hf(repos, "settings", model, "--private")
assert api.repo_info(model).private

# Single files to and from the standard streams, and folders between repositories.
hf("cp", "-", f"hf://{model}/from/stream.txt", given=b"streamed\n")
assert hf("cp", f"hf://{model}/from/stream.txt", "-") == "streamed\n"
hf("cp", str(folder / "sub" / "c.txt"), f"hf://{model}/from/")
hf("cp", f"hf://{model}/from/", f"hf://{org}/words-of-org/to/")
assert {path for path in files(f"{org}/words-of-org")} in ({"to/from/stream.txt", "to/from/c.txt"}, {"to/stream.txt", "to/c.txt"})

# Copied whole, moved, deleted.
hf(repos, "duplicate", f"{org}/words-of-org")
assert api.repo_info(f"{me}/words-of-org").id == f"{me}/words-of-org"
hf(repos, "duplicate", data, f"{me}/words-copy", "--type", "dataset", "--private")
assert api.repo_info(f"{me}/words-copy", repo_type="dataset").private
hf(repos, "move", f"datasets/{data}", f"datasets/{org}/words-moved")
assert api.repo_info(data, repo_type="dataset").id == f"{org}/words-moved"
if old:
    large = folder / "large"
    large.mkdir()
    (large / "x.bin").write_bytes(os.urandom(300_000))
    (large / "y.txt").write_text("y")
    hf("upload-large-folder", model, str(large), "--type", "model", "--num-workers", "2", "--no-bars", "--no-report")
    assert {"x.bin", "y.txt"} <= files(model)
hf(repos, "delete", f"datasets/{org}/words-moved", "--yes")
hf(repos, "delete", space, "--repo-type", "space", "-y")
for name in (f"{org}/words-of-org", f"{me}/words-of-org", model):
    hf(repos, "delete", name, "-y")
assert ids(repos, "list") == [f"{me}/words-copy"]
print("all commands were understood")
