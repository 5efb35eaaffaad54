// Generated from api/openapi.json by `npm run generate`: do not edit.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API information */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Service"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process is alive
         * @description Looks at nothing else: for restarts. See `/health/ready` for whether it can serve.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Health"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a call could be served now
         * @description Asks the database and the three providers (an answer stands for five seconds), and says who serves.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Every needed part works */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Report"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A needed part is down, or the process is stopping */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Report"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Makes an account, a tenant that it owns, and a session there. A mail asks to confirm the address. 403
         *     (`sign_up_closed`) where strangers are not taken in; 409 where the address has an account.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SignUp"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session in the tenant where the user was last. 401 (`wrong_credentials`) alike for an unknown address
         *     and a wrong password; 429 (`throttled`) when it was tried too often, for the address or from the network.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["SignIn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a session
         * @description Takes a refresh token, which serves once, and gives another and a new access token: in the body for one in
         *     the body, in the cookie for one in the cookie, which needs the header `X-CSRF-Token` with the value of the
         *     cookie `__Host-switchboard_csrf` (403, `csrf`). A token that was used before ends the session (401,
         *     `session_over`), for somebody else may have it; within ten seconds of its use it is taken for haste and ends
         *     nothing (409, `refresh_race`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Refresh"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token, in the body or in the cookie (with `X-CSRF-Token`), and takes the
         *     cookies away. One that is over already is no error.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Refresh"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Me"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Ends all other sessions of the user, in all tenants.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link to a new password
         * @description The same answer whether there is such an account or not. The link is good for an hour and for one use.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Forgotten"];
                };
            };
            responses: {
                /** @description If there is such an account, it gets a mail */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a new password with the token of the link
         * @description Ends all sessions of the user. 422 where the token is good no more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Reset"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the e-mail address with the token of the link
         * @description As the account that it was sent to.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Verification"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions, used last first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["UserSessionList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's own sessions
         * @description Its access tokens are refused from now on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All personas: the built-in ones, then your own by name */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PersonaList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a persona of your own */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewPersona"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Persona"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personas/{persona}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One persona */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description For example `friendly_guide`. */
                    persona: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Persona"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a persona of your own
         * @description Not while an agent's draft, what an agent answers with, or a conversation under way names it (`persona_in_use`).
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    persona: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a persona of your own
         * @description Agents share it: it holds at once for all that name it, from their next conversation (or the next stream of a
         *     call that lost its own) on. Built-in ones stay as they are (`persona_built_in`).
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    persona: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["PersonaChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Persona"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agents, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Agents a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["AgentList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make an agent
         * @description It is published as version 1 and can answer at once. The oldest agent serves where none is named; a phone
         *     number names its own (`POST /phone-numbers`).
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewAgent"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Agent"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Agent"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove an agent
         * @description Not while a phone number names it or a call is going on with it (`agent_in_use`). Its conversations stay.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone; what it said stays */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change an agent's draft
         * @description Callers hear it when it is published. A template may be half-written until then.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["AgentChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Agent"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/agents/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish an agent's draft
         * @description Conversations that begin from now on have it; those under way keep the version that they began with. A
         *     template that cannot be read is refused, with its place.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Publication"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Agent"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to an earlier version
         * @description A copy of it is published as a new version, and becomes the draft as well.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["RollBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Agent"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agent's versions, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Versions a page. */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["VersionList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of an agent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Version"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/voice/speech-to-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Speech to text */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /**
                         * Format: binary
                         * @description wav, mp3, m4a, aac, ogg, webm or flac; at most 25 MB and 10 minutes.
                         */
                        audio_file: string;
                        /** @description ISO 639-1, for example `en`; without it the recogniser decides. */
                        language?: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Transcript"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/voice/text-to-speech": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Text to speech */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description Also accepted as multipart form, or as the query of a request without a body. */
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                    "application/x-www-form-urlencoded": components["schemas"]["Script"];
                };
            };
            responses: {
                /** @description Mono 16-bit WAV, sent as it is made: the lengths in its header stand at their largest */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/wav": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a session */
        post: {
            parameters: {
                query?: {
                    /** @description Your name for the customer; a new one is noted down. */
                    customer_id?: string;
                    /** @description For example `friendly_guide`; the agent's own without one. */
                    persona?: string;
                    /** @description The agent that speaks, as published now; the oldest one without it. */
                    agent_id?: string;
                };
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Beginning"];
                };
            };
            responses: {
                200: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Session"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say something, as text
         * @description Of what failed nothing is kept: say it again. Unless the model had called a tool: then the turn stays, with its
         *     calls and without a reply, and the model knows of them when it is said again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description Also accepted as multipart form, or as the query of a request without a body. */
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Utterance"];
                    "application/x-www-form-urlencoded": components["schemas"]["Utterance"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Reply"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/voice-agent/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something, as a recording: the whole way from speech to speech */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /**
                         * Format: binary
                         * @description wav, mp3, m4a, aac, ogg, webm or flac; at most 25 MB and 10 minutes.
                         */
                        audio_file: string;
                        /** @description From `/conversation/start`. */
                        session_id: string;
                        /** @description Instead of the session's persona, for this reply. */
                        persona?: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["SpokenReply"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Conversation"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its turns, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TurnList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Only the call of this name of Twilio's. */
                    call_sid?: string;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Calls a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["CallList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Call"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its turns, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TurnList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recordings of a conversation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["RecordingList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recording */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["AudioRecording"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a recording */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{id}/url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address for a player
         * @description Good for 15 minutes, for whoever has it. That it was asked for is in the audit log.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PlayerAddress"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play a recording
         * @description The address comes from `POST /recordings/{id}/url`; no key is asked for.
         */
        get: {
            parameters: {
                query: {
                    /** @description Seconds since 1970. */
                    expires: number;
                    signature: string;
                };
                header?: {
                    /** @description `bytes=0-499`; several at once are answered with all of it. */
                    Range?: string;
                    /** @description The `ETag` of what the client has a part of. */
                    "If-Range"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All of it */
                200: {
                    headers: {
                        "CONTENT-LENGTH": number;
                        "ACCEPT-RANGES": string;
                        ETAG: string;
                        "CONTENT-DISPOSITION": string;
                        "CACHE-CONTROL": string;
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/flac": string;
                    };
                };
                /** @description The range that was asked for */
                206: {
                    headers: {
                        "CONTENT-LENGTH": number;
                        "CONTENT-RANGE": string;
                        ETAG: string;
                        "CONTENT-DISPOSITION": string;
                        "CACHE-CONTROL": string;
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/flac": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It does not reach that far (`range`) */
                416: {
                    headers: {
                        "CONTENT-RANGE": string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Only the one whom you call so. */
                    external_id?: string;
                    /** @description Only the one of this number. */
                    phone?: string;
                    /** @description Only those whose name begins so; small letters or capitals. */
                    name?: string;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Customers a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["CustomerList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Note a customer down
         * @description Whoever calls or is named by a session is noted down by itself.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewCustomer"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Customer"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import customers
         * @description Each row makes a customer or changes the one of that `external_id`, or else of that `phone`; what it leaves out
         *     stays as it is. A row at fault is left out and told of. The same import sent again changes nothing.
         *
         *     CSV has a first line that names the columns: `external_id`, `phone`, `name`, and `metadata.` with any name.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description UTF-8; at most 10,000 customers and 8 MiB. */
            requestBody: {
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["CustomerImport"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Customer"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Erase a customer
         * @description For good, and all that they said and were told on any channel. Their name, numbers and metadata are gone with the
         *     answer, the rest within minutes; answers kept for an `Idempotency-Key` go within a day. What was used stays
         *     counted, without their name. Not while a call or a voice socket of theirs is open (`conflict`). Whoever calls
         *     again later is a new customer.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Their name, numbers and metadata are gone; a job removes what was said */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Erasure"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a customer */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["CustomerChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Customer"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/customers/{id}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer's conversations on any channel, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Conversations a page. */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["CustomerConversations"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registered numbers, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Numbers a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PhoneNumberList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register a Twilio number
         * @description Twilio is asked first whether the credentials are right, the account is active and the number is its own; what
         *     it has against that is a 422 whose `code` says what is wrong (`twilio_credentials`, `twilio_account_suspended`,
         *     `twilio_account_closed`, `number_not_in_account`, `number_without_voice`). The answer says which addresses to
         *     enter at the number in Twilio's console, unless `configure` is `automatic` (409 `public_url_missing` where the
         *     server does not know its own address).
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Registration"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PhoneNumber"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One registered number */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PhoneNumber"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a number
         * @description It answers no new call, and can be registered anew, here or elsewhere. Live calls go on, past calls stay. What
         *     is entered at Twilio stays there.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It answers no new call */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a number's agent, label, recorder or auth token */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["PhoneNumberChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PhoneNumber"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/phone-numbers/{id}/configure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a number's calls here
         * @description Sets voice URL, fallback URL and status callback at Twilio and reads them back: see `twilio.drift` for what did
         *     not take, because a SIP trunk or a TwiML application has the number.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["PhoneNumber"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-numbers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test whether calls would come through
         * @description Asks Twilio for the account, the number and its settings, and ourselves, from outside, for our public address,
         *     its certificate and a signed webhook. Each check says what is wrong and what to do.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TestReport"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/http-tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tools, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Where the page before ended. */
                    cursor?: string;
                    /** @description Tools on the page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["HttpToolList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a tool */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewHttpTool"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["HttpTool"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/http-tools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tool */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["HttpTool"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Take a tool away
         * @description Not while an agent's draft, what an agent answers with, or a conversation under way names it (`tool_in_use`).
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a tool
         * @description The next call of it is made so, in running conversations too.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["HttpToolChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["HttpTool"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/http-tools/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a tool once, to see what comes of it */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Trial"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TrialResult"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tools/understanding/speech-to-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As `POST /voice/speech-to-text` */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /**
                         * Format: binary
                         * @description wav, mp3, m4a, aac, ogg, webm or flac; at most 25 MB and 10 minutes.
                         */
                        audio_file: string;
                        /** @description ISO 639-1, for example `en`; without it the recogniser decides. */
                        language?: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Transcript"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tools/response/text-to-speech": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As `POST /voice/text-to-speech` */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description Also accepted as multipart form, or as the query of a request without a body. */
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Script"];
                    "application/x-www-form-urlencoded": components["schemas"]["Script"];
                };
            };
            responses: {
                /** @description Mono 16-bit WAV, sent as it is made: the lengths in its header stand at their largest */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/wav": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tools/conversation/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As `POST /conversation/start` */
        post: {
            parameters: {
                query?: {
                    /** @description Your name for the customer; a new one is noted down. */
                    customer_id?: string;
                    /** @description For example `friendly_guide`; the agent's own without one. */
                    persona?: string;
                    /** @description The agent that speaks, as published now; the oldest one without it. */
                    agent_id?: string;
                };
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Beginning"];
                };
            };
            responses: {
                200: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Session"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tools/conversation/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As `POST /conversation/process` */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description Also accepted as multipart form, or as the query of a request without a body. */
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Utterance"];
                    "application/x-www-form-urlencoded": components["schemas"]["Utterance"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Reply"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenant's data keys, newest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["DataKeys"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vault/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal by a new data key
         * @description A job seals all the tenant's secrets anew, while they are in use. By itself it happens once a year.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["DataKey"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's own providers
         * @description The operator's serve the stages without one.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["ProviderCredentialList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-credentials/{stage}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bring a provider of one's own
         * @description Conversations that begin from now on use it, in other processes within five seconds. It is not asked yet:
         *     `POST /provider-credentials/{stage}/test` does so.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    stage: components["schemas"]["Stage"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewProviderCredential"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["ProviderCredential"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Go back to the operator's provider */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    stage: components["schemas"]["Stage"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-credentials/{stage}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the provider whether it works
         * @description For its list of models, which costs nothing; five seconds at most.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    stage: components["schemas"]["Stage"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tested"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's limits, and what is left of them
         * @description A call that a limit leaves no room for is told that all lines are busy, or transferred where the agent can; a
         *     socket or a request is answered with 429 (`limit_reached`). What is going on when a limit is reached may come
         *     to its end.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantLimits"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the tenant's own limits, below what the operator allows */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["LimitChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantLimits"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was used, by day and channel
         * @description A turn counts on the day (UTC) on which it ended, the time of a call or socket on the day on which it began.
         *     Speech recognised or spoken over HTTP without a session counts as `http`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description First day; without it the first of this month. */
                    from?: string;
                    /** @description Last day, at most 366 days in all; without it today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["UsageReport"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a conversation has used so far
         * @description Without the time of a call or socket that is still there.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Amount"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenant of the key or session */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tenant"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the tenant */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TenantName"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tenant"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another tenant
         * @description Whoever is signed in owns it; `POST /auth/switch` goes there. 403 (`sign_up_closed`) where only operators make
         *     tenants.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TenantName"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tenant"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenants that one belongs to, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Tenants a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["OwnPlaceList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenant's people */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Members a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["MemberList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description Ends their sessions in the tenant at once and withdraws their invitations. API keys that they made stay: revoke
         *     those by themselves. Owners are removed by owners alone (403, `escalation`), the last one by nobody (409,
         *     `last_owner`).
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description They belong to the tenant no longer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Give a member another role
         * @description It holds from their next request on. Owners are made and unmade by owners alone, and nobody gives more than
         *     they have (403, `escalation`); the last owner stays one (409, `last_owner`). What they invited to and may not
         *     any more is withdrawn.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["MemberChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Member"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/members/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave the tenant
         * @description Ends one's sessions there. The last owner cannot leave (409, `last_owner`).
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description They belong to the tenant no longer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitations that wait, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Invitations a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["InvitationList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite somebody
         * @description By mail, and by the link in this answer, which is shown never again. Both are good for seven days and once. The
         *     one in the mail also proves the address; the one shown here does not, for its reader is somebody else. An
         *     earlier invitation of the address is replaced. 403 (`escalation`) for a role beyond the caller's, 409 for
         *     somebody who is a member already.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewInvitation"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["MadeInvitation"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It opens nothing any more */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitations/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an invitation offers
         * @description 404 where the token is unknown, expired, used or withdrawn.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["InvitationToken"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["InvitationOffer"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitations/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up by an invitation
         * @description Makes an account, gives it its place in the tenant, and opens a session there. 409 where the address has an
         *     account: sign in and accept.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["InvitedSignUp"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description For whoever is signed in with the address that it is for. The session goes over to the tenant, as by
         *     `POST /auth/switch`. 409 where it is for another address, or one is a member already.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["InvitationAcceptance"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go over to another tenant
         * @description The session goes on there, with a new pair of tokens; the tokens before are refused from now on. 404 where one
         *     is not a member, 403 (`tenant_suspended`) where nobody gets in.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["TenantSwitch"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The API keys, newest first
         * @description Without their secrets; revoked and expired ones too.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Keys a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["ApiKeyList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make an API key
         * @description It is shown in this answer and never again. It reaches no further than its maker: a scope that the caller has
         *     not is 403. Scanners for secrets find one by `\bswb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\b`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 printable ASCII characters of your choice, new for each thing to be made. The same request with the same key, within 24 hours, is not done again: it gets the first one's answer, with `Idempotency-Replayed: true`. Another request with it: 409 `idempotency_mismatch`; the first one still at work: 409 `idempotency_in_progress`. Answers of 429 and 5xx are not kept. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["NewApiKey"];
                };
            };
            responses: {
                201: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["MadeApiKey"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        /** @description `true`: what this key's first request was answered */
                        "Idempotency-Replayed"?: boolean;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description The next request with it is refused. A second time changes nothing.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It opens nothing any more */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's jobs, newest first
         * @description What is done is kept for a week, what is dead for a month.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this state. */
                    state?: components["schemas"]["JobState"];
                    /** @description Only this kind, as `finish_conversation`. */
                    kind?: string;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Jobs a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["JobList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Job"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Discard a job that is dead or waits
         * @description It is deleted. 409 for one that runs or is done, and (`job_required`) for the erasure of a customer.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a dead job again
         * @description With all its tries. 409 for one that is not dead.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Job"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log, newest first
         * @description Who did what to which thing, from where. Nothing in it can be changed.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only what this user or API key did. */
                    actor_id?: string;
                    /** @description Only this action, as `agent.created`. */
                    action?: string;
                    /** @description Only what was done to this thing. */
                    target_id?: string;
                    /** @description Only from this moment on. */
                    from?: string;
                    /** @description Only before this moment. */
                    to?: string;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Events a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["AuditEventList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tenants, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Tenants a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantOverviewList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tenant */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantOverview"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tenants/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a tenant
         * @description Its keys and sessions are refused at once (403, `tenant_suspended`), its callers hear that the number is not
         *     available, and conversations that are going on end within seconds. A second time changes nothing. 409 for the
         *     tenant that the operator is signed in to.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["Suspension"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantOverview"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tenants/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a suspended tenant in again
         * @description An active one stays as it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantOverview"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tenants/{id}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tenant may use, and what it has used */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantLimits"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set what a tenant may use at most, in place of the installation's limits
         * @description The tenant's own limits stay as they are; the lower one holds. What goes on when a limit is lowered may come to
         *     its end; `requests_per_second` holds within ten seconds.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json; charset=utf-8": components["schemas"]["CeilingChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["TenantLimits"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/operator/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tenants' jobs and the platform's own, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this state. */
                    state?: components["schemas"]["JobState"];
                    /** @description Only this kind, as `finish_conversation`. */
                    kind?: string;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Jobs a page. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["JobList"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job of any tenant */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Job"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Discard a job of any tenant that is dead or waits */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a dead job of any tenant again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["Job"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ws/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open voice sockets
         * @description Those of this tenant, in the process that answers. The socket itself, `WS /ws/voice-agent/{session_id}`, is
         *     described in `docs/sockets.md`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json; charset=utf-8": components["schemas"]["SocketStatus"];
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ws/disconnect/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a session's socket
         * @description Ends the conversation. A phone call of that session is hung up.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    session_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The socket is being closed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`) */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
                 *     (`escalation`); or their tenant is suspended (`tenant_suspended`)
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such thing, or it is another tenant's (`not_found`) */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`) */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …) */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/incoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call comes in
         * @description The number's voice webhook ("A call comes in"). Answers with TwiML that opens a media stream. Safe to
         *     repeat: a call is begun once, whatever `I-Twilio-Idempotency-Token` a repetition carries.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Twilio-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["CallForm"];
                };
            };
            responses: {
                /** @description TwiML: what the call is to do next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/xml": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is not signed with the number's own auth token (`bad_signature`) */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`) */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call's stream has ended: what next?
         * @description Twilio comes here by the TwiML of `incoming`. The agent hung up: `<Hangup/>`; it transferred: `<Dial>`;
         *     otherwise the stream was lost, and a new one takes the conversation up where it stopped.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Twilio-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["CallForm"];
                };
            };
            responses: {
                /** @description TwiML: what the call is to do next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/xml": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is not signed with the number's own auth token (`bad_signature`) */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`) */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call's state has changed
         * @description The number's status callback. Callbacks may overtake each other: an older one changes nothing, and a call
         *     that is over stays over.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Twilio-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["StatusForm"];
                };
            };
            responses: {
                /** @description Noted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is not signed with the number's own auth token (`bad_signature`) */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`) */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A recording is complete
         * @description Where Twilio records a number's calls (`recorded_by: twilio`): the callback of the recording that `incoming`
         *     started. It is fetched by a job and deleted at Twilio. Safe to repeat.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Twilio-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["RecordingForm"];
                };
            };
            responses: {
                /** @description Noted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is not signed with the number's own auth token (`bad_signature`) */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`) */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A number is tested
         * @description Not Twilio's: `POST /phone-numbers/{id}/test` posts it to our own public address, signed as Twilio signs, to
         *     find what a proxy on the way changes. It does nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Twilio-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["TestForm"];
                };
            };
            responses: {
                /** @description Arrived as it was signed: what only the holder of the token can make of the nonce */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain; charset=utf-8": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request is not signed with the number's own auth token (`bad_signature`) */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The media type, or what the file really holds, is not supported (`unsupported_media`) */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …) */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`) */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/twilio/fallback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Something went wrong
         * @description The number's fallback webhook: asks for nothing, apologises and hangs up.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description TwiML: what the call is to do next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/xml": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Something went wrong
         * @description The same by POST.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description TwiML: what the call is to do next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/xml": string;
                    };
                };
                /** @description The request cannot be read (`bad_request`) */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than allowed (`payload_too_large`) */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
                 *     now (`limit_reached`)
                 */
                429: {
                    headers: {
                        /** @description Seconds to wait. */
                        "RETRY-AFTER": number;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Our own failure; the log has the cause (`internal`) */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It took too long (`timeout`) */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        /**
         * Agent
         * @description What answers a call.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "differs": false,
         *       "draft": {
         *         "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *         "greeting_interruptible": true,
         *         "greets": true,
         *         "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *         "language": "en",
         *         "limits": {
         *           "idle_prompt_after_s": null,
         *           "max_duration_s": null,
         *           "silence_s": null
         *         },
         *         "max_tokens": null,
         *         "may_end_call": true,
         *         "model": null,
         *         "persona": "friendly_guide",
         *         "recording": {
         *           "announcement": null,
         *           "mode": "off",
         *           "retention_days": null
         *         },
         *         "speed": null,
         *         "temperature": null,
         *         "time_zone": "Europe/Berlin",
         *         "tools": [],
         *         "transfer_to": "+15005550009",
         *         "turns": {
         *           "barge_in_after_ms": null,
         *           "barge_in_sure_ms": null,
         *           "end_complete_ms": null,
         *           "end_incomplete_ms": null,
         *           "end_unknown_ms": null,
         *           "interruptible": null,
         *           "keys_gap_ms": null
         *         },
         *         "variables": {
         *           "shop": "Corner Bakery"
         *         },
         *         "voice": "nova"
         *       },
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13",
         *       "name": "Bakery",
         *       "published": {
         *         "note": null,
         *         "number": 1,
         *         "published_at": "2026-11-22T15:04:05.123456+00:00",
         *         "published_by": "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *         "settings": {
         *           "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *           "greeting_interruptible": true,
         *           "greets": true,
         *           "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *           "language": "en",
         *           "limits": {
         *             "idle_prompt_after_s": null,
         *             "max_duration_s": null,
         *             "silence_s": null
         *           },
         *           "max_tokens": null,
         *           "may_end_call": true,
         *           "model": null,
         *           "persona": "friendly_guide",
         *           "recording": {
         *             "announcement": null,
         *             "mode": "off",
         *             "retention_days": null
         *           },
         *           "speed": null,
         *           "temperature": null,
         *           "time_zone": "Europe/Berlin",
         *           "tools": [],
         *           "transfer_to": "+15005550009",
         *           "turns": {
         *             "barge_in_after_ms": null,
         *             "barge_in_sure_ms": null,
         *             "end_complete_ms": null,
         *             "end_incomplete_ms": null,
         *             "end_unknown_ms": null,
         *             "interruptible": null,
         *             "keys_gap_ms": null
         *           },
         *           "variables": {
         *             "shop": "Corner Bakery"
         *           },
         *           "voice": "nova"
         *         }
         *       },
         *       "revision": 1,
         *       "updated_at": "2026-11-22T15:04:05.123456+00:00"
         *     }
         */
        Agent: {
            id: string;
            name: string;
            /**
             * Format: int32
             * @description Counts the changes.
             */
            revision: number;
            /** @description What is worked on; no call hears it before it is published. */
            draft: components["schemas"]["Settings"] & unknown;
            /** @description What answers. */
            published: components["schemas"]["Version"] & unknown;
            /** @description Whether the draft is not what answers. */
            differs: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /**
         * AgentChange
         * @description What shall be different: a field left out stays as it is, null goes back to the default.
         * @example {
         *       "greeting_interruptible": false,
         *       "instructions": "You take orders for {{shop}}. No cakes this week.",
         *       "revision": 1,
         *       "transfer_to": "sip:counter@bakery.example.com"
         *     }
         */
        AgentChange: {
            /** @description 1–200 characters. It holds at once, whatever is published. */
            name?: string | null;
            /**
             * Format: int32
             * @description The `revision` that the change was made from: another than today's is refused (`stale_revision`).
             */
            revision?: number | null;
            persona?: string | null;
            instructions?: string | null;
            greets?: boolean | null;
            greeting?: string | null;
            greeting_interruptible?: boolean | null;
            model?: string | null;
            /** Format: double */
            temperature?: number | null;
            /** Format: uint32 */
            max_tokens?: number | null;
            voice?: string | null;
            /** Format: double */
            speed?: number | null;
            language?: string | null;
            tools?: string[] | null;
            /** @description All of it: what is left out of it is null. */
            turns?: (components["schemas"]["Turns"] & unknown) | null;
            /** @description All of it: what is left out of it is null. */
            limits?: (components["schemas"]["Limits"] & unknown) | null;
            /** @description All of it: what is left out of it is null. */
            recording?: (components["schemas"]["Recording"] & unknown) | null;
            transfer_to?: string | null;
            may_end_call?: boolean | null;
            /** @description All of them. */
            variables?: {
                [key: string]: string;
            } | null;
            time_zone?: string | null;
        };
        /**
         * AgentList
         * @description The agents, newest first.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "differs": false,
         *           "draft": {
         *             "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *             "greeting_interruptible": true,
         *             "greets": true,
         *             "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *             "language": "en",
         *             "limits": {
         *               "idle_prompt_after_s": null,
         *               "max_duration_s": null,
         *               "silence_s": null
         *             },
         *             "max_tokens": null,
         *             "may_end_call": true,
         *             "model": null,
         *             "persona": "friendly_guide",
         *             "recording": {
         *               "announcement": null,
         *               "mode": "off",
         *               "retention_days": null
         *             },
         *             "speed": null,
         *             "temperature": null,
         *             "time_zone": "Europe/Berlin",
         *             "tools": [],
         *             "transfer_to": "+15005550009",
         *             "turns": {
         *               "barge_in_after_ms": null,
         *               "barge_in_sure_ms": null,
         *               "end_complete_ms": null,
         *               "end_incomplete_ms": null,
         *               "end_unknown_ms": null,
         *               "interruptible": null,
         *               "keys_gap_ms": null
         *             },
         *             "variables": {
         *               "shop": "Corner Bakery"
         *             },
         *             "voice": "nova"
         *           },
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13",
         *           "name": "Bakery",
         *           "published": {
         *             "note": null,
         *             "number": 1,
         *             "published_at": "2026-11-22T15:04:05.123456+00:00",
         *             "published_by": "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *             "settings": {
         *               "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *               "greeting_interruptible": true,
         *               "greets": true,
         *               "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *               "language": "en",
         *               "limits": {
         *                 "idle_prompt_after_s": null,
         *                 "max_duration_s": null,
         *                 "silence_s": null
         *               },
         *               "max_tokens": null,
         *               "may_end_call": true,
         *               "model": null,
         *               "persona": "friendly_guide",
         *               "recording": {
         *                 "announcement": null,
         *                 "mode": "off",
         *                 "retention_days": null
         *               },
         *               "speed": null,
         *               "temperature": null,
         *               "time_zone": "Europe/Berlin",
         *               "tools": [],
         *               "transfer_to": "+15005550009",
         *               "turns": {
         *                 "barge_in_after_ms": null,
         *                 "barge_in_sure_ms": null,
         *                 "end_complete_ms": null,
         *                 "end_incomplete_ms": null,
         *                 "end_unknown_ms": null,
         *                 "interruptible": null,
         *                 "keys_gap_ms": null
         *               },
         *               "variables": {
         *                 "shop": "Corner Bakery"
         *               },
         *               "voice": "nova"
         *             }
         *           },
         *           "revision": 1,
         *           "updated_at": "2026-11-22T15:04:05.123456+00:00"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        AgentList: {
            items: components["schemas"]["Agent"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * Amount
         * @description What was used.
         */
        Amount: {
            /**
             * Format: int64
             * @description One of two days counts in both.
             */
            conversations: number;
            /**
             * Format: int64
             * @description With a line: calls and voice sockets, ringing and silence included.
             */
            seconds: number;
            /**
             * Format: int64
             * @description Caller's audio that was recognised, milliseconds.
             */
            transcribed_ms: number;
            /** Format: int64 */
            prompt_tokens: number;
            /** Format: int64 */
            completion_tokens: number;
            /**
             * Format: int64
             * @description Characters turned into speech.
             */
            spoken_characters: number;
            /** @description Estimated, as far as prices are known; what your own providers serve is paid to them, and is not in it. */
            cost_usd: components["schemas"]["Cost"] & unknown;
            /**
             * Format: int64
             * @description Conversations of which a part has no known price, and is not in the cost.
             */
            unpriced: number;
        };
        /**
         * ApiKey
         * @description A key, without its secret.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "created_by_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *       "created_by_kind": "user",
         *       "created_by_name": "Ada",
         *       "expires_at": null,
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *       "last_used_at": "2026-11-22T16:00:00+00:00",
         *       "name": "Web shop",
         *       "prefix": "swb_1a2B3c4D",
         *       "revoked_at": null,
         *       "scopes": [
         *         "read",
         *         "calls"
         *       ]
         *     }
         */
        ApiKey: {
            id: string;
            name: string;
            /** @description How the key begins. */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            created_at: string;
            /** @description `user`, `api_key` or `system`. */
            created_by_kind: string;
            /** @description Null: the system. */
            created_by_id?: string | null;
            created_by_name?: string | null;
            /**
             * Format: date-time
             * @description Right to the minute; null: never.
             */
            last_used_at?: string | null;
            /**
             * Format: date-time
             * @description Null: it does not expire.
             */
            expires_at?: string | null;
            /**
             * Format: date-time
             * @description Null: it is not revoked.
             */
            revoked_at?: string | null;
        };
        /**
         * ApiKeyList
         * @description Keys, newest first.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "created_by_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *           "created_by_kind": "user",
         *           "created_by_name": "Ada",
         *           "expires_at": null,
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *           "last_used_at": "2026-11-22T16:00:00+00:00",
         *           "name": "Web shop",
         *           "prefix": "swb_1a2B3c4D",
         *           "revoked_at": null,
         *           "scopes": [
         *             "read",
         *             "calls"
         *           ]
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        ApiKeyList: {
            items: components["schemas"]["ApiKey"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * AtTwilio
         * @description What Twilio has of the number, as of the last check: every six hours, and whenever it is configured or tested.
         */
        AtTwilio: {
            state: components["schemas"]["State"];
            /**
             * Format: date-time
             * @description Null: never.
             */
            checked_at?: string | null;
            /** @description Settings that keep calls from coming here; empty unless `drifted`. */
            drift: components["schemas"]["Drift"][];
        };
        /**
         * AudioRecording
         * @description What was heard over one line: the caller left, the agent right.
         * @example {
         *       "bytes": 412345,
         *       "channels": 2,
         *       "content_type": "audio/flac",
         *       "conversation_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "duration_ms": 62400,
         *       "expires_at": "2027-02-20T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31",
         *       "offset_ms": 840,
         *       "ready_at": "2026-11-22T15:05:09.654321+00:00",
         *       "sample_rate": 8000,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "source": "switchboard",
         *       "state": "ready"
         *     }
         */
        AudioRecording: {
            id: string;
            conversation_id: string;
            source: components["schemas"]["RecordingSource"];
            state: components["schemas"]["RecordingState"];
            /**
             * Format: int64
             * @description Milliseconds from the start of the conversation to the start of the recording. A call that outlived a process has one
             *     recording for each.
             */
            offset_ms: number;
            /** Format: int64 */
            duration_ms?: number | null;
            /**
             * Format: int32
             * @description Samples a second: 8,000 of a telephone, 16,000 of a browser.
             */
            sample_rate: number;
            /** Format: int32 */
            channels: number;
            /** @description `audio/flac` */
            content_type?: string | null;
            /** Format: int64 */
            bytes?: number | null;
            /** @description Of the file, in hexadecimal. */
            sha256?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ready_at?: string | null;
            /**
             * Format: date-time
             * @description When it is deleted; null: not by itself.
             */
            expires_at?: string | null;
        };
        /**
         * AuditEvent
         * @description Something that was done.
         * @example {
         *       "action": "api_key.created",
         *       "actor_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *       "actor_kind": "user",
         *       "actor_name": "Ada",
         *       "address": "192.0.2.7",
         *       "at": "2026-11-22T15:04:05.123456+00:00",
         *       "details": {
         *         "name": "Web shop",
         *         "scopes": [
         *           "read",
         *           "calls"
         *         ]
         *       },
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *       "target_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15"
         *     }
         */
        AuditEvent: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @description `user`, `api_key`, `operator` (of the platform) or `system`. */
            actor_kind: string;
            /** @description Null: the system. */
            actor_id?: string | null;
            /** @description The user's or key's; null: an operator, or the system. */
            actor_name?: string | null;
            /** @description `thing.done`, as `agent.created`. */
            action: string;
            /** @description What it was done to. */
            target_id?: string | null;
            /** @description What else there is to know; which fields depends on the action. */
            details?: unknown;
            /** @description The network address that the request came from; null: there was none. */
            address?: string | null;
        };
        /**
         * AuditEventList
         * @description Events, newest first.
         * @example {
         *       "items": [
         *         {
         *           "action": "api_key.created",
         *           "actor_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *           "actor_kind": "user",
         *           "actor_name": "Ada",
         *           "address": "192.0.2.7",
         *           "at": "2026-11-22T15:04:05.123456+00:00",
         *           "details": {
         *             "name": "Web shop",
         *             "scopes": [
         *               "read",
         *               "calls"
         *             ]
         *           },
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *           "target_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        AuditEventList: {
            items: components["schemas"]["AuditEvent"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * Beginning
         * @description What a session is to know from its start.
         * @example {
         *       "variables": {
         *         "order.size": "large"
         *       }
         *     }
         */
        Beginning: {
            /**
             * @description Values for the variables of the agent's texts: `{{order.size}}`. At most 50, of up to 500 characters; names are
             *     letters, digits, `_`, `-` and dots, and not the platform's (`customer`, `call`, `agent`, `now`).
             * @default {}
             */
            variables?: {
                [key: string]: string;
            } | null;
        };
        /**
         * Call
         * @description A phone call.
         * @example {
         *       "account_sid": "AC0123456789abcdef0123456789abcdef",
         *       "call_sid": "CA0123456789abcdef0123456789abcdef",
         *       "conversation_id": "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44",
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "duration_s": 65,
         *       "ended_at": "2026-11-22T15:05:10.654321+00:00",
         *       "from_number": "+15005550001",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "status": "completed",
         *       "to_number": "+15005550006"
         *     }
         */
        Call: {
            id: string;
            conversation_id: string;
            /** @description Twilio's name for it. */
            call_sid: string;
            account_sid: string;
            from_number: string;
            to_number: string;
            /** @description Twilio's `CallStatus`: `ringing`, `in-progress`, `completed`, … */
            status: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at?: string | null;
            /** Format: int64 */
            duration_s?: number | null;
        };
        /**
         * CallForm
         * @description What Twilio posts when a call begins or its stream has ended.
         */
        CallForm: {
            /** @description Twilio's name for the call */
            CallSid: string;
            /** @description The account that owns the number */
            AccountSid: string;
            /** @description The caller */
            From: string;
            /** @description The number called */
            To: string;
        };
        /**
         * CallList
         * @description Calls, newest first.
         * @example {
         *       "items": [
         *         {
         *           "account_sid": "AC0123456789abcdef0123456789abcdef",
         *           "call_sid": "CA0123456789abcdef0123456789abcdef",
         *           "conversation_id": "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44",
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "duration_s": 65,
         *           "ended_at": "2026-11-22T15:05:10.654321+00:00",
         *           "from_number": "+15005550001",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *           "status": "completed",
         *           "to_number": "+15005550006"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        CallList: {
            items: components["schemas"]["Call"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * CeilingChange
         * @description What the tenant may use at most: a field left out stays as it is, null goes back to the installation's, 0 is unlimited.
         * @example {
         *       "concurrent_calls": 20,
         *       "minutes_per_month": 0,
         *       "spend_per_day_usd": null
         *     }
         */
        CeilingChange: {
            /** Format: uint64 */
            concurrent_calls?: number | null;
            /** Format: uint64 */
            minutes_per_month?: number | null;
            /**
             * Format: double
             * @description To the millionth.
             */
            spend_per_day_usd?: number | null;
            /** Format: uint64 */
            requests_per_second?: number | null;
        };
        /**
         * Check
         * @description One check.
         */
        Check: {
            /** @description `credentials`, `number`, `webhooks`, `public_url`, `reachable` or `signature`. */
            check: string;
            verdict: components["schemas"]["Verdict"];
            /** @description What is right, or what is wrong and what to do. */
            message: string;
        };
        /**
         * @description Who enters the webhooks at Twilio.
         * @enum {string}
         */
        Configuration: "automatic" | "manual";
        /**
         * Conversation
         * @description A conversation, whatever its channel.
         */
        Conversation: {
            id: string;
            session_id: string;
            /** @description `phone`, `socket` or `http` */
            channel: string;
            agent_id?: string | null;
            /**
             * Format: int32
             * @description The version of the agent that it began with, and keeps.
             */
            agent_version?: number | null;
            persona: string;
            customer_id?: string | null;
            /** @description `active` or `ended` */
            status: string;
            /** @description Why it ended: `{"kind": "caller_hung_up"}`, … */
            end_reason?: unknown;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at?: string | null;
        };
        /**
         * Cost
         * @description Estimated cost of providers in US dollars; engines inside the server cost nothing.
         */
        Cost: {
            /** Format: double */
            speech_to_text: number;
            /** Format: double */
            language_model: number;
            /** Format: double */
            text_to_speech: number;
            /** Format: double */
            total: number;
        };
        /**
         * Count
         * @description A limit that is counted.
         */
        Count: {
            /**
             * Format: uint64
             * @description What holds; null: unlimited.
             */
            limit?: number | null;
            /**
             * Format: uint64
             * @description What the operator allows; null: unlimited.
             */
            ceiling?: number | null;
            /**
             * Format: uint64
             * @description What the tenant has set below that; null: nothing.
             */
            own?: number | null;
            /**
             * Format: uint64
             * @description Null: not told.
             */
            used?: number | null;
            /**
             * Format: uint64
             * @description Null: unlimited, or not told.
             */
            remaining?: number | null;
        };
        /**
         * Customer
         * @description Somebody whom agents talk to.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "external_id": "c-17",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *       "metadata": {
         *         "plan": "gold"
         *       },
         *       "name": "Ann Lee",
         *       "phone": "+14155550100"
         *     }
         */
        Customer: {
            id: string;
            /** @description Your own name for them, unique. */
            external_id?: string | null;
            /** @description Unique. E.164; of somebody who called, as the line names it. */
            phone?: string | null;
            name?: string | null;
            /** @description An object: `{{customer.metadata.plan}}` in an agent's texts. */
            metadata: unknown;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * CustomerChange
         * @description What shall be different: a field left out stays as it is, null takes it away.
         * @example {
         *       "metadata": {
         *         "plan": "silver"
         *       },
         *       "name": "Ann Lee-Miller"
         *     }
         */
        CustomerChange: {
            external_id?: string | null;
            phone?: string | null;
            name?: string | null;
            /** @description The whole of it. */
            metadata?: unknown;
        };
        /**
         * CustomerConversations
         * @description Conversations on any channel, newest first.
         */
        CustomerConversations: {
            items: components["schemas"]["Conversation"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * CustomerImport
         * @description What came of an import.
         * @example {
         *       "created": 41,
         *       "failed": 1,
         *       "faults": [
         *         {
         *           "line": 7,
         *           "why": "phone: must be an international number that can be dialled: +1 (415) 555-0199"
         *         }
         *       ],
         *       "updated": 3
         *     }
         */
        CustomerImport: {
            /** Format: uint64 */
            created: number;
            /** Format: uint64 */
            updated: number;
            /** Format: uint64 */
            failed: number;
            /** @description Of the first thousand rows that failed. */
            faults: components["schemas"]["ImportFault"][];
        };
        /**
         * CustomerList
         * @description Customers, newest first.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "external_id": "c-17",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *           "metadata": {
         *             "plan": "gold"
         *           },
         *           "name": "Ann Lee",
         *           "phone": "+14155550100"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        CustomerList: {
            items: components["schemas"]["Customer"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * DataKey
         * @description One of the tenant's keys, never its material.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b20",
         *       "operator_key_id": "k1",
         *       "retired_at": null
         *     }
         */
        DataKey: {
            id: string;
            /** @description Which of the operator's keys seals it. */
            operator_key_id: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Null: it is the one that seals. Otherwise since when it only opens; it goes an hour later, or when nothing is
             *     sealed by it any more.
             */
            retired_at?: string | null;
        };
        /**
         * DataKeys
         * @description What seals the tenant's secrets.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b20",
         *           "operator_key_id": "k1",
         *           "retired_at": null
         *         }
         *       ]
         *     }
         */
        DataKeys: {
            /** @description Newest first, some twenty at most; none before the first secret. */
            items: components["schemas"]["DataKey"][];
        };
        /**
         * Day
         * @description What one channel used in one day.
         */
        Day: {
            /**
             * Format: naive-date
             * @description UTC.
             */
            day: string;
            /** @description `phone`, `socket` or `http` */
            channel: string;
            used: components["schemas"]["Amount"];
        };
        /**
         * Dollars
         * @description A limit in US dollars.
         */
        Dollars: {
            /**
             * Format: double
             * @description What holds; null: unlimited.
             */
            limit?: number | null;
            /**
             * Format: double
             * @description What the operator allows; null: unlimited.
             */
            ceiling?: number | null;
            /**
             * Format: double
             * @description What the tenant has set below that; null: nothing.
             */
            own?: number | null;
            /** Format: double */
            used: number;
            /**
             * Format: double
             * @description Null: unlimited.
             */
            remaining?: number | null;
        };
        /**
         * Drift
         * @description A setting that is not as it should be.
         */
        Drift: {
            /** @description Its name in Twilio's API. */
            setting: string;
            /** @description Null: nothing should stand there. */
            wanted?: string | null;
            /** @description Null: nothing stands there. */
            found?: string | null;
        };
        /**
         * Erasure
         * @description The job that removes what is left.
         * @example {
         *       "job_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b18"
         *     }
         */
        Erasure: {
            job_id: string;
        };
        /**
         * Forgotten
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        Forgotten: {
            email: string;
        };
        /**
         * Health
         * @description The process is alive.
         * @example {
         *       "status": "healthy",
         *       "version": "0.1.0"
         *     }
         */
        Health: {
            /** @description `healthy` */
            status: string;
            version: string;
        };
        /**
         * HttpTool
         * @description An HTTP request that the model may make in the middle of a conversation.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "description": "Finds an order by its number. Call it when the caller asks where an order is.",
         *       "headers": {
         *         "X-Shop": "corner"
         *       },
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *       "method": "GET",
         *       "name": "find_order",
         *       "parameters": {
         *         "properties": {
         *           "number": {
         *             "pattern": "^[0-9]{4,10}$",
         *             "type": "string"
         *           }
         *         },
         *         "required": [
         *           "number"
         *         ],
         *         "type": "object"
         *       },
         *       "response": [
         *         {
         *           "name": "status",
         *           "pointer": "/order/status"
         *         }
         *       ],
         *       "secret_headers": [
         *         {
         *           "last_four": "cret",
         *           "name": "Authorization"
         *         }
         *       ],
         *       "speak_while_waiting": "Let me look that up.",
         *       "timeout_ms": 5000,
         *       "updated_at": "2026-11-22T15:04:05.123456+00:00",
         *       "url": "https://api.bakery.example.com/orders/{number}"
         *     }
         */
        HttpTool: {
            id: string;
            name: string;
            description: string;
            parameters: unknown;
            method: components["schemas"]["Method"];
            url: string;
            headers: {
                [key: string]: string;
            };
            secret_headers: components["schemas"]["SecretHeader"][];
            /** Format: uint32 */
            timeout_ms: number;
            response?: components["schemas"]["ResponseField"][] | null;
            speak_while_waiting?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /**
         * HttpToolChange
         * @description What shall be different: a field left out stays as it is.
         * @example {
         *       "secret_headers": {
         *         "Authorization": "Bearer another-secret"
         *       },
         *       "speak_while_waiting": null,
         *       "timeout_ms": 8000
         *     }
         */
        HttpToolChange: {
            name?: string | null;
            description?: string | null;
            parameters?: unknown;
            method?: components["schemas"]["Method"] | null;
            url?: string | null;
            /** @description All of them. */
            headers?: {
                [key: string]: string;
            } | null;
            /** @description Those named are set, or with null taken away; the others stay. Null for all of it takes all away. */
            secret_headers?: {
                [key: string]: string;
            } | null;
            /** Format: uint32 */
            timeout_ms?: number | null;
            /** @description Null: the model sees the whole answer. */
            response?: components["schemas"]["ResponseField"][] | null;
            /** @description Null: nothing of its own. */
            speak_while_waiting?: string | null;
        };
        /**
         * HttpToolList
         * @description Tools, newest first.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "description": "Finds an order by its number. Call it when the caller asks where an order is.",
         *           "headers": {
         *             "X-Shop": "corner"
         *           },
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *           "method": "GET",
         *           "name": "find_order",
         *           "parameters": {
         *             "properties": {
         *               "number": {
         *                 "pattern": "^[0-9]{4,10}$",
         *                 "type": "string"
         *               }
         *             },
         *             "required": [
         *               "number"
         *             ],
         *             "type": "object"
         *           },
         *           "response": [
         *             {
         *               "name": "status",
         *               "pointer": "/order/status"
         *             }
         *           ],
         *           "secret_headers": [
         *             {
         *               "last_four": "cret",
         *               "name": "Authorization"
         *             }
         *           ],
         *           "speak_while_waiting": "Let me look that up.",
         *           "timeout_ms": 5000,
         *           "updated_at": "2026-11-22T15:04:05.123456+00:00",
         *           "url": "https://api.bakery.example.com/orders/{number}"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        HttpToolList: {
            items: components["schemas"]["HttpTool"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * ImportFault
         * @description Why a row was left out; the others stand.
         */
        ImportFault: {
            /**
             * Format: uint64
             * @description That the row begins in, from 1.
             */
            line: number;
            why: string;
        };
        /**
         * Invitation
         * @description A place in the tenant that waits for somebody to take it.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "email": "bob@example.com",
         *       "expires_at": "2026-11-29T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b18",
         *       "invited_by": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *       "role": "member"
         *     }
         */
        Invitation: {
            id: string;
            /** @description Null: it is for whoever has the link. */
            email?: string | null;
            role: components["schemas"]["Role"];
            /** @description Null: an API key, or the first start. */
            invited_by?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * InvitationAcceptance
         * @description An invitation that somebody takes who is signed in.
         * @example {
         *       "cookies": false,
         *       "token": "nJ7Zk4mQ0aVb1xXc9LrT2eYw5uHs8dGf3pRiKoAt"
         *     }
         */
        InvitationAcceptance: {
            /** Format: password */
            token: string;
            /**
             * @description For browsers: the refresh token comes in a cookie instead of the body.
             * @default false
             */
            cookies?: boolean | null;
        };
        /**
         * InvitationList
         * @description Invitations, newest first.
         * @example {
         *       "items": [
         *         {
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "email": "bob@example.com",
         *           "expires_at": "2026-11-29T15:04:05.123456+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b18",
         *           "invited_by": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16",
         *           "role": "member"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        InvitationList: {
            items: components["schemas"]["Invitation"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * InvitationOffer
         * @description What an invitation offers.
         * @example {
         *       "email": "bob@example.com",
         *       "expires_at": "2026-11-29T15:04:05.123456+00:00",
         *       "has_account": false,
         *       "role": "member",
         *       "tenant_name": "Corner Bakery"
         *     }
         */
        InvitationOffer: {
            tenant_name: string;
            role: components["schemas"]["Role"];
            /** @description Null: it is for whoever has the link. */
            email?: string | null;
            /** @description Whether the address has an account: then one signs in and accepts, else one signs up. */
            has_account: boolean;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * InvitationToken
         * @description What a link carries.
         * @example {
         *       "token": "nJ7Zk4mQ0aVb1xXc9LrT2eYw5uHs8dGf3pRiKoAt"
         *     }
         */
        InvitationToken: {
            /** Format: password */
            token: string;
        };
        /**
         * InvitedSignUp
         * @description Somebody who comes in by an invitation and has no account yet.
         * @example {
         *       "cookies": false,
         *       "email": null,
         *       "name": "Bob",
         *       "password": "a long sentence that nobody guesses",
         *       "token": "nJ7Zk4mQ0aVb1xXc9LrT2eYw5uHs8dGf3pRiKoAt"
         *     }
         */
        InvitedSignUp: {
            /** Format: password */
            token: string;
            /** @description 1–200 characters. */
            name: string;
            /**
             * Format: password
             * @description 12–128 characters.
             */
            password: string;
            /** @description Needed where the invitation is for whoever has the link; else the invitation's own counts. */
            email?: string | null;
            /**
             * @description For browsers: the refresh token comes in a cookie instead of the body.
             * @default false
             */
            cookies?: boolean | null;
        };
        /**
         * Job
         * @description Something that is done in the background.
         * @example {
         *       "attempts": 10,
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "finished_at": "2026-11-22T15:20:19.000001+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *       "kind": "check_phone_number",
         *       "last_error": "Twilio cannot be reached: timeout",
         *       "max_attempts": 10,
         *       "progress": {
         *         "done": 120,
         *         "phase": "secrets",
         *         "total": 400
         *       },
         *       "run_at": "2026-11-22T15:20:11.000001+00:00",
         *       "state": "dead",
         *       "subject": {
         *         "phone_number": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14"
         *       },
         *       "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *     }
         */
        Job: {
            id: string;
            /** @description Null: the platform's own, which operators alone see. */
            tenant_id?: string | null;
            /** @description What is done: `finish_conversation`, `check_phone_number`, … */
            kind: string;
            state: components["schemas"]["JobState"];
            /** @description The ids of what it is about, by name. */
            subject: unknown;
            /**
             * Format: int32
             * @description Tries so far, the running one too.
             */
            attempts: number;
            /**
             * Format: int32
             * @description After so many it is dead.
             */
            max_attempts: number;
            /** @description Null: it has not said. */
            progress?: (components["schemas"]["JobProgress"] & unknown) | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description It does not begin before; in the past: it has been waiting since.
             */
            run_at: string;
            /**
             * Format: date-time
             * @description Null: it is neither done nor dead.
             */
            finished_at?: string | null;
            /** @description Why the last try failed. */
            last_error?: string | null;
        };
        /**
         * JobList
         * @description Jobs, newest first.
         * @example {
         *       "items": [
         *         {
         *           "attempts": 10,
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "finished_at": "2026-11-22T15:20:19.000001+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17",
         *           "kind": "check_phone_number",
         *           "last_error": "Twilio cannot be reached: timeout",
         *           "max_attempts": 10,
         *           "progress": {
         *             "done": 120,
         *             "phase": "secrets",
         *             "total": 400
         *           },
         *           "run_at": "2026-11-22T15:20:11.000001+00:00",
         *           "state": "dead",
         *           "subject": {
         *             "phone_number": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14"
         *           },
         *           "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        JobList: {
            items: components["schemas"]["Job"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * JobProgress
         * @description How far a job has come.
         * @example {
         *       "done": 120,
         *       "phase": "secrets",
         *       "total": 400
         *     }
         */
        JobProgress: {
            /** Format: uint64 */
            done: number;
            /**
             * Format: uint64
             * @description Null: not known.
             */
            total?: number | null;
            /** @description What it is at. */
            phase?: string | null;
        };
        /** @enum {string} */
        JobState: "ready" | "running" | "done" | "dead";
        /**
         * LimitChange
         * @description What shall be different: a field left out stays as it is, null takes the limit back.
         * @example {
         *       "concurrent_calls": 5,
         *       "requests_per_second": null,
         *       "spend_per_day_usd": 20
         *     }
         */
        LimitChange: {
            /**
             * Format: uint64
             * @description At least 1.
             */
            concurrent_calls?: number | null;
            /**
             * Format: uint64
             * @description At least 1.
             */
            minutes_per_month?: number | null;
            /**
             * Format: double
             * @description At least a millionth.
             */
            spend_per_day_usd?: number | null;
            /**
             * Format: uint64
             * @description At least 1.
             */
            requests_per_second?: number | null;
        };
        /**
         * Limits
         * @description How long a conversation and its silences may last: each up to four hours. Null: the server's default.
         */
        Limits: {
            /**
             * Format: uint64
             * @description Silence of both sides before the agent asks whether the caller is there; null: 10.
             * @default null
             */
            idle_prompt_after_s?: number | null;
            /**
             * Format: uint64
             * @description Silence of the caller before the agent hangs up; null: 30.
             * @default null
             */
            silence_s?: number | null;
            /**
             * Format: uint64
             * @description The whole conversation; null: 1,800.
             * @default null
             */
            max_duration_s?: number | null;
        };
        /**
         * MadeApiKey
         * @description A new key, and the only sight of its secret.
         */
        MadeApiKey: {
            /**
             * Format: password
             * @description The whole key. It is not kept and cannot be shown again.
             */
            key: string;
            api_key: components["schemas"]["ApiKey"];
        };
        /**
         * MadeInvitation
         * @description An invitation, and the only sight of its link.
         */
        MadeInvitation: {
            /**
             * Format: password
             * @description To be passed on where the mail does not come. Good once, for seven days.
             */
            link: string;
            invitation: components["schemas"]["Invitation"];
        };
        /**
         * Me
         * @description Who is signed in, and where.
         * @example {
         *       "permissions": [
         *         "read",
         *         "calls",
         *         "manage",
         *         "admin",
         *         "own"
         *       ],
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *       "tenant": {
         *         "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *         "name": "Corner Bakery",
         *         "role": "owner",
         *         "status": "active"
         *       },
         *       "tenants": [
         *         {
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *           "name": "Corner Bakery",
         *           "role": "owner",
         *           "status": "active"
         *         }
         *       ],
         *       "user": {
         *         "created_at": "2026-11-22T15:04:05.123456+00:00",
         *         "email": "ada@example.com",
         *         "email_verified_at": null,
         *         "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *         "name": "Ada Lovelace"
         *       }
         *     }
         */
        Me: {
            user: components["schemas"]["User"];
            /** @description The session's. */
            tenant: components["schemas"]["Place"] & unknown;
            /** @description What the role in it allows: `read`, `calls`, `manage`, `admin`, `own`. */
            permissions: string[];
            /** @description All that the user belongs to, newest first; at most 100. */
            tenants: components["schemas"]["Place"][];
            session_id: string;
        };
        /**
         * Member
         * @description Somebody who belongs to the tenant.
         * @example {
         *       "email": "ada@example.com",
         *       "joined_at": "2026-11-22T15:04:05.123456+00:00",
         *       "name": "Ada",
         *       "role": "admin",
         *       "user_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16"
         *     }
         */
        Member: {
            user_id: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            /** Format: date-time */
            joined_at: string;
        };
        /**
         * MemberChange
         * @description What a member shall be.
         * @example {
         *       "role": "viewer"
         *     }
         */
        MemberChange: {
            role: components["schemas"]["Role"];
        };
        /**
         * MemberList
         * @description Members; who made their account last comes first.
         * @example {
         *       "items": [
         *         {
         *           "email": "ada@example.com",
         *           "joined_at": "2026-11-22T15:04:05.123456+00:00",
         *           "name": "Ada",
         *           "role": "admin",
         *           "user_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        MemberList: {
            items: components["schemas"]["Member"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * @description How the server is asked. Arguments that are not in the address go into the query with `GET` and `DELETE`, into a
         *     JSON body with the others.
         * @enum {string}
         */
        Method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
        /**
         * @description Whether calls are recorded.
         * @enum {string}
         */
        Mode: "off" | "on" | "consent";
        /**
         * NewAgent
         * @description An agent to be made; the persona gives what is left out.
         * @example {
         *       "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *       "greeting_interruptible": true,
         *       "greets": true,
         *       "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *       "language": "en",
         *       "limits": {
         *         "idle_prompt_after_s": null,
         *         "max_duration_s": null,
         *         "silence_s": null
         *       },
         *       "max_tokens": null,
         *       "may_end_call": true,
         *       "model": null,
         *       "name": "Bakery",
         *       "persona": "friendly_guide",
         *       "recording": {
         *         "announcement": null,
         *         "mode": "off",
         *         "retention_days": null
         *       },
         *       "speed": null,
         *       "temperature": null,
         *       "time_zone": "Europe/Berlin",
         *       "tools": [],
         *       "transfer_to": "+15005550009",
         *       "turns": {
         *         "barge_in_after_ms": null,
         *         "barge_in_sure_ms": null,
         *         "end_complete_ms": null,
         *         "end_incomplete_ms": null,
         *         "end_unknown_ms": null,
         *         "interruptible": null,
         *         "keys_gap_ms": null
         *       },
         *       "variables": {
         *         "shop": "Corner Bakery"
         *       },
         *       "voice": "nova"
         *     }
         */
        NewAgent: {
            /** @description 1–200 characters. */
            name: string;
            /**
             * @description A persona's name (`GET /personas`).
             * @default friendly_guide
             */
            persona?: string | null;
            /** @description Said to the model after the persona's own prompt; up to 20,000 characters. A template: `{{customer.name|there}}`. */
            instructions?: string | null;
            /**
             * @description Whether the agent speaks first.
             * @default true
             */
            greets?: boolean | null;
            /** @description Said first; up to 1,000 characters. A template. */
            greeting?: string | null;
            /**
             * @description Whether the caller can break into the greeting; what they say over one that goes on is answered after it.
             * @default true
             */
            greeting_interruptible?: boolean | null;
            /** @description As the language model's provider calls it; null: the one that the server is configured with. */
            model?: string | null;
            /**
             * Format: double
             * @description 0–2; null: the provider's default.
             */
            temperature?: number | null;
            /**
             * Format: uint32
             * @description Of one reply: 1–2,000; null: 1,000.
             */
            max_tokens?: number | null;
            /** @description A voice of the speech provider. */
            voice?: string | null;
            /**
             * Format: double
             * @description Of speech: 0.25–4, 1 is natural.
             */
            speed?: number | null;
            /** @description That callers speak, in two letters (ISO 639-1); null: the persona's, or the recogniser decides. */
            language?: string | null;
            /**
             * @description Ids of your HTTP tools that the model may call: at most 32, each once.
             * @default []
             */
            tools?: string[] | null;
            /**
             * @default {
             *       "barge_in_after_ms": null,
             *       "barge_in_sure_ms": null,
             *       "end_complete_ms": null,
             *       "end_incomplete_ms": null,
             *       "end_unknown_ms": null,
             *       "interruptible": null,
             *       "keys_gap_ms": null
             *     }
             */
            turns?: (components["schemas"]["Turns"] & unknown) | null;
            /**
             * @default {
             *       "idle_prompt_after_s": null,
             *       "max_duration_s": null,
             *       "silence_s": null
             *     }
             */
            limits?: (components["schemas"]["Limits"] & unknown) | null;
            /**
             * @default {
             *       "announcement": null,
             *       "mode": "off",
             *       "retention_days": null
             *     }
             */
            recording?: (components["schemas"]["Recording"] & unknown) | null;
            /** @description What `transfer_call` dials: an E.164 number or a SIP URI (`sip:user@host`); null: the agent cannot transfer. */
            transfer_to?: string | null;
            /**
             * @description Whether the agent may hang up.
             * @default true
             */
            may_end_call?: boolean | null;
            /**
             * @description What stands for a template's variable that has no value, by its name; at most 50.
             * @default {}
             */
            variables?: {
                [key: string]: string;
            } | null;
            /** @description Of `{{now}}`, as in the IANA database (`Europe/Berlin`); null: UTC. */
            time_zone?: string | null;
        };
        /**
         * NewApiKey
         * @description A key to be made.
         * @example {
         *       "expires_at": null,
         *       "name": "Web shop",
         *       "scopes": [
         *         "read",
         *         "calls"
         *       ]
         *     }
         */
        NewApiKey: {
            /** @description 1–200 characters. */
            name: string;
            /** @description At least one, none that the caller has not. */
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: date-time
             * @description In the future; without it the key does not expire.
             */
            expires_at?: string | null;
        };
        /**
         * NewCustomer
         * @description A customer to be noted down, with an external id, a phone number, or both.
         * @example {
         *       "external_id": "c-17",
         *       "metadata": {
         *         "plan": "gold"
         *       },
         *       "name": "Ann Lee",
         *       "phone": "+14155550100"
         *     }
         */
        NewCustomer: {
            /** @description 1–200 characters. */
            external_id?: string | null;
            /** @description International, however it is written. */
            phone?: string | null;
            /** @description 1–200 characters. */
            name?: string | null;
            /** @description An object of at most 50 keys and 8 KiB. */
            metadata?: unknown;
        };
        /**
         * NewHttpTool
         * @description A tool to be made.
         * @example {
         *       "description": "Finds an order by its number. Call it when the caller asks where an order is.",
         *       "headers": {
         *         "X-Shop": "corner"
         *       },
         *       "method": "GET",
         *       "name": "find_order",
         *       "parameters": {
         *         "properties": {
         *           "number": {
         *             "pattern": "^[0-9]{4,10}$",
         *             "type": "string"
         *           }
         *         },
         *         "required": [
         *           "number"
         *         ],
         *         "type": "object"
         *       },
         *       "response": [
         *         {
         *           "name": "status",
         *           "pointer": "/order/status"
         *         }
         *       ],
         *       "secret_headers": {
         *         "Authorization": "Bearer a-long-secret"
         *       },
         *       "speak_while_waiting": "Let me look that up.",
         *       "timeout_ms": 5000,
         *       "url": "https://api.bakery.example.com/orders/{number}"
         *     }
         */
        NewHttpTool: {
            /** @description As the model calls it: 1–64 letters, digits, `_` and `-`; unique. */
            name: string;
            /** @description For the model: what it does, and when to call it. Up to 1,000 characters. */
            description: string;
            /**
             * @description JSON schema of the arguments, an object. Without references; `type`, `properties`, `required`,
             *     `additionalProperties`, `items`, `anyOf`, `enum`, `const`, bounds, lengths and `pattern` are understood.
             * @default {
             *       "properties": {},
             *       "type": "object"
             *     }
             */
            parameters?: unknown;
            method: components["schemas"]["Method"];
            /** @description `https://`, a public host; may have `{parameter}` in its path for required parameters. */
            url: string;
            /**
             * @description Sent with each request.
             * @default {}
             */
            headers?: {
                [key: string]: string;
            } | null;
            /**
             * @description The same, kept sealed and never shown again; not sent on to where the address redirects.
             * @default {}
             */
            secret_headers?: {
                [key: string]: string;
            } | null;
            /**
             * Format: uint32
             * @description For the server's answer: 100–30,000.
             * @default 5000
             */
            timeout_ms?: number | null;
            /** @description What the model sees of a JSON answer; without it the first 8,000 characters of the answer. */
            response?: components["schemas"]["ResponseField"][] | null;
            /** @description Said while the caller waits; without it "One moment, please." when it takes long. Up to 200 characters. */
            speak_while_waiting?: string | null;
        };
        /**
         * NewInvitation
         * @description Somebody to be invited.
         * @example {
         *       "email": "bob@example.com",
         *       "role": "member"
         *     }
         */
        NewInvitation: {
            /** @description Whom it is for: nobody with another address can take it. */
            email: string;
            /** @description No more than the caller has. */
            role: components["schemas"]["Role"] & unknown;
        };
        /**
         * NewPersona
         * @description A persona of one's own.
         * @example {
         *       "description": "Knows bread, and everybody's name.",
         *       "greeting": "Good morning {{customer.name|there}}, what may it be?",
         *       "language": null,
         *       "name": "baker",
         *       "prompt": "You are the baker of a small town. You know your customers and their usual orders.",
         *       "speed": 1,
         *       "title": "Baker",
         *       "tone": "warm, quick, a little floury",
         *       "voice": "alloy"
         *     }
         */
        NewPersona: {
            /** @description 1–64 small letters, digits and `_`, the first a letter; not a built-in one's. It never changes. */
            name: string;
            /** @description 1–200 characters. */
            title: string;
            /** @description 1–1,000 characters. */
            description: string;
            /** @description Manner of speaking, in a few words; 1–200 characters. */
            tone: string;
            /** @description Its part of the system message; 1–20,000 characters. A template: `{{customer.name|there}}`. */
            prompt: string;
            /**
             * @description A voice of the speech provider.
             * @default alloy
             */
            voice?: string | null;
            /** @description Said first; 1–1,000 characters. A template. */
            greeting: string;
            /**
             * Format: double
             * @description Of speech: 0.25–4, 1 is natural.
             * @default 1
             */
            speed?: number | null;
            /** @description That callers speak, in two letters (ISO 639-1); null: the recogniser decides. */
            language?: string | null;
        };
        /**
         * NewProviderCredential
         * @description Who shall serve a stage: an OpenAI-compatible server.
         * @example {
         *       "api_key": "sk-proj-0123456789abcdefABCDEF",
         *       "base_url": "https://api.openai.com/v1",
         *       "model": "gpt-4.1-mini"
         *     }
         */
        NewProviderCredential: {
            /** @description `https://`, as far as its `/v1`; in a public network. */
            base_url: string;
            /** @description As the server calls it; 1–200 characters. */
            model: string;
            /**
             * Format: password
             * @description Sealed, and never shown again. Left out: it stays, as long as the base URL does. Null: the server asks for none.
             */
            api_key?: string | null;
        };
        /**
         * OfChannel
         * @description What one channel used in all days.
         */
        OfChannel: {
            channel: string;
            used: components["schemas"]["Amount"];
        };
        /**
         * OpenSession
         * @description One of them.
         */
        OpenSession: {
            session_id: string;
            /** Format: date-time */
            connected_at: string;
        };
        /**
         * OwnPlace
         * @description A tenant that one belongs to.
         * @example {
         *       "is_current": true,
         *       "name": "Corner Bakery",
         *       "role": "owner",
         *       "status": "active",
         *       "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *     }
         */
        OwnPlace: {
            tenant_id: string;
            name: string;
            status: components["schemas"]["TenantStatus"];
            /** @description What one is there. */
            role: components["schemas"]["Role"] & unknown;
            /** @description The session's. */
            is_current: boolean;
        };
        /**
         * OwnPlaceList
         * @description Tenants that one belongs to, newest first.
         * @example {
         *       "items": [
         *         {
         *           "is_current": true,
         *           "name": "Corner Bakery",
         *           "role": "owner",
         *           "status": "active",
         *           "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        OwnPlaceList: {
            items: components["schemas"]["OwnPlace"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * Part
         * @description One part.
         */
        Part: {
            status: components["schemas"]["PartStatus"];
            /** @description Who serves: `sqlite`, `built-in:moonshine-tiny`, `openai:gpt-transcribe`, … */
            served_by: string;
            /** @description What is wrong, in one word: `timeout`, `unauthorized`, `connect`, … */
            problem?: string | null;
        };
        /** @enum {string} */
        PartStatus: "up" | "degraded" | "down";
        /**
         * PasswordChange
         * @example {
         *       "current_password": "correct horse battery",
         *       "new_password": "staple of another horse"
         *     }
         */
        PasswordChange: {
            current_password: string;
            /** @description 12–128 characters. */
            new_password: string;
        };
        /**
         * Persona
         * @description A character that an agent can take on.
         * @example {
         *       "built_in": true,
         *       "description": "Warm and helpful; explains step by step and checks that it was understood.",
         *       "greeting": "Hi there, thanks for calling! How can I help you today?",
         *       "language": null,
         *       "name": "friendly_guide",
         *       "prompt": "You are a friendly guide. You are warm and patient, explain things step by step in plain words, and make sure the caller feels understood before you move on.",
         *       "speed": 1,
         *       "title": "Friendly guide",
         *       "tone": "warm, encouraging, conversational",
         *       "voice": "alloy"
         *     }
         */
        Persona: {
            /** @description Its name in every request. */
            name: string;
            title: string;
            description: string;
            /** @description Manner of speaking. */
            tone: string;
            /** @description Its part of the system message. A template: `{{customer.name|there}}`. */
            prompt: string;
            /** @description A voice of the OpenAI-compatible speech APIs. */
            voice: string;
            /** @description Said first. A template. */
            greeting: string;
            /**
             * Format: double
             * @description Of speech: 1 is natural.
             */
            speed: number;
            /** @description That callers speak, in two letters (ISO 639-1); null: the recogniser decides. */
            language?: string | null;
            /** @description Everybody has it, and it stays as it is. */
            built_in: boolean;
        };
        /**
         * PersonaChange
         * @description What shall be different: a field left out stays as it is, null goes back to the default.
         * @example {
         *       "speed": 1.1,
         *       "tone": "warm, unhurried"
         *     }
         */
        PersonaChange: {
            title?: string | null;
            description?: string | null;
            tone?: string | null;
            prompt?: string | null;
            greeting?: string | null;
            voice?: string | null;
            /** Format: double */
            speed?: number | null;
            language?: string | null;
        };
        /**
         * PersonaList
         * @description All of them.
         * @example {
         *       "default": "friendly_guide",
         *       "personas": [
         *         {
         *           "built_in": true,
         *           "description": "Warm and helpful; explains step by step and checks that it was understood.",
         *           "greeting": "Hi there, thanks for calling! How can I help you today?",
         *           "language": null,
         *           "name": "friendly_guide",
         *           "prompt": "You are a friendly guide. You are warm and patient, explain things step by step in plain words, and make sure the caller feels understood before you move on.",
         *           "speed": 1,
         *           "title": "Friendly guide",
         *           "tone": "warm, encouraging, conversational",
         *           "voice": "alloy"
         *         },
         *         {
         *           "built_in": true,
         *           "description": "Composed and courteous; takes requests precisely and confirms them.",
         *           "greeting": "Good day, and thank you for calling. How may I be of service?",
         *           "language": null,
         *           "name": "calm_concierge",
         *           "prompt": "You are a calm concierge. You are composed, courteous and precise, never in a hurry, and you confirm the details of what the caller asks for.",
         *           "speed": 0.95,
         *           "title": "Calm concierge",
         *           "tone": "calm, polite, unhurried",
         *           "voice": "sage"
         *         },
         *         {
         *           "built_in": true,
         *           "description": "Lively and upbeat; keeps the conversation moving.",
         *           "greeting": "Hey, great to hear from you! What can I do for you?",
         *           "language": null,
         *           "name": "energetic_host",
         *           "prompt": "You are an energetic host. You are upbeat and lively, keep the conversation moving, and celebrate small wins with the caller.",
         *           "speed": 1.05,
         *           "title": "Energetic host",
         *           "tone": "upbeat, lively, enthusiastic",
         *           "voice": "nova"
         *         }
         *       ]
         *     }
         */
        PersonaList: {
            personas: components["schemas"]["Persona"][];
            /** @description Who speaks when none is named. */
            default: string;
        };
        /**
         * PhoneNumber
         * @description A registered number.
         * @example {
         *       "account_sid": "AC0123456789abcdef0123456789abcdef",
         *       "agent_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13",
         *       "auth_token_last4": "cdef",
         *       "country": "US",
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12",
         *       "instructions": [
         *         "Open https://console.twilio.com/us1/develop/phone-numbers/manage/incoming (Phone Numbers → Manage → Active numbers) and click on (500) 555-0006 (+15005550006).",
         *         "Under Voice Configuration, choose to configure with webhooks; leave a SIP trunk or TwiML app empty.",
         *         "A call comes in: Webhook, https://voice.example.com/webhooks/twilio/incoming, HTTP POST.",
         *         "Primary handler fails: Webhook, https://voice.example.com/webhooks/twilio/fallback, HTTP POST.",
         *         "Call status changes: https://voice.example.com/webhooks/twilio/status, HTTP POST.",
         *         "Save the configuration, have it tested (POST /phone-numbers/{id}/test), and call the number."
         *       ],
         *       "label": "Front desk",
         *       "national_format": "(500) 555-0006",
         *       "number_sid": "PN0123456789abcdef0123456789abcdef",
         *       "phone_number": "+15005550006",
         *       "recorded_by": "switchboard",
         *       "twilio": {
         *         "checked_at": "2026-11-22T15:04:05.123456+00:00",
         *         "drift": [
         *           {
         *             "found": "https://demo.twilio.com/welcome/voice/",
         *             "setting": "voice_url",
         *             "wanted": "https://voice.example.com/webhooks/twilio/incoming"
         *           }
         *         ],
         *         "state": "drifted"
         *       },
         *       "webhooks": {
         *         "status_callback": "https://voice.example.com/webhooks/twilio/status",
         *         "voice_fallback_url": "https://voice.example.com/webhooks/twilio/fallback",
         *         "voice_url": "https://voice.example.com/webhooks/twilio/incoming"
         *       }
         *     }
         */
        PhoneNumber: {
            id: string;
            /** @description E.164. */
            phone_number: string;
            /** @description As it is written in its country. */
            national_format: string;
            /** @description ISO 3166-1, two letters; null: of no country. */
            country?: string | null;
            label?: string | null;
            account_sid: string;
            /** @description Null: the token is too short to show any of it. */
            auth_token_last4?: string | null;
            /** @description Twilio's name for the number; null: Twilio was never asked, as for the demo number. */
            number_sid?: string | null;
            agent_id: string;
            recorded_by: components["schemas"]["Recorder"];
            webhooks: components["schemas"]["Webhooks"];
            /** @description What to do in Twilio's console, step by step; `POST /phone-numbers/{id}/configure` does it for you. */
            instructions: string[];
            twilio: components["schemas"]["AtTwilio"];
            /** Format: date-time */
            created_at: string;
        };
        /**
         * PhoneNumberChange
         * @description What shall be different: a field left out stays as it is.
         * @example {
         *       "label": "Night line"
         *     }
         */
        PhoneNumberChange: {
            /** @description Who answers from the next call on. */
            agent_id?: string | null;
            /** @description 1–100 characters; null: none. */
            label?: string | null;
            /** @description Who records its calls from the next one on. */
            recorded_by?: (components["schemas"]["Recorder"] & unknown) | null;
            /**
             * Format: password
             * @description The account's new primary auth token: verified at Twilio like the first.
             */
            auth_token?: string | null;
        };
        /**
         * PhoneNumberList
         * @description A page of the tenant's numbers, newest first.
         * @example {
         *       "items": [
         *         {
         *           "account_sid": "AC0123456789abcdef0123456789abcdef",
         *           "agent_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13",
         *           "auth_token_last4": "cdef",
         *           "country": "US",
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12",
         *           "instructions": [
         *             "Open https://console.twilio.com/us1/develop/phone-numbers/manage/incoming (Phone Numbers → Manage → Active numbers) and click on (500) 555-0006 (+15005550006).",
         *             "Under Voice Configuration, choose to configure with webhooks; leave a SIP trunk or TwiML app empty.",
         *             "A call comes in: Webhook, https://voice.example.com/webhooks/twilio/incoming, HTTP POST.",
         *             "Primary handler fails: Webhook, https://voice.example.com/webhooks/twilio/fallback, HTTP POST.",
         *             "Call status changes: https://voice.example.com/webhooks/twilio/status, HTTP POST.",
         *             "Save the configuration, have it tested (POST /phone-numbers/{id}/test), and call the number."
         *           ],
         *           "label": "Front desk",
         *           "national_format": "(500) 555-0006",
         *           "number_sid": "PN0123456789abcdef0123456789abcdef",
         *           "phone_number": "+15005550006",
         *           "recorded_by": "switchboard",
         *           "twilio": {
         *             "checked_at": "2026-11-22T15:04:05.123456+00:00",
         *             "drift": [
         *               {
         *                 "found": "https://demo.twilio.com/welcome/voice/",
         *                 "setting": "voice_url",
         *                 "wanted": "https://voice.example.com/webhooks/twilio/incoming"
         *               }
         *             ],
         *             "state": "drifted"
         *           },
         *           "webhooks": {
         *             "status_callback": "https://voice.example.com/webhooks/twilio/status",
         *             "voice_fallback_url": "https://voice.example.com/webhooks/twilio/fallback",
         *             "voice_url": "https://voice.example.com/webhooks/twilio/incoming"
         *           }
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        PhoneNumberList: {
            items: components["schemas"]["PhoneNumber"][];
            /** @description Ask for the next page with it; null: this is the last. */
            next_cursor?: string | null;
        };
        /**
         * Place
         * @description A tenant that the user belongs to.
         * @example {
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *       "name": "Corner Bakery",
         *       "role": "owner",
         *       "status": "active"
         *     }
         */
        Place: {
            id: string;
            name: string;
            /** @description `owner`, `admin`, `member` or `viewer`. */
            role: string;
            /** @description `active` or `suspended`. */
            status: string;
        };
        /**
         * PlayerAddress
         * @description An address that plays a recording for a while, without a key.
         * @example {
         *       "expires_at": "2026-11-22T15:19:05+00:00",
         *       "url": "https://example.com/recordings/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31/audio?expires=1795360745&signature=c2lnbmVk"
         *     }
         */
        PlayerAddress: {
            /** @description For a player; it takes ranges. */
            url: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * Problem
         * @description What went wrong, as `application/problem+json` (RFC 9457).
         * @example {
         *       "code": "not_found",
         *       "detail": "conversation not found",
         *       "request_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "status": 404,
         *       "title": "Not Found",
         *       "type": "about:blank"
         *     }
         */
        Problem: {
            /** @description Always `about:blank`: `code` tells the kinds apart. */
            type: string;
            /** @description The HTTP status in words. */
            title: string;
            /**
             * Format: uint16
             * @description The HTTP status.
             */
            status: number;
            /** @description Stable name of the kind of failure, for programs: `not_found`, `unauthorized`, `payload_too_large`, … */
            code: string;
            /** @description The same for people. */
            detail?: string | null;
            /** @description Names this request in the server's log; also in the header `X-Request-Id`. */
            request_id?: string | null;
        };
        /**
         * ProviderCredential
         * @description The tenant's own server of a stage.
         * @example {
         *       "api_key_ends_with": "CDEF",
         *       "base_url": "https://api.openai.com/v1",
         *       "has_api_key": true,
         *       "model": "gpt-4.1-mini",
         *       "stage": "language_model",
         *       "updated_at": "2026-11-22T15:04:05.123456+00:00"
         *     }
         */
        ProviderCredential: {
            stage: components["schemas"]["Stage"];
            base_url: string;
            model: string;
            has_api_key: boolean;
            /** @description Its last four characters; null: it has none, or is too short to show any. */
            api_key_ends_with?: string | null;
            /**
             * Format: date-time
             * @description When it was last written.
             */
            updated_at: string;
        };
        /**
         * ProviderCredentialList
         * @description At most one a stage.
         * @example {
         *       "items": [
         *         {
         *           "api_key_ends_with": "CDEF",
         *           "base_url": "https://api.openai.com/v1",
         *           "has_api_key": true,
         *           "model": "gpt-4.1-mini",
         *           "stage": "language_model",
         *           "updated_at": "2026-11-22T15:04:05.123456+00:00"
         *         }
         *       ]
         *     }
         */
        ProviderCredentialList: {
            items: components["schemas"]["ProviderCredential"][];
        };
        /**
         * Publication
         * @description What is to be remembered of a publication.
         * @example {
         *       "note": "No cakes this week"
         *     }
         */
        Publication: {
            /** @description 1–500 characters. */
            note?: string | null;
        };
        /**
         * @description Who records a number's calls.
         * @enum {string}
         */
        Recorder: "switchboard" | "twilio";
        /**
         * Recording
         * @description Whether calls and voice sockets are recorded; see `/conversations/{id}/recordings`.
         */
        Recording: {
            /** @default off */
            mode: components["schemas"]["Mode"] & unknown;
            /**
             * @description Said first where consent is asked for; up to 1,000 characters. A template.
             * @default null
             */
            announcement?: string | null;
            /**
             * Format: uint32
             * @description 1–3,650; null: until it is deleted.
             * @default null
             */
            retention_days?: number | null;
        };
        /**
         * RecordingForm
         * @description What Twilio posts when a recording's state changes.
         */
        RecordingForm: {
            /** @description Twilio's name for the call */
            CallSid: string;
            /** @description Its name for the recording */
            RecordingSid: string;
            /** @description `completed`, or `absent`: too short, or silent */
            RecordingStatus: string;
            /** @description RFC 2822 */
            RecordingStartTime?: string | null;
        };
        /**
         * RecordingList
         * @description Recordings.
         * @example {
         *       "items": [
         *         {
         *           "bytes": 412345,
         *           "channels": 2,
         *           "content_type": "audio/flac",
         *           "conversation_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "duration_ms": 62400,
         *           "expires_at": "2027-02-20T15:04:05.123456+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31",
         *           "offset_ms": 840,
         *           "ready_at": "2026-11-22T15:05:09.654321+00:00",
         *           "sample_rate": 8000,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "source": "switchboard",
         *           "state": "ready"
         *         }
         *       ]
         *     }
         */
        RecordingList: {
            /** @description In the order in which they were heard. */
            items: components["schemas"]["AudioRecording"][];
        };
        /**
         * @description Who recorded it.
         * @enum {string}
         */
        RecordingSource: "switchboard" | "twilio";
        /**
         * @description How far it is.
         * @enum {string}
         */
        RecordingState: "recording" | "processing" | "ready" | "failed";
        /**
         * Refresh
         * @description A refresh token; a browser leaves it out, for it comes in its cookie.
         * @example {
         *       "refresh_token": "3fQ9zT0bYw7Lk2RrN5uVxE8sHc1JdGm4PaWoXiKt"
         *     }
         */
        Refresh: {
            refresh_token?: string | null;
        };
        /**
         * Registration
         * @description A Twilio number to be answered.
         * @example {
         *       "account_sid": "AC0123456789abcdef0123456789abcdef",
         *       "agent_id": null,
         *       "auth_token": "0123456789abcdef0123456789abcdef",
         *       "configure": "automatic",
         *       "label": "Front desk",
         *       "phone_number": "+1 (500) 555-0006",
         *       "recorded_by": "switchboard"
         *     }
         */
        Registration: {
            /** @description International, however it is written: `+1 (500) 555-0006`, `+15005550006`. */
            phone_number: string;
            /** @description Of the account (or subaccount) that owns the number: `AC` and 32 hexadecimal digits. */
            account_sid: string;
            /**
             * Format: password
             * @description Its primary auth token: verified at Twilio, sealed, and never shown again but for its last four characters.
             */
            auth_token: string;
            /** @description Who answers; without it the tenant's oldest agent. */
            agent_id?: string | null;
            /** @description What you call it: 1–100 characters. */
            label?: string | null;
            /**
             * @description Who records its calls, where the agent wants them recorded.
             * @default switchboard
             */
            recorded_by?: (components["schemas"]["Recorder"] & unknown) | null;
            /**
             * @description Who tells Twilio where to send the calls.
             * @default manual
             */
            configure?: (components["schemas"]["Configuration"] & unknown) | null;
        };
        /**
         * Reply
         * @description The agent's reply.
         * @example {
         *       "agent_response": "Gladly! Which size would you like?",
         *       "persona": "friendly_guide",
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "user_input": "I would like to order a pizza.",
         *       "voice": "alloy"
         *     }
         */
        Reply: {
            session_id: string;
            user_input: string;
            agent_response: string;
            persona: string;
            voice: string;
        };
        /**
         * Report
         * @description What was found.
         * @example {
         *       "database": {
         *         "served_by": "sqlite",
         *         "status": "up"
         *       },
         *       "language_model": {
         *         "served_by": "built-in:scripted",
         *         "status": "up"
         *       },
         *       "speech_to_text": {
         *         "served_by": "built-in:moonshine-tiny",
         *         "status": "up"
         *       },
         *       "status": "ready",
         *       "text_to_speech": {
         *         "served_by": "built-in:hibari",
         *         "status": "up"
         *       },
         *       "voice_activity_detection": {
         *         "served_by": "silero-v6",
         *         "status": "up"
         *       }
         *     }
         */
        Report: {
            status: components["schemas"]["Status"];
            database: components["schemas"]["Part"];
            speech_to_text: components["schemas"]["Part"];
            language_model: components["schemas"]["Part"];
            text_to_speech: components["schemas"]["Part"];
            /** @description Without the neural model the cheap detector alone serves: `degraded`, music is then taken for speech. */
            voice_activity_detection: components["schemas"]["Part"] & unknown;
        };
        /**
         * Reset
         * @example {
         *       "password": "staple of another horse",
         *       "token": "Gd8kR2vXw0pQ5sTnZ7yLb4HcJf9MaEoUi3W6NxKr"
         *     }
         */
        Reset: {
            /** @description Of the link in the mail. */
            token: string;
            /** @description 12–128 characters. */
            password: string;
        };
        /**
         * ResponseField
         * @description A part of the server's answer.
         */
        ResponseField: {
            /** @description As the model reads it: 1–64 letters, digits, `_` and `-`. */
            name: string;
            /** @description Where it stands in the answer, as a JSON pointer (`/order/status`); empty: the whole. */
            pointer: string;
        };
        /**
         * @description What somebody is in a tenant; each may all that those before it may.
         * @enum {string}
         */
        Role: "viewer" | "member" | "admin" | "owner";
        /**
         * RollBack
         * @description Where to go back to.
         * @example {
         *       "version": 1
         *     }
         */
        RollBack: {
            /**
             * Format: int32
             * @description A version's number.
             */
            version: number;
        };
        /**
         * @description What a key is good for.
         * @enum {string}
         */
        Scope: "read" | "calls" | "manage" | "admin";
        /**
         * Script
         * @description What to say, and how.
         * @example {
         *       "persona": "calm_concierge",
         *       "text": "Your table is booked for seven."
         *     }
         */
        Script: {
            text: string;
            /** @description Whose voice, speed and manner; `friendly_guide` without one. */
            persona?: string | null;
            /** @description Instead of the persona's voice, one that the speech engine knows. */
            voice?: string | null;
            /**
             * Format: double
             * @description Instead of the persona's speed; 1 is natural.
             */
            speed?: number | null;
        };
        /**
         * SecretHeader
         * @description A secret header, without its value.
         */
        SecretHeader: {
            name: string;
            /** @description The value's last four characters; null: it is too short to show any. */
            last_four?: string | null;
        };
        /**
         * Service
         * @description What answers here.
         * @example {
         *       "docs": "/docs",
         *       "health": "/health",
         *       "name": "Switchboard",
         *       "openapi": "/openapi.json",
         *       "ready": "/health/ready",
         *       "redoc": "/redoc",
         *       "version": "0.1.0"
         *     }
         */
        Service: {
            name: string;
            version: string;
            /** @description Swagger UI. */
            docs: string;
            /** @description ReDoc. */
            redoc: string;
            /** @description The OpenAPI document. */
            openapi: string;
            /** @description Whether the process is alive. */
            health: string;
            /** @description Whether it can take a call. */
            ready: string;
        };
        /**
         * Session
         * @description A session to talk in.
         * @example {
         *       "conversation_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "greeting": "Hi there, thanks for calling! How can I help you today?",
         *       "persona": "friendly_guide",
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "voice": "alloy"
         *     }
         */
        Session: {
            /** @description Names the session in every further request. */
            session_id: string;
            /** @description The row, for `/conversations/{id}`. */
            conversation_id: string;
            persona: string;
            voice: string;
            /** @description What the agent would say first. */
            greeting: string;
        };
        /**
         * Settings
         * @description What an agent is. Null: the persona's, or the server's default.
         * @example {
         *       "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *       "greeting_interruptible": true,
         *       "greets": true,
         *       "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *       "language": "en",
         *       "limits": {
         *         "idle_prompt_after_s": null,
         *         "max_duration_s": null,
         *         "silence_s": null
         *       },
         *       "max_tokens": null,
         *       "may_end_call": true,
         *       "model": null,
         *       "persona": "friendly_guide",
         *       "recording": {
         *         "announcement": null,
         *         "mode": "off",
         *         "retention_days": null
         *       },
         *       "speed": null,
         *       "temperature": null,
         *       "time_zone": "Europe/Berlin",
         *       "tools": [],
         *       "transfer_to": "+15005550009",
         *       "turns": {
         *         "barge_in_after_ms": null,
         *         "barge_in_sure_ms": null,
         *         "end_complete_ms": null,
         *         "end_incomplete_ms": null,
         *         "end_unknown_ms": null,
         *         "interruptible": null,
         *         "keys_gap_ms": null
         *       },
         *       "variables": {
         *         "shop": "Corner Bakery"
         *       },
         *       "voice": "nova"
         *     }
         */
        Settings: {
            /**
             * @description A persona's name (`GET /personas`).
             * @default friendly_guide
             */
            persona?: string | null;
            /** @description Said to the model after the persona's own prompt; up to 20,000 characters. A template: `{{customer.name|there}}`. */
            instructions?: string | null;
            /**
             * @description Whether the agent speaks first.
             * @default true
             */
            greets?: boolean | null;
            /** @description Said first; up to 1,000 characters. A template. */
            greeting?: string | null;
            /**
             * @description Whether the caller can break into the greeting; what they say over one that goes on is answered after it.
             * @default true
             */
            greeting_interruptible?: boolean | null;
            /** @description As the language model's provider calls it; null: the one that the server is configured with. */
            model?: string | null;
            /**
             * Format: double
             * @description 0–2; null: the provider's default.
             */
            temperature?: number | null;
            /**
             * Format: uint32
             * @description Of one reply: 1–2,000; null: 1,000.
             */
            max_tokens?: number | null;
            /** @description A voice of the speech provider. */
            voice?: string | null;
            /**
             * Format: double
             * @description Of speech: 0.25–4, 1 is natural.
             */
            speed?: number | null;
            /** @description That callers speak, in two letters (ISO 639-1); null: the persona's, or the recogniser decides. */
            language?: string | null;
            /**
             * @description Ids of your HTTP tools that the model may call: at most 32, each once.
             * @default []
             */
            tools?: string[] | null;
            /**
             * @default {
             *       "barge_in_after_ms": null,
             *       "barge_in_sure_ms": null,
             *       "end_complete_ms": null,
             *       "end_incomplete_ms": null,
             *       "end_unknown_ms": null,
             *       "interruptible": null,
             *       "keys_gap_ms": null
             *     }
             */
            turns?: (components["schemas"]["Turns"] & unknown) | null;
            /**
             * @default {
             *       "idle_prompt_after_s": null,
             *       "max_duration_s": null,
             *       "silence_s": null
             *     }
             */
            limits?: (components["schemas"]["Limits"] & unknown) | null;
            /**
             * @default {
             *       "announcement": null,
             *       "mode": "off",
             *       "retention_days": null
             *     }
             */
            recording?: (components["schemas"]["Recording"] & unknown) | null;
            /** @description What `transfer_call` dials: an E.164 number or a SIP URI (`sip:user@host`); null: the agent cannot transfer. */
            transfer_to?: string | null;
            /**
             * @description Whether the agent may hang up.
             * @default true
             */
            may_end_call?: boolean | null;
            /**
             * @description What stands for a template's variable that has no value, by its name; at most 50.
             * @default {}
             */
            variables?: {
                [key: string]: string;
            } | null;
            /** @description Of `{{now}}`, as in the IANA database (`Europe/Berlin`); null: UTC. */
            time_zone?: string | null;
        };
        /**
         * SignIn
         * @example {
         *       "cookies": false,
         *       "email": "ada@example.com",
         *       "password": "correct horse battery"
         *     }
         */
        SignIn: {
            email: string;
            password: string;
            /**
             * @description For browsers: the refresh token goes into a cookie and not into the answer.
             * @default false
             */
            cookies?: boolean | null;
        };
        /**
         * SignUp
         * @description Somebody new, with a tenant of their own.
         * @example {
         *       "cookies": false,
         *       "email": "ada@example.com",
         *       "name": "Ada Lovelace",
         *       "password": "correct horse battery",
         *       "tenant_name": "Corner Bakery"
         *     }
         */
        SignUp: {
            email: string;
            /** @description 12–128 characters. */
            password: string;
            /** @description 1–200 characters. */
            name: string;
            /** @description 1–200 characters. */
            tenant_name: string;
            /**
             * @description For browsers: the refresh token goes into a cookie and not into the answer.
             * @default false
             */
            cookies?: boolean | null;
        };
        /**
         * SocketStatus
         * @description What is open now.
         */
        SocketStatus: {
            /**
             * Format: uint64
             * @description Voice sockets of this tenant in this process.
             */
            active_connections: number;
            sessions: components["schemas"]["OpenSession"][];
        };
        /**
         * SpokenReply
         * @description The agent's reply, written and spoken.
         * @example {
         *       "agent_response": "Gladly! Which size would you like?",
         *       "audio_base64": "UklGRi…",
         *       "audio_format": "wav",
         *       "persona": "friendly_guide",
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "user_input": "I would like to order a pizza.",
         *       "voice": "alloy"
         *     }
         */
        SpokenReply: {
            session_id: string;
            /** @description What was understood. */
            user_input: string;
            agent_response: string;
            persona: string;
            voice: string;
            /** @description The reply as a WAV file in Base64. */
            audio_base64: string;
            /** @description `wav` */
            audio_format: string;
        };
        /**
         * @description A stage of conversations.
         * @enum {string}
         */
        Stage: "speech_to_text" | "language_model" | "text_to_speech";
        /** @enum {string} */
        State: "not_checked" | "as_configured" | "drifted" | "wrong_credentials" | "account_suspended" | "account_closed" | "number_gone";
        /**
         * @description Whether calls are taken.
         * @enum {string}
         */
        Status: "ready" | "not_ready" | "draining";
        /**
         * StatusForm
         * @description What Twilio posts when a call's state changes.
         */
        StatusForm: {
            /** @description Twilio's name for the call */
            CallSid: string;
            /** @description The number called */
            To: string;
            /** @description `queued`, `ringing`, `in-progress`, `completed`, `busy`, `failed`, `no-answer` or `canceled` */
            CallStatus: string;
            /**
             * Format: int64
             * @description Orders callbacks that overtake each other
             */
            SequenceNumber?: number | null;
            /**
             * Format: int64
             * @description Seconds, once the call is over
             */
            CallDuration?: number | null;
        };
        /**
         * Suspension
         * @description Why a tenant is suspended.
         * @example {
         *       "reason": "Unpaid since September"
         *     }
         */
        Suspension: {
            /** @description 1–500 characters, for the tenant's audit log. */
            reason: string;
        };
        /**
         * Tenant
         * @description Whoever has agents, numbers and calls of their own here.
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *       "name": "Corner Bakery"
         *     }
         */
        Tenant: {
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * TenantLimits
         * @description What the tenant may use at most, and what it has used.
         * @example {
         *       "concurrent_calls": {
         *         "ceiling": 100,
         *         "limit": 5,
         *         "own": 5,
         *         "remaining": 3,
         *         "used": 2
         *       },
         *       "minutes_per_month": {
         *         "ceiling": null,
         *         "limit": null,
         *         "own": null,
         *         "remaining": null,
         *         "used": 13
         *       },
         *       "requests_per_second": {
         *         "ceiling": 100,
         *         "limit": 100,
         *         "own": null,
         *         "remaining": null,
         *         "used": null
         *       },
         *       "spend_per_day_usd": {
         *         "ceiling": null,
         *         "limit": 20,
         *         "own": 20,
         *         "remaining": 18.75,
         *         "used": 1.25
         *       }
         *     }
         */
        TenantLimits: {
            /** @description Phone calls and voice sockets at once. */
            concurrent_calls: components["schemas"]["Count"] & unknown;
            /** @description Minutes of calls and sockets in this month (UTC), running ones included. */
            minutes_per_month: components["schemas"]["Count"] & unknown;
            /** @description Estimated cost of providers today (UTC). */
            spend_per_day_usd: components["schemas"]["Dollars"] & unknown;
            /** @description HTTP requests in a second; what is left of them is in the header `RateLimit` of every answer. */
            requests_per_second: components["schemas"]["Count"] & unknown;
        };
        /**
         * TenantName
         * @description What a tenant is called.
         * @example {
         *       "name": "Corner Bakery"
         *     }
         */
        TenantName: {
            /** @description 1–200 characters. */
            name: string;
        };
        /**
         * TenantOverview
         * @description A tenant from outside: that it is there and how big, none of its content.
         * @example {
         *       "agents": 3,
         *       "calls_in_progress": 0,
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *       "members": 5,
         *       "name": "Corner Bakery",
         *       "phone_numbers": 2,
         *       "status": "suspended",
         *       "suspended_at": "2026-11-23T09:00:00.000001+00:00",
         *       "suspended_reason": "Unpaid since September"
         *     }
         */
        TenantOverview: {
            id: string;
            name: string;
            status: components["schemas"]["TenantStatus"];
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Null: it is active.
             */
            suspended_at?: string | null;
            suspended_reason?: string | null;
            /** Format: uint64 */
            agents: number;
            /** Format: uint64 */
            phone_numbers: number;
            /**
             * Format: uint64
             * @description Ringing ones too.
             */
            calls_in_progress: number;
            /** Format: uint64 */
            members: number;
        };
        /**
         * TenantOverviewList
         * @description Tenants, newest first.
         * @example {
         *       "items": [
         *         {
         *           "agents": 3,
         *           "calls_in_progress": 0,
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *           "members": 5,
         *           "name": "Corner Bakery",
         *           "phone_numbers": 2,
         *           "status": "suspended",
         *           "suspended_at": "2026-11-23T09:00:00.000001+00:00",
         *           "suspended_reason": "Unpaid since September"
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        TenantOverviewList: {
            items: components["schemas"]["TenantOverview"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * @description Whether a tenant is served.
         * @enum {string}
         */
        TenantStatus: "active" | "suspended";
        /**
         * TenantSwitch
         * @description Where a session is to go.
         * @example {
         *       "cookies": false,
         *       "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *     }
         */
        TenantSwitch: {
            tenant_id: string;
            /**
             * @description For browsers: the refresh token comes in a cookie instead of the body.
             * @default false
             */
            cookies?: boolean | null;
        };
        /**
         * TestForm
         * @description What the test of a number posts.
         */
        TestForm: {
            /** @description The number that is tested */
            To: string;
            /** @description Letters and digits, made anew for each test */
            Nonce: string;
        };
        /**
         * TestReport
         * @description What a test found.
         * @example {
         *       "checks": [
         *         {
         *           "check": "credentials",
         *           "message": "Twilio takes the account SID and the auth token, and the account is active.",
         *           "verdict": "ok"
         *         }
         *       ],
         *       "passed": false,
         *       "phone_number": {
         *         "account_sid": "AC0123456789abcdef0123456789abcdef",
         *         "agent_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13",
         *         "auth_token_last4": "cdef",
         *         "country": "US",
         *         "created_at": "2026-11-22T15:04:05.123456+00:00",
         *         "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12",
         *         "instructions": [
         *           "Open https://console.twilio.com/us1/develop/phone-numbers/manage/incoming (Phone Numbers → Manage → Active numbers) and click on (500) 555-0006 (+15005550006).",
         *           "Under Voice Configuration, choose to configure with webhooks; leave a SIP trunk or TwiML app empty.",
         *           "A call comes in: Webhook, https://voice.example.com/webhooks/twilio/incoming, HTTP POST.",
         *           "Primary handler fails: Webhook, https://voice.example.com/webhooks/twilio/fallback, HTTP POST.",
         *           "Call status changes: https://voice.example.com/webhooks/twilio/status, HTTP POST.",
         *           "Save the configuration, have it tested (POST /phone-numbers/{id}/test), and call the number."
         *         ],
         *         "label": "Front desk",
         *         "national_format": "(500) 555-0006",
         *         "number_sid": "PN0123456789abcdef0123456789abcdef",
         *         "phone_number": "+15005550006",
         *         "recorded_by": "switchboard",
         *         "twilio": {
         *           "checked_at": "2026-11-22T15:04:05.123456+00:00",
         *           "drift": [
         *             {
         *               "found": "https://demo.twilio.com/welcome/voice/",
         *               "setting": "voice_url",
         *               "wanted": "https://voice.example.com/webhooks/twilio/incoming"
         *             }
         *           ],
         *           "state": "drifted"
         *         },
         *         "webhooks": {
         *           "status_callback": "https://voice.example.com/webhooks/twilio/status",
         *           "voice_fallback_url": "https://voice.example.com/webhooks/twilio/fallback",
         *           "voice_url": "https://voice.example.com/webhooks/twilio/incoming"
         *         }
         *       }
         *     }
         */
        TestReport: {
            /** @description Every check is `ok`: a call would come through. */
            passed: boolean;
            /** @description In the order in which they are worth mending. */
            checks: components["schemas"]["Check"][];
            phone_number: components["schemas"]["PhoneNumber"];
        };
        /**
         * Tested
         * @description Whether the server answers and takes the key.
         * @example {
         *       "is_working": true,
         *       "latency_ms": 120
         *     }
         */
        Tested: {
            is_working: boolean;
            /**
             * @description `connect`, `timeout`, `unauthorized`, `quota_exhausted`, `rate_limited`, `unavailable`, `garbled`, `cut`,
             *     `refused`, `blocked_address` or `key_lost`.
             */
            problem?: string | null;
            /** @description What to do about it. */
            detail?: string | null;
            /** Format: uint64 */
            latency_ms: number;
        };
        /**
         * Tokens
         * @description What a session is used by.
         * @example {
         *       "access_token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIi….3t9L…",
         *       "expires_in": 600,
         *       "refresh_token": "3fQ9zT0bYw7Lk2RrN5uVxE8sHc1JdGm4PaWoXiKt",
         *       "session_expires_at": "2026-12-22T15:04:05.123456+00:00",
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *       "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10"
         *     }
         */
        Tokens: {
            /** @description To be sent as `Authorization: Bearer …`. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds that it is good for.
             */
            expires_in: number;
            /** @description For `POST /auth/refresh`, once; not there when it went into a cookie. */
            refresh_token?: string | null;
            /**
             * Format: date-time
             * @description When the session is over, unless it is refreshed before.
             */
            session_expires_at: string;
            session_id: string;
            tenant_id: string;
        };
        /**
         * Transcript
         * @description What was said.
         * @example {
         *       "duration_ms": 2140,
         *       "text": "I would like to order a pizza."
         *     }
         */
        Transcript: {
            /** @description Empty: no words were found. */
            text: string;
            /**
             * Format: uint64
             * @description Length of the recording.
             */
            duration_ms: number;
        };
        /**
         * Trial
         * @description Arguments as a model would give them.
         * @example {
         *       "arguments": {
         *         "number": "1042"
         *       }
         *     }
         */
        Trial: {
            /** @description An object that fits `parameters`. */
            arguments: unknown;
        };
        /**
         * TrialProblem
         * @description What is wrong.
         */
        TrialProblem: {
            /**
             * @description `arguments`, `status` (the server said no), `answer` (it cannot be read), `invalid_address`, `blocked_address`
             *     (not a public network), `dns`, `connect`, `tls`, `timeout`, `too_large`, `redirects` or `unreadable`.
             */
            code: string;
            /** @description The same for people. */
            message: string;
        };
        /**
         * TrialResult
         * @description What came of a call.
         * @example {
         *       "is_ok": true,
         *       "latency_ms": 84,
         *       "problem": null,
         *       "seen_by_model": "{\"status\":\"on its way\"}",
         *       "status": 200
         *     }
         */
        TrialResult: {
            is_ok: boolean;
            /**
             * Format: uint16
             * @description The server's HTTP status; null: there was no answer.
             */
            status?: number | null;
            /** Format: uint64 */
            latency_ms: number;
            /** @description The text that a model would read. */
            seen_by_model: string;
            /** @description Null: all went well. */
            problem?: (components["schemas"]["TrialProblem"] & unknown) | null;
        };
        /**
         * Turn
         * @description What the caller said and what the agent answered.
         * @example {
         *       "ended_at": "2026-11-22T15:04:08.654321+00:00",
         *       "generated_text": "It is on its way.",
         *       "heard_text": "It is on its way.",
         *       "interrupted": false,
         *       "number": 1,
         *       "prompt_kind": "speech",
         *       "prompt_text": "Where is my order? The number is 4815.",
         *       "started_at": "2026-11-22T15:04:05.123456+00:00",
         *       "times": {
         *         "caller_stopped_ms": 5120,
         *         "end_of_turn_ms": 5600,
         *         "first_frame_sent_ms": 5660,
         *         "first_mark_echoed_ms": 6480,
         *         "first_speech_byte_ms": 5640,
         *         "first_token_ms": 5580,
         *         "transcript_final_ms": 5540
         *       },
         *       "tool_calls": [
         *         {
         *           "arguments": "{\"number\":\"4815\"}",
         *           "id": "call_1",
         *           "latency_ms": 212,
         *           "name": "find_order",
         *           "outcome": "done",
         *           "result": "{\"status\":\"on its way\"}",
         *           "round": 0
         *         }
         *       ],
         *       "usage": {
         *         "completion_tokens": 21,
         *         "prompt_tokens": 212,
         *         "spoken_characters": 17,
         *         "transcribed_ms": 2140
         *       }
         *     }
         */
        Turn: {
            /**
             * Format: int32
             * @description Counts from 1; 0 is the greeting.
             */
            number: number;
            /** @description `greeting`, `speech`, `text`, `dtmf` or `idle` */
            prompt_kind: string;
            /** @description The caller's words or digits. */
            prompt_text?: string | null;
            /** @description All that the model produced. */
            generated_text: string;
            /** @description The part of it that was played before the turn ended. */
            heard_text: string;
            /** @description The caller broke in. */
            interrupted: boolean;
            /**
             * @description Functions that the model called: a list of `{id, name, arguments, round, outcome, latency_ms, result}`.
             *     `arguments`: JSON as the model wrote it. `outcome`: `running`, `done`, `failed`, `timed_out`, `refused` (not
             *     tried) or `abandoned` (the caller broke in; it may have been done), null for hanging up and transferring.
             *     `result`: what the model was told.
             */
            tool_calls: unknown;
            /**
             * @description When each step happened, milliseconds on the media clock: `caller_stopped_ms`, `end_of_turn_ms`,
             *     `transcript_final_ms`, `first_token_ms`, `first_speech_byte_ms`, `first_frame_sent_ms`,
             *     `first_mark_echoed_ms`; null: it did not.
             */
            times: unknown;
            /** @description `transcribed_ms`, `prompt_tokens`, `completion_tokens`, `spoken_characters`. */
            usage: unknown;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at?: string | null;
        };
        /**
         * TurnList
         * @description Turns, oldest first.
         * @example {
         *       "items": [
         *         {
         *           "ended_at": "2026-11-22T15:04:08.654321+00:00",
         *           "generated_text": "It is on its way.",
         *           "heard_text": "It is on its way.",
         *           "interrupted": false,
         *           "number": 1,
         *           "prompt_kind": "speech",
         *           "prompt_text": "Where is my order? The number is 4815.",
         *           "started_at": "2026-11-22T15:04:05.123456+00:00",
         *           "times": {
         *             "caller_stopped_ms": 5120,
         *             "end_of_turn_ms": 5600,
         *             "first_frame_sent_ms": 5660,
         *             "first_mark_echoed_ms": 6480,
         *             "first_speech_byte_ms": 5640,
         *             "first_token_ms": 5580,
         *             "transcript_final_ms": 5540
         *           },
         *           "tool_calls": [
         *             {
         *               "arguments": "{\"number\":\"4815\"}",
         *               "id": "call_1",
         *               "latency_ms": 212,
         *               "name": "find_order",
         *               "outcome": "done",
         *               "result": "{\"status\":\"on its way\"}",
         *               "round": 0
         *             }
         *           ],
         *           "usage": {
         *             "completion_tokens": 21,
         *             "prompt_tokens": 212,
         *             "spoken_characters": 17,
         *             "transcribed_ms": 2140
         *           }
         *         }
         *       ]
         *     }
         */
        TurnList: {
            items: components["schemas"]["Turn"][];
        };
        /**
         * Turns
         * @description When the caller has finished, and has broken in. Null: the server's default.
         */
        Turns: {
            /**
             * Format: uint64
             * @description Silence that ends a turn whose words read complete: 200–5,000 ms; null: 480.
             * @default null
             */
            end_complete_ms?: number | null;
            /**
             * Format: uint64
             * @description Silence that ends a turn about whose words nothing is known: 200–5,000 ms; null: 800.
             * @default null
             */
            end_unknown_ms?: number | null;
            /**
             * Format: uint64
             * @description Silence that ends a turn whose words ask to go on: 200–5,000 ms; null: 1,600.
             * @default null
             */
            end_incomplete_ms?: number | null;
            /**
             * Format: uint64
             * @description Speech over the agent's own that makes it pause: 30–2,000 ms; null: 30.
             * @default null
             */
            barge_in_after_ms?: number | null;
            /**
             * Format: uint64
             * @description Speech over the agent's own that interrupts it whatever the words: 100–5,000 ms; null: 900.
             * @default null
             */
            barge_in_sure_ms?: number | null;
            /**
             * Format: uint64
             * @description Silence after a key that completes the keys: 500–10,000 ms; null: 2,000.
             * @default null
             */
            keys_gap_ms?: number | null;
            /**
             * @description Whether the caller can break in at all; null: yes. Where not, the agent does not listen while it speaks.
             * @default null
             */
            interruptible?: boolean | null;
        };
        /**
         * UsageReport
         * @description Usage by day (UTC).
         * @example {
         *       "channels": [
         *         {
         *           "channel": "phone",
         *           "used": {
         *             "completion_tokens": 2900,
         *             "conversations": 12,
         *             "cost_usd": {
         *               "language_model": 0.00792,
         *               "speech_to_text": 0.048,
         *               "text_to_speech": 0.147,
         *               "total": 0.20292
         *             },
         *             "prompt_tokens": 41200,
         *             "seconds": 1820,
         *             "spoken_characters": 9800,
         *             "transcribed_ms": 640000,
         *             "unpriced": 0
         *           }
         *         }
         *       ],
         *       "days": [
         *         {
         *           "channel": "phone",
         *           "day": "2026-11-22",
         *           "used": {
         *             "completion_tokens": 2900,
         *             "conversations": 12,
         *             "cost_usd": {
         *               "language_model": 0.00792,
         *               "speech_to_text": 0.048,
         *               "text_to_speech": 0.147,
         *               "total": 0.20292
         *             },
         *             "prompt_tokens": 41200,
         *             "seconds": 1820,
         *             "spoken_characters": 9800,
         *             "transcribed_ms": 640000,
         *             "unpriced": 0
         *           }
         *         }
         *       ],
         *       "from": "2026-11-22",
         *       "to": "2026-11-22",
         *       "total": {
         *         "completion_tokens": 2900,
         *         "conversations": 12,
         *         "cost_usd": {
         *           "language_model": 0.00792,
         *           "speech_to_text": 0.048,
         *           "text_to_speech": 0.147,
         *           "total": 0.20292
         *         },
         *         "prompt_tokens": 41200,
         *         "seconds": 1820,
         *         "spoken_characters": 9800,
         *         "transcribed_ms": 640000,
         *         "unpriced": 0
         *       }
         *     }
         */
        UsageReport: {
            /** Format: naive-date */
            from: string;
            /**
             * Format: naive-date
             * @description Included.
             */
            to: string;
            /** @description The oldest first; days and channels without use are left out. */
            days: components["schemas"]["Day"][];
            channels: components["schemas"]["OfChannel"][];
            total: components["schemas"]["Amount"];
        };
        /**
         * User
         * @example {
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "email": "ada@example.com",
         *       "email_verified_at": null,
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *       "name": "Ada Lovelace"
         *     }
         */
        User: {
            id: string;
            email: string;
            name: string;
            /**
             * Format: date-time
             * @description Null: nobody has followed a link to the address yet.
             */
            email_verified_at?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * UserSession
         * @description A device or program that one is signed in with.
         * @example {
         *       "address": "203.0.113.7",
         *       "created_at": "2026-11-22T15:04:05.123456+00:00",
         *       "expires_at": "2026-12-22T15:14:05.654321+00:00",
         *       "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *       "is_current": true,
         *       "last_used_at": "2026-11-22T15:14:05.654321+00:00",
         *       "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *       "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
         *     }
         */
        UserSession: {
            id: string;
            tenant_id: string;
            /** @description Whether it is the one that asks. */
            is_current: boolean;
            /** @description What the client called itself. */
            user_agent?: string | null;
            /** @description The network address of its last use. */
            address?: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Right to ten minutes.
             */
            last_used_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * UserSessionList
         * @description Living sessions in all tenants, used last first; at most 200.
         * @example {
         *       "items": [
         *         {
         *           "address": "203.0.113.7",
         *           "created_at": "2026-11-22T15:04:05.123456+00:00",
         *           "expires_at": "2026-12-22T15:14:05.654321+00:00",
         *           "id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15",
         *           "is_current": true,
         *           "last_used_at": "2026-11-22T15:14:05.654321+00:00",
         *           "tenant_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
         *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
         *         }
         *       ]
         *     }
         */
        UserSessionList: {
            items: components["schemas"]["UserSession"][];
        };
        /**
         * Utterance
         * @description One thing said, as text.
         * @example {
         *       "session_id": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11",
         *       "user_input": "I would like to order a pizza."
         *     }
         */
        Utterance: {
            /** @description From `/conversation/start`. */
            session_id: string;
            user_input: string;
            /** @description Instead of the session's persona, for this reply. */
            persona?: string | null;
        };
        /** @enum {string} */
        Verdict: "ok" | "failed" | "skipped";
        /**
         * Verification
         * @example {
         *       "token": "Gd8kR2vXw0pQ5sTnZ7yLb4HcJf9MaEoUi3W6NxKr"
         *     }
         */
        Verification: {
            /** @description Of the link in the mail. */
            token: string;
        };
        /**
         * Version
         * @description An agent as it was published. A call keeps the version that it began with.
         * @example {
         *       "note": null,
         *       "number": 1,
         *       "published_at": "2026-11-22T15:04:05.123456+00:00",
         *       "published_by": "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *       "settings": {
         *         "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *         "greeting_interruptible": true,
         *         "greets": true,
         *         "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *         "language": "en",
         *         "limits": {
         *           "idle_prompt_after_s": null,
         *           "max_duration_s": null,
         *           "silence_s": null
         *         },
         *         "max_tokens": null,
         *         "may_end_call": true,
         *         "model": null,
         *         "persona": "friendly_guide",
         *         "recording": {
         *           "announcement": null,
         *           "mode": "off",
         *           "retention_days": null
         *         },
         *         "speed": null,
         *         "temperature": null,
         *         "time_zone": "Europe/Berlin",
         *         "tools": [],
         *         "transfer_to": "+15005550009",
         *         "turns": {
         *           "barge_in_after_ms": null,
         *           "barge_in_sure_ms": null,
         *           "end_complete_ms": null,
         *           "end_incomplete_ms": null,
         *           "end_unknown_ms": null,
         *           "interruptible": null,
         *           "keys_gap_ms": null
         *         },
         *         "variables": {
         *           "shop": "Corner Bakery"
         *         },
         *         "voice": "nova"
         *       }
         *     }
         */
        Version: {
            /**
             * Format: int32
             * @description Counts from 1.
             */
            number: number;
            settings: components["schemas"]["Settings"];
            /** Format: date-time */
            published_at: string;
            /** @description `user:…` or `api_key:…` with its id, `operator:…`, `system`. */
            published_by: string;
            note?: string | null;
        };
        /**
         * VersionList
         * @description The versions, newest first.
         * @example {
         *       "items": [
         *         {
         *           "note": null,
         *           "number": 1,
         *           "published_at": "2026-11-22T15:04:05.123456+00:00",
         *           "published_by": "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14",
         *           "settings": {
         *             "greeting": "{{shop}}, hello {{customer.name|there}}, what can I get you?",
         *             "greeting_interruptible": true,
         *             "greets": true,
         *             "instructions": "You take orders for {{shop}}. It is {{now}}.",
         *             "language": "en",
         *             "limits": {
         *               "idle_prompt_after_s": null,
         *               "max_duration_s": null,
         *               "silence_s": null
         *             },
         *             "max_tokens": null,
         *             "may_end_call": true,
         *             "model": null,
         *             "persona": "friendly_guide",
         *             "recording": {
         *               "announcement": null,
         *               "mode": "off",
         *               "retention_days": null
         *             },
         *             "speed": null,
         *             "temperature": null,
         *             "time_zone": "Europe/Berlin",
         *             "tools": [],
         *             "transfer_to": "+15005550009",
         *             "turns": {
         *               "barge_in_after_ms": null,
         *               "barge_in_sure_ms": null,
         *               "end_complete_ms": null,
         *               "end_incomplete_ms": null,
         *               "end_unknown_ms": null,
         *               "interruptible": null,
         *               "keys_gap_ms": null
         *             },
         *             "variables": {
         *               "shop": "Corner Bakery"
         *             },
         *             "voice": "nova"
         *           }
         *         }
         *       ],
         *       "next_cursor": null
         *     }
         */
        VersionList: {
            items: components["schemas"]["Version"][];
            /** @description For the next page; null: this was the last. */
            next_cursor?: string | null;
        };
        /**
         * Webhooks
         * @description What to enter at the number in Twilio's console (*Voice configuration*), each with the method POST.
         */
        Webhooks: {
            /** @description *A call comes in* */
            voice_url: string;
            /** @description *Primary handler fails* */
            voice_fallback_url: string;
            /** @description *Call status changes* */
            status_callback: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
