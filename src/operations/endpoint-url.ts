/** The endpoint of a client. */
import type { Service } from "../contract/contract.ts";
import { environment } from "../environment.ts";
import { ConfigurationError } from "../errors.ts";

/** Returns the URL of the endpoint, without a trailing slash, and whether it is the service's own host. */
export function endpointOf(
  service: Service,
  region: string,
  option: string | URL | undefined,
): { url: string; isDefault: boolean } {
  const env = environment();
  const ownVariable = `AWS_ENDPOINT_URL_${service.id.replaceAll(" ", "_").toUpperCase()}`;
  const variable = env[ownVariable] ? ownVariable : "AWS_ENDPOINT_URL";
  const isIgnored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === "true";
  const text = option?.toString() ?? ((!isIgnored && env[variable]) || undefined);
  if (text === undefined) return { url: service.url.replaceAll("{region}", region), isDefault: true };
  const source = option === undefined ? variable : "endpoint";
  const details = { option: option === undefined ? undefined : "endpoint" };
  const fail = (fault: string): never => {
    throw new ConfigurationError(
      // The text before an @ is left out: it may be a password.
      `${source} is ${JSON.stringify(text.replace(/^(\w+:\/\/)?.*@/s, "$1…@"))}, ${fault}. Give a URL such as http://127.0.0.1:4567.`,
      details,
    );
  };
  const url = URL.canParse(text) ? new URL(text) : fail("which is not a URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") fail("which is neither http nor https");
  if (url.username || url.password)
    throw new ConfigurationError(`${source} is a URL with a user name or password: leave them out.`, details);
  if (url.search || url.hash) fail("which has a query or a fragment");
  return { url: url.href.replace(/\/+$/, ""), isDefault: false };
}
