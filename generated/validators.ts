// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
// @ts-nocheck: compiled from JSON Schema by Ajv.

/** A fault that a validator found. */
export interface Fault {
  /** The path of the faulty value, as a JSON pointer, for example `/maxResults`. */
  readonly instancePath: string;
  /** The JSON Schema keyword of the broken rule, for example `maximum`. */
  readonly keyword: string;
  /** The figures of the rule, for example `{ comparison: "<=", limit: 100 }`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled validator. It returns whether a value is valid, and leaves the faults in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}

export const validators: { listModelPackagingJobs: Validator } = {
  listModelPackagingJobs: /* @__PURE__ */ (() => {
    function codePoints(text) {
      return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
    }
    var pattern4 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$", "u");
    var pattern5 = new RegExp("^[a-zA-Z0-9/+=]{0,2048}$", "u");
    function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
      let vErrors = null;
      let errors = 0;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.projectName === void 0) {
          (vErrors ??= []).push({ instancePath, keyword: "required", params: { missingProperty: "projectName" } });
          errors++;
        }
        for (const key0 in data) {
          if (!(key0 === "projectName" || key0 === "maxResults" || key0 === "nextToken")) {
            (vErrors ??= []).push({ instancePath, keyword: "additionalProperties", params: { additionalProperty: key0 } });
            errors++;
          }
        }
        if (data.projectName !== void 0) {
          let data0 = data.projectName;
          if (typeof data0 === "string") {
            if (codePoints(data0) > 255) {
              (vErrors ??= []).push({ instancePath: instancePath + "/projectName", keyword: "maxLength", params: { limit: 255 } });
              errors++;
            }
            if (codePoints(data0) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/projectName", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern4.test(data0)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/projectName", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/projectName", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.maxResults !== void 0) {
          let data1 = data.maxResults;
          if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
            (vErrors ??= []).push({ instancePath: instancePath + "/maxResults", keyword: "type", params: { type: "integer" } });
            errors++;
          }
          if (typeof data1 == "number" && isFinite(data1)) {
            if (data1 > 100 || isNaN(data1)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/maxResults", keyword: "maximum", params: { comparison: "<=", limit: 100 } });
              errors++;
            }
            if (data1 < 1 || isNaN(data1)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/maxResults", keyword: "minimum", params: { comparison: ">=", limit: 1 } });
              errors++;
            }
          }
        }
        if (data.nextToken !== void 0) {
          let data2 = data.nextToken;
          if (typeof data2 === "string") {
            if (codePoints(data2) > 2048) {
              (vErrors ??= []).push({ instancePath: instancePath + "/nextToken", keyword: "maxLength", params: { limit: 2048 } });
              errors++;
            }
            if (codePoints(data2) < 0) {
              (vErrors ??= []).push({ instancePath: instancePath + "/nextToken", keyword: "minLength", params: { limit: 0 } });
              errors++;
            }
            if (!pattern5.test(data2)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/nextToken", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9/+=]{0,2048}$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/nextToken", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
      } else {
        (vErrors ??= []).push({ instancePath, keyword: "type", params: { type: "object" } });
        errors++;
      }
      validate20.errors = vErrors;
      return errors === 0;
    }
    return validate20;
  })(),
};
