/** Clients of a test's own server, and helpers for their calls. */
import { type Client, type ClientOptions, createClient } from "../../src/index.ts";

export const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
export const projectName = "circuit-boards";

/** Options of a client, and middleware for the openapi-fetch client underneath. */
export type TestOptions = ClientOptions & { readonly middleware?: Parameters<Client["raw"]["use"]>[0] };

/** The transports by name: a test that holds on one must hold on the others. */
export const paths: Readonly<Record<string, TestOptions>> = {
  "node:http": {},
  "node:http, with middleware": { middleware: { onResponse: ({ response }) => response.clone() } },
  "a fetch of the user's": { fetch: (request) => fetch(request) },
};

export function clientOf(server: { readonly url: string }, { middleware, ...options }: TestOptions = {}): Client {
  const client = createClient({ region: "us-east-1", endpoint: server.url, credentials, maxAttempts: 3, ...options });
  if (middleware) client.raw.use(middleware);
  return client;
}

/** The error that a promise rejects with. Fails when it does not reject. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Nothing was thrown, but ${JSON.stringify(value)} given`);
}

/** Runs the work with a fixed random source. With 0, a back-off takes no time. */
export async function withRandom<T>(value: number, work: () => Promise<T>): Promise<T> {
  const { random } = Math;
  Math.random = () => value;
  try {
    return await work();
  } finally {
    Math.random = random;
  }
}

/** Runs the work with these variables in the environment, and no other AWS_ variables. */
export async function withEnvironment<T>(variables: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const clear = () => {
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  };
  const before = Object.entries(process.env).filter(([name]) => name.startsWith("AWS_"));
  clear();
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    clear();
    Object.assign(process.env, Object.fromEntries(before));
  }
}
