/** The README's program for a proxy: it compiles, and lists through undici and a proxy on loopback. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { type Case, expect, Failure } from "../case.ts";
import { JOBS } from "../service.ts";
import { compile } from "./compiled.ts";

/** Starts a proxy that makes tunnels and counts them. */
async function startProxy() {
  let tunnels = 0;
  const server = createServer();
  server.on("connect", ({ url = "" }, client, head) => {
    tunnels++;
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    onward.on("error", () => client.destroy());
    client.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels: () => tunnels,
    close: () => server.close(),
  };
}

const README = new URL("../../../README.md", import.meta.url);

export const PROXIED: readonly Case[] = [
  {
    name: "proxied: undici",
    at29f323b: "fails",
    tools: ["undici", "typescript-5.9", "types-node"],
    async run(place) {
      const [, program] = /^```mts\n(.*?import.*?"undici".*?)^```$/ms.exec(await readFile(README, "utf8")) ?? [];
      if (program === undefined) throw new Failure("the README has no program that imports undici");
      // The program has no types, so that it is JavaScript as well.
      await place.write({ "proxied.mts": program, "proxied.mjs": program });
      await compile(place, "typescript-5.9", "proxied.mts");
      const proxy = await startProxy();
      try {
        const printed = await place.node(["proxied.mjs"], { env: { HTTPS_PROXY: proxy.url } });
        expect(printed, ...Array.from({ length: JOBS }, (_, at) => `job-${at}\n`));
        if (proxy.tunnels() === 0) throw new Failure("it listed without the proxy");
        return `listed ${JOBS} jobs through ${proxy.tunnels()} tunnels`;
      } finally {
        proxy.close();
      }
    },
  },
];
