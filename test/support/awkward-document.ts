// biome-ignore-all lint/suspicious/noTemplateCurlyInString: text that looks like a template is what is tested
/** A document with names and texts that have a meaning of their own in generated code. */

/** Text that would end a comment, a string, a template or a line of the code around it. */
export const HOSTILE = "*/ \"'`${process.exit(9)}\\ \r\n// </script>\n@ts-ignore \u2028 \u{1f4e6}";
/** The JSON of an object with a member `then`: a promise must not take the object for another promise. */
export const THENABLE = '{"then":"then"}';
export const NAMES = [
  ..."class default delete new enum async await length name then toJSON 1 01 1e3 -1 2nd * a.b a-b".split(" "),
  ...["a b", "naïve", "日本", 'quo"te', "back`tick", "new\nline", "dollar${x}", "back\\slash", "*/", "\u2028"],
  // The generator removes this member, and the text after it, from Ajv's code.
  ",schemaPath:",
];
export const ENUM = [...NAMES, "", "\n// not a comment\n", "'", true, false, 0, -1.5, null];
export const IDS = ["Default", "Class", "Function", "New", "Await", "Constructor2", "Arguments", "Eval", "Undefined"];
const SCHEMAS = [
  "Date",
  "Promise",
  "Array",
  "Response",
  "KMSKey",
  "Kms_Key",
  "simple-user",
  "foo.bar",
  "default",
  "string",
];

const members = Object.fromEntries(NAMES.map((name) => [name, { type: "string", description: HOSTILE }]));
const success = { 200: { description: HOSTILE, content: { "application/json": { schema: ref("Everything") } } } };

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

export const AWKWARD = {
  openapi: "3.1.0",
  info: { title: HOSTILE, version: "1", "x-service-id": "Awkward", "x-retired": { on: HOSTILE, notice: HOSTILE } },
  servers: [{ url: "https://awkward.example.com" }],
  security: [{ sigv4: [] }],
  paths: {
    ...Object.fromEntries(
      IDS.map((operationId) => [
        `/${operationId}`,
        { get: { operationId, description: HOSTILE, deprecated: true, responses: success } },
      ]),
    ),
    "/a'(b)~c!$&*+,;=@%C3%A9:{class}.json": {
      put: {
        operationId: "PutEverything",
        summary: HOSTILE,
        parameters: [
          { name: "class", in: "path", required: true, schema: { type: "string" } },
          {
            name: "enum[]",
            in: "query",
            description: HOSTILE,
            schema: { type: "array", items: { enum: ["a", "b"], type: "string" } },
          },
          { name: "If-Match", in: "header", schema: { type: "string", pattern: "^[^*/`]+$" } },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["delete"], properties: without(members, "class") },
            },
          },
        },
        responses: {
          ...success,
          default: { description: "-", content: { "application/json": { schema: ref("error-v.2") } } },
        },
      },
    },
  },
  components: {
    securitySchemes: signingScheme(),
    schemas: {
      ...Object.fromEntries(
        SCHEMAS.map((name) => [name, { type: "object", properties: { self: ref(name), at: { type: "string" } } }]),
      ),
      When: { type: "number", format: "epoch-seconds" },
      Mixed: { enum: ENUM, description: HOSTILE },
      Everything: {
        type: "object",
        properties: {
          ...members,
          mixed: ref("Mixed"),
          date: ref("Date"),
          when: ref("When"),
          text: { type: "string", pattern: "^[*/`${}'\"\\\\\\n]*$", default: HOSTILE, examples: [HOSTILE] },
        },
      },
      "error-v.2": { type: "object", description: HOSTILE, properties: { message: { type: "string" } } },
    },
  },
};

function without(from: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = from;
  return rest;
}

export function signingScheme(): unknown {
  const scheme = { type: "apiKey", in: "header", name: "Authorization" };
  return { sigv4: { ...scheme, "x-amazon-apigateway-authtype": "awsSigv4", "x-signing-name": "awkward" } };
}
