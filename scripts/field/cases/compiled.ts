/** TypeScript: a strict ES module compiles, the package's declarations checked, and AWS's providers fit. */
import { type Case, Failure, type Place } from "../case.ts";
import type { Pin } from "../pins.ts";

const PROGRAM = `import { createClient, InputError, isServiceError } from "lookout-packaging-jobs";
import type { Client, ListModelPackagingJobsInput, ModelPackagingJobMetadata } from "lookout-packaging-jobs";
import { clientFor } from "lookout-packaging-jobs/client";
import { type Endpoint, serve } from "lookout-packaging-jobs/endpoint";
import { signedFetch } from "lookout-packaging-jobs/sigv4";

const endpoint: Endpoint = await serve();
const lookout: Client = createClient({ endpoint: endpoint.url, credentials: endpoint.credentials });
const input: ListModelPackagingJobsInput = { projectName: "circuit-boards" };
const jobs: ModelPackagingJobMetadata[] = await lookout.listModelPackagingJobs(input).toArray();
const created: Date | undefined = jobs[0]?.CreationTimestamp;
try {
  await lookout.listModelPackagingJobs(input, { timeout: 5_000 });
} catch (error) {
  if (isServiceError(error) && error.name === "ThrottlingException") console.log(error.retryAfter);
  else if (error instanceof InputError) console.log(error.faults);
}
// @ts-expect-error there is no such input
lookout.listModelPackagingJobs({ projectName: "circuit-boards", pageSize: 10 });
console.log(created, clientFor, signedFetch);
`;

/** The client without the endpoint, whose declarations need `@types/node`. */
const CLIENT_PROGRAM = `import { createClient, InputError, isServiceError } from "lookout-packaging-jobs";
import type { Client, ModelPackagingJobMetadata } from "lookout-packaging-jobs";
import { clientFor } from "lookout-packaging-jobs/client";
import { signedFetch } from "lookout-packaging-jobs/sigv4";

const lookout: Client = createClient({ region: "us-east-1" });
const jobs: ModelPackagingJobMetadata[] = await lookout.listModelPackagingJobs({ projectName: "p" }).toArray();
await lookout.close();
console.log(signedFetch({ service: "execute-api" }));
// @ts-expect-error this lib has no such symbol
console.log(Symbol.asyncDispose);
export { clientFor, InputError, isServiceError, jobs };
`;

const PROVIDERS = `import * as aws from "@aws-sdk/credential-providers";
import { createClient } from "lookout-packaging-jobs";
import { signedFetch } from "lookout-packaging-jobs/sigv4";

const params = { RoleArn: "arn:aws:iam::1:role/x" };
const identity = { identityId: "x", clientConfig: { region: "us-east-1" } };
for (const credentials of [
  aws.fromContainerMetadata(),
  aws.fromHttp({ awsContainerCredentialsFullUri: "http://127.0.0.1/" }),
  aws.fromInstanceMetadata(),
  aws.fromProcess(),
  aws.fromTokenFile(),
]) createClient({ credentials });
createClient({ credentials: aws.fromCognitoIdentity(identity) });
createClient({ credentials: aws.fromCognitoIdentityPool({ ...identity, identityPoolId: "x" }) });
createClient({ credentials: aws.fromEnv() });
createClient({ credentials: aws.fromIni({ profile: "work" }) });
createClient({ credentials: aws.fromNodeProviderChain() });
createClient({ credentials: aws.fromSSO({ profile: "work" }) });
createClient({ credentials: aws.fromTemporaryCredentials({ params }) });
createClient({ credentials: aws.fromWebToken({ roleArn: "x", webIdentityToken: "x" }) });
signedFetch({ service: "execute-api", credentials: aws.fromIni() });
`;

const STRICT =
  "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noEmit --target es2022 --module nodenext";

/** Compiles files of the place with a version of TypeScript, strictly. */
export async function compile(place: Place, compiler: Pin, ...args: readonly string[]): Promise<void> {
  const tsc = place.tool(compiler, "bin/tsc");
  await place.node([tsc, ...STRICT.split(" "), "--types", "node", ...args]);
}

const typescript = (version: string): Case => ({
  name: `compiled from: TypeScript ${version}`,
  at29f323b: "control",
  tools: [`typescript-${version}` as Pin, "types-node"],
  async run(place) {
    await place.write({ "program.mts": PROGRAM });
    await compile(place, `typescript-${version}` as Pin, "program.mts");
    return "strict, exactOptionalPropertyTypes, nodenext, declarations checked";
  },
});

const bare = (version: string): Case => ({
  name: `compiled from: TypeScript ${version}, with the libraries ES2022 and DOM alone`,
  at29f323b: "control",
  tools: [`typescript-${version}` as Pin],
  async run(place) {
    await place.write({ "client.mts": CLIENT_PROGRAM });
    const tsc = place.tool(`typescript-${version}` as Pin, "bin/tsc");
    await place.node([tsc, ...STRICT.split(" "), "--lib", "es2022,dom", "client.mts"]);
    return "the client's declarations, checked, need neither Symbol.asyncDispose nor @types/node";
  },
});

const providers = (year: string, version: string): Case => ({
  name: `compiled from: TypeScript ${version}, AWS's providers of ${year}`,
  at29f323b: "fails",
  tools: [`typescript-${version}` as Pin, "types-node", `aws-providers-${year}` as Pin],
  async run(place) {
    await place.write({ "providers.mts": PROVIDERS });
    await compile(place, `typescript-${version}` as Pin, "--skipLibCheck", "providers.mts").catch((error: unknown) => {
      const { length } = String(error).match(/error TS/g) ?? [];
      throw new Failure(`${length} errors, such as ${/error TS.*/.exec(String(error))?.[0]}`);
    });
    return "thirteen providers fit";
  },
});

export const COMPILED: readonly Case[] = [
  ...["5.4", "5.9", "6", "7"].map(typescript),
  ...["5.4", "5.9"].map(bare),
  providers("2024", "5.4"),
  providers("2026", "5.9"),
];
