"""A gated repository from both sides, and people. Arguments: organisation, a word for names, "xet" or "plain".

Tokens come as OWNER_TOKEN (a member of the organisation with the role admin) and GUEST_TOKEN (a stranger).
"""

import json
import os
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

org, word, way = sys.argv[1:]
endpoint = os.environ["HF_ENDPOINT"]
owner = HfApi(token=os.environ["OWNER_TOKEN"])
guest = HfApi(token=os.environ["GUEST_TOKEN"])
repo = f"{org}/gated-{word}-{way}"
want = (word + way).encode() * 400_000


def raises(kind, call, *args, says="", **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert says in str(error), f"{says!r} is not in {error}"
        return error
    raise AssertionError(f"{call}{args}{kwargs} raised nothing")


def send(path, body, content_type):
    """One request by the guest that the library has no call for; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(
        f"{endpoint}/{path}",
        data=body,
        headers={"Authorization": f"Bearer {guest.token}", "Content-Type": content_type},
    )
    try:
        with urllib.request.build_opener(Stay).open(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read()


def lfs_batch(oid):
    body = {"operation": "download", "transfers": ["basic"], "objects": [{"oid": oid, "size": len(want)}]}
    return send(f"{repo}.git/info/lfs/objects/batch", json.dumps(body).encode(), "application/vnd.git-lfs+json")


def download(api):
    path = hf_hub_download(repo, "data.bin", token=api.token, cache_dir=tempfile.mkdtemp())
    return Path(path).read_bytes()


owner.create_repo(repo)
owner.upload_file(path_or_fileobj=want, path_in_repo="data.bin", repo_id=repo)
owner.upload_file(path_or_fileobj=b"{}", path_in_repo="config.json", repo_id=repo)
owner.update_repo_settings(repo, gated="manual")
assert guest.model_info(repo).gated == "manual"
oid = guest.get_paths_info(repo, "data.bin")[0].lfs.sha256

# Refused: without a token, without a request, while it waits.
stranger = HfApi(token=False)
raises(GatedRepoError, stranger.auth_check, repo, says="You must be authenticated to access it")
raises(GatedRepoError, hf_hub_download, repo, "data.bin", token=False, says=f"Access to model {repo} is restricted")
raises(GatedRepoError, download, guest, says="not in the authorized list")
raises(GatedRepoError, guest.auth_check, repo)
raises(GatedRepoError, snapshot_download, repo, token=guest.token, cache_dir=tempfile.mkdtemp())
assert lfs_batch(oid)[0] == 403
form = urllib.parse.urlencode({"company": "Example & Co", "agree": "on"}).encode()
assert send(f"{repo}/ask-access", form, "application/x-www-form-urlencoded")[0] == 303
raises(GatedRepoError, download, guest, says="awaiting a review")
raises(HfHubHTTPError, lambda: list(guest.list_pending_access_requests(repo)), says="403")

# Accepted: by every way that bytes go.
(request,) = list(owner.list_pending_access_requests(repo))
assert request.username == "guest" and request.email == "guest@example.org", request
assert request.fields == {"company": "Example & Co", "agree": "on"}, request
owner.accept_access_request(repo, "guest")
raises(HfHubHTTPError, owner.accept_access_request, repo, "guest", says="already accepted")
assert download(guest) == want
guest.auth_check(repo)
status, answer = lfs_batch(oid)
assert status == 200, answer
with urllib.request.urlopen(json.loads(answer)["objects"][0]["actions"]["download"]["href"]) as file:
    assert file.read() == want
assert [one.username for one in owner.list_accepted_access_requests(repo)] == ["guest"]

# Cancelled, rejected, granted by hand.
owner.cancel_access_request(repo, "guest")
raises(GatedRepoError, download, guest, says="awaiting a review")
owner.reject_access_request(repo, "guest", rejection_reason="not now")
raises(GatedRepoError, download, guest, says="rejected")
assert [one.status for one in owner.list_rejected_access_requests(repo)] == ["rejected"]
raises(HfHubHTTPError, owner.accept_access_request, repo, "nobody-here", says="404")
owner.grant_access(repo, "guest")
raises(HfHubHTTPError, owner.grant_access, repo, "guest", says="has access already")
assert Path(snapshot_download(repo, token=guest.token, cache_dir=tempfile.mkdtemp()), "config.json").read_text() == "{}"
raises(HfHubHTTPError, guest.auth_check, repo, write=True) if "write" in HfApi.auth_check.__annotations__ else None

# A gate that opens for whoever asks, on a dataset; without a gate, hidden, and back.
data = f"{org}/auto-{word}-{way}"
owner.create_repo(data, repo_type="dataset")
owner.upload_file(path_or_fileobj=b"rows", path_in_repo="rows.csv", repo_id=data, repo_type="dataset")
owner.update_repo_settings(data, gated="auto", repo_type="dataset")


def rows(token):
    path = hf_hub_download(data, "rows.csv", repo_type="dataset", token=token, cache_dir=tempfile.mkdtemp())
    return Path(path).read_bytes()


raises(GatedRepoError, rows, guest.token, says=f"Access to dataset {data} is restricted")
assert send(f"datasets/{data}/ask-access", form, "application/x-www-form-urlencoded")[0] == 303
assert rows(guest.token) == b"rows"
assert list(owner.list_pending_access_requests(data, repo_type="dataset")) == []
owner.reject_access_request(data, "guest", repo_type="dataset", rejection_reason=None)
raises(GatedRepoError, rows, guest.token, says="rejected")
owner.update_repo_settings(data, gated=False, repo_type="dataset")
assert guest.dataset_info(data).gated is False
assert rows(False) == b"rows" and rows(guest.token) == b"rows"
owner.update_repo_settings(data, private=True, repo_type="dataset")
raises(RepositoryNotFoundError, rows, guest.token)
raises(RepositoryNotFoundError, guest.auth_check, data, repo_type="dataset")
owner.update_repo_settings(data, private=False, gated="manual", repo_type="dataset")
about = owner.dataset_info(data)
assert about.gated == "manual" and not about.private, about
raises(GatedRepoError, guest.auth_check, data, repo_type="dataset", says="rejected")
owner.accept_access_request(data, "guest", repo_type="dataset")
assert rows(guest.token) == b"rows"
raises(HfHubHTTPError, guest.update_repo_settings, data, gated=False, repo_type="dataset", says="403")

# Likes.
assert send(f"api/models/{repo}/like", b"", "application/json")[0] == 200
assert [user.username for user in owner.list_repo_likers(repo)] == ["guest"]
assert repo in guest.list_liked_repos().models
assert owner.model_info(repo).likes == 1
guest.unlike(repo)
assert list(owner.list_repo_likers(repo)) == []
assert owner.list_liked_repos("guest").total == 0

# People.
me = guest.whoami()
assert me["name"] == "guest" and me["orgs"] == [], me
(membership,) = owner.whoami()["orgs"]
assert membership["name"] == org and membership["roleInOrg"] == "admin", membership
user = guest.get_user_overview("olga")
assert user.fullname == "Olga Owner" and [o.name for o in user.orgs] == [org], user
about = guest.get_organization_overview(org)
assert about.name == org and about.num_users == 2 and about.num_models >= 1, about
assert {user.username for user in guest.list_organization_members(org)} == {"olga", "mia"}
assert list(guest.list_user_followers("olga")) == [] and list(guest.list_user_following("olga")) == []
raises(HfHubHTTPError, guest.get_user_overview, org, says="404")
raises(HfHubHTTPError, guest.get_organization_overview, "olga", says="404")
raises(RepositoryNotFoundError, guest.auth_check, f"{org}/none-such")
print("all was as it should be")
