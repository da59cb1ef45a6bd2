/** The versions that `npm run field` installs: the newest of November 2026 that run on Node 20.20. */

/** The packages by a short name. */
export const PINS = {
  // in the process
  "opentelemetry-api": "@opentelemetry/api@1.9.1",
  "opentelemetry-http": "@opentelemetry/instrumentation-http@0.223.0",
  "opentelemetry-instrumentation": "@opentelemetry/instrumentation@0.223.0",
  "opentelemetry-node": "@opentelemetry/sdk-trace-node@2.12.1",
  "dd-trace": "dd-trace@5.132.0",
  xray: "aws-xray-sdk-core@3.12.0",
  "nock-13": "nock@13.5.6",
  "nock-14": "nock@14.0.17",
  msw: "msw@2.15.0",
  // proxied
  undici: "undici@7.30.2",
  // bundled
  esbuild: "esbuild@0.28.2",
  webpack: "webpack@5.113.0",
  rspack: "@rspack/core@2.3.4",
  rollup: "rollup@4.68.8",
  "rollup-resolve": "@rollup/plugin-node-resolve@16.0.3",
  "rollup-commonjs": "@rollup/plugin-commonjs@29.0.3",
  vite: "vite@8.4.0",
  ncc: "@vercel/ncc@0.45.0",
  next: "next@16.4.6",
  react: "react@19.3.1",
  "react-dom": "react-dom@19.3.1",
  // tested
  jest: "jest@30.5.2",
  "jest-jsdom": "jest-environment-jsdom@30.5.2",
  "babel-preset-env": "@babel/preset-env@7.29.14",
  vitest: "vitest@4.1.12",
  jsdom: "jsdom@26.1.0",
  "happy-dom": "happy-dom@20.14.6",
  // installed by
  pnpm: "pnpm@10.34.9",
  yarn: "@yarnpkg/cli-dist@4.18.1",
  // run on; the packages of Node, Bun and Deno depend on the machine: see RUNTIMES
  miniflare: "miniflare@4.20260730.0",
  // compiled from
  "types-node": "@types/node@22.20.7",
  "typescript-5.4": "typescript@5.4.5",
  "typescript-5.9": "typescript@5.9.3",
  "typescript-6": "typescript@6.0.3",
  "typescript-7": "typescript@7.0.2",
  "aws-providers-2024": "@aws-sdk/credential-providers@3.716.0",
  "aws-providers-2026": "@aws-sdk/credential-providers@3.1175.0",
} as const;

/** The runtimes by name, as `installRuntime` takes them. */
export const RUNTIMES = {
  "Node 20.19": "node@20.19.6",
  "Node 22.13": "node@22.13.1",
  "Node 22": "node@22.23.5",
  "Node 24": "node@24.22.3",
  "Node 26": "node@26.12.1",
  Bun: "bun@1.4.5",
  Deno: "deno@2.9.6",
} as const;

export type Pin = keyof typeof PINS;
export type RuntimeName = keyof typeof RUNTIMES;
