/** The store in PostgreSQL: one in this process, and the server at TEST_POSTGRES_URL where there is one. */
import { storeContract } from "./support/store-contract.ts";
import { pgliteEngine, postgresEngine } from "./support/store-engines.ts";

storeContract("in-process PostgreSQL", pgliteEngine);

const url = process.env.TEST_POSTGRES_URL;
if (url) storeContract("PostgreSQL", async () => postgresEngine(url));
else console.log("left out: the store on a PostgreSQL server, since TEST_POSTGRES_URL is not set");
