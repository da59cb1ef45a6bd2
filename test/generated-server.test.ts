/** The URL that a generated client sends to, by the servers of its document. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { readSpec } from "./support/depot.ts";
import { generated } from "./support/generated.ts";

const API = "https://abc.execute-api.{region}.amazonaws.com";
const basePath = (value: string) => ({ url: `${API}/{basePath}`, variables: { basePath: { default: value } } });

const CASES: [what: string, servers: object[], url: string][] = [
  ["a base path with its slash, as API Gateway exports it", [basePath("/prod")], `${API}/prod`],
  ["a base path without a slash", [basePath("prod")], `${API}/prod`],
  ["https behind plain http", [{ url: "http://things.example.com" }, { url: API }], API],
  ["a server on this machine", [{ url: "http://127.0.0.1:8080" }], "http://127.0.0.1:8080"],
  ["a path that only looks like a region", [{ url: `${API}/us-east-1` }], `${API}/us-east-1`],
];

const test = suite("the server of a generated client");

for (const [what, servers, url] of CASES)
  test(what, async () => {
    const { contract, remove } = await generated(stringify({ ...parse(readSpec("things.yaml")), servers }));
    remove();
    assert.is(contract.service.url, url);
  });

test.run();
