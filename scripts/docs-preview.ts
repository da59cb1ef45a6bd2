/** `npm run docs:preview [-- --port N]`: the page on loopback, rendered and loaded anew when its sources change. */

import { watch } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "./redoc/page.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "8080" }, spec: { type: "string", default: "spec/openapi.yaml" } },
});
const folder = await mkdtemp(join(tmpdir(), "docs-preview-"));
const page = join(folder, "index.html");
const readers = new Set<ServerResponse>();

/** Loads the page anew when it changes. Only the preview has this script, not the page that `npm run docs` builds. */
const RELOAD = `<script>
  new EventSource("/changes").onmessage = () => {
    sessionStorage.setItem("place", scrollY);
    location.reload();
  };
  // Redoc scrolls to the top once it has drawn the page, so the place is taken again until the reader moves.
  const place = Number(sessionStorage.getItem("place"));
  sessionStorage.removeItem("place");
  const back = setInterval(() => scrollTo({ top: place, behavior: "instant" }), 100);
  const stop = () => clearInterval(back);
  for (const move of ["wheel", "keydown", "pointerdown", "touchstart"]) addEventListener(move, stop, { once: true });
  setTimeout(stop, place > 0 ? 10_000 : 0);
</script>`;

async function render(): Promise<void> {
  try {
    await buildPage(values.spec, page);
    for (const reader of readers) reader.write("data: changed\n\n");
  } catch (error) {
    // The last good page stays up until the mistake is mended.
    console.error(error instanceof Error ? error.message : error);
  }
}

const server = createServer(async (request, response) => {
  if (request.url === "/changes") {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).flushHeaders();
    readers.add(response);
    response.on("close", () => readers.delete(response));
    return;
  }
  const html = await readFile(page, "utf8").catch(() => "The document could not be rendered yet: see the terminal.");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(`${html}${RELOAD}`);
});

await render();
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ shows ${values.spec}; stop with Ctrl-C`);
});

let waiting: NodeJS.Timeout | undefined;
let rendering = Promise.resolve();
const changed = () => {
  // An editor writes a file in several steps.
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    rendering = rendering.then(render);
  }, 100);
};
// Folders, since many editors replace a file rather than write it.
const watchers = [dirname(values.spec), "scripts/redoc"].map((path) => watch(path, changed));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    for (const watcher of watchers) watcher.close();
    clearTimeout(waiting);
    for (const reader of readers) reader.end();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });
}
