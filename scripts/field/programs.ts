/** Programs that use the package. They are text, because their imports do not resolve here. */
import { JOBS } from "./service.ts";

/** The output of {@link LIST} when all is right. */
export const LISTED: string = `listed ${JOBS} jobs`;

const LISTING = `
async function list(options) {
  const lookout = createClient(options);
  try {
    const jobs = await lookout.listModelPackagingJobs({ projectName: "circuit-boards", maxResults: 10 }).toArray();
    return "listed " + jobs.length + " jobs";
  } catch (error) {
    return error.name + ": " + error.message;
  } finally {
    await lookout.close();
  }
}
`;

/** The module of {@link LIST} without its last line. */
export const LIST_FUNCTION: string = `import { createClient } from "lookout-packaging-jobs";
${LISTING}`;

/** Lists with the options of the environment. */
export const LIST: string = `${LIST_FUNCTION}
list().then(console.log);
`;

/** Lists in CommonJS. */
export const LIST_REQUIRED: string = `const { createClient } = require("lookout-packaging-jobs");
${LISTING}
list().then(console.log);
`;

/** Lists over the runtime's `fetch`. */
export const LIST_BY_FETCH: string = `${LIST_FUNCTION}
list({ fetch: globalThis.fetch }).then(console.log);
`;

/**
 * Lists from the servers of the variable FAULTS. A fault is named with the number of jobs that were listed in spite of
 * it, and with the code and the attempts of the error when it stays.
 */
export const RETRY_FUNCTION: string = `import { createClient } from "lookout-packaging-jobs";

async function retry(options) {
  const outcomes = [];
  for (const [fault, { once, always, end }] of Object.entries(JSON.parse(process.env.FAULTS))) {
    let asked = 0;
    // They expire at once, so that they are asked for before each attempt.
    const credentials = async () => {
      if (end && asked++ === 1) await fetch(end);
      return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example", expiration: new Date() };
    };
    const listed = await outcome({ ...options, credentials, endpoint: once });
    outcomes.push(fault + ": " + listed + ", " + (await outcome({ ...options, endpoint: always })));
  }
  return outcomes.join("; ");
}

async function outcome(options) {
  const lookout = createClient(options);
  try {
    const jobs = await lookout.listModelPackagingJobs({ projectName: "circuit-boards" }).toArray();
    return jobs.length;
  } catch (error) {
    return error.code + " after " + error.attempts;
  } finally {
    await lookout.close();
  }
}
`;

/** Retries over node:http, or over the `fetch` of the runtime. */
export const RETRY: string = `${RETRY_FUNCTION}
retry(process.argv[2] === "fetch" ? { fetch: globalThis.fetch } : {}).then(console.log);
`;

/** Lists, and opens a store whose package is not installed. */
export const LIST_AND_OPEN: string = `import { createClient } from "lookout-packaging-jobs";
import { openStore } from "lookout-packaging-jobs/endpoint";
${LISTING}
export async function listAndOpen() {
  const opened = await openStore("postgres://127.0.0.1/jobs").catch((error) => error.message);
  return (await list()) + ", " + opened;
}
`;

/** The result of {@link LIST_AND_OPEN} when all is right. */
export const OPENED = "A store in PostgreSQL needs the package pg.";

/** A part of the message for a program without keys and without AWS's providers. */
export const ADVICE = "npm install @aws-sdk/credential-providers";
