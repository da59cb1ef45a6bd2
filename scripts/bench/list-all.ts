/** A process that lists a whole project by `for await`, as the command does to print it. */
import { createClient } from "../../src/index.ts";
import type { Target } from "./peers/peer.ts";

const [target, projectName] = process.argv.slice(2) as [string, string];
const { url, region, credentials } = JSON.parse(target) as Target;
const client = createClient({ endpoint: url, region, credentials });
let count = 0;
for await (const _ of client.listModelPackagingJobs({ projectName })) count++;
console.log(count);
process.exit();
