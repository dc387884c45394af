"""What people see when they are wrong: the library's own exceptions. Argument: a repository id."""

import os
import sys

from huggingface_hub import CommitOperationAdd, HfApi, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

repo = sys.argv[1]
api = HfApi()
api.create_repo(repo, private=True)
api.upload_file(path_or_fileobj=b"here", path_in_repo="here.txt", repo_id=repo)


def raises(kind, call, *args, says="", **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert says in str(error), f"{says!r} is not in {error}"
        return error
    raise AssertionError(f"{call.__name__}{args}{kwargs} raised nothing")


raises(RepositoryNotFoundError, api.model_info, "admin/there-is-none")
raises(RepositoryNotFoundError, HfApi(token=False).model_info, repo)
raises(RevisionNotFoundError, api.model_info, repo, revision="none")
raises(EntryNotFoundError, hf_hub_download, repo, "none.txt")
raises(RevisionNotFoundError, hf_hub_download, repo, "here.txt", revision="none")
raises(HfHubHTTPError, HfApi(token="hf_" + "wrong" * 7).whoami)
raises(HfHubHTTPError, api.create_repo, repo, says="409")
head = api.model_info(repo).sha
api.upload_file(path_or_fileobj=b"next", path_in_repo="here.txt", repo_id=repo)
stale = raises(HfHubHTTPError, api.create_commit, repo, [CommitOperationAdd("x.txt", b"x")],
               commit_message="late", parent_commit=head)
assert stale.response.status_code == 412, stale
raises(EntryNotFoundError, api.delete_file, "none.txt", repo)
raises(HfHubHTTPError, api.create_branch, repo, branch="main", says="409")
raises(RevisionNotFoundError, api.create_branch, repo, branch="new", revision="none")
raises(RevisionNotFoundError, api.delete_tag, repo, tag="none")
raises(HfHubHTTPError, api.delete_branch, repo, branch="main", says="403")
raises(HfHubHTTPError, api.create_repo, "nobody-s-org/x", says="403")
api.delete_repo(repo)
raises(RepositoryNotFoundError, api.delete_repo, repo)
print("every mistake had its name", os.environ["HF_ENDPOINT"])
