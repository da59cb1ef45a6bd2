/** Hovers: the texts that TypeScript's language service gives for the names of a program. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./support/generated.ts";

const PROGRAM = `
import { createClient, isServiceError } from "../src/index.ts";
const lookout = createClient();
const page = await lookout.listModelPackagingJobs({ projectName: "circuit-boards" });
for await (const job of lookout.listModelPackagingJobs({ projectName: "circuit-boards" })) {
  job.CreationTimestamp;
}
try {
  page.requestId;
} catch (error) {
  if (isServiceError(error) && error.name === "ThrottlingException") error.body;
}
`;

const file = join(root, "test/.hovers.ts");
const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    if (name === file) return ts.ScriptSnapshot.fromString(PROGRAM);
    return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
  },
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});

function hover(text: string): { type: string; comment: string } {
  const [before, name] = text.split("|");
  const at = PROGRAM.indexOf(`${before}${name}`) + (before?.length ?? 0);
  const info = service.getQuickInfoAtPosition(file, at);
  return {
    type: ts.displayPartsToString(info?.displayParts),
    comment: ts.displayPartsToString(info?.documentation),
  };
}

const test = suite("hovers");

test("an item is named as the document names it", () => {
  assert.is(hover("const |job").type, "const job: ModelPackagingJobMetadata");
});

test("a time is a Date, with its description", () => {
  const { type, comment } = hover("job.|CreationTimestamp");
  assert.match(type, /: Date \| undefined$/);
  assert.match(comment, /^The time when the job was created\./);
});

test("a page is the output by name", () => {
  assert.match(hover("const |page").type, /ListModelPackagingJobsOutput/);
});

test("the body of an error is that error's interface", () => {
  assert.match(hover("error.|body").type, /: ThrottlingException$/);
});

test.run();
