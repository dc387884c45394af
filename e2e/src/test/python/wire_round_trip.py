"""One upload, one download of everything, and reads of a file's parts. Argument: a repository id."""

import random
import sys
import tempfile
from pathlib import Path

from huggingface_hub import HfApi, HfFileSystem, snapshot_download

repo = sys.argv[1]
folder = Path(tempfile.mkdtemp())
want = random.Random(repo).randbytes(4_000_000)
(folder / "data.bin").write_bytes(want)
(folder / "sub").mkdir()
(folder / "sub" / "other.bin").write_bytes(want[::-1])
(folder / "note.txt").write_text("a note\n")

HfApi().create_repo(repo)
HfApi().upload_folder(repo_id=repo, folder_path=folder)
snapshot = Path(snapshot_download(repo))
assert (snapshot / "data.bin").read_bytes() == want
assert (snapshot / "sub" / "other.bin").read_bytes() == want[::-1]
with HfFileSystem().open(f"{repo}/data.bin", "rb", block_size=256 * 1024) as file:
    for start in (0, 1_500_000, 3_900_000):
        file.seek(start)
        assert file.read(5_000) == want[start : start + 5_000], start
print("all bytes are equal")
