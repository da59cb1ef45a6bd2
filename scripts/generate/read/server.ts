/** Reads the URL that a client sends to. */
import type { Place, SpecDocument } from "../document.ts";

/** Matches an AWS region in a host name. */
const REGION = /(?:^|[.-])((?:us|eu|ap|ca|sa|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-[a-z]+-\d)(?=[.-]|$)/;

/**
 * The URL of the first https server, or else of the first one on this machine. `{region}` stays in it; other variables
 * are replaced by their defaults.
 */
export function readServer(doc: SpecDocument): string {
  doc.object(["servers", "0"], "a server, the service's regional host,");
  const servers = Object.keys(doc.at(["servers"]) as object).map((index) => {
    const place = ["servers", index];
    return { place, url: urlOf(doc, place) };
  });
  const { place, url } = servers.find((server) => server.url.startsWith("https:")) ?? servers[0]!;
  const at = [...place, "url"];
  const { protocol, hostname } = new URL(sampleOf(url));
  if (protocol === "http:" && !/^(localhost|127\..*|\[::1\])$/.test(hostname))
    doc.fail(at, "is plain http, in which signed requests can be read on their way: add an https server");
  const [, region] = REGION.exec(new URL(url.replaceAll("{region}", "x")).hostname) ?? [];
  if (region !== undefined)
    doc.fail(at, `names ${region}, but a client signs for the region that it is given: write {region} there`);
  return url;
}

function urlOf(doc: SpecDocument, place: Place): string {
  const template = String(doc.object(place).url);
  const url = template.replace(/\{(?!region\})([^{}]+)\}/g, (_, name: string, index: number) => {
    const value = doc.at([...place, "variables", name, "default"]);
    if (typeof value !== "string") doc.fail([...place, "url"], `{${name}} has no default: add the variable`);
    // API Gateway exports `/{basePath}` with a default that begins with a slash, too.
    return template[index - 1] === "/" ? value.replace(/^\/+/, "") : value;
  });
  const sample = sampleOf(url);
  const { protocol, search, hash } = URL.canParse(sample) ? new URL(sample) : { protocol: "" };
  if (!/^https?:$/.test(protocol) || search || hash)
    doc.fail([...place, "url"], "must be a whole http(s) URL without a query: the service's regional host");
  return url;
}

function sampleOf(url: string): string {
  return url.replaceAll("{region}", "us-east-1");
}
