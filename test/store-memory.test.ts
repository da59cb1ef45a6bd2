import { storeContract } from "./support/store-contract.ts";
import { memoryEngine } from "./support/store-engines.ts";

storeContract("memory", async () => memoryEngine);
