// Opens a pull request with @huggingface/hub and reads it back. Arguments: base URL, repository, "xet" or "lfs".
import { strict as assert } from "node:assert";
import * as hub from "@huggingface/hub";

const [hubUrl, name, way] = process.argv.slice(2);
const accessToken = process.env.HF_TOKEN;
const repo = { type: "model", name };
const content = new Uint8Array(700_000).map((_, i) => (i * i * 31 + i) >>> 5);

const made = await hub.uploadFiles({
  repo,
  accessToken,
  hubUrl,
  useXet: way === "xet",
  isPullRequest: true,
  commitTitle: "From JavaScript",
  files: [
    { path: "js.bin", content: new Blob([content]) },
    { path: `${way}.txt`, content: new Blob(["a note\n"]) },
  ],
});
const url = new URL(made.pullRequestUrl);
const number = Number(url.pathname.split("/").pop());
assert.equal(url.pathname, `/${name}/discussions/${number}`);
const revision = `refs/pr/${number}`;
const back = await hub.downloadFile({ repo, path: "js.bin", revision, accessToken, hubUrl });
assert.equal(Buffer.compare(Buffer.from(await back.arrayBuffer()), Buffer.from(content)), 0);
assert.ok(!(await hub.fileExists({ repo, path: `${way}.txt`, accessToken, hubUrl })));
console.log(`the pull request is ${number}`);
