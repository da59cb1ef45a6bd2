/** Profiles in AWS's shared files: the command reads the region, credentials are the provider chain's. */
import { join } from "node:path";
import { getHomeDir, parseKnownFiles } from "@smithy/shared-ini-file-loader";
import { ConfigurationError } from "../index.ts";

/**
 * The region of a profile, if it has one. A profile that is named on the command line becomes the one of the process,
 * and goes before keys in the environment, as it does with the AWS CLI.
 *
 * @param named The one of `--profile`. @default AWS_PROFILE, then "default"
 * @throws ConfigurationError when neither file has the named one
 */
export async function regionOfProfile(named?: string): Promise<string | undefined> {
  const { env } = process;
  const profiles = new Map(Object.entries(await parseKnownFiles({})));
  if (named !== undefined) {
    const folder = join(getHomeDir(), ".aws");
    const config = env.AWS_CONFIG_FILE || join(folder, "config");
    const credentials = env.AWS_SHARED_CREDENTIALS_FILE || join(folder, "credentials");
    if (!profiles.has(named))
      throw new ConfigurationError(`The config profile (${named}) could not be found in ${config} or ${credentials}.`);
    for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete env[key];
    env.AWS_PROFILE = named;
  }
  return profiles.get(env.AWS_PROFILE || "default")?.region;
}
