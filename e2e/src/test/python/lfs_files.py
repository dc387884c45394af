"""Lists, removes and copies LFS files. Argument: a repository id, which gets a neighbour."""

import random
import sys

from huggingface_hub import CommitOperationAdd, CommitOperationCopy, HfApi, hf_hub_download
from huggingface_hub.errors import EntryNotFoundError

repo = sys.argv[1]
other = repo + "-copy"
api = HfApi()
rng = random.Random(3)
content = {f"dir/{name}.bin": rng.randbytes(200_000 + i) for i, name in enumerate("abcd")}
api.create_repo(repo)
api.create_commit(
    repo,
    [CommitOperationAdd(path, value) for path, value in content.items()] + [CommitOperationAdd("note.txt", b"hello\n")],
    commit_message="first",
)
api.create_branch(repo, branch="side")
api.create_tag(repo, tag="v1", tag_message="annotated")
api.upload_file(path_or_fileobj=rng.randbytes(300_000), path_in_repo="late.bin", repo_id=repo)

files = {file.filename: file for file in api.list_lfs_files(repo)}
assert sorted(files) == ["dir/a.bin", "dir/b.bin", "dir/c.bin", "dir/d.bin", "late.bin"], files
assert files["dir/a.bin"].size == 200_000

api.permanently_delete_lfs_files(repo, [files["dir/a.bin"], files["late.bin"]], rewrite_history=True)
for revision in ("main", "side", "v1"):
    listed = api.list_repo_files(repo, revision=revision)
    assert sorted(listed) == [".gitattributes", "dir/b.bin", "dir/c.bin", "dir/d.bin", "note.txt"], (revision, listed)
assert sorted(file.filename for file in api.list_lfs_files(repo)) == ["dir/b.bin", "dir/c.bin", "dir/d.bin"]
assert len(api.list_repo_commits(repo)) == 3
try:
    hf_hub_download(repo, "dir/a.bin")
    raise AssertionError("a removed file came back")
except EntryNotFoundError:
    pass
assert open(hf_hub_download(repo, "dir/b.bin"), "rb").read() == content["dir/b.bin"]

api.permanently_delete_lfs_files(repo, [files["dir/b.bin"]], rewrite_history=False)
assert "dir/b.bin" in api.list_repo_files(repo)
assert sorted(file.filename for file in api.list_lfs_files(repo)) == ["dir/c.bin", "dir/d.bin"]

if "src_repo_id" in CommitOperationCopy.__dataclass_fields__:
    api.create_repo(other)
    copies = [
        CommitOperationCopy("dir/c.bin", "from/c.bin", src_repo_id=repo, src_repo_type="model"),
        CommitOperationCopy("dir/d.bin", "from/d.bin", src_repo_id=repo, src_repo_type="model"),
    ]
    api.create_commit(other, copies, commit_message="copies")
    assert open(hf_hub_download(other, "from/c.bin"), "rb").read() == content["dir/c.bin"]
    api.permanently_delete_lfs_files(repo, [files["dir/c.bin"]])
    assert open(hf_hub_download(other, "from/c.bin", force_download=True), "rb").read() == content["dir/c.bin"]
    print("copied")
print("done")
