// Changes the middle of a file with @huggingface/hub. Arguments: base URL, repository.
import { strict as assert } from "node:assert";
import * as hub from "@huggingface/hub";

const [hubUrl, name] = process.argv.slice(2);
const accessToken = process.env.HF_TOKEN;
const repo = { type: "model", name };
const asked = [];
const watch = async (url, options) => {
  const answer = await fetch(url, options);
  asked.push(`${answer.status} ${options?.method ?? "GET"} ${new URL(url).pathname}`);
  return answer;
};

let state = 29;
function bytes(length) {
  const made = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    made[i] = state >>> 24;
  }
  return made;
}
function upload(path, content) {
  return hub.uploadFiles({ repo, accessToken, hubUrl, useXet: true, files: [{ path, content: new Blob([content]) }] });
}

await hub.createRepo({ repo, accessToken, hubUrl });
const base = bytes(6_000_000);
await upload("base.bin", base);
// A file of several terms: the beginning and the end are those of the other one.
const want = new Uint8Array([...base.slice(0, 2_500_000), ...bytes(1_000_000), ...base.slice(3_500_000)]);
await upload("edited.bin", want);

const original = await hub.downloadFile({ repo, path: "edited.bin", accessToken, hubUrl });
await hub.commit({
  repo,
  accessToken,
  hubUrl,
  title: "edit",
  useXet: true,
  fetch: watch,
  operations: [
    {
      operation: "edit",
      path: "edited.bin",
      originalContent: original,
      edits: [{ start: 2_900_000, end: 2_900_100, content: new Blob([new Uint8Array(300).fill(7)]) }],
    },
  ],
});

const edited = new Uint8Array([...want.slice(0, 2_900_000), ...new Uint8Array(300).fill(7), ...want.slice(2_900_100)]);
const downloadInfo = await hub.fileDownloadInfo({ repo, path: "edited.bin", accessToken, hubUrl });
for (const xet of [true, false]) {
  const back = await hub.downloadFile({ repo, path: "edited.bin", accessToken, hubUrl, downloadInfo, xet });
  const got = Buffer.from(await back.arrayBuffer());
  assert.equal(Buffer.compare(got, Buffer.from(edited)), 0, `bytes differ, xet ${xet}`);
}
const routes = asked.filter((line) => line.includes("/v2/file-chunk-hashes/"));
assert.equal(routes.length, 1, asked.join("\n"));
assert.ok(routes[0].startsWith("200 "), routes[0]);
assert.ok(asked.every((line) => /^(2|404 GET .*\/chunks\/)/.test(line)), asked.join("\n"));
console.log("all bytes are equal");
