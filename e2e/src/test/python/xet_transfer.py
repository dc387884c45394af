"""A custom transfer of git-lfs named xet: uploads by hf-xet with the token of the LFS batch's answer.

It stands where git-xet would (which no package registry has): the same requests to the batch, the same headers read
from its answer, the same library behind it. The protocol is git-lfs's docs/custom-transfers.md, a JSON object a line.
"""

import json
import sys

import hf_xet


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)


def upload(message: dict) -> None:
    header = message["action"]["header"]
    hf_xet.upload_files(
        [message["path"]],
        header["X-Xet-Cas-Url"],
        (header["X-Xet-Access-Token"], int(header["X-Xet-Token-Expiration"])),
        None,
        None,
        None,
        request_headers={"X-Xet-Session-Id": header["X-Xet-Session-Id"]},
        sha256s=[message["oid"]],
    )
    done = {"oid": message["oid"], "bytesSoFar": message["size"], "bytesSinceLast": message["size"]}
    say({"event": "progress", **done})
    say({"event": "complete", "oid": message["oid"]})


for line in sys.stdin:
    message = json.loads(line)
    if message["event"] == "terminate":
        break
    if message["event"] == "upload":
        upload(message)
    else:
        say({})
