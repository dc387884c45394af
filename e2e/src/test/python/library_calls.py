"""The calls of huggingface_hub that programs make most. Argument: a repository id."""

import hashlib
import os
import random
import sys
import tempfile
from pathlib import Path

from huggingface_hub import HfApi, HfFileSystem, hf_hub_download, snapshot_download

repo = sys.argv[1]
api = HfApi()
rng = random.Random(7)
folder = Path(tempfile.mkdtemp())
(folder / "sub").mkdir()
(folder / "a.txt").write_text("first\n")
(folder / "sub" / "b.json").write_text('{"b": 1}\n')
(folder / "data.bin").write_bytes(rng.randbytes(3_000_000))
(folder / "old.log").write_text("old\n")

assert not api.repo_exists(repo)
url = api.create_repo(repo)
assert url.repo_id == repo, url
assert api.create_repo(repo, exist_ok=True).repo_id == repo
assert api.repo_exists(repo)

first = api.upload_folder(repo_id=repo, folder_path=folder, commit_message="first")
head = api.repo_info(repo).sha
api.create_tag(repo, tag="v1", tag_message="the first")
assert [t.name for t in api.list_repo_refs(repo).tags] == ["v1"]

(folder / "a.txt").write_text("second\n")
(folder / "old.log").unlink()
api.upload_folder(repo_id=repo, folder_path=folder, commit_message="second", delete_patterns="*.log")
assert sorted(api.list_repo_files(repo)) == [".gitattributes", "a.txt", "data.bin", "sub/b.json"], api.list_repo_files(repo)

assert Path(hf_hub_download(repo, "a.txt")).read_text() == "second\n"
assert Path(hf_hub_download(repo, "a.txt", revision="v1")).read_text() == "first\n"
assert Path(hf_hub_download(repo, "old.log", revision=head)).read_text() == "old\n"
snapshot = Path(snapshot_download(repo, max_workers=4))
for path in ("a.txt", "data.bin", "sub/b.json"):
    assert (snapshot / path).read_bytes() == (folder / path).read_bytes(), path
tagged = Path(snapshot_download(repo, revision="v1"))
assert tagged.name == head and (tagged / "a.txt").read_text() == "first\n"

fs = HfFileSystem()
want = (folder / "data.bin").read_bytes()
with fs.open(f"{repo}/data.bin", "rb", block_size=64 * 1024) as f:
    for start in (0, 1, 65_535, 1_234_567, 2_999_990):
        f.seek(start)
        assert f.read(1000) == want[start : start + 1000], start
assert fs.cat_file(f"{repo}/data.bin", start=10, end=2_000_000) == want[10:2_000_000]
assert fs.read_text(f"{repo}/sub/b.json") == '{"b": 1}\n'
assert sorted(e["name"] for e in fs.ls(repo)) == [f"{repo}/{n}" for n in (".gitattributes", "a.txt", "data.bin", "sub")]
assert fs.glob(f"{repo}/**/*.json") == [f"{repo}/sub/b.json"]
assert fs.info(f"{repo}/data.bin")["size"] == 3_000_000
assert fs.exists(f"{repo}/sub") and not fs.exists(f"{repo}/nothing")

entries = {e.path: e for e in api.list_repo_tree(repo, recursive=True, expand=True)}
assert entries["data.bin"].lfs.sha256 == hashlib.sha256(want).hexdigest()
assert entries["a.txt"].last_commit.title == "second", entries["a.txt"].last_commit
assert entries["data.bin"].last_commit.title == "first", entries["data.bin"].last_commit
infos = api.get_paths_info(repo, ["a.txt", "sub", "nothing"])
assert sorted(i.path for i in infos) == ["a.txt", "sub"]
commits = api.list_repo_commits(repo)
assert [c.title for c in commits][:2] == ["second", "first"], commits
assert commits[-1].title == "initial commit"

api.create_branch(repo, branch="dev/x")
api.upload_file(path_or_fileobj=b"on a branch", path_in_repo="branch.txt", repo_id=repo, revision="dev/x")
assert Path(hf_hub_download(repo, "branch.txt", revision="dev/x")).read_text() == "on a branch"
assert not api.file_exists(repo, "branch.txt")
api.delete_branch(repo, branch="dev/x")
api.delete_tag(repo, tag="v1")
api.delete_file("a.txt", repo)
assert not api.file_exists(repo, "a.txt")
assert repo in [m.id for m in api.list_models(author=repo.split("/")[0])]
assert api.model_info(repo, files_metadata=True).siblings
assert [m.id for m in api.list_models(search=repo.split("/")[1])] == [repo]
if hasattr(api, "verify_repo_checksums"):
    report = api.verify_repo_checksums(repo_id=repo)
    assert not report.mismatches, report
api.delete_repo(repo)
assert not api.repo_exists(repo)
print("every call answered as it should", os.environ["HF_ENDPOINT"])
