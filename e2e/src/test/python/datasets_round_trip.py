"""A dataset pushed and loaded again, whole and streaming. Argument: a repository id."""

import sys

from datasets import Dataset, DatasetDict, load_dataset

repo = sys.argv[1]
rows = {"n": list(range(5000)), "text": [f"row number {i}" for i in range(5000)]}
DatasetDict({"train": Dataset.from_dict(rows), "test": Dataset.from_dict({k: v[:100] for k, v in rows.items()})}).push_to_hub(repo)
loaded = load_dataset(repo)
assert loaded["train"].to_dict() == rows
assert len(loaded["test"]) == 100
Dataset.from_dict({"n": [1], "text": ["only"]}).push_to_hub(repo, split="extra")
assert load_dataset(repo, split="extra")[0] == {"n": 1, "text": "only"}
Dataset.from_dict({"n": [2], "text": ["two"]}).push_to_hub(repo, split="more")
streamed = list(load_dataset(repo, split="test", streaming=True))
assert [r["n"] for r in streamed] == list(range(100))
print("the rows came back")
