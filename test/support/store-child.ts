/**
 * A process that uses a store: `TARGET NAME`. It says that it is ready, waits for its standard input to end, opens the
 * store, puts a record into it and prints its token key.
 */
import { text } from "node:stream/consumers";
import { openStore } from "../../src/endpoint/stores/index.ts";

const [target, name] = process.argv.slice(2);
console.log("ready");
await text(process.stdin);
const store = await openStore(target);
await store.write((writer) => writer.put([{ collection: "boards", name: name!, rank: -1, updated: null, body: "{}" }]));
console.log(store.tokenKey.toString("hex"));
await store.close();
