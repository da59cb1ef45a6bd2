/** The file of a SQLite store: its handles, its mode, media that cannot be written, and a file put in its place. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore } from "../src/endpoint/stores/index.ts";
import { stored } from "./support/endpoint-jobs.ts";
import { record } from "./support/store-contract.ts";
import { tick } from "./support/wait.ts";

const test = suite("a SQLite store's file");
const folder = mkdtempSync(join(tmpdir(), "store-sqlite-files-"));
test.after(() => rmSync(folder, { recursive: true }));

/** Makes a store with the record `a` in it. */
async function makeStore(path: string): Promise<void> {
  const store = await openStore(path);
  await store.write((writer) => writer.put([record("a")]));
  await store.close();
}

test("is let go of when the store closes", async () => {
  const handles = () => readdirSync("/dev/fd").length;
  const path = (at: number) => join(folder, `${at}.db`);
  await makeStore(path(0));
  const before = handles();
  for (let at = 1; at <= 50; at++) await makeStore(path(at));
  // Other parts of the process may close one of their own meanwhile.
  assert.ok(handles() <= before, `${handles()} handles, ${before} before`);
  assert.not.ok(existsSync(`${path(1)}-wal`), "the log is left beside the file");
});

test("may have any name, also one that SQLite could take for a URL", async () => {
  const named = mkdtempSync(join(folder, "named-"));
  const names = ["file:a.db", "file:a.db?mode=ro", "a?b.db", "a?mode=memory", "a#b", "a%41", "a%zz", " ", ":memory:"];
  names.push("it's", 'q"uote', "\\back", "a\nb", "ü😀");
  for (const name of names) {
    const path = join(named, name);
    await makeStore(path);
    const store = await openStore(path);
    assert.is((await stored(store, "boards"))?.length, 1, name);
    await store.close();
  }
  assert.equal(readdirSync(named).sort(), names.sort());
});

test("is no longer served when another one has taken its place", async () => {
  const path = join(folder, "replaced.db");
  await makeStore(path);
  copyFileSync(path, `${path}.copy`);
  const store = await openStore(path);
  assert.is((await stored(store, "boards"))?.length, 1);
  renameSync(`${path}.copy`, path);
  await tick(1001);
  const told = `${path} was replaced or removed since it was opened. Start again to use it.`;
  for (const use of [
    () => store.page("boards", { limit: 1 }),
    async () => store.version?.(),
    () => store.ping(),
    () => store.write(async () => undefined),
  ]) {
    const outcome: unknown = await use().catch((error) => error);
    assert.instance(outcome, Error);
    const error = outcome as Error;
    assert.is(error.name, "StoreUnavailableError");
    assert.is(error.message, told);
  }
  await store.close();
});

/** Lists a store and writes to it in a process of another user, and gives what it printed. */
function useAs(uid: number | undefined, path: string): string {
  const code = `
    import { openStore } from ${JSON.stringify(new URL("../src/endpoint/stores/index.ts", import.meta.url).href)};
    ${uid === undefined ? "" : `process.setgid(${uid}); process.setuid(${uid});`}
    try {
      const store = await openStore(${JSON.stringify(path)});
      console.log((await store.page("boards", { limit: 9 }))?.bodies.length > 0 ? "read" : "empty");
      await store.write((writer) => writer.putCollection("b")).catch((error) => console.log(error.name, error.message));
      await store.close();
    } catch (error) { console.log(error.name, error.message); }`;
  const args = ["--no-warnings", "--import", "tsx", "--input-type=module", "-e", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return stdout + stderr;
}

if (process.getuid?.() === 0) {
  const NOBODY = 65_534;

  test("is served to a user who may only read it", async () => {
    const shared = mkdtempSync(join(tmpdir(), "store-shared-"));
    const path = join(shared, "jobs.db");
    await makeStore(path);
    try {
      spawnSync("chmod", ["755", shared]);
      assert.is(useAs(NOBODY, path), `StoreError Cannot open the store ${path}: permission is denied.\n`);
      spawnSync("chmod", ["644", path]);
      // SQLite can make no index of the log in this folder, and so cannot tell whether another process writes.
      assert.is(useAs(NOBODY, path), `StoreError Cannot open the store ${path}: permission is denied.\n`);
      spawnSync("chmod", ["777", shared]);
      assert.is(useAs(NOBODY, path), `read\nStoreError The store ${path} cannot be written: permission is denied.\n`);
    } finally {
      rmSync(shared, { recursive: true });
    }
  });

  /** A file system of 1 MB. */
  const mounted = join(folder, "mounted");
  mkdirSync(mounted);
  const mount = () => spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mounted]).status === 0;
  const unmount = () => spawnSync("umount", [mounted]);
  if (mount()) {
    unmount();

    test("keeps what it has when its disk is full, and says what to do", async () => {
      const path = join(mounted, "jobs.db");
      const told = (reason: string) =>
        `The disk of ${path} is full, or fails (${reason}). Nothing was written: make room on it, and try again.`;
      mount();
      try {
        await makeStore(path);
        const store = await openStore(path);
        const large = Array.from({ length: 2000 }, (_, at) => record(`large-${at}`, { body: `"${"x".repeat(1000)}"` }));
        const error = await store.write((writer) => writer.put(large)).catch((error) => error);
        assert.equal([error.name, error.message], ["StoreError", told("database or disk is full")]);
        await store.write((writer) => writer.put([record("b")]));
        assert.is((await stored(store, "boards"))?.length, 2);
        await store.close();
        assert.throws(() => writeFileSync(join(mounted, "filling"), Buffer.alloc(1 << 20)), /ENOSPC/);
        const refused = await openStore(path).catch((error) => error);
        assert.equal([refused.name, refused.message], ["StoreError", told("disk I/O error")]);
        rmSync(join(mounted, "filling"));
        const again = await openStore(path);
        assert.is((await stored(again, "boards"))?.length, 2);
        await again.close();
      } finally {
        unmount();
      }
    });

    test("is served from a read-only medium, unless its last changes are still in the log", async () => {
      const path = join(mounted, "jobs.db");
      mount();
      try {
        await makeStore(path);
        const store = await openStore(path);
        await store.write((writer) => writer.put([record("b")]));
        mkdirSync(join(mounted, "killed"));
        for (const name of readdirSync(mounted).filter((name) => name.startsWith("jobs.db")))
          copyFileSync(join(mounted, name), join(mounted, "killed", name));
        await store.close();
        assert.is(spawnSync("mount", ["-o", "remount,ro", mounted]).status, 0);
        const readOnly = "the file system is read-only";
        assert.is(useAs(undefined, path), `read\nStoreError The store ${path} cannot be written: ${readOnly}.\n`);
        const killed = join(mounted, "killed", "jobs.db");
        const advice = `its last changes are in ${killed}-wal. Open it once where it can be written`;
        assert.is(
          useAs(undefined, killed),
          `StoreError Cannot open the store ${killed}: ${readOnly}, and ${advice}.\n`,
        );
        const missing = join(mounted, "missing.db");
        assert.is(useAs(undefined, missing), `StoreError Cannot open the store ${missing}: ${readOnly}.\n`);
      } finally {
        unmount();
      }
    });
  } else console.log("left out: a store on a read-only or a full medium, since this machine mounts none");
} else console.log("left out: a store that may only be read, since this user is not root");

test.run();
