import { storeContract } from "./support/store-contract.ts";
import { sqliteEngine } from "./support/store-engines.ts";

storeContract("SQLite", async () => sqliteEngine());
