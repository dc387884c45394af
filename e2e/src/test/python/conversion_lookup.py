"""How transformers looks for a pull request that brings safetensors. Argument: a repository id."""

import os
import sys

from huggingface_hub import CommitOperationAdd, HfApi
from transformers.safetensors_conversion import previous_pr

repo = sys.argv[1]
token = os.environ["HF_TOKEN"]
title = "Adding `safetensors` variant of this model"
api = HfApi()
api.create_repo(repo)
assert previous_pr(api, repo, title, token) is None
api.create_discussion(repo, title=title)
for name in ("one", "two"):
    api.create_commit(
        repo,
        [CommitOperationAdd("model.safetensors", name.encode())],
        commit_message=title if name == "two" else "Something else",
        create_pr=True,
    )
found = previous_pr(api, repo, title, token)
assert found is not None and found.num == 3 and found.git_reference == "refs/pr/3", found
assert api.file_exists(repo, "model.safetensors", revision=found.git_reference)
print("the pull request was found")
