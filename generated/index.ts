// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
import { calls, connect, type Raw } from "./client.js";
import * as metadata from "./metadata.js";
import type * as types from "./types.js";
import { validators } from "./validators.js";

export type {
  AccessDeniedException,
  ErrorMessage,
  ExpiredTokenException,
  IncompleteSignature,
  IncompleteSignatureException,
  InternalFailure,
  InternalServerException,
  InvalidClientTokenId,
  InvalidSignatureException,
  MalformedHttpRequestException,
  MissingAuthenticationToken,
  MissingAuthenticationTokenException,
  NotAuthorized,
  OptInRequired,
  PageToken,
  ProjectName,
  RequestAbortedException,
  RequestEntityTooLargeException,
  RequestExpired,
  RequestTimeoutException,
  ResourceNotFoundException,
  SerializationException,
  ServiceUnavailable,
  ThrottlingException,
  UnknownOperationException,
  UnrecognizedClientException,
  ValidationError,
  ValidationException,
} from "./types.js";

/** A page of packaging jobs. */
export interface ListModelPackagingJobsResponse extends types.ListModelPackagingJobsResponse<Date> {}

/** The facts about a packaging job. Any member may be missing. */
export interface ModelPackagingJobMetadata extends types.ModelPackagingJobMetadata<Date> {}

/** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
export type Timestamp = types.Timestamp<Date>;

/** The input of {@link Operations.listModelPackagingJobs}. */
export interface ListModelPackagingJobsInput {
  /** The project whose packaging jobs to list. 1 to 255 characters, matching `^[a-zA-Z0-9][a-zA-Z0-9_\-]*$`. */
  projectName: NonNullable<types.operations<Date>["ListModelPackagingJobs"]["parameters"]["path"]>["projectName"];
  /** The most jobs in a page; 100 by default. The response to a value outside 1–100 is a ValidationException. From 1 to 100. */
  maxResults?: NonNullable<types.operations<Date>["ListModelPackagingJobs"]["parameters"]["query"]>["maxResults"] | undefined;
  /** The `NextToken` of the previous page. Leave it out, or empty, for the first page. 0 to 2048 characters, matching `^[a-zA-Z0-9/+=]{0,2048}$`. */
  nextToken?: NonNullable<types.operations<Date>["ListModelPackagingJobs"]["parameters"]["query"]>["nextToken"] | undefined;
}

type ListModelPackagingJobsBody = types.operations<Date>["ListModelPackagingJobs"]["responses"][200]["content"]["application/json"];
/** The output of ListModelPackagingJobs. */
export interface ListModelPackagingJobsOutput extends ListModelPackagingJobsBody {}

/** The operations by the name of the method: the input, the output, and the item of a paginated operation. */
export interface Operations {
  /**
   * Lists the model packaging jobs of a project, newest first, up to 100 a page.
   *
   * Every page but the last has a `NextToken`. Send it as `nextToken`, with everything else unchanged, to get the next
   * page. Only a missing `NextToken` ends the listing: an empty page may have one.
   */
  listModelPackagingJobs: { input: ListModelPackagingJobsInput; output: ListModelPackagingJobsOutput; item: ModelPackagingJobMetadata };
}

/** The errors that the document names, each with its body. */
export interface Errors {
  AccessDeniedException: types.AccessDeniedException;
  ExpiredTokenException: types.ExpiredTokenException;
  IncompleteSignature: types.IncompleteSignature;
  IncompleteSignatureException: types.IncompleteSignatureException;
  InternalFailure: types.InternalFailure;
  InternalServerException: types.InternalServerException;
  InvalidClientTokenId: types.InvalidClientTokenId;
  InvalidSignatureException: types.InvalidSignatureException;
  MalformedHttpRequestException: types.MalformedHttpRequestException;
  MissingAuthenticationToken: types.MissingAuthenticationToken;
  MissingAuthenticationTokenException: types.MissingAuthenticationTokenException;
  NotAuthorized: types.NotAuthorized;
  OptInRequired: types.OptInRequired;
  RequestAbortedException: types.RequestAbortedException;
  RequestEntityTooLargeException: types.RequestEntityTooLargeException;
  RequestExpired: types.RequestExpired;
  RequestTimeoutException: types.RequestTimeoutException;
  ResourceNotFoundException: types.ResourceNotFoundException;
  SerializationException: types.SerializationException;
  ServiceUnavailable: types.ServiceUnavailable;
  ThrottlingException: types.ThrottlingException;
  UnknownOperationException: types.UnknownOperationException;
  UnrecognizedClientException: types.UnrecognizedClientException;
  ValidationError: types.ValidationError;
  ValidationException: types.ValidationException;
}

/** The facts of the document that the run time reads. */
export const contract = {
  service: metadata.service,
  errors: metadata.errors,
  operations: {
    listModelPackagingJobs: { ...metadata.operations.listModelPackagingJobs, validate: validators.listModelPackagingJobs, call: calls.listModelPackagingJobs },
  },
  connect,
  types: undefined as { operations: Operations; errors: Errors; raw: Raw } | undefined,
};
