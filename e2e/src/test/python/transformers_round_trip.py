"""Config and tokenizer by transformers, weights by safetensors. Argument: a repository id."""

import sys
import tempfile
from pathlib import Path

import numpy as np
from huggingface_hub import HfApi, hf_hub_download
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import AutoConfig, AutoTokenizer, BertConfig, PreTrainedTokenizerFast

repo = sys.argv[1]
folder = Path(tempfile.mkdtemp())
BertConfig(hidden_size=32, num_attention_heads=2, num_hidden_layers=1, vocab_size=6).save_pretrained(folder)
plain = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "a": 2, "stone": 3, "is": 4, "cut": 5}, unk_token="[UNK]"))
plain.pre_tokenizer = pre_tokenizers.Whitespace()
PreTrainedTokenizerFast(tokenizer_object=plain, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(folder)
weights = {"w": np.arange(300_000, dtype=np.float32).reshape(600, 500), "b": np.ones(500, dtype=np.float16)}
save_file(weights, folder / "model.safetensors")
api = HfApi()
api.create_repo(repo)
api.upload_folder(repo_id=repo, folder_path=folder)

assert AutoConfig.from_pretrained(repo).hidden_size == 32
tokenizer = AutoTokenizer.from_pretrained(repo)
assert tokenizer("a stone is cut")["input_ids"] == [2, 3, 4, 5]
back = load_file(hf_hub_download(repo, "model.safetensors"))
assert all((back[k] == weights[k]).all() for k in weights)
print("the model came back")
