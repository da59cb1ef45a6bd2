/** Profiles in AWS's shared files. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What the command itself reads of a profile; its credentials are the provider chain's to find. */
export interface Profile {
  readonly region: string | undefined;
}

/** Where profiles are kept. */
export function profileFiles(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  return [
    env.AWS_CONFIG_FILE || join(homedir(), ".aws", "config"),
    env.AWS_SHARED_CREDENTIALS_FILE || join(homedir(), ".aws", "credentials"),
  ];
}

/** Finds a profile in either file. */
export function findProfile(name: string, files: readonly string[] = profileFiles()): Profile | undefined {
  const sections = files.map((file) => sectionOf(file, name)).filter((section) => section !== undefined);
  if (sections.length === 0) return undefined;
  return { region: sections.map((section) => section.get("region")).find(Boolean) };
}

function sectionOf(file: string, name: string): Map<string, string> | undefined {
  let section: Map<string, string> | undefined;
  let inside = false;
  for (const line of textOf(file).split("\n")) {
    const head = /^\s*\[\s*(?:profile\s+)?([^\]]*?)\s*\]/.exec(line);
    if (head) inside = head[1]!.replace(/^(["'])(.*)\1$/, "$2") === name;
    if (!inside) continue;
    section ??= new Map();
    const pair = /^\s*([^#;=\s]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (pair) section.set(pair[1]!, pair[2]!);
  }
  return section;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
