// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
/** The name of a project. */
export type ProjectName = string;
/** An opaque page token. */
export type PageToken = string;
/** A page of packaging jobs. */
export interface ListModelPackagingJobsResponse<$Time = number> {
  /** The jobs of this page, newest first. */
  ModelPackagingJobs?: ModelPackagingJobMetadata<$Time>[];
  /** Present when there are more jobs than this page holds. */
  NextToken?: PageToken;
}
/** What is known of one packaging job. Any member may be missing. */
export interface ModelPackagingJobMetadata<$Time = number> {
  /** The name of the job. */
  JobName?: string;
  /** The project of the packaged model. */
  ProjectName?: ProjectName;
  /** The version of the packaged model, a number or `latest`. */
  ModelVersion?: string;
  /** What its creator wrote about the job. */
  ModelPackagingJobDescription?: string;
  /** What the model was packaged with. AWS only ever used `GreengrassV2`. */
  ModelPackagingMethod?: string;
  /** How far the job has come. */
  Status?: "CREATED" | "RUNNING" | "SUCCEEDED" | "FAILED";
  /** More about the status, in words. */
  StatusMessage?: string;
  /** When the job was created. Epoch seconds on the wire, a `Date` in the client's methods. */
  CreationTimestamp?: Timestamp<$Time>;
  /** When the job last changed. Epoch seconds on the wire, a `Date` in the client's methods. */
  LastUpdatedTimestamp?: Timestamp<$Time>;
}
/** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
export type Timestamp<$Time = number> = $Time;
/** What went wrong, in words. */
export type ErrorMessage = string;
/** The caller is known but may not list the packaging jobs of this project. */
export interface AccessDeniedException {
  Message: ErrorMessage;
}
/** The service met a fault of its own. Calling again may succeed; `Retry-After` says when. */
export interface InternalServerException {
  Message: ErrorMessage;
}
/** There is no such project. */
export interface ResourceNotFoundException {
  Message: ErrorMessage;
  /** What was looked for. */
  ResourceId: string;
  /** The kind of thing that was looked for. */
  ResourceType: "PROJECT" | "DATASET" | "MODEL" | "TRIAL" | "MODEL_PACKAGE_JOB";
}
/** Too many calls. Call again more slowly; `Retry-After` says when. */
export interface ThrottlingException {
  Message: ErrorMessage;
  /** The code of the quota that was exceeded. */
  QuotaCode?: string;
  /** The code of the service that the quota belongs to. */
  ServiceCode?: string;
}
/** A parameter breaks one of its rules: invalid characters in a project name, for example, a `maxResults` above 100, or a page token that the service did not give out. The message names the value and the rule. */
export interface ValidationException {
  Message: ErrorMessage;
}
/** The session token has expired: get new credentials. */
export interface ExpiredTokenException {
  Message: ErrorMessage;
}
/** The `Authorization` header lacks a part that Signature Version 4 needs. */
export interface IncompleteSignature {
  Message: ErrorMessage;
}
/** The same fault as `IncompleteSignature`, under the name that the signing front end gives it. */
export interface IncompleteSignatureException {
  Message: ErrorMessage;
}
/** The request failed for a reason that the service does not name. Calling again may succeed. */
export interface InternalFailure {
  Message: ErrorMessage;
}
/** The access key id does not exist. */
export interface InvalidClientTokenId {
  Message: ErrorMessage;
}
/** The signature does not match the request: a wrong secret key, a changed request, or a clock that is off. */
export interface InvalidSignatureException {
  Message: ErrorMessage;
}
/** The request is not well-formed HTTP, for example a body that its encoding does not fit. */
export interface MalformedHttpRequestException {
  Message: ErrorMessage;
}
/** The request carries no credentials at all. */
export interface MissingAuthenticationToken {
  Message: ErrorMessage;
}
/** The same fault as `MissingAuthenticationToken`, under the name that the signing front end gives it. */
export interface MissingAuthenticationTokenException {
  Message: ErrorMessage;
}
/** The caller has no permission for this action. */
export interface NotAuthorized {
  Message: ErrorMessage;
}
/** The account is not subscribed to the service. */
export interface OptInRequired {
  Message: ErrorMessage;
}
/** The request was aborted before an answer could be given. */
export interface RequestAbortedException {
  Message: ErrorMessage;
}
/** The request is larger than the service takes. */
export interface RequestEntityTooLargeException {
  Message: ErrorMessage;
}
/** The date of the request lies more than 15 minutes from the clock of the service. */
export interface RequestExpired {
  Message: ErrorMessage;
}
/** The service waited too long for the rest of the request. Calling again may succeed. */
export interface RequestTimeoutException {
  Message: ErrorMessage;
}
/** A value on the wire cannot be read as its type, for example a `maxResults` that is no integer. */
export interface SerializationException {
  Message: ErrorMessage;
}
/** The service is unable to answer for now. Calling again may succeed. */
export interface ServiceUnavailable {
  Message: ErrorMessage;
}
/** No operation has this method and path. */
export interface UnknownOperationException {
  Message: ErrorMessage;
}
/** The access key or the session token is not known to the service. */
export interface UnrecognizedClientException {
  Message: ErrorMessage;
}
/** The same fault as `ValidationException`, under the name of the errors that all actions share. */
export interface ValidationError {
  Message: ErrorMessage;
}
export interface paths<$Time = number> {
  "/2020-11-20/projects/{projectName}/modelpackagingjobs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * ListModelPackagingJobs
     * Lists the model packaging jobs of a project, newest first, up to 100 a page.
     *
     * A page that is not the last carries a `NextToken`: send it as `nextToken`, with everything else unchanged, to
     * get the page after it. Only a missing `NextToken` ends the listing; a page may be empty and still have one.
     */
    get: operations<$Time>["ListModelPackagingJobs"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components<$Time = number> {
  schemas: {
    ProjectName: ProjectName;
    PageToken: PageToken;
    ListModelPackagingJobsResponse: ListModelPackagingJobsResponse<$Time>;
    ModelPackagingJobMetadata: ModelPackagingJobMetadata<$Time>;
    Timestamp: Timestamp<$Time>;
    ErrorMessage: ErrorMessage;
    AccessDeniedException: AccessDeniedException;
    InternalServerException: InternalServerException;
    ResourceNotFoundException: ResourceNotFoundException;
    ThrottlingException: ThrottlingException;
    ValidationException: ValidationException;
    ExpiredTokenException: ExpiredTokenException;
    IncompleteSignature: IncompleteSignature;
    IncompleteSignatureException: IncompleteSignatureException;
    InternalFailure: InternalFailure;
    InvalidClientTokenId: InvalidClientTokenId;
    InvalidSignatureException: InvalidSignatureException;
    MalformedHttpRequestException: MalformedHttpRequestException;
    MissingAuthenticationToken: MissingAuthenticationToken;
    MissingAuthenticationTokenException: MissingAuthenticationTokenException;
    NotAuthorized: NotAuthorized;
    OptInRequired: OptInRequired;
    RequestAbortedException: RequestAbortedException;
    RequestEntityTooLargeException: RequestEntityTooLargeException;
    RequestExpired: RequestExpired;
    RequestTimeoutException: RequestTimeoutException;
    SerializationException: SerializationException;
    ServiceUnavailable: ServiceUnavailable;
    UnknownOperationException: UnknownOperationException;
    UnrecognizedClientException: UnrecognizedClientException;
    ValidationError: ValidationError;
  };
  responses: {
    /** The request breaks a rule of the contract, or cannot be read. */
    BadRequest: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        "Retry-After": components<$Time>["headers"]["RetryAfter"];
        [name: string]: unknown;
      };
      content: {
        "application/json": ThrottlingException | ValidationException | IncompleteSignature | MalformedHttpRequestException | NotAuthorized | RequestAbortedException | RequestExpired | SerializationException | ValidationError;
      };
    };
    /** The caller has no permission. */
    Unauthorized: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": NotAuthorized;
      };
    };
    /** The credentials are missing, unknown or expired, the signature is wrong, or the caller may not do this. */
    Forbidden: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": AccessDeniedException | ExpiredTokenException | IncompleteSignature | IncompleteSignatureException | InvalidClientTokenId | InvalidSignatureException | MissingAuthenticationToken | MissingAuthenticationTokenException | OptInRequired | UnrecognizedClientException;
      };
    };
    /** The project, or the operation, does not exist. */
    NotFound: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": ResourceNotFoundException | UnknownOperationException;
      };
    };
    /** The rest of the request did not arrive in time. */
    RequestTimeout: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": RequestTimeoutException;
      };
    };
    /** The request is larger than the service takes. */
    RequestTooLarge: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": RequestEntityTooLargeException;
      };
    };
    /** The caller is throttled. */
    TooManyRequests: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        "Retry-After": components<$Time>["headers"]["RetryAfter"];
        [name: string]: unknown;
      };
      content: {
        "application/json": ThrottlingException;
      };
    };
    /** The service met a fault of its own. */
    ServerError: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        "Retry-After": components<$Time>["headers"]["RetryAfter"];
        [name: string]: unknown;
      };
      content: {
        "application/json": InternalServerException | InternalFailure;
      };
    };
    /** The service is unable to answer for now. */
    Unavailable: {
      headers: {
        "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
        "x-amzn-ErrorType": components<$Time>["headers"]["ErrorType"];
        [name: string]: unknown;
      };
      content: {
        "application/json": ServiceUnavailable;
      };
    };
  };
  parameters: {
    /**
     * The project whose packaging jobs to list.
     * @example circuit-boards
     */
    projectName: ProjectName;
    /**
     * The most jobs that a page may hold. Without it, 100. A value outside 1–100 is answered with a ValidationException.
     * @example 10
     */
    maxResults: number;
    /**
     * The `NextToken` of the page before the one wanted. Without it, or empty, the first page.
     * @example eyJwYWdlIjoyfQ==
     */
    nextToken: PageToken;
  };
  requestBodies: never;
  headers: {
    /**
     * The id of this request, to quote when reporting a fault.
     * @example 3f6b2a1e-8c4d-4f5a-9b7e-2d1c0a9f8e7d
     */
    RequestId: string;
    /** The name of the error, one of those listed for this status. */
    ErrorType: string;
    /**
     * In how many seconds to call again (`RetryAfterSeconds` in AWS's model). Sent with ThrottlingException and InternalServerException.
     * @example 2
     */
    RetryAfter: number;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations<$Time = number> {
  ListModelPackagingJobs: {
    parameters: {
      query?: {
        /**
         * The most jobs that a page may hold. Without it, 100. A value outside 1–100 is answered with a ValidationException.
         * @example 10
         */
        maxResults?: components<$Time>["parameters"]["maxResults"];
        /**
         * The `NextToken` of the page before the one wanted. Without it, or empty, the first page.
         * @example eyJwYWdlIjoyfQ==
         */
        nextToken?: components<$Time>["parameters"]["nextToken"];
      };
      header?: never;
      path: {
        /**
         * The project whose packaging jobs to list.
         * @example circuit-boards
         */
        projectName: components<$Time>["parameters"]["projectName"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** A page of jobs. No member is required; the list may be empty. */
      200: {
        headers: {
          "x-amzn-RequestId": components<$Time>["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/json": ListModelPackagingJobsResponse<$Time>;
        };
      };
      400: components<$Time>["responses"]["BadRequest"];
      401: components<$Time>["responses"]["Unauthorized"];
      403: components<$Time>["responses"]["Forbidden"];
      404: components<$Time>["responses"]["NotFound"];
      408: components<$Time>["responses"]["RequestTimeout"];
      413: components<$Time>["responses"]["RequestTooLarge"];
      429: components<$Time>["responses"]["TooManyRequests"];
      500: components<$Time>["responses"]["ServerError"];
      503: components<$Time>["responses"]["Unavailable"];
    };
  };
}
