/** Next, by each of its bundlers: a route that is rendered at build time lists. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Case, expect, Failure } from "../case.ts";
import { LIST_AND_OPEN, LISTED, OPENED } from "../programs.ts";

const APP = {
  "next.config.mjs": "export default { turbopack: { root: import.meta.dirname + '/../..' } };\n",
  "app/layout.jsx": "export default ({ children }) => <html lang='en'><body>{children}</body></html>;\n",
  "app/page.jsx": "export default () => <p>jobs</p>;\n",
  "app/jobs/route.js": `${LIST_AND_OPEN}
export const dynamic = "force-static";
export const GET = async () => new Response(await listAndOpen());
`,
};

const nextBy = (bundler: "Turbopack" | "webpack"): Case => ({
  name: `bundled: Next 16 by ${bundler}`,
  at29f323b: "fails",
  tools: ["next", "react", "react-dom"],
  async run(place) {
    await place.write(APP);
    const flags = bundler === "webpack" ? ["--webpack"] : [];
    const said = await place.node([place.tool("next", "dist/bin/next"), "build", ...flags]);
    if (/lookout-packaging-jobs|Can't resolve|Critical dependency/.test(said)) throw new Failure(said);
    expect(await readFile(join(place.folder, ".next/server/app/jobs.body"), "utf8"), LISTED, OPENED);
    return `${LISTED} in a route, no warning`;
  },
});

export const NEXT: readonly Case[] = [nextBy("Turbopack"), nextBy("webpack")];
