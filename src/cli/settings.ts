/**
 * Reads the settings that an option, an environment variable or a profile may set, in the AWS CLI v2's order.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
 */
import { contract } from "../../generated/index.ts";
import { ConfigurationError } from "../index.ts";
import { atHome, type Profile, profileFiles, readProfile } from "./profile.ts";

/** A value, and the name of its source for messages. */
export interface Setting {
  readonly value: string;
  readonly source: string;
}

/** The settings by which `list` reaches the service. */
export interface ConnectionSettings {
  readonly region: Setting | undefined;
  /** Undefined when the client reads it from the environment, or uses the service's own. */
  readonly endpoint: Setting | undefined;
  readonly output: Setting | undefined;
  readonly caBundle: Setting | undefined;
}

type Options = { readonly [Option in "region" | "profile" | "output" | "endpoint-url" | "ca-bundle"]?: string };

/**
 * Completes the options of the command line from the environment and the profile. It sets AWS_PROFILE for the provider
 * chain, and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS for the client when the profile sets it.
 * @throws ConfigurationError when the chosen profile does not exist
 */
export function readSettings(options: Options, env: NodeJS.ProcessEnv = process.env): ConnectionSettings {
  const profile = chosenProfile(options.profile, env);
  const setting = (option: keyof Options, variables: readonly string[], key: string): Setting | undefined => {
    if (options[option] !== undefined) return { value: options[option], source: `--${option}` };
    const variable = variables.find((name) => env[name]);
    return variable === undefined ? profileSetting(profile, key) : { value: env[variable]!, source: variable };
  };
  const bundle = setting("ca-bundle", ["AWS_CA_BUNDLE"], "ca_bundle");
  return {
    region: setting("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], "region"),
    output: setting("output", ["AWS_DEFAULT_OUTPUT"], "output"),
    caBundle: bundle && { ...bundle, value: atHome(bundle.value) },
    endpoint:
      options["endpoint-url"] === undefined
        ? endpointOfProfile(profile, env)
        : { value: options["endpoint-url"], source: "--endpoint-url" },
  };
}

function chosenProfile(option: string | undefined, env: NodeJS.ProcessEnv): Profile | undefined {
  const name = option ?? (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || undefined);
  const profile = readProfile(name ?? "default", profileFiles(env));
  if (name === undefined) return profile;
  if (profile === undefined)
    throw new ConfigurationError(
      `The config profile (${name}) could not be found in ${profileFiles(env).join(" or ")}.`,
    );
  // As in the AWS CLI, --profile overrides keys in the environment.
  if (option !== undefined)
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
  // The client reads these two variables itself.
  if (env[`AWS_ENDPOINT_URL_${SERVICE.toUpperCase()}`] || env.AWS_ENDPOINT_URL) return undefined;
  const value = profile?.services.get(`${SERVICE.toLowerCase()}.endpoint_url`);
  if (value) return { value, source: `endpoint_url of the services ${profile?.settings.get("services")}` };
  return profileSetting(profile, "endpoint_url");
}
