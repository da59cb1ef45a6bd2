/** Reading inventories knows no operation: a contract of an invented service, with other names and places. */
import { Readable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Operation, Validator } from "../src/contract/contract.ts";
import { importRecords } from "../src/endpoint/inventory/import.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import type { Store, StoredRecord } from "../src/endpoint/stores/store.ts";

const operation: Operation = {
  id: "SearchParcels",
  members: [],
  hasOutput: true,
  validate: () => true,
  timestamps: {
    input: [],
    output: [
      ["Result", "Parcels", "*", "Sent"],
      ["Result", "Parcels", "*", "Stops", "*", "At"],
      ["Result", "Asked"],
    ],
  },
  paginated: { inputToken: "cursor", outputToken: ["Result", "Next"], items: ["Result", "Parcels"] },
  call: () => Promise.reject(new Error("not called")),
};

const validate: Validator = (parcel) => {
  const stops = (parcel as { Stops?: { At?: unknown }[] }).Stops ?? [];
  const at = stops.findIndex((stop) => typeof stop.At !== "number");
  validate.errors = at < 0 ? null : [{ instancePath: `/Stops/${at}/At`, keyword: "type", params: { type: "number" } }];
  return at < 0;
};

const resource = { operation, validate, collection: "Depot", name: "Code", created: "Sent", updated: "Moved" };

const test = suite("an import under another contract");

/** The records that an import gives to a store, and those that it refuses. */
async function read(text: string) {
  const records: StoredRecord[] = [];
  const memory = await openStore();
  const store: Store = {
    ...memory,
    write: (work) =>
      memory.write((writer) =>
        work({
          ...writer,
          put: (chunk) => {
            records.push(...chunk);
            return writer.put(chunk);
          },
        }),
      ),
  };
  const source = { name: "parcels", stream: Readable.from([Buffer.from(text)]) };
  const { faults } = await importRecords(store, resource, [source], { keepGoing: true });
  return { records, faults };
}

const parcel = {
  Code: "p1",
  Depot: "north",
  Sent: "2021-11-04T18:15:30.123456Z",
  Stops: [{ At: "2021-11-04T18:15:31Z" }, { At: 5 }],
};
const stored = {
  collection: "north",
  name: "p1",
  rank: -1636049730123456,
  updated: null,
  body: JSON.stringify({ ...parcel, Sent: 1636049730.123456, Stops: [{ At: 1636049731 }, { At: 5 }] }),
};

for (const [shape, text] of Object.entries({
  "a page": JSON.stringify({ Result: { Asked: 1, Parcels: [parcel], Next: "x" } }),
  "a printed page": JSON.stringify({ Other: { Parcels: [{}] }, Result: { Parcels: [parcel] } }, null, 2),
  "a record": JSON.stringify(parcel),
})) {
  test(`takes ${shape} with its list and its times at other places`, async () => {
    assert.equal(await read(text), { records: [stored], faults: [] });
  });
}

for (const members of [
  { Parcels: [parcel] },
  { Other: { Parcels: 1 }, Result: [[parcel]] },
  { Other: { Result: { Parcels: [] } } },
]) {
  test(`takes no records from a list at another place: ${Object.keys(members)}`, async () => {
    const { records, faults } = await read(JSON.stringify({ ...members, Code: "p2", Depot: "north" }));
    assert.equal(
      records.map(({ name }) => name),
      ["p2"],
    );
    assert.equal(faults, []);
  });
}

test("requires the names of a record and its collection as text, whatever the contract says", async () => {
  const { faults } = await read(JSON.stringify({ Code: 7 }));
  assert.equal(
    faults.map(({ field, rule, message }) => [field, rule, message]),
    [
      ["Depot", "required", "is missing"],
      ["Code", "type", "must be of type string, not 7"],
    ],
  );
});

test("names a fault in a nested member by its path", async () => {
  const { faults } = await read(JSON.stringify({ ...parcel, Stops: [{ At: 1 }, { At: "soon" }] }));
  const message = 'must be epoch seconds, or an ISO 8601 time with its offset, not "soon"';
  assert.equal(faults, [{ file: "parcels", record: 1, line: 1, field: "Stops.1.At", rule: "type", message }]);
});

test.run();
