/** The sample of the README's section "An API of your own", and a program that runs it against an endpoint. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools.ts";

/** The program, and the shell commands that install nothing. */
export async function readmeSample(): Promise<{ shell: string; program: string }> {
  const text = await readFile(join(root, "README.md"), "utf8");
  const section = /^## An API of your own$.*?^## /ms.exec(text)?.[0] ?? "";
  const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(section)?.[1];
  const shell = block("sh")?.replace(/^npm install .*$/m, "");
  const program = block("ts");
  if (!shell || !program) throw new Error("README.md has no sample under An API of your own");
  return { shell, program };
}

export const SERVED_SAMPLE = `
import { serve } from "lookout-packaging-jobs/endpoint";

const endpoint = await serve({ import: ["jobs.json"] });
process.env.AWS_ENDPOINT_URL_LOOKOUTVISION = endpoint.url;
process.env.AWS_REGION = endpoint.region;
process.env.AWS_ACCESS_KEY_ID = endpoint.credentials.accessKeyId;
process.env.AWS_SECRET_ACCESS_KEY = endpoint.credentials.secretAccessKey;
await import("./own-api.js");
await endpoint.close();
`;
