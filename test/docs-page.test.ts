import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { buildPage } from "../scripts/redoc/page.ts";
import { run } from "../scripts/tools.ts";
import { chromiumOptions, chromiumPath } from "./support/chromium.ts";

// biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
const spec: any = parse(await readFile("spec/openapi.yaml", "utf8"));
const [path, { get: operation }] = Object.entries<{ get: typeof spec }>(spec.paths)[0]!;

/** Each error: its name, the statuses that it comes with, whether a call may be repeated, and its example. */
const errors: { name: string; statuses: string[]; repeated: string; body: Record<string, string> }[] = [];
for (const [status, { $ref }] of Object.entries<{ $ref: string }>(operation.responses)) {
  if (status === "200") continue;
  const { examples } = spec.components.responses[$ref.split("/").pop() ?? ""].content["application/json"];
  for (const name of Object.keys(examples)) {
    const known = errors.find((error) => error.name === name);
    if (known) known.statuses.push(status);
    else {
      const retryable = spec.components.schemas[name]["x-retryable"];
      const repeated = retryable === true ? "yes" : retryable ? "yes, after a longer pause" : "no";
      errors.push({ name, statuses: [status], repeated, body: spec.components.examples[name].value });
    }
  }
}

const folder = await mkdtemp(join(tmpdir(), "docs-page-"));
const file = join(folder, "index.html");
const squeeze = (text: string) => text.replace(/[\s\u200b]+/g, " ");

const built = suite("the built page");

built("is one file with the same bytes every time", async () => {
  const again = join(folder, "again.html");
  await Promise.all([buildPage("spec/openapi.yaml", file), buildPage("spec/openapi.yaml", again)]);
  const [first, second] = await Promise.all([readFile(file, "utf8"), readFile(again, "utf8")]);
  assert.ok(first === second);
  assert.ok(first.length > 1_000_000, "Redoc itself stands in it");
  assert.not.match(
    first,
    /<(link|script|img|iframe)[^>]+(href|src)=["']?(https?:)?\/\//,
    "nothing is loaded by address",
  );
  assert.not.match(first, /cdn\.redoc\.ly/, "the logo of its footer stands in it");
});

built("holds the operation before any script has run", async () => {
  const html = await readFile(file, "utf8");
  assert.match(html.slice(0, html.indexOf('<script type="module">')), /The service has ended/);
});

for (const [fault, text, says] of [
  ["no YAML", "openapi: [\ninfo: {}\n", /^docs: spec\/openapi\.yaml:2: [^\n]+\n$/],
  [
    "a reference that leads nowhere",
    stringify(spec).replace("#/components/parameters/projectName", "#/components/parameters/nobody"),
    /^docs: spec\/openapi\.yaml:\d+ \S+: #\/components\/parameters\/nobody does not exist: [^\n]+\n$/,
  ],
] as const)
  built(`is not made from a document with ${fault}: one line names the fault`, async () => {
    const place = await mkdtemp(join(folder, "broken-"));
    await mkdir(join(place, "spec"));
    await writeFile(join(place, "spec/openapi.yaml"), text);
    const args = ["--import", import.meta.resolve("tsx"), resolve("scripts/docs.ts")];
    assert.match((await run(process.execPath, args, place)).stderr, says);
  });

built.run();

const reader = suite("a reader of the page, with the network cut");
let browser: Browser;
/** Every address that a page asked for and every error that it threw, over the whole suite. */
const asked: string[] = [];
const thrown: string[] = [];

/** Loading takes a second, so a page is kept, and a test leaves it as it was. */
const pages = new Map<string, Promise<Page>>();

function open(width: number, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const key = `${width} ${colorScheme}`;
  const page = pages.get(key) ?? load(width, colorScheme);
  pages.set(key, page);
  return page;
}

async function load(width: number, colorScheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
  const page = await context.newPage();
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => thrown.push(error.message));
  await page.goto(pathToFileURL(file).href);
  await page.getByText(errors.at(-1)!.body.Message!).first().waitFor();
  await page.addScriptTag({ path: "test/support/in-page.js" });
  await page.evaluate("inPage.settled()");
  return page;
}

/** The visible text: hidden text does not count. */
async function seen(place: Locator): Promise<string> {
  return squeeze(await place.innerText());
}

reader.before(async () => {
  browser = await chromium.launch(chromiumOptions);
});

reader.after(async () => {
  await browser.close();
});

