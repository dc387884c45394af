"""Uploads many small files; run again after being killed, it goes on. Arguments: repository, folder, number of files."""

import hashlib
import sys
import time
from pathlib import Path

from huggingface_hub import HfApi

repo, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])


def content(i: int) -> bytes:
    """10 KB of text, another one in each file."""
    return (f"{i:05} " * 1_667)[:10_000].encode()


def git_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


want = {f"part{i // 500}/{i:05}.txt": i for i in range(count)}
for name, i in want.items():
    file = folder / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content(i))
api = HfApi()
begin = time.monotonic()
if hasattr(api, "upload_large_folder"):
    api.upload_large_folder(repo, folder_path=folder, repo_type="dataset", print_report=False)
else:
    api.create_repo(repo, repo_type="dataset", exist_ok=True)
    api.upload_folder(repo_id=repo, folder_path=folder, repo_type="dataset")
print(f"uploaded after {time.monotonic() - begin:.1f} s")
tree = api.list_repo_tree(repo, repo_type="dataset", recursive=True)
have = {entry.path: entry.blob_id for entry in tree if entry.path.endswith(".txt")}
assert have.keys() == want.keys(), len(have)
wrong = [name for name, i in want.items() if have[name] != git_id(content(i))]
assert not wrong, wrong[:10]
print("all files are there and right")
