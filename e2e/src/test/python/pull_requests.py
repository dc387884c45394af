"""Pull requests by the library, from a stranger to a merge. Arguments: a repository id, the stranger's token.

The owner's token is in the environment.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

from huggingface_hub import CommitOperationAdd, HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import HfHubHTTPError

repo, stranger_token = sys.argv[1:3]
owner = HfApi()
bob = HfApi(token=stranger_token)
rng = random.Random(len(repo))
xet = os.environ.get("HF_HUB_DISABLE_XET") != "1"
weights = rng.randbytes(1_500_000)
other = rng.randbytes(900_000)
more = rng.randbytes(700_000)
lines = [f"line {i}\n" for i in range(1, 11)]


def text(changes: dict) -> bytes:
    return "".join(changes.get(i, line) for i, line in enumerate(lines, 1)).encode()


def refused(call, status: int) -> str:
    try:
        call()
    except HfHubHTTPError as error:
        assert error.response.status_code == status, error
        return str(error)
    raise AssertionError("it was not refused")


def back(name: str, revision: str, token: str) -> bytes:
    with tempfile.TemporaryDirectory() as cache:
        return Path(hf_hub_download(repo, name, revision=revision, token=token, cache_dir=cache)).read_bytes()


owner.create_repo(repo)
owner.upload_file(path_or_fileobj=text({}), path_in_repo="text.txt", repo_id=repo)

# A folder from a stranger.
folder = Path(tempfile.mkdtemp())
(folder / "weights.bin").write_bytes(weights)
(folder / "text.txt").write_bytes(text({3: "better\n"}))
first = bob.upload_folder(repo_id=repo, folder_path=folder, create_pr=True, commit_message="Add weights")
assert first.pr_num == 1 and first.pr_revision == "refs/pr/1", first
pull = bob.get_discussion_details(repo, 1)
assert pull.is_pull_request and pull.author == "bob" and pull.title == "Add weights", pull
assert pull.target_branch == "refs/heads/main" and pull.conflicting_files == [] and pull.merge_commit_oid is None
assert "+better" in pull.diff and "oid sha256" in pull.diff, pull.diff
commits = [event for event in pull.events if event.type == "commit"]
assert [commit.oid for commit in commits] == [first.oid], commits
assert commits[0].author == "bob" and commits[0].summary == "Add weights"
assert back("weights.bin", "refs/pr/1", stranger_token) == weights
assert not owner.file_exists(repo, "weights.bin")
assert [ref.ref for ref in owner.list_repo_refs(repo, include_pull_requests=True).pull_requests] == ["refs/pr/1"]

# More commits to the own pull request; not to the branch.
bob.upload_file(path_or_fileobj=other, path_in_repo="other.bin", repo_id=repo, revision="refs/pr/1")
refused(lambda: bob.upload_file(path_or_fileobj=b"x", path_in_repo="x.txt", repo_id=repo), 403)

# One commit, one pull request.
second = bob.create_commit(
    repo_id=repo,
    operations=[
        CommitOperationAdd("text.txt", text({3: "worse\n"})),
        CommitOperationAdd("more.bin", more),
    ],
    commit_message="Another way",
    commit_description="It is **not** better.",
    create_pr=True,
)
assert second.pr_url.endswith(f"/{repo}/discussions/2"), second
details = owner.get_discussion_details(repo, 2)
assert details.status == "open" and details.events[0].content == "It is **not** better.", details

# The first is a draft when it comes from upload_folder with Xet.
refused(lambda: bob.merge_pull_request(repo, 1), 403)
if pull.status == "draft":
    refused(lambda: owner.merge_pull_request(repo, 1), 409)
    assert bob.change_discussion_status(repo, 1, "open").new_status == "open"
owner.upload_file(path_or_fileobj=text({9: "ours\n"}), path_in_repo="text.txt", repo_id=repo)
owner.merge_pull_request(repo, 1, comment="Thanks")
merged = owner.get_discussion_details(repo, 1)
assert merged.status == "merged" and merged.merge_commit_oid == owner.repo_info(repo).sha, merged
assert "+better" in merged.diff
assert back("text.txt", "main", stranger_token) == text({3: "better\n", 9: "ours\n"})
assert back("weights.bin", "main", stranger_token) == weights
assert back("other.bin", "main", stranger_token) == other

# The second is in its way.
details = owner.get_discussion_details(repo, 2)
assert details.conflicting_files == ["text.txt"], details
assert "text.txt" in refused(lambda: owner.merge_pull_request(repo, 2), 409)
owner.upload_file(
    path_or_fileobj=text({3: "better\n", 9: "ours\n"}), path_in_repo="text.txt", repo_id=repo, revision="refs/pr/2"
)
owner.merge_pull_request(repo, 2)
tree = snapshot_download(repo, token=stranger_token, cache_dir=tempfile.mkdtemp())
assert sorted(path.name for path in Path(tree).iterdir()) == [
    ".gitattributes",
    "more.bin",
    "other.bin",
    "text.txt",
    "weights.bin",
]
assert Path(tree, "more.bin").read_bytes() == more

# Words.
talk = bob.create_discussion(repo, title="  A question ", description="Why?")
assert talk.num == 3 and talk.title == "A question" and talk.url.endswith("/discussions/3"), talk
comment = owner.comment_discussion(repo, 3, "Because.")
edited = owner.edit_discussion_comment(repo, 3, comment.id, "Because of <b>this</b>.")
assert edited.edited and edited.number_of_edits == 1 and "<b>" not in edited.rendered, edited
shown = bob.get_discussion_details(repo, 3).events[1]
assert shown == edited, (shown, edited)
renamed = bob.rename_discussion(repo, 3, "A better question")
assert (renamed.old_title, renamed.new_title) == ("A question", "A better question")
hidden = owner.hide_discussion_comment(repo, 3, comment.id)
assert hidden.hidden and hidden.content == ""
assert owner.change_discussion_status(repo, 3, "closed", comment="done").new_status == "closed"
assert [d.num for d in owner.get_repo_discussions(repo)] == [3, 2, 1]
assert [d.num for d in owner.get_repo_discussions(repo, discussion_type="discussion")] == [3]
assert [d.num for d in owner.get_repo_discussions(repo, author="bob", discussion_status="open")] == []
assert [d.status for d in owner.get_repo_discussions(repo, discussion_type="pull_request")] == ["merged", "merged"]
print("the pull requests are merged")
