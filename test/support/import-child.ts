/** A process that imports: `TARGET PROJECT FILE`. It prints the number of bytes read, and `done` at the end. */
import { importInventory } from "../../src/endpoint/inventory/index.ts";
import { openStore } from "../../src/endpoint/stores/index.ts";

const [target, collection, file] = process.argv.slice(2);
const store = await openStore(target);
await importInventory(store, [file!], {
  collection,
  onProgress: ({ bytes }) => process.stdout.write(`${bytes}\n`),
});
process.stdout.write("done\n");
await store.close();
