import { Duration } from 'aws-cdk-lib/core';

/**
 * Pages that the edge keeps for anonymous visitors. Only those that the application marks: a page whose `Cache-Control`
 * says `max-age` or `s-maxage` above zero, and neither `private`, `no-store` nor `no-cache`. All others are asked for each
 * time, as without it.
 *
 * Nobody sees another's page, as the session's cookie is part of the key by which a page is kept. Nobody gets another's
 * session: an answer to GET or HEAD keeps its `Set-Cookie` only if its `Cache-Control` says `private`, `no-store` or
 * `no-cache`, since one that can be kept, or that CloudFront gives to several visitors who ask at the same moment, would
 * give the same cookie to all of them. PHP's `session_start` says `no-store` by itself; an application that sets cookies
 * in another way has to say so. Errors (400 and above) do not pass that guard: they are kept only if the application marks
 * them, and must not set cookies then.
 */
export interface PageCaching {
  /**
   * Names of the cookies by which a page differs besides the session's, which the application's `Runtime` names; with them at most 10
   * (CloudFront quota).
   *
   * @default - pages differ by the session alone
   */
  readonly cookies?: string[];
  /**
   * Names of request headers by which a page differs, such as `Accept-Language`; at most 9 (CloudFront quota: 10, one of
   * which is `Host`).
   *
   * @default - pages differ by name, path, query and cookies alone
   */
  readonly headers?: string[];
  /**
   * Longest that a page is kept, whatever the application says, at most 365 days: as long as a mistake lasts.
   *
   * @default Duration.minutes(5)
   */
  readonly maxTtl?: Duration;
}
