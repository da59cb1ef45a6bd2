// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
// @ts-nocheck: compiled from JSON Schema by Ajv.

import type { Validator } from "./validators.js";

export const items: { listModelPackagingJobs: Validator } = {
  listModelPackagingJobs: /* @__PURE__ */ (() => {
    function codePoints(text) {
      return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
    }
    var schema32 = { "type": "object", "description": "The facts about a packaging job. Any member may be missing.", "properties": { "JobName": { "type": "string", "description": "The name of the job.", "minLength": 1, "maxLength": 64, "pattern": "^[a-zA-Z0-9-]+$" }, "ProjectName": { "description": "The project of the packaged model.", "$ref": "#/components/schemas/ProjectName" }, "ModelVersion": { "type": "string", "description": "The version of the packaged model, a number or `latest`.", "minLength": 1, "maxLength": 10, "pattern": "^([1-9][0-9]*|latest)$" }, "ModelPackagingJobDescription": { "type": "string", "description": "The description that the creator of the job gave.", "minLength": 1, "maxLength": 256, "pattern": "^[a-zA-Z0-9-_. ()':,;?]+$" }, "ModelPackagingMethod": { "type": "string", "description": "The method of packaging. AWS used `GreengrassV2` only.", "minLength": 1, "maxLength": 32, "pattern": "^[a-zA-Z0-9]+$" }, "Status": { "type": "string", "description": "The status of the job.", "enum": ["CREATED", "RUNNING", "SUCCEEDED", "FAILED"] }, "StatusMessage": { "type": "string", "description": "More about the status, in words." }, "CreationTimestamp": { "description": "The time when the job was created. Epoch seconds on the wire, a `Date` in the client's methods.", "$ref": "#/components/schemas/Timestamp" }, "LastUpdatedTimestamp": { "description": "The time when the job last changed. Epoch seconds on the wire, a `Date` in the client's methods.", "$ref": "#/components/schemas/Timestamp" } } };
    var pattern4 = new RegExp("^[a-zA-Z0-9-]+$", "u");
    var pattern5 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$", "u");
    var pattern6 = new RegExp("^([1-9][0-9]*|latest)$", "u");
    var pattern7 = new RegExp("^[a-zA-Z0-9-_. ()':,;?]+$", "u");
    var pattern8 = new RegExp("^[a-zA-Z0-9]+$", "u");
    function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
      let vErrors = null;
      let errors = 0;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.JobName !== void 0) {
          let data0 = data.JobName;
          if (typeof data0 === "string") {
            if (codePoints(data0) > 64) {
              (vErrors ??= []).push({ instancePath: instancePath + "/JobName", keyword: "maxLength", params: { limit: 64 } });
              errors++;
            }
            if (codePoints(data0) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/JobName", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern4.test(data0)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/JobName", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9-]+$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/JobName", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.ProjectName !== void 0) {
          let data1 = data.ProjectName;
          if (typeof data1 === "string") {
            if (codePoints(data1) > 255) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ProjectName", keyword: "maxLength", params: { limit: 255 } });
              errors++;
            }
            if (codePoints(data1) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ProjectName", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern5.test(data1)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ProjectName", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/ProjectName", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.ModelVersion !== void 0) {
          let data2 = data.ModelVersion;
          if (typeof data2 === "string") {
            if (codePoints(data2) > 10) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelVersion", keyword: "maxLength", params: { limit: 10 } });
              errors++;
            }
            if (codePoints(data2) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelVersion", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern6.test(data2)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelVersion", keyword: "pattern", params: { pattern: "^([1-9][0-9]*|latest)$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/ModelVersion", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.ModelPackagingJobDescription !== void 0) {
          let data3 = data.ModelPackagingJobDescription;
          if (typeof data3 === "string") {
            if (codePoints(data3) > 256) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingJobDescription", keyword: "maxLength", params: { limit: 256 } });
              errors++;
            }
            if (codePoints(data3) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingJobDescription", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern7.test(data3)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingJobDescription", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9-_. ()':,;?]+$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingJobDescription", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.ModelPackagingMethod !== void 0) {
          let data4 = data.ModelPackagingMethod;
          if (typeof data4 === "string") {
            if (codePoints(data4) > 32) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingMethod", keyword: "maxLength", params: { limit: 32 } });
              errors++;
            }
            if (codePoints(data4) < 1) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingMethod", keyword: "minLength", params: { limit: 1 } });
              errors++;
            }
            if (!pattern8.test(data4)) {
              (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingMethod", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9]+$" } });
              errors++;
            }
          } else {
            (vErrors ??= []).push({ instancePath: instancePath + "/ModelPackagingMethod", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.Status !== void 0) {
          let data5 = data.Status;
          if (typeof data5 !== "string") {
            (vErrors ??= []).push({ instancePath: instancePath + "/Status", keyword: "type", params: { type: "string" } });
            errors++;
          }
          if (!(data5 === "CREATED" || data5 === "RUNNING" || data5 === "SUCCEEDED" || data5 === "FAILED")) {
            (vErrors ??= []).push({ instancePath: instancePath + "/Status", keyword: "enum", params: { allowedValues: schema32.properties.Status.enum } });
            errors++;
          }
        }
        if (data.StatusMessage !== void 0) {
          if (typeof data.StatusMessage !== "string") {
            (vErrors ??= []).push({ instancePath: instancePath + "/StatusMessage", keyword: "type", params: { type: "string" } });
            errors++;
          }
        }
        if (data.CreationTimestamp !== void 0) {
          let data7 = data.CreationTimestamp;
          if (!(typeof data7 == "number" && isFinite(data7))) {
            (vErrors ??= []).push({ instancePath: instancePath + "/CreationTimestamp", keyword: "type", params: { type: "number" } });
            errors++;
          }
        }
        if (data.LastUpdatedTimestamp !== void 0) {
          let data8 = data.LastUpdatedTimestamp;
          if (!(typeof data8 == "number" && isFinite(data8))) {
            (vErrors ??= []).push({ instancePath: instancePath + "/LastUpdatedTimestamp", keyword: "type", params: { type: "number" } });
            errors++;
          }
        }
      } else {
        (vErrors ??= []).push({ instancePath, keyword: "type", params: { type: "object" } });
        errors++;
      }
      validate21.errors = vErrors;
      return errors === 0;
    }
    function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
      let vErrors = null;
      let errors = 0;
      if (!validate21(data, { instancePath, parentData, parentDataProperty, rootData })) {
        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
        errors = vErrors.length;
      }
      validate20.errors = vErrors;
      return errors === 0;
    }
    return validate20;
  })(),
};
