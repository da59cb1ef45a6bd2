/** The version of this package, as `User-Agent` names it. `npm run version` keeps it at package.json's. */
export const version = "0.1.0";
