/**
 * Makes the README's pictures: `.github/table.png`, the output of `packaging-jobs list` on a terminal, and
 * `.github/docs.png`, the operation on the page that `npm run docs` makes. It needs a Chromium (or CHROMIUM=path).
 *   node --import tsx scripts/screenshots.ts
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { spawn } from "@lydell/node-pty";
import { chromium } from "playwright-core";
import { serve } from "../src/endpoint/index.ts";
import { chromiumOptions, chromiumPath } from "../test/support/chromium.ts";
import { buildPage } from "./redoc/page.ts";
import { root } from "./tools.ts";

const COLUMNS = 100;
/** The colours of the table's escape sequences, on a dark ground. */
const COLOURS: Readonly<Record<string, string>> = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#76e3ea" };

if (chromiumPath === undefined)
  throw new Error("There is no Chromium: install Debian's package, or name one by CHROMIUM.");
const pictures = join(root, ".github");
const folder = await mkdtemp(join(tmpdir(), "screenshots-"));
await mkdir(pictures, { recursive: true });
const browser = await chromium.launch(chromiumOptions);
try {
  const terminal = await browser.newPage({ deviceScaleFactor: 1.5 });
  await terminal.setContent(page(await listing(["--project-name", "circuit-boards", "--max-items", "14"])));
  await terminal.locator("pre").screenshot({ path: join(pictures, "table.png") });

  const file = join(folder, "index.html");
  await buildPage(join(root, "spec/openapi.yaml"), file);
  const docs = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await docs.goto(pathToFileURL(file).href);
  await docs.getByRole("link", { name: "ListModelPackagingJobs" }).first().click();
  await docs.getByText("Loading").waitFor({ state: "hidden" });
  await docs.screenshot({ path: join(pictures, "docs.png") });
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

/** The output of `list` on a terminal, for the sample inventory. */
async function listing(args: readonly string[]): Promise<string> {
  const endpoint = await serve({ import: [join(root, "scripts/sample/inventory.json")] });
  const { accessKeyId, secretAccessKey } = endpoint.credentials;
  const output = await new Promise<string>((resolve) => {
    const command = ["--import", "tsx", "src/cli/index.ts", "list", ...args];
    const session = spawn(process.execPath, command, {
      cwd: root,
      cols: COLUMNS,
      name: "xterm-256color",
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: endpoint.url,
        AWS_REGION: endpoint.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        TZ: "Europe/Berlin",
      },
    });
    let text = "";
    session.onData((data) => {
      text += data;
    });
    session.onExit(() => resolve(text.replaceAll("\r\n", "\n")));
  });
  await endpoint.close();
  return `$ packaging-jobs list ${args.join(" ")}\n${output}`;
}

/** A page with the terminal's text. Escape sequences become spans. */
function page(text: string): string {
  let open = 0;
  const html = text
    .replace(/[&<]/g, (character) => (character === "&" ? "&amp;" : "&lt;"))
    .split("\u001b[")
    .map((part, at) => {
      if (at === 0) return part;
      const [whole, code = ""] = /^(\d*)m/.exec(part) ?? [/^[\d;]*[A-Z]?/.exec(part)![0]];
      const style = code === "1" ? "font-weight:bold" : COLOURS[code] && `color:${COLOURS[code]}`;
      const tag = style ? `<span style="${style}">` : "</span>".repeat(Math.min(open, 1));
      open += style ? 1 : -Math.min(open, 1);
      return tag + part.slice(whole.length);
    })
    .join("");
  return `<!doctype html><meta charset="utf-8"><body style="margin:0"><pre style="display:inline-block;margin:0;
    padding:16px 20px;background:#0d1117;color:#e6edf3;font:14px/1.35 'DejaVu Sans Mono',monospace">${html}</pre>`;
}
