// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
/** The method and path of each operation, and the place of each input in the request. */
export const routes = {
  listModelPackagingJobs: {
    method: "GET",
    path: "/2020-11-20/projects/{projectName}/modelpackagingjobs",
    input: {
      projectName: { in: "path", type: "string" },
      maxResults: { in: "query", type: "integer" },
      nextToken: { in: "query", type: "string" },
    },
  },
} as const;

/** The members of each paginated operation's items, in the document's order. */
export const itemMembers = {
  listModelPackagingJobs: [
    "JobName",
    "ProjectName",
    "ModelVersion",
    "ModelPackagingJobDescription",
    "ModelPackagingMethod",
    "Status",
    "StatusMessage",
    "CreationTimestamp",
    "LastUpdatedTimestamp",
  ],
} as const;

/** The HTTP statuses of each error. */
export const statuses = {
  AccessDeniedException: [403],
  ExpiredTokenException: [403],
  IncompleteSignature: [400, 403],
  IncompleteSignatureException: [403],
  InternalFailure: [500],
  InternalServerException: [500],
  InvalidClientTokenId: [403],
  InvalidSignatureException: [403],
  MalformedHttpRequestException: [400],
  MissingAuthenticationToken: [403],
  MissingAuthenticationTokenException: [403],
  NotAuthorized: [400, 401],
  OptInRequired: [403],
  RequestAbortedException: [400],
  RequestEntityTooLargeException: [413],
  RequestExpired: [400],
  RequestTimeoutException: [408],
  ResourceNotFoundException: [404],
  SerializationException: [400],
  ServiceUnavailable: [503],
  ThrottlingException: [400, 429],
  UnknownOperationException: [404],
  UnrecognizedClientException: [403],
  ValidationError: [400],
  ValidationException: [400],
} as const;
