// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
export interface paths {
    "/2020-11-20/projects/{projectName}/modelpackagingjobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListModelPackagingJobs
         * @description Lists the model packaging jobs of a project, newest first, up to 100 a page.
         *
         *     A page that is not the last carries a `NextToken`: send it as `nextToken`, with everything else unchanged, to
         *     get the page after it. Only a missing `NextToken` ends the listing; a page may be empty and still have one.
         */
        get: operations["ListModelPackagingJobs"];
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
export interface components {
    schemas: {
        /** @description The name of a project. */
        ProjectName: string;
        /** @description An opaque page token. */
        PageToken: string;
        /** @description A page of packaging jobs. */
        ListModelPackagingJobsResponse: {
            /** @description The jobs of this page, newest first. */
            ModelPackagingJobs?: components["schemas"]["ModelPackagingJobMetadata"][];
            /** @description Present when there are more jobs than this page holds. */
            NextToken?: components["schemas"]["PageToken"];
        };
        /** @description What is known of one packaging job. Any member may be missing. */
        ModelPackagingJobMetadata: {
            /** @description The name of the job. */
            JobName?: string;
            /** @description The project of the packaged model. */
            ProjectName?: components["schemas"]["ProjectName"];
            /** @description The version of the packaged model, a number or `latest`. */
            ModelVersion?: string;
            /** @description What its creator wrote about the job. */
            ModelPackagingJobDescription?: string;
            /** @description What the model was packaged with. AWS only ever used `GreengrassV2`. */
            ModelPackagingMethod?: string;
            /**
             * @description How far the job has come.
             * @enum {string}
             */
            Status?: "CREATED" | "RUNNING" | "SUCCEEDED" | "FAILED";
            /** @description More about the status, in words. */
            StatusMessage?: string;
            /** @description When the job was created. */
            CreationTimestamp?: components["schemas"]["Timestamp"];
            /** @description When the job last changed. */
            LastUpdatedTimestamp?: components["schemas"]["Timestamp"];
        };
        /**
         * Format: epoch-seconds
         * @description Seconds since 1970-01-01T00:00:00Z, fractions allowed.
         */
        Timestamp: Date;
        /** @description What went wrong, in words. */
        ErrorMessage: string;
        /** @description The caller is known but may not list the packaging jobs of this project. */
        AccessDeniedException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The service met a fault of its own. Calling again may succeed; `Retry-After` says when. */
        InternalServerException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description There is no such project. */
        ResourceNotFoundException: {
            Message: components["schemas"]["ErrorMessage"];
            /** @description What was looked for. */
            ResourceId: string;
            /**
             * @description The kind of thing that was looked for.
             * @enum {string}
             */
            ResourceType: "PROJECT" | "DATASET" | "MODEL" | "TRIAL" | "MODEL_PACKAGE_JOB";
        };
        /** @description Too many calls. Call again more slowly; `Retry-After` says when. */
        ThrottlingException: {
            Message: components["schemas"]["ErrorMessage"];
            /** @description The code of the quota that was exceeded. */
            QuotaCode?: string;
            /** @description The code of the service that the quota belongs to. */
            ServiceCode?: string;
        };
        /** @description A parameter breaks one of its rules, or the page token is not one that the service gave out. */
        ValidationException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The session token has expired: get new credentials. */
        ExpiredTokenException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The `Authorization` header lacks a part that Signature Version 4 needs. */
        IncompleteSignature: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The same fault as `IncompleteSignature`, under the name that the signing front end gives it. */
        IncompleteSignatureException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The request failed for a reason that the service does not name. Calling again may succeed. */
        InternalFailure: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The access key id does not exist. */
        InvalidClientTokenId: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The signature does not match the request: a wrong secret key, a changed request, or a clock that is off. */
        InvalidSignatureException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The request is not well-formed HTTP, for example a body that its encoding does not fit. */
        MalformedHttpRequestException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The request carries no credentials at all. */
        MissingAuthenticationToken: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The same fault as `MissingAuthenticationToken`, under the name that the signing front end gives it. */
        MissingAuthenticationTokenException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The caller has no permission for this action. */
        NotAuthorized: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The account is not subscribed to the service. */
        OptInRequired: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The request was aborted before an answer could be given. */
        RequestAbortedException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The request is larger than the service takes. */
        RequestEntityTooLargeException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The date of the request lies more than 15 minutes from the clock of the service. */
        RequestExpired: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The service waited too long for the rest of the request. Calling again may succeed. */
        RequestTimeoutException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description A value on the wire cannot be read as its type, for example a `maxResults` that is no integer. */
        SerializationException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The service is unable to answer for now. Calling again may succeed. */
        ServiceUnavailable: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description No operation has this method and path. */
        UnknownOperationException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The access key or the session token is not known to the service. */
        UnrecognizedClientException: {
            Message: components["schemas"]["ErrorMessage"];
        };
        /** @description The same fault as `ValidationException`, under the name of the errors that all actions share. */
        ValidationError: {
            Message: components["schemas"]["ErrorMessage"];
        };
    };
    responses: {
        /** @description The request breaks a rule of the contract, or cannot be read. */
        BadRequest: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ThrottlingException"] | components["schemas"]["ValidationException"] | components["schemas"]["IncompleteSignature"] | components["schemas"]["MalformedHttpRequestException"] | components["schemas"]["NotAuthorized"] | components["schemas"]["RequestAbortedException"] | components["schemas"]["RequestExpired"] | components["schemas"]["SerializationException"] | components["schemas"]["ValidationError"];
            };
        };
        /** @description The caller has no permission. */
        Unauthorized: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotAuthorized"];
            };
        };
        /** @description The credentials are missing, unknown or expired, the signature is wrong, or the caller may not do this. */
        Forbidden: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccessDeniedException"] | components["schemas"]["ExpiredTokenException"] | components["schemas"]["IncompleteSignature"] | components["schemas"]["IncompleteSignatureException"] | components["schemas"]["InvalidClientTokenId"] | components["schemas"]["InvalidSignatureException"] | components["schemas"]["MissingAuthenticationToken"] | components["schemas"]["MissingAuthenticationTokenException"] | components["schemas"]["OptInRequired"] | components["schemas"]["UnrecognizedClientException"];
            };
        };
        /** @description The project, or the operation, does not exist. */
        NotFound: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ResourceNotFoundException"] | components["schemas"]["UnknownOperationException"];
            };
        };
        /** @description The rest of the request did not arrive in time. */
        RequestTimeout: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestTimeoutException"];
            };
        };
        /** @description The request is larger than the service takes. */
        RequestTooLarge: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestEntityTooLargeException"];
            };
        };
        /** @description The caller is throttled. */
        TooManyRequests: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ThrottlingException"];
            };
        };
        /** @description The service met a fault of its own. */
        ServerError: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalServerException"] | components["schemas"]["InternalFailure"];
            };
        };
        /** @description The service is unable to answer for now. */
        Unavailable: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "x-amzn-ErrorType": components["headers"]["ErrorType"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceUnavailable"];
            };
        };
    };
    parameters: {
        /**
         * @description The project whose packaging jobs to list.
         * @example circuit-boards
         */
        projectName: components["schemas"]["ProjectName"];
        /**
         * @description The most jobs that a page may hold. Without it, 100. A value outside 1–100 is answered with a ValidationException.
         * @example 10
         */
        maxResults: number;
        /**
         * @description The `NextToken` of the page before the one wanted. Without it, or empty, the first page.
         * @example eyJwYWdlIjoyfQ==
         */
        nextToken: components["schemas"]["PageToken"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The id of this request, to quote when reporting a fault.
         * @example 3f6b2a1e-8c4d-4f5a-9b7e-2d1c0a9f8e7d
         */
        RequestId: string;
        /** @description The name of the error, one of those listed for this status. */
        ErrorType: string;
        /**
         * @description In how many seconds to call again (`RetryAfterSeconds` in AWS's model). Sent with ThrottlingException and InternalServerException.
         * @example 2
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ListModelPackagingJobs: {
        parameters: {
            query?: {
                /**
                 * @description The most jobs that a page may hold. Without it, 100. A value outside 1–100 is answered with a ValidationException.
                 * @example 10
                 */
                maxResults?: components["parameters"]["maxResults"];
                /**
                 * @description The `NextToken` of the page before the one wanted. Without it, or empty, the first page.
                 * @example eyJwYWdlIjoyfQ==
                 */
                nextToken?: components["parameters"]["nextToken"];
            };
            header?: never;
            path: {
                /**
                 * @description The project whose packaging jobs to list.
                 * @example circuit-boards
                 */
                projectName: components["parameters"]["projectName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. No member is required; the list may be empty. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListModelPackagingJobsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
