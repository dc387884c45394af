// Branches, lists and counts with @huggingface/hub. Arguments: base URL, repository.
import { strict as assert } from "node:assert";
import * as hub from "@huggingface/hub";

const [hubUrl, name] = process.argv.slice(2);
const accessToken = process.env.HF_TOKEN;
const repo = { type: "dataset", name };
const common = { repo, accessToken, hubUrl };

const made = await hub.createRepo({
  ...common,
  private: true,
  license: "mit",
  files: [{ path: "first/a.txt", content: new Blob(["a\n"]) }],
});
assert.ok(made.repoUrl.endsWith(`/datasets/${name}`), made.repoUrl);
assert.ok(await hub.repoExists(common));
assert.ok(!(await hub.repoExists({ repo, hubUrl })));
assert.ok(await hub.fileExists({ ...common, path: "first/a.txt" }));

await hub.createBranch({ ...common, branch: "dev" });
await assert.rejects(hub.createBranch({ ...common, branch: "dev" }), /already exists/);
await hub.uploadFile({ ...common, branch: "dev", file: { path: "b.txt", content: new Blob(["b\n"]) } });
assert.ok(await hub.fileExists({ ...common, path: "b.txt", revision: "dev" }));
await hub.createBranch({ ...common, branch: "dev", overwrite: true });
assert.ok(!(await hub.fileExists({ ...common, path: "b.txt", revision: "dev" })));
await hub.createBranch({ ...common, branch: "empty", empty: true });
const files = [];
for await (const file of hub.listFiles({ ...common, revision: "empty", recursive: true })) {
  files.push(file.path);
}
assert.deepEqual(files, []);
await hub.deleteBranch({ ...common, branch: "dev" });
await assert.rejects(hub.deleteBranch({ ...common, branch: "dev" }));

assert.equal(await hub.countCommits(common), 1);
const commits = [];
for await (const commit of hub.listCommits(common)) {
  commits.push(commit.title);
}
assert.deepEqual(commits, ["initial commit"]);

const found = [];
for await (const one of hub.listDatasets({ search: { query: name }, accessToken, hubUrl })) {
  found.push(one.name);
}
assert.deepEqual(found, [name]);
for await (const one of hub.listDatasets({ search: { query: name }, hubUrl })) {
  assert.fail(`a stranger sees ${one.name}`);
}
const info = await hub.datasetInfo({ name, accessToken, hubUrl });
assert.equal(info.private, true);
for await (const file of hub.listFiles({ ...common, path: "first", expand: true })) {
  assert.equal(file.lastCommit.title, "initial commit");
}
await hub.deleteRepo(common);
assert.ok(!(await hub.repoExists(common)));
console.log("everything is as expected");
