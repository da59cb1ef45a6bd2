// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
// @ts-nocheck: compiled from JSON Schema by Ajv.

/** One fault: the place as a JSON Pointer, the JSON Schema keyword, and the figures of the rule. */
export interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** True, or false with every fault in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}

export const validators: { listModelPackagingJobs: Validator } = {
  listModelPackagingJobs: /* @__PURE__ */ (() => {
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __commonJS = (cb, mod) => function __require() {
    try {
      return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
    } catch (e) {
      throw mod = 0, e;
    }
  };
  var require_ucs2length = __commonJS({
    "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
      "use strict";
      Object.defineProperty(exports, "__esModule", { value: true });
      function ucs2length(str) {
        const len = str.length;
        let length = 0;
        let pos = 0;
        let value;
        while (pos < len) {
          length++;
          value = str.charCodeAt(pos++);
          if (value >= 55296 && value <= 56319 && pos < len) {
            value = str.charCodeAt(pos);
            if ((value & 64512) === 56320)
              pos++;
          }
        }
        return length;
      }
      exports.default = ucs2length;
    }
  });
  var require_stdin = __commonJS({
    "<stdin>"(exports, module) {
      module.exports = validate20;
      module.exports.default = validate20;
      var func1 = require_ucs2length().default;
      var pattern4 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$", "u");
      var pattern5 = new RegExp("^[a-zA-Z0-9/+=]{0,2048}$", "u");
      function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
        let vErrors = null;
        let errors = 0;
        const evaluated0 = validate20.evaluated;
        if (evaluated0.dynamicProps) {
          evaluated0.props = void 0;
        }
        if (evaluated0.dynamicItems) {
          evaluated0.items = void 0;
        }
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.projectName === void 0) {
            const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "projectName" } };
            if (vErrors === null) {
              vErrors = [err0];
            } else {
              vErrors.push(err0);
            }
            errors++;
          }
          for (const key0 in data) {
            if (!(key0 === "projectName" || key0 === "maxResults" || key0 === "nextToken")) {
              const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          }
          if (data.projectName !== void 0) {
            let data0 = data.projectName;
            if (typeof data0 === "string") {
              if (func1(data0) > 255) {
                const err2 = { instancePath: instancePath + "/projectName", schemaPath: "#/components/schemas/ProjectName/maxLength", keyword: "maxLength", params: { limit: 255 } };
                if (vErrors === null) {
                  vErrors = [err2];
                } else {
                  vErrors.push(err2);
                }
                errors++;
              }
              if (func1(data0) < 1) {
                const err3 = { instancePath: instancePath + "/projectName", schemaPath: "#/components/schemas/ProjectName/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
              if (!pattern4.test(data0)) {
                const err4 = { instancePath: instancePath + "/projectName", schemaPath: "#/components/schemas/ProjectName/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$" } };
                if (vErrors === null) {
                  vErrors = [err4];
                } else {
                  vErrors.push(err4);
                }
                errors++;
              }
            } else {
              const err5 = { instancePath: instancePath + "/projectName", schemaPath: "#/components/schemas/ProjectName/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
          }
          if (data.maxResults !== void 0) {
            let data1 = data.maxResults;
            if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)))) {
              const err6 = { instancePath: instancePath + "/maxResults", schemaPath: "#/properties/maxResults/type", keyword: "type", params: { type: "integer" } };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            if (typeof data1 == "number") {
              if (data1 > 100 || isNaN(data1)) {
                const err7 = { instancePath: instancePath + "/maxResults", schemaPath: "#/properties/maxResults/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } };
                if (vErrors === null) {
                  vErrors = [err7];
                } else {
                  vErrors.push(err7);
                }
                errors++;
              }
              if (data1 < 1 || isNaN(data1)) {
                const err8 = { instancePath: instancePath + "/maxResults", schemaPath: "#/properties/maxResults/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
          }
          if (data.nextToken !== void 0) {
            let data2 = data.nextToken;
            if (typeof data2 === "string") {
              if (func1(data2) > 2048) {
                const err9 = { instancePath: instancePath + "/nextToken", schemaPath: "#/components/schemas/PageToken/maxLength", keyword: "maxLength", params: { limit: 2048 } };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
              if (func1(data2) < 0) {
                const err10 = { instancePath: instancePath + "/nextToken", schemaPath: "#/components/schemas/PageToken/minLength", keyword: "minLength", params: { limit: 0 } };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
              if (!pattern5.test(data2)) {
                const err11 = { instancePath: instancePath + "/nextToken", schemaPath: "#/components/schemas/PageToken/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9/+=]{0,2048}$" } };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            } else {
              const err12 = { instancePath: instancePath + "/nextToken", schemaPath: "#/components/schemas/PageToken/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        } else {
          const err13 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        validate20.errors = vErrors;
        return errors === 0;
      }
      validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
    }
  });
  return require_stdin();
})(),
};
