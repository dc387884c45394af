"""Uploads many small files; run again after being killed, it goes on. Arguments: repository, folder, number of files."""

import sys
from pathlib import Path

from huggingface_hub import HfApi

repo, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
for i in range(count):
    file = folder / f"part{i // 500}" / f"{i:05}.txt"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{i} " * 2_000)
api = HfApi()
api.create_repo(repo, repo_type="dataset", exist_ok=True)
print("begun", flush=True)
if hasattr(api, "upload_large_folder"):
    api.upload_large_folder(repo, folder_path=folder, repo_type="dataset", print_report=False)
else:
    api.upload_folder(repo_id=repo, folder_path=folder, repo_type="dataset")
files = {path for path in api.list_repo_files(repo, repo_type="dataset") if path.endswith(".txt")}
assert len(files) == count, len(files)
print("all files are there")
