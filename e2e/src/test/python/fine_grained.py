"""What a fine-grained token opens and what it does not. Arguments: the repository that it is for (writing), another
private one of the same user, an open one."""

import sys
import tempfile
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

inside, outside, public = sys.argv[1:]
api = HfApi()


def raises(kind, call, *args, says="", **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert says in str(error), f"{says!r} is not in {error}"
        return error
    raise AssertionError(f"{call.__name__}{args}{kwargs} raised nothing")


want = b"the same bytes in every repository" * 90_000
me = api.whoami()
assert me["auth"]["accessToken"]["role"] == "fineGrained", me
(place,) = me["auth"]["accessToken"]["fineGrained"]["scoped"]
assert place["entity"]["name"] == inside and "repo.write" in place["permissions"], place
raises(RepositoryNotFoundError, api.model_info, outside)
raises(RepositoryNotFoundError, hf_hub_download, outside, "data.bin", cache_dir=tempfile.mkdtemp())
raises(RepositoryNotFoundError, api.upload_file, path_or_fileobj=want, path_in_repo="data.bin", repo_id=outside)
assert api.model_info(public).id == public
raises(HfHubHTTPError, api.upload_file, path_or_fileobj=want, path_in_repo="x.bin", repo_id=public, says="403")
raises(HfHubHTTPError, api.create_repo, inside + "-more", says="403")
assert {one.id for one in api.list_models(author=inside.split("/")[0])} == {inside, public}
api.upload_file(path_or_fileobj=want, path_in_repo="data.bin", repo_id=inside)
path = hf_hub_download(inside, "data.bin", cache_dir=tempfile.mkdtemp())
assert Path(path).read_bytes() == want
print("all was as it should be")
