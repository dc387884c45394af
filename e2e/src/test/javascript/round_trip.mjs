// Uploads files and reads them back with @huggingface/hub. Arguments: base URL, repository, "xet" or "lfs".
import { strict as assert } from "node:assert";
import * as hub from "@huggingface/hub";

const [hubUrl, name, way] = process.argv.slice(2);
const accessToken = process.env.HF_TOKEN;
const repo = { type: "model", name };
const useXet = way === "xet";

// A linear congruential generator: the same bytes on every machine, and none that repeat.
const want = new Uint8Array(5_000_000);
let state = useXet ? 17 : 23;
for (let i = 0; i < want.length; i++) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  want[i] = state >>> 24;
}

await hub.createRepo({ repo, accessToken, hubUrl });
await hub.uploadFiles({
  repo,
  accessToken,
  hubUrl,
  useXet,
  files: [
    { path: "sub folder/data.bin", content: new Blob([want]) },
    { path: "note.txt", content: new Blob(["a note\n"]) },
  ],
});

const downloadInfo = await hub.fileDownloadInfo({ repo, path: "sub folder/data.bin", accessToken, hubUrl });
for (const xet of [true, false]) {
  const back = await hub.downloadFile({ repo, path: "sub folder/data.bin", accessToken, hubUrl, downloadInfo, xet });
  const bytes = new Uint8Array(await back.arrayBuffer());
  assert.equal(Buffer.compare(Buffer.from(bytes), Buffer.from(want)), 0, `bytes differ, xet ${xet}`);
  const part = new Uint8Array(await back.slice(1_000_000, 1_000_100).arrayBuffer());
  assert.deepEqual(part, want.slice(1_000_000, 1_000_100));
}
const note = await hub.downloadFile({ repo, path: "note.txt", accessToken, hubUrl });
assert.equal(await note.text(), "a note\n");

const paths = [];
for await (const file of hub.listFiles({ repo, recursive: true, accessToken, hubUrl })) {
  paths.push(file.path);
}
assert.deepEqual(paths.sort(), [".gitattributes", "note.txt", "sub folder", "sub folder/data.bin"]);
assert.ok(await hub.fileExists({ repo, path: "note.txt", accessToken, hubUrl }));
await hub.deleteFile({ repo, path: "note.txt", accessToken, hubUrl });
assert.ok(!(await hub.fileExists({ repo, path: "note.txt", accessToken, hubUrl })));
console.log("all bytes are equal");
