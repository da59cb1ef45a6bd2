/** What the generator refuses: one change to fixtures/specs/things.yaml each, and what is said of it. */

/** What it is; where to put it and what (`undefined` takes it out); what the fault says; where, if elsewhere. */
export type Construct = readonly [what: string, at: string, value: unknown, says: RegExp, fault?: string];

const PATH = "#/paths/~1things~1{id}";
const GET = `${PATH}/get`;
const PUT = `${PATH}/put`;
const PARAMETER = `${GET}/parameters/0`;
const OUTPUT = `${GET}/responses/200/content/application~1json/schema`;
const ERROR = `${GET}/responses/400/content/application~1json/schema`;
const BODY = `${PUT}/requestBody/content/application~1json/schema`;
const SCHEMAS = "#/components/schemas";
const SCHEME = "#/components/securitySchemes/sigv4";

const TIME = { $ref: "#/components/schemas/Time" };
const TEXT = { type: "string" };
const query = (more: object) => ({ name: "after", in: "query", schema: TEXT, ...more });
const header = (name: string) => ({ name, in: "header", schema: TEXT });
const operation = (operationId: string) => ({ operationId, responses: { 204: { description: "Done." } } });
const json = (schema: unknown) => ({ description: "An answer.", content: { "application/json": { schema } } });

const DOCUMENT: Construct[] = [
  ["OpenAPI 3.0", "#/openapi", "3.0.3", /must be an OpenAPI version of 3\.1/],
  ["an OpenAPI version that is a number", "#/openapi", 3.1, /for example 3\.1\.0/],
  ["no OpenAPI version", "#/openapi", undefined, /not undefined/],
  ["another schema dialect", "#/jsonSchemaDialect", "http://json-schema.org/draft-07/schema#", /dialect/],
  ["no operation", "#/paths", {}, /no operation/],
  ["a path that is null", PATH, null, /expected .*object/i],
  ["a misspelt keyword", `${SCHEMAS}/Name/maxLenght`, 5, /`maxLenght` is not expected/],
  ["a keyword of the wrong type", `${SCHEMAS}/Name/maxLength`, "5", /expected .*integer.* got .*string/i],
  ["a type that JSON does not have", `${SCHEMAS}/Name/type`, "text", /can be one of/],
  ["x-paginated of a path", `${PATH}/x-paginated`, {}, /an operation only/],
  ["x-retryable of a response", "#/components/responses/Bad/x-retryable", true, /schema of components\/schemas only/],
  ["x-service-id beside info", "#/x-service-id", "Things", /info only/],
];

const REFERENCES: Construct[] = [
  [
    "a reference to a file",
    `${SCHEMAS}/Name`,
    { $ref: "other.yaml#/Name" },
    /into this document/,
    `${SCHEMAS}/Name/$ref`,
  ],
  ["a reference to a URL", `${SCHEMAS}/Name/$ref`, "https://example.com/a.json", /into this document/],
  [
    "a reference to nowhere",
    `${SCHEMAS}/Thing`,
    { $ref: "#/components/schemas/No" },
    /does not exist/,
    `${SCHEMAS}/Thing/$ref`,
  ],
  [
    "a reference into a schema",
    `${PUT}/x-a`,
    { $ref: `${SCHEMAS}/Thing/properties/name` },
    /not supported/,
    `${PUT}/x-a/$ref`,
  ],
  [
    "a reference that is a loop",
    `${SCHEMAS}/Name`,
    { $ref: "#/components/schemas/Name" },
    /leads back/,
    `${SCHEMAS}/Name/$ref`,
  ],
  [
    "a schema in place of a response",
    `${GET}/responses/404`,
    TIME,
    /components\/responses/,
    `${GET}/responses/404/$ref`,
  ],
  ["a path that is a reference", `${PATH}`, { $ref: "#/components/pathItems/A" }, /does not exist/, `${PATH}/$ref`],
  ["a rule beside a reference", `${BODY}/properties/name/maxLength`, 5, /beside a \$ref/],
];