for (const width of [1280, 390]) {
  reader(`sees the whole operation at ${width} pixels without a click`, async () => {
    const page = await open(width);
    const text = await seen(page.locator("main"));
    const has = (part: string) => assert.ok(text.includes(part), `the page should show: ${part}`);
    has(operation.operationId);
    has(path);
    has("The service has ended.");
    has(
      `Request line: GET ${path}?maxResults={maxResults}&nextToken={nextToken} HTTP/1.1 Body: no request body. ` +
        "Permission: lookoutvision:ListModelPackagingJobs Signature: AWS Signature Version 4, signing name lookoutvision",
    );
    has("The time when the job was created. Epoch seconds on the wire, a Date in the client's methods.");
    has("The time when the job last changed. Epoch seconds on the wire, a Date in the client's methods.");
    has("projectName string, [ 1 .. 255 ] characters (ProjectName) ^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$ required");
    has("maxResults integer, [ 1 .. 100 ]");
    has("Default: 100");
    has("nextToken string, [ 0 .. 2048 ] characters (PageToken) ^[a-zA-Z0-9/+=]{0,2048}$");
    const { properties } = spec.components.schemas.ModelPackagingJobMetadata;
    for (const member of Object.keys(properties)) has(`ModelPackagingJobs[]. ${member}`);
    for (const status of properties.Status.enum) has(`"${status}"`);
    for (const job of spec.components.examples.FirstPage.value.ModelPackagingJobs) has(`"JobName": "${job.JobName}"`);
  });

  reader(`sees every error by name with its example at ${width} pixels without a click`, async () => {
    const page = await open(width);
    assert.is(errors.length, 25);
    for (const { name, statuses, repeated, body } of errors) {
      const section = await seen(page.locator(`[id="${name.toLowerCase()}"]`));
      assert.ok(section.startsWith(name), section);
      assert.ok(section.includes(`HTTP ${statuses.join(" or ")}. Repeated by the client: ${repeated}.`), section);
      for (const value of Object.values(body)) assert.ok(section.includes(value), `${name}: ${value}`);
    }
    const validation = await seen(page.locator("#validationexception"));
    for (const cause of [
      "invalid characters in a project name",
      "maxResults above 100",
      "a page token that the service",
    ])
      assert.ok(validation.includes(cause), validation);
  });

  reader(`sees the errors in a table that leads to each at ${width} pixels`, async () => {
    const page = await open(width);
    const rows = await page
      .locator("#errors tbody tr")
      .evaluateAll((found: { cells: { innerText: string }[] }[]) =>
        found.map(({ cells }) => [...cells].map((cell) => cell.innerText)),
      );
    const expected = errors.map(({ name, statuses, repeated }) => [name, statuses.join(", "), repeated]);
    assert.equal(
      rows,
      expected.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    );
    await page.locator("#errors tbody").getByRole("link", { name: "ValidationException" }).click();
    assert.match(page.url(), /#\/validationexception$/);
    const heading = page.getByRole("heading", { name: "ValidationException" });
    await page.waitForFunction("document.querySelector('#validationexception').getBoundingClientRect().top < 900");
    assert.is(await heading.count(), 1);
  });

  reader(`finds nothing cut off, overlapping or wider than ${width} pixels`, async () => {
    const page = await open(width);
    assert.equal(await page.evaluate("inPage.cutOff()"), []);
    assert.equal(await page.evaluate("inPage.overlapping()"), []);
    assert.is(await page.evaluate("document.documentElement.scrollWidth"), width);
  });
}

const LANGUAGE = /^(TypeScript|boto3|AWS CLI|curl)$/;

reader("chooses among the samples for TypeScript, boto3, AWS CLI and curl", async () => {
  const page = await open(1280);
  const panel = page.locator(".panel-request-samples").first();
  for (const { label, source } of operation["x-codeSamples"]) {
    await panel.getByRole("button", { name: LANGUAGE }).click();
    await page.getByRole("menuitem", { name: label }).filter({ visible: true }).click();
    await panel.getByText(source.split(" ")[0]).first().waitFor();
    assert.is((await seen(panel.locator("pre"))).trim(), squeeze(source).trim());
  }
});

reader("opens each status, by mouse and by keyboard, and sees its schema and examples", async () => {
  const page = await open(1280);
  const tabs = page.getByRole("tablist", { name: "Response status" }).first().getByRole("tab");
  const statuses = (await tabs.allInnerTexts()).map((text) => text.trim());
  assert.equal(statuses, Object.keys(operation.responses));
  for (const [at, status] of statuses.entries()) {
    if (at % 2 === 0) await tabs.nth(at).click();
    else await page.keyboard.press("ArrowRight");
    if (at % 2 === 1) await page.keyboard.press("Enter");
    assert.is(await tabs.nth(at).getAttribute("aria-selected"), "true", status);
    if (status === "200") continue;
    const { description, content } = spec.components.responses[operation.responses[status].$ref.split("/").pop()];
    await page.getByText(description).first().waitFor();
    const [first = ""] = Object.keys(content["application/json"].examples);
    const { Message } = spec.components.examples[first].value;
    await page.getByText(`"${Message}"`, { exact: true }).first().waitFor();
  }
  await tabs.first().click();
});

reader("finds an error and a parameter by searching", async () => {
  const page = await open(1280);
  for (const word of ["ThrottlingException", "maxResults", "ResourceNotFoundException"]) {
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox").first().fill(word);
    await page.getByText(`GET${path}`).or(page.getByText(path)).last().waitFor();
    const dialog = await seen(page.locator("body"));
    assert.match(dialog, new RegExp(`→ ?${word}|${word}.*to navigate`), word);
    await page.keyboard.press("Escape");
  }
});

reader("reaches everything with the keyboard alone, and sees where it is", async () => {
  // A page of its own, since the first stop depends on what was clicked before.
  const page = await load(1280, "light");
  const stops: { text: string; visible: boolean }[] = [];
  const walkTo = async (name: string) => {
    // An open list of samples is the last stop of all.
    for (let press = 0; press < 400; press++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate<(typeof stops)[number] | undefined>("inPage.focus()");
      if (!stop) continue;
      stops.push(stop);
      if (squeeze(stop.text) === name) return;
    }
    assert.unreachable(`${name} should be among ${stops.map(({ text }) => text).join(" | ")}`);
  };
  await walkTo("Errors");
  await page.keyboard.press("Enter");
  await page.waitForFunction("scrollY > 1000");
  await walkTo("View security details");
  await walkTo("TypeScript");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "curl" }).filter({ visible: true }).waitFor();
  await walkTo("curl");
  await page.keyboard.press("Enter");
  await page.getByText("curl --aws-sigv4").waitFor();
  await walkTo("200");
  assert.equal(
    stops.filter(({ visible }) => !visible),
    [],
  );
  await page.context().close();
});

