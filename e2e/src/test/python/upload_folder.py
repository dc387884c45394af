"""Uploads a folder. Arguments: a repository id, a folder."""

import sys

from huggingface_hub import HfApi

HfApi().upload_folder(repo_id=sys.argv[1], folder_path=sys.argv[2])
print("uploaded")
