/**
 * `npm run bench`: the cost of the client and the endpoint, measured beside their peers on this machine in one run.
 *   npm run bench               some minutes
 *   npm run bench -- --short    seconds, to see that it works; its figures mean nothing
 *   npm run bench -- --full     with ten million jobs
 *   npm run bench -- --json     for machines
 * Peers take turns, and the best round counts: other work on the machine can only worsen a round. Median and quartiles
 * stand beside it. Every server has a process of its own on loopback, and ends with this one.
 */
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measureClient } from "./bench/client.ts";
import { measureEndpoint } from "./bench/endpoint.ts";
import { FULL, NORMAL, openLab, SHORT } from "./bench/lab.ts";
import { goalTable, printTable } from "./bench/report.ts";
import { measureStores } from "./bench/store.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean" }, short: { type: "boolean" }, full: { type: "boolean" } },
});
const scale = values.short ? SHORT : values.full ? FULL : NORMAL;
const progress = (text: string) => process.stderr.write(`${text}\n`);

const lab = await openLab(scale);
try {
  const findings = [];
  for (const [name, measure] of Object.entries({
    client: measureClient,
    endpoint: measureEndpoint,
    store: measureStores,
  })) {
    progress(`measuring the ${name} …`);
    const found = await measure(lab);
    findings.push(found);
    if (!values.json) for (const table of found.tables) console.log(printTable(table));
  }
  const tables = findings.flatMap((one) => one.tables);
  const goals = findings.flatMap((one) => one.goals);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
  if (values.json) console.log(JSON.stringify({ machine, tables, goals }, null, 2));
  else {
    const { cpu, cores, memoryGB, node, date } = machine;
    console.log(printTable(goalTable(goals)));
    console.log(
      `${date}, Node ${node} on ${cores} cores of ${cpu}, ${memoryGB} GB. Best of all rounds; in brackets their median and quartiles.`,
    );
  }
} finally {
  await lab.close();
}