const DIALECT: Construct[] = [
  ["$id", `${SCHEMAS}/Name/$id`, "https://example.com/name", /remove it/],
  ["$anchor", `${SCHEMAS}/Name/$anchor`, "name", /remove it/],
  ["$dynamicRef", `${SCHEMAS}/Name/$dynamicRef`, "#name", /use \$ref/],
  ["$defs", `${SCHEMAS}/Name/$defs`, { A: TEXT }, /components\/schemas/],
  ["OpenAPI 3.0's nullable", `${SCHEMAS}/Name/nullable`, true, /not expected here/],
  ["a pattern that does not compile", `${SCHEMAS}/Name/pattern`, "[a-z", /does not compile/],
  ["a pattern that the u flag refuses", `${SCHEMAS}/Name/pattern`, "^[a\\=]$", /u flag/],
  [
    "a pattern for names that does not compile",
    `${SCHEMAS}/Thing/patternProperties`,
    { "(": TEXT },
    /u flag/,
    `${SCHEMAS}/Thing/patternProperties/(`,
  ],
  ["a member named __proto__", `${SCHEMAS}/Thing/properties/__proto__`, TEXT, /every JavaScript object/],
  ["a member named constructor", `${BODY}/properties/constructor`, TEXT, /every JavaScript object/],
  ["a member without a name", `${SCHEMAS}/Thing/properties/`, TEXT, /"" is not supported/],
  ["anyOf beside properties", `${SCHEMAS}/Thing/anyOf`, [TEXT], /beside properties/],
  ["anyOf beside a type", `${SCHEMAS}/Name/anyOf`, [TEXT], /beside type/],
  ["an enum of objects", `${SCHEMAS}/Thing/enum`, [{}], /use oneOf/],
  [
    "a schema that is its own choice",
    `${SCHEMAS}/Self`,
    { oneOf: [TEXT, { $ref: "#/components/schemas/Self" }] },
    /refers to itself/,
  ],
  [
    "a list of itself",
    `${SCHEMAS}/Self`,
    { type: "array", items: { $ref: "#/components/schemas/Self" } },
    /member of an object/,
  ],
  ["a schema named like a generated type", `${SCHEMAS}/ListThingsInput`, TEXT, /rename the schema/],
  ["a schema named like a type that is used", `${SCHEMAS}/Record`, TEXT, /rename the schema/],
];

const PARAMETERS: Construct[] = [
  ["a cookie", `${PARAMETER}/in`, "cookie", /parameters in cookie/],
  ["a style other than form", `${PARAMETER}/style`, "pipeDelimited", /only form/],
  ["a list that is not exploded", `${PARAMETER}/explode`, false, /leave it out/],
  ["an object in the query", `${PARAMETER}/schema`, { type: "object" }, /must be of type string/],
  [
    "a list of lists in the query",
    `${PARAMETER}/schema`,
    { type: "array", items: { type: "array" } },
    /must be of type string/,
  ],
  ["a list in a header", `${GET}/parameters/2/schema`, { type: "array", items: TEXT }, /must be of type string/],
  ["a parameter of no type", `${PARAMETER}/schema`, {}, /not "unknown"/],
  [
    "a parameter of two types",
    `${PARAMETER}/schema/type`,
    ["string", "integer"],
    /must be of type/,
    `${PARAMETER}/schema`,
  ],
  ["null in a parameter", `${PARAMETER}/schema/type`, ["string", "null"], /null cannot be sent/, `${PARAMETER}/schema`],
  [
    "null in a list of the query",
    `${PARAMETER}/schema`,
    { type: "array", items: { type: ["string", "null"] } },
    /null cannot/,
    `${PARAMETER}/schema/items`,
  ],
  [
    "a parameter with content",
    PARAMETER,
    { name: "after", in: "query", content: { "text/plain": {} } },
    /use schema/,
    `${PARAMETER}/content`,
  ],
  [
    "a parameter without a schema",
    `${PARAMETER}/schema`,
    undefined,
    /schema of the parameter is needed|schema.*content/,
    PARAMETER,
  ],
  ["allowReserved", `${PARAMETER}/allowReserved`, true, /allowReserved is not supported/],
  ["a time in a parameter", `${PARAMETER}/schema`, TIME, /JSON bodies only/],
  ["a query name that a URL would have to escape", `${PARAMETER}/name`, "a&b", /cannot be sent/],
  ["a header name with a space", `${GET}/parameters/2/name`, "X Thing", /cannot be sent/],
  ["a parameter named __proto__", `${PARAMETER}/name`, "__proto__", /every JavaScript object/],
  ["a header that signing sets", `${GET}/parameters/2/name`, "x-amz-date", /set by the client itself/],
  ["a header that the connection sets", `${GET}/parameters/2/name`, "Content-Length", /set by the client itself/],
  ["two headers that differ in case", `${GET}/parameters/3`, header("x-thing"), /header and in the header/],
  ["one name in two places", `${GET}/parameters/0/name`, "id", /path and in the query/, PARAMETER],
  [
    "one name in a parameter and the body",
    `${PUT}/parameters`,
    [query({ name: "name" })],
    /query and in the body/,
    `${BODY}/properties/name`,
  ],
  ["one parameter twice", `${GET}/parameters/3`, query({}), /query and in the query/],
  ["a template without its parameter", `${PATH}/parameters`, [], /\{id\} has no path parameter/, PATH],
  ["a path parameter that may be left out", `${PATH}/parameters/0/required`, false, /required: true/, PATH],
  [
    "a parameter without its template",
    `${GET}/parameters/3`,
    { name: "x", in: "path", required: true, schema: TEXT },
    /has no \{x\}/,
  ],
  ["a path with a query", "#/paths/~1a?b=c", { get: operation("GetA") }, /has no query/],
  ["a path with a dot segment", "#/paths/~1a~1..~1b", { get: operation("GetA") }, /dot segment/],
  ["a path with an escaped dot segment", "#/paths/~1a~1%2E", { get: operation("GetA") }, /dot segment/],
  ["a path that is not escaped", "#/paths/~1é", { get: operation("GetA") }, /have to escape/],
];

