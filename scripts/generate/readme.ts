/** The README of `generated/`, which is written along with the code that it explains. */
export const README = `# Generated: do not edit

Every file here, this one too, is written by \`npm run generate\` from \`spec/openapi.yaml\`.
\`npm run generate -- --check\` fails and names the file when one of them is not what the document gives.

| file | what it holds |
|---|---|
| \`wire.ts\` | the document's types as they travel: times are numbers (openapi-typescript) |
| \`surface.ts\` | the same with \`Date\` for epoch seconds: what the methods take and give |
| \`client.ts\` | the openapi-fetch client and one typed call per operation: flat input in |
| \`validators.ts\` | a compiled validator of each operation's input (Ajv, with nothing of it left to install) |
| \`items.ts\` | a compiled validator of each paginated operation's items; only the endpoint loads it |
| \`metadata.ts\` | paths, pagination, times, errors and service: what \`src/\` reads instead of knowing |
| \`index.ts\` | all of it as one \`contract\`, and the types that users name |

## Adding an operation
1. Write it into the document: path, parameters or a JSON body, the 2xx body, its errors.
2. \`npm run generate\`.

That is all: \`createClient()\` has the new method, typed, signed, validated, retried and, with \`x-paginated\`, paged.
The local endpoint alone also wants a handler, one file in \`src/endpoint/handlers/\`.

For a document of your own: \`npm run generate -- --spec FILE --out DIR\`, then
\`clientFor(contract)\` from \`lookout-packaging-jobs/client\`.

## What the generator reads beside plain OpenAPI 3.1
| where | extension | meaning |
|---|---|---|
| \`info\` | \`x-service-id: Name\` | the service's id; \`AWS_ENDPOINT_URL_NAME\` is read for its endpoint. Required |
| \`info\` | \`x-retired: { on, notice }\` | the service has ended: said when its host cannot be reached |
| security scheme | \`x-amazon-apigateway-authtype: awsSigv4\` | requests are signed. Required, on one scheme |
| security scheme | \`x-signing-name: name\` | the service in the signature's credential scope. Required |
| operation | \`operationId\` | AWS's name, \`ListThings\`; the method is \`listThings\`. Required |
| operation | \`x-paginated: { inputToken, outputToken, items, pageSize }\` | inputs are parameters or body members, outputs members of the 2xx body (dots for nested ones); \`pageSize\` may be absent |
| error schema | \`x-retryable: true, false or { throttling: true }\` | whether the call may be repeated; absent means false |
| parameter, body member | \`x-idempotency-token: true\` | filled once per call, the same on every attempt |
| number in a body | \`format: epoch-seconds\` | a \`Date\` in the methods, a number on the wire |

The input of a method is one flat object: parameters and body members by their wire names. What does not fit (two
inputs of one name, a body that is no object, an inline error schema, a second 2xx response, …) fails generation with
its line in the document.
`;
