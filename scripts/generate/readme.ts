/** The README of `generated/`, which is written along with the code that it explains. */
export const README = `# Generated: do not edit

Every file here, this one too, is written by \`npm run generate\` from an OpenAPI document: this package's own is
\`spec/openapi.yaml\`.
\`npm run generate -- --check\` writes nothing, names each file that is not what the document gives, is missing or is
left over, and exits with 1.

| file | what it holds |
|---|---|
| \`wire.ts\` | the document's types as they travel: times are numbers (openapi-typescript) |
| \`surface.ts\` | the same with \`Date\` for epoch seconds: what the methods take and give |
| \`client.ts\` | the openapi-fetch client and one typed call per operation: flat input in |
| \`validators.ts\` | a compiled validator of each operation's input (Ajv, with nothing of it left to install) |
| \`items.ts\` | a compiled validator of each paginated operation's items; only the endpoint loads it |
| \`metadata.ts\` | pagination, times, errors and service: what \`src/\` reads instead of knowing |
| \`routes.ts\` | paths, places and statuses: what only the endpoint reads |
| \`index.ts\` | all of it as one \`contract\`, and the types that users name |

## Adding an operation
1. Write it into the document, for example

   \`\`\`yaml
   paths:
     /2020-11-20/projects/{projectName}/modelpackagingjobs/{jobName}:
       get:
         operationId: DescribeModelPackagingJob
         description: Describes one packaging job.
         parameters:
           - $ref: '#/components/parameters/projectName'
           - { name: jobName, in: path, required: true, schema: { type: string, pattern: '^[a-zA-Z0-9-]+$' } }
         responses:
           '200':
             description: The job.
             content:
               application/json:
                 schema:
                   type: object
                   properties:
                     ModelPackagingDescription: { $ref: '#/components/schemas/ModelPackagingJobMetadata' }
           '404': { $ref: '#/components/responses/NotFound' }
   \`\`\`
2. \`npm run generate\`

That is all: \`createClient().describeModelPackagingJob({ projectName, jobName })\` is there, typed, checked, signed and
retried, and with \`x-paginated\` paged. The local endpoint alone also wants a handler, one file in
\`src/endpoint/handlers/\`.

For a document of your own, OpenAPI 3.1 in YAML or JSON:

\`\`\`
npm run generate -- --spec FILE --out DIR
\`\`\`

\`\`\`ts
import { clientFor, serviceErrorGuard } from "lookout-packaging-jobs/client";
import { contract } from "./DIR/index.js";

const createClient = clientFor(contract);
const isServiceError = serviceErrorGuard(contract);
\`\`\`

## What the generator reads beside plain OpenAPI
| where | extension | meaning |
|---|---|---|
| \`info\` | \`x-service-id: Some Name\` | the service's id; \`AWS_ENDPOINT_URL_SOME_NAME\` is read for its endpoint. Required |
| \`info\` | \`x-retired: { on, notice }\` | the service has ended: the notice is said when its host cannot be reached |
| security scheme | \`x-amazon-apigateway-authtype: awsSigv4\` | requests are signed. Required, on one scheme, which every operation offers by itself |
| security scheme | \`x-signing-name: name\` | the service in the signature's credential scope. Required |
| operation | \`operationId: ListThings\` | AWS's name; the method is \`listThings\`. Required |
| operation | \`x-paginated: { inputToken, outputToken, items, pageSize }\` | inputs are parameters or members of the request body, outputs members of the 2xx body (dots for nested ones); \`pageSize\` may be absent, and its \`minimum\` and \`maximum\` are kept to |
| error schema | \`x-retryable: true, false or { throttling: true }\` | whether the call may be repeated, a POST too; absent means false |
| parameter, member of the request body, or its schema | \`x-idempotency-token: true\` | filled with a UUID once per call, the same on every attempt; makes a POST repeatable |
| number in a body | \`format: epoch-seconds\` | a \`Date\` in the methods, a number on the wire and in \`raw\` |

The first server is the host, with \`{region}\` where the region goes and other variables at their defaults.

## What becomes what
- **Input**: one flat object of path, query and header parameters and the members of a JSON body, by their wire names
  (\`"X-Client-Token"\` is one). An operation that requires nothing is called without one. A query parameter may be a list,
  which repeats the name. What is not known, or breaks a rule of its schema, is refused before anything is sent.
- **Output**: the JSON object of the one 2xx response, or nothing, and \`requestId\` beside it. \`null\` counts as absent,
  but for places where the document lets it, or anything, stand. Response headers are in \`raw\` only.
- **Errors**: each schema that a response other than 2xx names, alone or in \`anyOf\` or \`oneOf\`. Its name is the error's
  name on the wire; statuses, ranges (\`4XX\`) and \`default\` are all the same. \`Message\` or \`message\` is there as the
  document spells it.
- **Types**: \`index.ts\` has one for each schema whose name starts with a capital letter, errors aside: they are in
  \`Errors\`.

## What it does not take
References out of the document or into the middle of a component; cookies; lists in a path or header; objects in a
query, and styles other than OpenAPI's default; bodies that are not JSON objects; a second 2xx response; HEAD, OPTIONS
and TRACE; servers of a path or an operation; two inputs of one name; times that only the value itself could tell from
numbers. Each of these, and whatever else could not become right code, ends with one line that names the file, the line,
the place and what to do, with exit code 2 and nothing written.
`;