const BODIES: Construct[] = [
  ["a body of a GET", `${GET}/requestBody`, { content: { "application/json": { schema: TEXT } } }, /GET cannot carry/],
  ["a body that is no object", BODY, TEXT, /must be of type: object/],
  ["a body of choices", `${BODY}/oneOf`, [TEXT], /list its properties/],
  [
    "a body put together by allOf",
    BODY,
    { allOf: [{ $ref: "#/components/schemas/Thing" }] },
    /flat input/,
    `${BODY}/allOf`,
  ],
  ["a body with other members", `${BODY}/additionalProperties`, TEXT, /flat input/],
  ["a body with a number of members", `${BODY}/minProperties`, 1, /flat input/],
  ["a body without members", BODY, { type: "object" }, /leave the body out/],
  [
    "a body that is not JSON",
    `${PUT}/requestBody/content`,
    { "text/plain": {} },
    /only application\/json/,
    `${PUT}/requestBody/content/text~1plain`,
  ],
  ["a body without a schema", BODY, undefined, /schema of a request body is needed/],
  ["a body of two kinds", `${PUT}/requestBody/content/text~1xml`, {}, /only application\/json/],
  [
    "an optional body with required members",
    `${PUT}/requestBody/required`,
    false,
    /required: true/,
    `${PUT}/requestBody`,
  ],
  ["a required member that is not listed", `${BODY}/required`, ["nome"], /names nome/],
  [
    "a member that is read only",
    `${BODY}/properties/more/properties/inner/readOnly`,
    true,
    /readOnly/,
    `${BODY}/properties/more`,
  ],
  [
    "an idempotency token inside a member",
    `${BODY}/properties/more/properties/inner/x-idempotency-token`,
    true,
    /move it up/,
    `${BODY}/properties/more`,
  ],
  [
    "a second idempotency token",
    `${PUT}/parameters`,
    [query({ "x-idempotency-token": true })],
    /keep one/,
    `${BODY}/properties/token`,
  ],
  [
    "an idempotency token that no UUID fits",
    `${BODY}/properties/token/maxLength`,
    32,
    /loosen them/,
    `${BODY}/properties/token`,
  ],
  [
    "an idempotency token that is a number",
    `${BODY}/properties/token/type`,
    "integer",
    /loosen them/,
    `${BODY}/properties/token`,
  ],
  ["an idempotency token that is neither", `${BODY}/properties/token/x-idempotency-token`, "yes", /true or false/],
];

