/**
 * Profiles in AWS's shared files, of which the command itself reads the region: credentials are the provider chain's.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where profiles are kept. */
export function profileFiles(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  return [
    env.AWS_CONFIG_FILE || join(homedir(), ".aws", "config"),
    env.AWS_SHARED_CREDENTIALS_FILE || join(homedir(), ".aws", "credentials"),
  ];
}

/** The region of a profile: empty when it names none, undefined when neither file has the profile. */
export function regionOfProfile(name: string, files: readonly string[] = profileFiles()): string | undefined {
  const regions = files.map((file) => regionIn(textOf(file), name)).filter((region) => region !== undefined);
  return regions.find(Boolean) ?? regions[0];
}

function regionIn(text: string, name: string): string | undefined {
  let isInside = false;
  let region: string | undefined;
  for (const line of text.split("\n")) {
    const head = /^\s*\[\s*(?:profile\s+)?(["']?)([^\]]*?)\1\s*\]/.exec(line);
    if (head) isInside = head[2] === name;
    if (isInside) region = /^\s*region\s*=\s*(.*?)\s*$/.exec(line)?.[1] ?? region ?? "";
  }
  return region;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
