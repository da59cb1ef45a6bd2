// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
/** The name of a project. */
export type ProjectName = string;
/** An opaque page token. */
export type PageToken = string;
/** A page of packaging jobs. */
export interface ListModelPackagingJobsResponse<$Time = number> {
  /** The jobs of this page, newest first. */
  ModelPackagingJobs?: ModelPackagingJobMetadata<$Time>[];
  /** The token of the next page. Absent on the last page. */
  NextToken?: PageToken;
}
/** The facts about a packaging job. Any member may be missing. */
export interface ModelPackagingJobMetadata<$Time = number> {
  /** The name of the job. */
  JobName?: string;
  /** The project of the packaged model. */
  ProjectName?: ProjectName;
  /** The version of the packaged model, a number or `latest`. */
  ModelVersion?: string;
  /** The description that the creator of the job gave. */
  ModelPackagingJobDescription?: string;
  /** The method of packaging. AWS used `GreengrassV2` only. */
  ModelPackagingMethod?: string;
  /** The status of the job. */
  Status?: "CREATED" | "RUNNING" | "SUCCEEDED" | "FAILED";
  /** More about the status, in words. */
  StatusMessage?: string;
  /** The time when the job was created. Epoch seconds on the wire, a `Date` in the client's methods. */
  CreationTimestamp?: Timestamp<$Time>;
  /** The time when the job last changed. Epoch seconds on the wire, a `Date` in the client's methods. */
  LastUpdatedTimestamp?: Timestamp<$Time>;
}
/** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
export type Timestamp<$Time = number> = $Time;
/** The reason of the error, in words. */
export type ErrorMessage = string;
/** The caller is known but may not list the packaging jobs of this project. */
export interface AccessDeniedException {
  Message: ErrorMessage;
}
/** The service failed. A retry may succeed; `Retry-After` says when. */
export interface InternalServerException {
  Message: ErrorMessage;
}
/** There is no such project. */
export interface ResourceNotFoundException {
  Message: ErrorMessage;
  /** The id of the missing resource. */
  ResourceId: string;
  /** The type of the missing resource. */
  ResourceType: "PROJECT" | "DATASET" | "MODEL" | "TRIAL" | "MODEL_PACKAGE_JOB";
}
/** The caller sends too many requests. `Retry-After` says when to retry. */
export interface ThrottlingException {
  Message: ErrorMessage;
  /** The code of the quota that was exceeded. */
  QuotaCode?: string;
  /** The code of the service that has the quota. */
  ServiceCode?: string;
}
/** A parameter breaks one of its rules: invalid characters in a project name, for example, a `maxResults` above 100, or a page token that the service did not issue. The message names the value and the rule. */
export interface ValidationException {
  Message: ErrorMessage;
}
/** The session token has expired: get new credentials. */
export interface ExpiredTokenException {
  Message: ErrorMessage;
}
/** The `Authorization` header lacks a part that Signature Version 4 requires. */
export interface IncompleteSignature {
  Message: ErrorMessage;
}
/** The same error as `IncompleteSignature`, under the name that the signing front end uses. */
export interface IncompleteSignatureException {
  Message: ErrorMessage;
}
/** The request failed for a reason that the service does not name. A retry may succeed. */
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
/** The request is not well-formed HTTP, for example because its body does not fit its encoding. */
export interface MalformedHttpRequestException {
  Message: ErrorMessage;
}
/** The request has no credentials. */
export interface MissingAuthenticationToken {
  Message: ErrorMessage;
}
/** The same error as `MissingAuthenticationToken`, under the name that the signing front end uses. */
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
/** The request was aborted before a response could be sent. */
export interface RequestAbortedException {
  Message: ErrorMessage;
}
/** The request is larger than the service accepts. */
export interface RequestEntityTooLargeException {
  Message: ErrorMessage;
}
/** The date of the request differs from the service's clock by more than 15 minutes. */
export interface RequestExpired {
  Message: ErrorMessage;
}
/** The service waited too long for the rest of the request. A retry may succeed. */
export interface RequestTimeoutException {
  Message: ErrorMessage;
}
/** A value on the wire cannot be read as its type, for example a `maxResults` that is no integer. */
export interface SerializationException {
  Message: ErrorMessage;
}
/** The service cannot respond at the moment. A retry may succeed. */
export interface ServiceUnavailable {
  Message: ErrorMessage;
}
/** No operation has this method and path. */
export interface UnknownOperationException {
  Message: ErrorMessage;
}
/** The service does not know the access key or the session token. */
export interface UnrecognizedClientException {
  Message: ErrorMessage;
}
/** The same error as `ValidationException`, under the name that all services share. */
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
     * Every page but the last has a `NextToken`. Send it as `nextToken`, with everything else unchanged, to get the next
     * page. Only a missing `NextToken` ends the listing: an empty page may have one.
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
    /** The credentials are missing, unknown or expired, the signature is wrong, or the caller has no permission. */
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
    /** The request is larger than the service accepts. */
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
    /** The service failed. */
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
    /** The service cannot respond at the moment. */
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
     * The most jobs in a page; 100 by default. The response to a value outside 1–100 is a ValidationException.
     * @example 10
     */
    maxResults: number;
    /**
     * The `NextToken` of the previous page. Leave it out, or empty, for the first page.
     * @example eyJwYWdlIjoyfQ==
     */
    nextToken: PageToken;
  };
  requestBodies: never;
  headers: {
    /**
     * The id of this request. Quote it when you report a fault.
     * @example 3f6b2a1e-8c4d-4f5a-9b7e-2d1c0a9f8e7d
     */
    RequestId: string;
    /** The name of the error, one of those listed for this status. */
    ErrorType: string;
    /**
     * The seconds to wait before a retry (`RetryAfterSeconds` in AWS's model), for ThrottlingException and InternalServerException.
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
         * The most jobs in a page; 100 by default. The response to a value outside 1–100 is a ValidationException.
         * @example 10
         */
        maxResults?: components<$Time>["parameters"]["maxResults"];
        /**
         * The `NextToken` of the previous page. Leave it out, or empty, for the first page.
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