const ANSWERS: Construct[] = [
  ["no success", `${PUT}/responses`, { 404: { description: "No." } }, /needs one 2xx/],
  ["two successes", `${PUT}/responses/200`, { description: "Yes." }, /keep one/, `${PUT}/responses/204`],
  ["a range of successes", `${PUT}/responses`, { "2XX": { description: "Yes." } }, /range/, `${PUT}/responses/2XX`],
  ["a 204 with a body", `${PUT}/responses/204`, json({ type: "object" }), /remove its content/],
  [
    "an answer that is not JSON",
    `${PUT}/responses/204/content`,
    { "text/html": {} },
    /only application\/json/,
    `${PUT}/responses/204/content/text~1html`,
  ],
  ["an answer that is a list", OUTPUT, { type: "array", items: TEXT }, /must be of type: object/],
  ["an answer of choices", `${OUTPUT}/anyOf`, [{ type: "object" }], /anyOf/],
  ["an answer without a schema", OUTPUT, undefined, /schema of the body is needed/],
  ["an answer with a requestId", `${OUTPUT}/properties/requestId`, TEXT, /requestId/, OUTPUT],
  ["an answer with what is only written", `${SCHEMAS}/Thing/properties/name/writeOnly`, true, /writeOnly/, OUTPUT],
  ["an answer that is a map", `${OUTPUT}/additionalProperties`, TEXT, /top of the body/],
  ["an error without a name", ERROR, { type: "object" }, /must be a \$ref/],
  [
    "an error without a name among several",
    ERROR,
    { anyOf: [{ $ref: "#/components/schemas/BadThing" }, TEXT] },
    /must be a \$ref/,
    `${ERROR}/anyOf/1`,
  ],
  ["an error that is no object", `${SCHEMAS}/BadThing`, TEXT, /an error must be of type: object/],
  [
    "an error that is not JSON",
    `${GET}/responses/400/content`,
    { "text/html": {} },
    /only application\/json/,
    `${GET}/responses/400/content/text~1html`,
  ],
  ["a retryable mark that is neither", `${SCHEMAS}/BadThing/x-retryable`, "sometimes", /throttling: true/],
];

