/** The store on the server at TEST_POSTGRES_URL, in databases that order text by bytes and by language. */
import { storeContract } from "./support/store-contract.ts";
import { postgresEngine } from "./support/store-engines.ts";
import { makeDatabase } from "./support/store-postgres-parts.ts";

const url = process.env.TEST_POSTGRES_URL;
if (url) {
  const templates = {
    "an order by bytes": "LC_COLLATE 'C' LOCALE_PROVIDER libc",
    "ICU's order": "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'",
  };
  for (const [order, options] of Object.entries(templates))
    storeContract(`PostgreSQL with ${order}`, async () => {
      const database = await makeDatabase(url, { options: `TEMPLATE template0 ${options}` });
      const engine = postgresEngine(database.url);
      return { ...engine, dispose: () => database.dispose() };
    });
} else console.log("left out: the store on a PostgreSQL server, since TEST_POSTGRES_URL is not set");
