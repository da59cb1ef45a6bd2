/** An instance of the endpoint: serves the store `TARGET` with the key in AWS's environment, and prints its URL. */
import { serve } from "../../src/endpoint/index.ts";

const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = process.env;
const { url } = await serve({ store: process.argv[2], credentials: { accessKeyId, secretAccessKey } });
console.log(url);