reader("opens the menu on a phone and goes to the errors", async () => {
  const page = await open(390);
  await page.getByTestId("floating-button").click();
  await page.getByTestId("menu-item-label").filter({ hasText: "Errors" }).click();
  const heading = page.getByRole("heading", { name: "Errors" });
  await heading.waitFor();
  await page.waitForFunction("scrollY > 1000");
  assert.ok((await heading.boundingBox())!.y < 900);
});

for (const scheme of ["light", "dark"] as const) {
  reader(`can read every text in ${scheme} colours`, async () => {
    const page = await open(1280, scheme);
    assert.equal(await page.evaluate("inPage.faint()"), []);
  });
}

reader("sees the page load anew at the same place while its document is edited, and a mistake told", async () => {
  const draft = join(folder, "draft.yaml");
  await copyFile("spec/openapi.yaml", draft);
  const args = ["--import", "tsx", "scripts/docs-preview.ts", "--port", "0", "--spec", draft];
  const preview = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  try {
    const [line] = (await once(preview.stdout.setEncoding("utf8"), "data")) as [string];
    const page = await browser.newPage();
    await page.goto(line.split(" ")[0]!);
    await page.getByRole("heading", { name: "ListModelPackagingJobs" }).waitFor();
    await page.waitForFunction("document.documentElement.scrollHeight > 5000");
    await page.evaluate("scrollTo(0, 2500)");
    const text = await readFile(draft, "utf8");
    await writeFile(draft, text.replace("summary: ListModelPackagingJobs", "summary: Edited"));
    await page.getByRole("heading", { name: "Edited" }).waitFor();
    await page.waitForFunction("Math.abs(scrollY - 2500) < 2");
    // Redoc draws the page over the prepared one, and scrolls to its top.
    await page.addScriptTag({ path: "test/support/in-page.js" });
    await page.evaluate("inPage.settled()");
    await page.waitForFunction("Math.abs(scrollY - 2500) < 2");
    const told = once(preview.stderr.setEncoding("utf8"), "data");
    await writeFile(draft, `${text}\nmistake: [`);
    assert.ok(String(await told).startsWith(`${draft}:`));
    assert.is(await page.getByRole("heading", { name: "Edited" }).count(), 1);
    await page.close();
  } finally {
    preview.kill("SIGTERM");
    await once(preview, "close");
  }
});

reader("has asked for nothing but the file, and met no error", () => {
  assert.equal(
    asked.filter((url) => !/^(file|blob|data):/.test(url)),
    [],
  );
  assert.equal(thrown, []);
});

if (chromiumPath) reader.run();
else console.log("left out: the page in a browser, since no Chromium is here (CHROMIUM names one)");

const cleaning = suite("afterwards");
cleaning("leaves no file behind", () => rm(folder, { recursive: true, force: true }));
cleaning.run();
