"""A large file in whichever way the environment asks for. Arguments: a repository id and the size of the file."""

import hashlib
import random
import sys
import tempfile
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download

repo, size = sys.argv[1], int(sys.argv[2])
api = HfApi()
api.create_repo(repo)
folder = Path(tempfile.mkdtemp())
path = folder / "large.bin"
rng = random.Random(size)
digest = hashlib.sha256()
with path.open("wb") as out:
    for at in range(0, size, 1 << 20):
        block = rng.randbytes(min(1 << 20, size - at))
        digest.update(block)
        out.write(block)
api.upload_file(path_or_fileobj=path, path_in_repo="large.bin", repo_id=repo)
got = hashlib.sha256()
with open(hf_hub_download(repo, "large.bin"), "rb") as back:
    while block := back.read(1 << 20):
        got.update(block)
assert got.hexdigest() == digest.hexdigest()
[listed] = api.list_lfs_files(repo)
assert (listed.filename, listed.size, listed.file_oid) == ("large.bin", size, digest.hexdigest()), listed
print("all bytes are equal")
