// A fine-grained token with @huggingface/hub. Arguments: base URL, its repository, one that it does not include.
import { strict as assert } from "node:assert";
import * as hub from "@huggingface/hub";

const [hubUrl, inside, outside] = process.argv.slice(2);
const accessToken = process.env.HF_TOKEN;

const me = await hub.whoAmI({ accessToken, hubUrl });
assert.equal(me.auth.accessToken.role, "fineGrained");
assert.equal(me.auth.accessToken.fineGrained.scoped[0].entity.name, inside);
await hub.checkRepoAccess({ repo: inside, accessToken, hubUrl });
await assert.rejects(hub.checkRepoAccess({ repo: outside, accessToken, hubUrl }));
assert.ok(await hub.repoExists({ repo: inside, accessToken, hubUrl }));
assert.ok(!(await hub.repoExists({ repo: outside, accessToken, hubUrl })));
const names = [];
for await (const model of hub.listModels({ search: { owner: inside.split("/")[0] }, accessToken, hubUrl })) {
  names.push(model.name);
}
assert.ok(names.includes(inside) && !names.includes(outside), names.join());
console.log("all was as it should be");
