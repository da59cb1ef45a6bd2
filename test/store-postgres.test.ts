/** The store in a PostgreSQL in this process. */
import { storeContract } from "./support/store-contract.ts";
import { pgliteEngine } from "./support/store-engines.ts";

storeContract("in-process PostgreSQL", pgliteEngine);
