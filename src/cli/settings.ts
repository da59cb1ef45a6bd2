/**
 * Settings that an option, a variable of the environment or a profile may give, in the order of the AWS CLI v2.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
 */
import { contract } from "../../generated/index.ts";
import { ConfigurationError } from "../index.ts";
import { atHome, type Profile, profileFiles, readProfile } from "./profile.ts";

/** A value and what messages call the place that it comes from. */
export interface Setting {
  readonly value: string;
  readonly source: string;
}

/** How `list` reaches the service. */
export interface ConnectionSettings {
  readonly region: Setting | undefined;
  /** None when the environment has one, or the service's own is meant. */
  readonly endpoint: Setting | undefined;
  readonly output: Setting | undefined;
  readonly caBundle: Setting | undefined;
}

type Given = { readonly [Option in "region" | "profile" | "output" | "endpoint-url" | "ca-bundle"]?: string };

/**
 * Completes the options of the command line from environment and profile. Tells the provider chain the profile by
 * AWS_PROFILE, and the client by AWS_IGNORE_CONFIGURED_ENDPOINT_URLS what the profile says of variables.
 * @throws ConfigurationError when the profile that is asked for does not exist
 */
export function readSettings(given: Given, env: NodeJS.ProcessEnv = process.env): ConnectionSettings {
  const profile = chosenProfile(given.profile, env);
  const setting = (option: keyof Given, variables: readonly string[], key: string): Setting | undefined => {
    if (given[option] !== undefined) return { value: given[option], source: `--${option}` };
    const variable = variables.find((name) => env[name]);
    return variable === undefined ? profileSetting(profile, key) : { value: env[variable]!, source: variable };
  };
  const bundle = setting("ca-bundle", ["AWS_CA_BUNDLE"], "ca_bundle");
  return {
    region: setting("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], "region"),
    output: setting("output", ["AWS_DEFAULT_OUTPUT"], "output"),
    caBundle: bundle && { ...bundle, value: atHome(bundle.value) },
    endpoint:
      given["endpoint-url"] === undefined
        ? endpointOfProfile(profile, env)
        : { value: given["endpoint-url"], source: "--endpoint-url" },
  };
}

function chosenProfile(named: string | undefined, env: NodeJS.ProcessEnv): Profile | undefined {
  const name = named ?? (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || undefined);
  const profile = readProfile(name ?? "default", profileFiles(env));
  if (name === undefined) return profile;
  if (profile === undefined)
    throw new ConfigurationError(
      `The config profile (${name}) could not be found in ${profileFiles(env).join(" or ")}.`,
    );
  // Named on the line, a profile goes before keys in the environment, as it does with the AWS CLI.
  if (named !== undefined)
    for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete env[key];
  env.AWS_PROFILE = name;
  return profile;
}

function profileSetting(profile: Profile | undefined, key: string): Setting | undefined {
  const value = profile?.settings.get(key);
  return value ? { value, source: `${key} of the profile ${profile?.name}` } : undefined;
}

const SERVICE: string = contract.service.id.replaceAll(" ", "_");

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointOfProfile(profile: Profile | undefined, env: NodeJS.ProcessEnv): Setting | undefined {
  env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ||= profile?.settings.get("ignore_configured_endpoint_urls") ?? "";
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS.toLowerCase() === "true") return undefined;
  // The client reads these by itself.
  if (env[`AWS_ENDPOINT_URL_${SERVICE.toUpperCase()}`] || env.AWS_ENDPOINT_URL) return undefined;
  const value = profile?.services.get(`${SERVICE.toLowerCase()}.endpoint_url`);
  if (value) return { value, source: `endpoint_url of the services ${profile?.settings.get("services")}` };
  return profileSetting(profile, "endpoint_url");
}
