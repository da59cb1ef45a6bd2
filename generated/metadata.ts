// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
export const service = {
  id: "LookoutVision",
  title: "Amazon Lookout for Vision – model packaging jobs",
  signingName: "lookoutvision",
  url: "https://lookoutvision.{region}.amazonaws.com",
  retired: {
    on: "2025-10-31",
    notice: "AWS ended Amazon Lookout for Vision on 31 October 2025. Serve a saved inventory with `packaging-jobs serve` and point `endpoint` (or AWS_ENDPOINT_URL_LOOKOUTVISION) at it.",
  },
} as const;

export const operations = {
  listModelPackagingJobs: {
    id: "ListModelPackagingJobs",
    method: "GET",
    path: "/2020-11-20/projects/{projectName}/modelpackagingjobs",
    input: {
      projectName: { in: "path", type: "string" },
      maxResults: { in: "query", type: "integer" },
      nextToken: { in: "query", type: "string" },
    },
    hasOutput: true,
    timestamps: {
      input: [],
      output: [
        ["ModelPackagingJobs", "*", "CreationTimestamp"],
        ["ModelPackagingJobs", "*", "LastUpdatedTimestamp"],
      ],
    },
    paginated: {
      inputToken: "nextToken",
      outputToken: ["NextToken"],
      items: ["ModelPackagingJobs"],
      pageSize: { name: "maxResults", maximum: 100 },
    },
  },
} as const;

export const errors = {
  AccessDeniedException: { status: [403], retryable: false },
  ExpiredTokenException: { status: [403], retryable: false },
  IncompleteSignature: { status: [400, 403], retryable: false },
  IncompleteSignatureException: { status: [403], retryable: false },
  InternalFailure: { status: [500], retryable: true },
  InternalServerException: { status: [500], retryable: true },
  InvalidClientTokenId: { status: [403], retryable: false },
  InvalidSignatureException: { status: [403], retryable: false },
  MalformedHttpRequestException: { status: [400], retryable: false },
  MissingAuthenticationToken: { status: [403], retryable: false },
  MissingAuthenticationTokenException: { status: [403], retryable: false },
  NotAuthorized: { status: [400, 401], retryable: false },
  OptInRequired: { status: [403], retryable: false },
  RequestAbortedException: { status: [400], retryable: false },
  RequestEntityTooLargeException: { status: [413], retryable: false },
  RequestExpired: { status: [400], retryable: false },
  RequestTimeoutException: { status: [408], retryable: true },
  ResourceNotFoundException: { status: [404], retryable: false },
  SerializationException: { status: [400], retryable: false },
  ServiceUnavailable: { status: [503], retryable: true },
  ThrottlingException: { status: [400, 429], retryable: { throttling: true } },
  UnknownOperationException: { status: [404], retryable: false },
  UnrecognizedClientException: { status: [403], retryable: false },
  ValidationError: { status: [400], retryable: false },
  ValidationException: { status: [400], retryable: false },
} as const;
