/** Programs of people who use the package. Text, since here their imports would lead nowhere. */
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

/** Lists with what the environment says. */
export const LIST: string = `import { createClient } from "lookout-packaging-jobs";
${LISTING}
list().then(console.log);
`;

/** Lists in CommonJS. */
export const LIST_REQUIRED: string = `const { createClient } = require("lookout-packaging-jobs");
${LISTING}
list().then(console.log);
`;

/** Lists over the runtime's `fetch`. */
export const LIST_BY_FETCH: string = `import { createClient } from "lookout-packaging-jobs";
${LISTING}
list({ fetch: globalThis.fetch }).then(console.log);
`;

/** Lists, and opens a store whose package is missing. */
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

/** The message for a program that has neither keys nor AWS's providers. */
export const ADVICE = "npm install @aws-sdk/credential-providers";
