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

export const items: { listModelPackagingJobs: Validator } = {
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
      var schema32 = { "type": "object", "description": "What is known of one packaging job. Any member may be missing.", "properties": { "JobName": { "type": "string", "description": "The name of the job.", "minLength": 1, "maxLength": 64, "pattern": "^[a-zA-Z0-9-]+$" }, "ProjectName": { "description": "The project of the packaged model.", "$ref": "#/components/schemas/ProjectName" }, "ModelVersion": { "type": "string", "description": "The version of the packaged model, a number or `latest`.", "minLength": 1, "maxLength": 10, "pattern": "^([1-9][0-9]*|latest)$" }, "ModelPackagingJobDescription": { "type": "string", "description": "What its creator wrote about the job.", "minLength": 1, "maxLength": 256, "pattern": "^[a-zA-Z0-9-_. ()':,;?]+$" }, "ModelPackagingMethod": { "type": "string", "description": "What the model was packaged with. AWS only ever used `GreengrassV2`.", "minLength": 1, "maxLength": 32, "pattern": "^[a-zA-Z0-9]+$" }, "Status": { "type": "string", "description": "How far the job has come.", "enum": ["CREATED", "RUNNING", "SUCCEEDED", "FAILED"] }, "StatusMessage": { "type": "string", "description": "More about the status, in words." }, "CreationTimestamp": { "description": "When the job was created.", "$ref": "#/components/schemas/Timestamp" }, "LastUpdatedTimestamp": { "description": "When the job last changed.", "$ref": "#/components/schemas/Timestamp" } } };
      var func1 = require_ucs2length().default;
      var pattern4 = new RegExp("^[a-zA-Z0-9-]+$", "u");
      var pattern5 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$", "u");
      var pattern6 = new RegExp("^([1-9][0-9]*|latest)$", "u");
      var pattern7 = new RegExp("^[a-zA-Z0-9-_. ()':,;?]+$", "u");
      var pattern8 = new RegExp("^[a-zA-Z0-9]+$", "u");
      function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
        let vErrors = null;
        let errors = 0;
        const evaluated0 = validate21.evaluated;
        if (evaluated0.dynamicProps) {
          evaluated0.props = void 0;
        }
        if (evaluated0.dynamicItems) {
          evaluated0.items = void 0;
        }
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.JobName !== void 0) {
            let data0 = data.JobName;
            if (typeof data0 === "string") {
              if (func1(data0) > 64) {
                const err0 = { instancePath: instancePath + "/JobName", schemaPath: "#/properties/JobName/maxLength", keyword: "maxLength", params: { limit: 64 } };
                if (vErrors === null) {
                  vErrors = [err0];
                } else {
                  vErrors.push(err0);
                }
                errors++;
              }
              if (func1(data0) < 1) {
                const err1 = { instancePath: instancePath + "/JobName", schemaPath: "#/properties/JobName/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err1];
                } else {
                  vErrors.push(err1);
                }
                errors++;
              }
              if (!pattern4.test(data0)) {
                const err2 = { instancePath: instancePath + "/JobName", schemaPath: "#/properties/JobName/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9-]+$" } };
                if (vErrors === null) {
                  vErrors = [err2];
                } else {
                  vErrors.push(err2);
                }
                errors++;
              }
            } else {
              const err3 = { instancePath: instancePath + "/JobName", schemaPath: "#/properties/JobName/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          }
          if (data.ProjectName !== void 0) {
            let data1 = data.ProjectName;
            if (typeof data1 === "string") {
              if (func1(data1) > 255) {
                const err4 = { instancePath: instancePath + "/ProjectName", schemaPath: "#/components/schemas/ProjectName/maxLength", keyword: "maxLength", params: { limit: 255 } };
                if (vErrors === null) {
                  vErrors = [err4];
                } else {
                  vErrors.push(err4);
                }
                errors++;
              }
              if (func1(data1) < 1) {
                const err5 = { instancePath: instancePath + "/ProjectName", schemaPath: "#/components/schemas/ProjectName/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
              if (!pattern5.test(data1)) {
                const err6 = { instancePath: instancePath + "/ProjectName", schemaPath: "#/components/schemas/ProjectName/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$" } };
                if (vErrors === null) {
                  vErrors = [err6];
                } else {
                  vErrors.push(err6);
                }
                errors++;
              }
            } else {
              const err7 = { instancePath: instancePath + "/ProjectName", schemaPath: "#/components/schemas/ProjectName/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          }
          if (data.ModelVersion !== void 0) {
            let data2 = data.ModelVersion;
            if (typeof data2 === "string") {
              if (func1(data2) > 10) {
                const err8 = { instancePath: instancePath + "/ModelVersion", schemaPath: "#/properties/ModelVersion/maxLength", keyword: "maxLength", params: { limit: 10 } };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
              if (func1(data2) < 1) {
                const err9 = { instancePath: instancePath + "/ModelVersion", schemaPath: "#/properties/ModelVersion/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
              if (!pattern6.test(data2)) {
                const err10 = { instancePath: instancePath + "/ModelVersion", schemaPath: "#/properties/ModelVersion/pattern", keyword: "pattern", params: { pattern: "^([1-9][0-9]*|latest)$" } };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
            } else {
              const err11 = { instancePath: instancePath + "/ModelVersion", schemaPath: "#/properties/ModelVersion/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          }
          if (data.ModelPackagingJobDescription !== void 0) {
            let data3 = data.ModelPackagingJobDescription;
            if (typeof data3 === "string") {
              if (func1(data3) > 256) {
                const err12 = { instancePath: instancePath + "/ModelPackagingJobDescription", schemaPath: "#/properties/ModelPackagingJobDescription/maxLength", keyword: "maxLength", params: { limit: 256 } };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
              if (func1(data3) < 1) {
                const err13 = { instancePath: instancePath + "/ModelPackagingJobDescription", schemaPath: "#/properties/ModelPackagingJobDescription/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
              if (!pattern7.test(data3)) {
                const err14 = { instancePath: instancePath + "/ModelPackagingJobDescription", schemaPath: "#/properties/ModelPackagingJobDescription/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9-_. ()':,;?]+$" } };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            } else {
              const err15 = { instancePath: instancePath + "/ModelPackagingJobDescription", schemaPath: "#/properties/ModelPackagingJobDescription/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
          if (data.ModelPackagingMethod !== void 0) {
            let data4 = data.ModelPackagingMethod;
            if (typeof data4 === "string") {
              if (func1(data4) > 32) {
                const err16 = { instancePath: instancePath + "/ModelPackagingMethod", schemaPath: "#/properties/ModelPackagingMethod/maxLength", keyword: "maxLength", params: { limit: 32 } };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
              if (func1(data4) < 1) {
                const err17 = { instancePath: instancePath + "/ModelPackagingMethod", schemaPath: "#/properties/ModelPackagingMethod/minLength", keyword: "minLength", params: { limit: 1 } };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
              if (!pattern8.test(data4)) {
                const err18 = { instancePath: instancePath + "/ModelPackagingMethod", schemaPath: "#/properties/ModelPackagingMethod/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9]+$" } };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            } else {
              const err19 = { instancePath: instancePath + "/ModelPackagingMethod", schemaPath: "#/properties/ModelPackagingMethod/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          }
          if (data.Status !== void 0) {
            let data5 = data.Status;
            if (typeof data5 !== "string") {
              const err20 = { instancePath: instancePath + "/Status", schemaPath: "#/properties/Status/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
            if (!(data5 === "CREATED" || data5 === "RUNNING" || data5 === "SUCCEEDED" || data5 === "FAILED")) {
              const err21 = { instancePath: instancePath + "/Status", schemaPath: "#/properties/Status/enum", keyword: "enum", params: { allowedValues: schema32.properties.Status.enum } };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          }
          if (data.StatusMessage !== void 0) {
            if (typeof data.StatusMessage !== "string") {
              const err22 = { instancePath: instancePath + "/StatusMessage", schemaPath: "#/properties/StatusMessage/type", keyword: "type", params: { type: "string" } };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
          }
          if (data.CreationTimestamp !== void 0) {
            if (!(typeof data.CreationTimestamp == "number")) {
              const err23 = { instancePath: instancePath + "/CreationTimestamp", schemaPath: "#/components/schemas/Timestamp/type", keyword: "type", params: { type: "number" } };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
          }
          if (data.LastUpdatedTimestamp !== void 0) {
            if (!(typeof data.LastUpdatedTimestamp == "number")) {
              const err24 = { instancePath: instancePath + "/LastUpdatedTimestamp", schemaPath: "#/components/schemas/Timestamp/type", keyword: "type", params: { type: "number" } };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            }
          }
        } else {
          const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
        validate21.errors = vErrors;
        return errors === 0;
      }
      validate21.evaluated = { "props": { "JobName": true, "ProjectName": true, "ModelVersion": true, "ModelPackagingJobDescription": true, "ModelPackagingMethod": true, "Status": true, "StatusMessage": true, "CreationTimestamp": true, "LastUpdatedTimestamp": true }, "dynamicProps": false, "dynamicItems": false };
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
        if (!validate21(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
          vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
          errors = vErrors.length;
        }
        validate20.errors = vErrors;
        return errors === 0;
      }
      validate20.evaluated = { "props": { "JobName": true, "ProjectName": true, "ModelVersion": true, "ModelPackagingJobDescription": true, "ModelPackagingMethod": true, "Status": true, "StatusMessage": true, "CreationTimestamp": true, "LastUpdatedTimestamp": true }, "dynamicProps": false, "dynamicItems": false };
    }
  });
  return require_stdin();
})(),
};
