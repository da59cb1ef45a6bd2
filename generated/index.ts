// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
import { calls, connect, type Raw } from "./client.js";
import * as metadata from "./metadata.js";
import type { components, operations } from "./surface.js";
import { validators } from "./validators.js";

/** What went wrong, in words. */
export type ErrorMessage = components["schemas"]["ErrorMessage"];

/** A page of packaging jobs. */
export type ListModelPackagingJobsResponse = components["schemas"]["ListModelPackagingJobsResponse"];

/** What is known of one packaging job. Any member may be missing. */
export type ModelPackagingJobMetadata = components["schemas"]["ModelPackagingJobMetadata"];

/** An opaque page token. */
export type PageToken = components["schemas"]["PageToken"];

/** The name of a project. */
export type ProjectName = components["schemas"]["ProjectName"];

/** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
export type Timestamp = components["schemas"]["Timestamp"];

/** What {@link Operations.listModelPackagingJobs} takes. */
export interface ListModelPackagingJobsInput {
  /** The project whose packaging jobs to list. 1 to 255 characters, matching `^[a-zA-Z0-9][a-zA-Z0-9_\-]*$`. */
  projectName: NonNullable<operations["ListModelPackagingJobs"]["parameters"]["path"]>["projectName"];
  /** The most jobs that a page may hold. Without it, 100. A value outside 1–100 is answered with a ValidationException. From 1 to 100. */
  maxResults?: NonNullable<operations["ListModelPackagingJobs"]["parameters"]["query"]>["maxResults"] | undefined;
  /** The `NextToken` of the page before the one wanted. Without it, or empty, the first page. 0 to 2048 characters, matching `^[a-zA-Z0-9/+=]{0,2048}$`. */
  nextToken?: NonNullable<operations["ListModelPackagingJobs"]["parameters"]["query"]>["nextToken"] | undefined;
}

/** What ListModelPackagingJobs answers. */
export type ListModelPackagingJobsOutput = operations["ListModelPackagingJobs"]["responses"][200]["content"]["application/json"];

/** The operations by method name: what goes in, what comes out, and the item of a paginated one. */
export interface Operations {
  /**
   * Lists the model packaging jobs of a project, newest first, up to 100 a page.
   *
   * A page that is not the last carries a `NextToken`: send it as `nextToken`, with everything else unchanged, to
   * get the page after it. Only a missing `NextToken` ends the listing; a page may be empty and still have one.
   */
  listModelPackagingJobs: { input: ListModelPackagingJobsInput; output: ListModelPackagingJobsOutput; item: NonNullable<NonNullable<ListModelPackagingJobsOutput["ModelPackagingJobs"]>[number]> };
}

/** The errors that the document names, each with its body. */
export interface Errors {
  AccessDeniedException: components["schemas"]["AccessDeniedException"];
  ExpiredTokenException: components["schemas"]["ExpiredTokenException"];
  IncompleteSignature: components["schemas"]["IncompleteSignature"];
  IncompleteSignatureException: components["schemas"]["IncompleteSignatureException"];
  InternalFailure: components["schemas"]["InternalFailure"];
  InternalServerException: components["schemas"]["InternalServerException"];
  InvalidClientTokenId: components["schemas"]["InvalidClientTokenId"];
  InvalidSignatureException: components["schemas"]["InvalidSignatureException"];
  MalformedHttpRequestException: components["schemas"]["MalformedHttpRequestException"];
  MissingAuthenticationToken: components["schemas"]["MissingAuthenticationToken"];
  MissingAuthenticationTokenException: components["schemas"]["MissingAuthenticationTokenException"];
  NotAuthorized: components["schemas"]["NotAuthorized"];
  OptInRequired: components["schemas"]["OptInRequired"];
  RequestAbortedException: components["schemas"]["RequestAbortedException"];
  RequestEntityTooLargeException: components["schemas"]["RequestEntityTooLargeException"];
  RequestExpired: components["schemas"]["RequestExpired"];
  RequestTimeoutException: components["schemas"]["RequestTimeoutException"];
  ResourceNotFoundException: components["schemas"]["ResourceNotFoundException"];
  SerializationException: components["schemas"]["SerializationException"];
  ServiceUnavailable: components["schemas"]["ServiceUnavailable"];
  ThrottlingException: components["schemas"]["ThrottlingException"];
  UnknownOperationException: components["schemas"]["UnknownOperationException"];
  UnrecognizedClientException: components["schemas"]["UnrecognizedClientException"];
  ValidationError: components["schemas"]["ValidationError"];
  ValidationException: components["schemas"]["ValidationException"];
}

/** Everything that the document says, as the run time reads it. */
export const contract = {
  service: metadata.service,
  errors: metadata.errors,
  operations: {
    listModelPackagingJobs: { ...metadata.operations.listModelPackagingJobs, validate: validators.listModelPackagingJobs, call: calls.listModelPackagingJobs },
  },
  connect,
  types: undefined as { operations: Operations; errors: Errors; raw: Raw } | undefined,
};
