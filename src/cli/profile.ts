/**
 * Reads profiles of AWS's shared config and credentials files, except credentials: the provider chain reads those.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Values by their keys in lower case. A nested key follows its outer key and a dot. */
export type Settings = ReadonlyMap<string, string>;

/** The settings of a profile, and of the `services` section that it names. */
export interface Profile {
  readonly name: string;
  readonly settings: Settings;
  readonly services: Settings;
}

/** The paths of the config and the credentials file. */
export function profileFiles(env: NodeJS.ProcessEnv = process.env): [config: string, credentials: string] {
  const aws = join(homedir(), ".aws");
  return [
    atHome(env.AWS_CONFIG_FILE || join(aws, "config")),
    atHome(env.AWS_SHARED_CREDENTIALS_FILE || join(aws, "credentials")),
  ];
}

/** Resolves a leading `~`: no shell does so in a file or in the value of a variable. */
export function atHome(path: string): string {
  return path.replace(/^~(?=$|[\\/])/, homedir());
}

/** Reads a profile from both files; undefined when neither has it. The credentials file wins when both set a key. */
export function readProfile(name: string, [config, credentials] = profileFiles()): Profile | undefined {
  const sections = readSections(textOf(config));
  const found = [
    [...sections].find(([heading]) => (heading === name && name === "default") || profileName(heading) === name)?.[1],
    readSections(textOf(credentials)).get(name),
  ].filter((settings) => settings !== undefined);
  if (found.length === 0) return undefined;
  const settings = new Map(found.flatMap((entries) => [...entries]));
  return { name, settings, services: sections.get(`services ${settings.get("services")}`) ?? new Map() };
}

/** Reads the name from a heading `profile NAME` or `profile "NAME"`. */
function profileName(heading: string): string | undefined {
  return /^profile\s+(["']?)(.*)\1$/.exec(heading)?.[2];
}

/** Reads the sections of a file by their headings. Sections with the same heading are merged. */
export function readSections(text: string): ReadonlyMap<string, Settings> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  /** The last key that is not nested. A line with a deeper indent belongs to it. */
  let outer: { key: string; indent: number } | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    const heading = /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1];
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map();
      sections.set(heading, section);
      outer = undefined;
      continue;
    }
    const [, { length: indent } = "", key = "", rest = ""] = /^(\s*)([^\s=][^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (section === undefined || key === "") continue;
    // A comment after a value begins with white space, since a URL may hold a #.
    const value = rest.replace(/(^|\s)[#;].*$/, "").trim();
    const name = key.toLowerCase();
    if (outer !== undefined && indent > outer.indent) {
      section.set(`${outer.key}.${name}`, value);
    } else {
      section.set(name, value);
      outer = { key: name, indent };
    }
  }
  return sections;
}

/** The text of a file. As in the AWS CLI, a file that cannot be read counts as empty. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
