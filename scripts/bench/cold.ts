/** A cold process: loads one peer, fetches one page, and prints the milliseconds from its first line to the parsed page. */
import type { Peer, Target } from "./peers/peer.ts";

const begin = performance.now();
const [name, target, projectName] = process.argv.slice(2) as [string, string, string];
const { open } = (await import(`./peers/${name}.js`)) as { open(target: Target): Peer };
await open(JSON.parse(target) as Target).page(projectName);
console.log(performance.now() - begin);
process.exit();
