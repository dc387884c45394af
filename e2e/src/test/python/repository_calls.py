"""What libraries do with repositories beside plain transfers. Arguments: a namespace and an organisation."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from huggingface_hub import (CommitOperationAdd, CommitScheduler, HfApi, HfFileSystem, ModelCard, ModelHubMixin, hf_hub_download,
                             snapshot_download)
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

me, org = sys.argv[1:3]
api = HfApi()
folder = Path(tempfile.mkdtemp())


def fails(kind, call, *words, **more):
    try:
        call(*words, **more)
    except kind as e:
        return e
    raise AssertionError(f"{call.__name__} {words} did not fail")


# A library's model: no torch, but the same way to the hub and back.
class Model(ModelHubMixin):
    def __init__(self, size: int = 3):
        self.size = size

    def _save_pretrained(self, save_directory):
        (save_directory / "weights.bin").write_bytes(b"\0" * self.size)

    def generate_model_card(self, *words, **more):  # the usual one needs another library
        return ModelCard("---\nlibrary_name: little\ntags: [tiny]\n---\nA model.\n")

    @classmethod
    def _from_pretrained(cls, *, model_id, revision, cache_dir, force_download, local_files_only, token=None, **more):
        file = hf_hub_download(model_id, "weights.bin", revision=revision, cache_dir=cache_dir, token=token)
        return cls(size=Path(file).stat().st_size)


Model(size=7).push_to_hub(f"{me}/mixin")
assert Model.from_pretrained(f"{me}/mixin").size == 7
info = api.model_info(f"{me}/mixin")
assert info.library_name == "little" and "tiny" in info.tags, info

# Moved: the old name goes on working for reading, writing and file systems.
api.create_repo(f"{me}/first")
want = os.urandom(400_000)
api.upload_file(repo_id=f"{me}/first", path_or_fileobj=want, path_in_repo="data.bin")
api.move_repo(f"{me}/first", f"{org}/second")
assert "already exists" in str(fails(HfHubHTTPError, api.move_repo, f"{me}/mixin", f"{org}/second")), "409 has a reason"
assert Path(hf_hub_download(f"{me}/first", "data.bin")).read_bytes() == want
api.upload_file(repo_id=f"{me}/first", path_or_fileobj=want[::-1], path_in_repo="more/data.bin")
assert api.model_info(f"{me}/first").id == f"{org}/second"
api.create_commit(f"{me}/first", commit_message="text", operations=[CommitOperationAdd("a.txt", b"hello\n")])
assert (Path(snapshot_download(f"{me}/first")) / "more" / "data.bin").read_bytes() == want[::-1]
fs = HfFileSystem()
assert fs.read_text(f"{me}/first/a.txt") == "hello\n"

# History.
api.create_branch(f"{org}/second", branch="long/way")
api.create_tag(f"{org}/second", tag="v1", tag_message="note")
refs = api.list_repo_refs(f"{org}/second", include_pull_requests=True)
assert refs.branches[0].name == "main" and {b.name for b in refs.branches} == {"main", "long/way"}, refs
commits = api.list_repo_commits(f"{org}/second", formatted=True)
assert len(commits) == 4 and refs.tags[0].target_commit == commits[0].commit_id, commits
tree = list(api.list_repo_tree(f"{org}/second", recursive=True, expand=True))
assert {entry.path: entry.last_commit.oid for entry in tree}["a.txt"] == commits[0].commit_id
api.super_squash_history(f"{org}/second", commit_message="one")
assert [c.title for c in api.list_repo_commits(f"{org}/second")] == ["one"]
assert len(api.list_repo_commits(f"{org}/second", revision="long/way")) == 4
api.delete_files(f"{org}/second", delete_patterns=["more/*", "*.txt"])
assert set(api.list_repo_files(f"{org}/second")) == {".gitattributes", "data.bin"}
api.delete_branch(f"{org}/second", branch="long/way")
api.delete_tag(f"{org}/second", tag="v1")

# The file system.
root = f"{org}/second"
with fs.open(f"{root}/dir/one.txt", "w") as file:
    file.write("one")
fs.write_text(f"{root}/dir/two.txt", "two")
fs.cp_file(f"{root}/dir/one.txt", f"{root}/copy/one.txt")
fs.cp_file(f"{root}/data.bin", f"{root}/copy/data.bin")
fs.invalidate_cache()
assert sorted(fs.find(root)) == sorted(f"{root}/{p}" for p in
                                       (".gitattributes", "copy/data.bin", "copy/one.txt", "data.bin", "dir/one.txt", "dir/two.txt"))
assert fs.glob(f"{root}/*/o*.txt") == [f"{root}/copy/one.txt", f"{root}/dir/one.txt"]
assert fs.read_bytes(f"{root}/copy/data.bin") == want
assert fs.info(f"{root}/dir/one.txt", expand_info=True)["last_commit"].oid
assert fs.isdir(f"{root}/dir") and not fs.exists(f"{root}/none")
fs.rm(f"{root}/dir", recursive=True)
fs.invalidate_cache()
assert not fs.exists(f"{root}/dir/one.txt")

# Visibility and listing.
api.duplicate_repo(root, f"{me}/third", private=True) if hasattr(api, "duplicate_repo") else None
if hasattr(api, "duplicate_repo"):
    assert api.model_info(f"{me}/third").private
    fails(RepositoryNotFoundError, HfApi(token=False).model_info, f"{me}/third")
    assert Path(hf_hub_download(f"{me}/third", "data.bin")).read_bytes() == want
api.update_repo_settings(f"{me}/mixin", private=True)
fails(RepositoryNotFoundError, HfApi(token=False).model_info, f"{me}/mixin")
assert api.repo_exists(f"{me}/mixin")
api.create_repo(f"{me}/kernel", repo_type="kernel")
assert not HfApi(token=False).repo_exists(f"{me}/mixin")
names = {model.id for model in api.list_models(author=me, limit=50)}
assert f"{me}/mixin" in names and root not in names, names
pages = [model.id for model in api.list_models(sort="last_modified", limit=2)]
assert len(set(pages)) == 2, pages
header = json.dumps({"w": {"dtype": "F32", "shape": [7000], "data_offsets": [0, 28000]}}).encode()
weights = len(header).to_bytes(8, "little") + header + bytes(28000)
api.create_repo(f"{me}/weights")
api.upload_file(path_or_fileobj=weights, path_in_repo="model.safetensors", repo_id=f"{me}/weights")
assert [model.id for model in api.list_models(author=me, num_parameters="min:7K,max:0.1M", sort="likes")] == [f"{me}/weights"]
assert list(api.list_models(author=me, num_parameters="max:6.9K")) == []
refused = fails(HfHubHTTPError, lambda: list(api.list_models(num_parameters="about:7K")))
assert refused.response.status_code == 400 and "about:7K" in str(refused), refused
for field in ("config", "safetensors", "gguf", "baseModels", "usedStorage", "widgetData", "transformersInfo", "childrenModelCount"):
    api.model_info(root, expand=[field])

# A scheduler that appends.
logs = folder / "logs"
logs.mkdir()
scheduler = CommitScheduler(repo_id=f"{me}/logs", repo_type="dataset", folder_path=logs, path_in_repo="logs", every=10)
for line in ("one\n", "two\n"):
    with scheduler.lock, (logs / "log.txt").open("a") as file:
        file.write(line)
    scheduler.trigger().result()
scheduler.stop()
assert Path(hf_hub_download(f"{me}/logs", "logs/log.txt", repo_type="dataset")).read_text() == "one\ntwo\n"
print("all calls did what they say")
