/** A process that uses a store: `open TARGET COUNT` opens it, puts records into it and prints its token key. */
import { openStore } from "../../src/endpoint/stores/index.ts";

const [target, name] = process.argv.slice(2);
const store = await openStore(target);
await store.write((writer) =>
  writer.put([{ collection: "boards", name: name!, created: 1, updated: null, body: "{}" }]),
);
console.log(store.tokenKey.toString("hex"));
await store.close();