const OPERATIONS: Construct[] = [
  ["no operationId", `${PUT}/operationId`, undefined, /AWS's form/],
  ["an operationId in lower camel case", `${PUT}/operationId`, "putThing", /ListThings/],
  ["an operationId with a hyphen", `${PUT}/operationId`, "Put-Thing", /AWS's form/],
  ["two operations of one name", `${PUT}/operationId`, "ListThings", /rename one|unique/],
  ...["Raw", "Close", "Then", "ToString", "ToJSON", "HasOwnProperty"].map(
    (id): Construct => [`an operation named ${id}`, `${PUT}/operationId`, id, /rename the operation/],
  ),
  ...["head", "options", "trace"].map(
    (method): Construct => [method.toUpperCase(), `${PATH}/${method}`, operation("AskThing"), /is not supported/],
  ),
  ["an operation that is not secured", `${PUT}/security`, [], /every operation is signed/],
  ["an operation that wants a key as well", `${PUT}/security`, [{ sigv4: [], key: [] }], /by itself/],
  ["a document that is not secured", "#/security", undefined, /every operation is signed/],
  ["servers of an operation", `${PUT}/servers`, [{ url: "https://example.com" }], /servers/],
  ["servers of a path", `${PATH}/servers`, [{ url: "https://example.com" }], /servers/],
];

const SERVICE: Construct[] = [
  [
    "no scheme that signs",
    `${SCHEME}/x-amazon-apigateway-authtype`,
    undefined,
    /awsSigv4 is needed/,
    "#/components/securitySchemes",
  ],
  [
    "a second scheme that signs",
    "#/components/securitySchemes/other",
    { type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" },
    /keep one/,
  ],
  ["a scheme that signs in the query", `${SCHEME}/in`, "query", /in: header/, SCHEME],
  ["no signing name", `${SCHEME}/x-signing-name`, undefined, /x-signing-name is needed/, SCHEME],
  ["a signing name with a slash", `${SCHEME}/x-signing-name`, "a/b", /x-signing-name is needed/, SCHEME],
  ["no service id", "#/info/x-service-id", undefined, /x-service-id is needed/],
  ["a service id that no variable can be named after", "#/info/x-service-id", "Things-2", /environment variable/],
  ["x-retired that only says when", "#/info/x-retired", { on: "2025-10-31" }, /on, notice/],
  ["no server", "#/servers", undefined, /a server.* is needed/, "#/servers/0"],
  ["a server without a host", "#/servers/0/url", "/v1", /whole http\(s\) URL/],
  ["a server with a query", "#/servers/0/url", "https://things.example.com?v=1", /without a query/],
  ["a server with an unknown variable", "#/servers/0/url", "https://{stage}.example.com", /\{stage\} has no default/],
];

const PAGED = `${GET}/x-paginated`;
const PAGINATION: Construct[] = [
  ["x-paginated that is a list", PAGED, [], /inputToken, outputToken/],
  ["a misspelt pagination member", `${PAGED}/pagesize`, "size", /rename it/],
  ["pagination without an input token", `${PAGED}/inputToken`, undefined, /inputToken is missing/, PAGED],
  ["an input token that is not there", `${PAGED}/inputToken`, "before", /neither a parameter nor/],
  ["an output token that is not there", `${PAGED}/outputToken`, "After", /not a member of the 200 body/],
  [
    "a nested output token that is not there",
    `${PAGED}/outputToken`,
    "Things.Next",
    /must be of type: object/,
    `${OUTPUT}/properties/Things`,
  ],
  ["tokens of two types", `${OUTPUT}/properties/Next/type`, "integer", /both must be/, `${PAGED}/outputToken`],
  ["a token that is an object", `${OUTPUT}/properties/Next/type`, "object", /both must be/, `${PAGED}/outputToken`],
  ["items that are no list", `${PAGED}/items`, "Next", /must be an array/],
  [
    "items that are not described",
    `${OUTPUT}/properties/Things/items`,
    undefined,
    /what its items are/,
    `${PAGED}/items`,
  ],
  ["a page size that is text", `${GET}/parameters/1/schema/type`, "string", /type integer/, `${PAGED}/pageSize`],
  ["a page size with an open bound", `${GET}/parameters/1/schema/exclusiveMaximum`, 100, /use minimum, maximum/],
  ["pagination of what has no body", `${PUT}/x-paginated`, {}, /without a response body/],
];

const TIMES: Construct[] = [
  [
    "a time under oneOf",
    `${SCHEMAS}/Thing/properties/at`,
    { oneOf: [TEXT, TIME] },
    /no path/,
    `${SCHEMAS}/Thing/properties/at/oneOf/1`,
  ],
  [
    "a time in a tuple",
    `${SCHEMAS}/Thing/properties/at`,
    { type: "array", prefixItems: [TIME] },
    /no path/,
    `${SCHEMAS}/Thing/properties/at/prefixItems/0`,
  ],
  [
    "a time by a pattern of names",
    `${SCHEMAS}/Thing/patternProperties`,
    { "^t": TIME },
    /no path/,
    `${SCHEMAS}/Thing/patternProperties/^t`,
  ],
  ["a map of times beside members", `${SCHEMAS}/Thing/additionalProperties`, TIME, /beside properties/],
  [
    "a time in a recursive schema",
    `${SCHEMAS}/Thing/properties/next`,
    { $ref: "#/components/schemas/Thing" },
    /recursive/,
    `${SCHEMAS}/Thing`,
  ],
  ["a time in a member named *", `${SCHEMAS}/Thing/properties/*`, TIME, /named \*/],
  ["a time that is text", `${SCHEMAS}/Time/type`, "string", /type: number/, `${SCHEMAS}/Time`],
  ["a time in whole seconds", `${SCHEMAS}/Time/type`, "integer", /type: number/, `${SCHEMAS}/Time`],
  ["a time that may be null", `${SCHEMAS}/Time/type`, ["number", "null"], /type: number/, `${SCHEMAS}/Time`],
  ["a time among a few", `${SCHEMAS}/Time/enum`, [0], /beside format/],
  [
    "a time beside another type",
    `${SCHEMAS}/Thing/properties/at`,
    { type: "number", allOf: [TIME] },
    /beside another type/,
    `${SCHEMAS}/Thing/properties/at/allOf/0`,
  ],
];

export const CONSTRUCTS: readonly Construct[] = [
  ...DOCUMENT,
  ...REFERENCES,
  ...DIALECT,
  ...PARAMETERS,
  ...BODIES,
  ...ANSWERS,
  ...OPERATIONS,
  ...SERVICE,
  ...PAGINATION,
  ...TIMES,
];
