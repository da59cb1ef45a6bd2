// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
export const service = {
  id: "LookoutVision",
  signingName: "lookoutvision",
  url: "https://lookoutvision.{region}.amazonaws.com",
  retired: "AWS ended Amazon Lookout for Vision on 31 October 2025. Serve a saved inventory with `packaging-jobs serve` and set AWS_ENDPOINT_URL_LOOKOUTVISION to its URL.",
} as const;

export const operations = {
  listModelPackagingJobs: {
    id: "ListModelPackagingJobs",
    members: ["projectName", "maxResults", "nextToken"],
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
  AccessDeniedException: {},
  ExpiredTokenException: {},
  IncompleteSignature: {},
  IncompleteSignatureException: {},
  InternalFailure: { retryable: true },
  InternalServerException: { retryable: true },
  InvalidClientTokenId: {},
  InvalidSignatureException: {},
  MalformedHttpRequestException: {},
  MissingAuthenticationToken: {},
  MissingAuthenticationTokenException: {},
  NotAuthorized: {},
  OptInRequired: {},
  RequestAbortedException: {},
  RequestEntityTooLargeException: {},
  RequestExpired: {},
  RequestTimeoutException: { retryable: true },
  ResourceNotFoundException: {},
  SerializationException: {},
  ServiceUnavailable: { retryable: true },
  ThrottlingException: { retryable: { throttling: true } },
  UnknownOperationException: {},
  UnrecognizedClientException: {},
  ValidationError: {},
  ValidationException: {},
} as const;
