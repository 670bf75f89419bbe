import { Duration } from 'aws-cdk-lib/core';

/**
 * A page at the edge for new visitors while more of them come than the platform can take in; who is in stays in.
 *
 * AWS WAF counts the requests of the last minute that carry no session cookie, about every 10 seconds, and looks back at
 * those that it refused, too. While they are more than the limit, **every** new visitor gets the page, not only those
 * above the limit: the door is open or shut. It opens once fewer than the limit ask per minute, so a page that asks its
 * visitor to come back later, and each at another moment, opens it sooner.
 *
 * The application's `Runtime` names the cookies of its sessions. AWS WAF does not know whether their value is a session's: whoever
 * sends one is let in, and is still held to the limit of its address.
 */
export interface WaitingPage {
  /**
   * New visits per minute, above which new visitors wait: 10 to 2,000,000,000. Requests without a session cookie for
   * anything but `exceptPaths` count as one each; a first visit is one for its page, and one for each call to the
   * application that the page makes before the cookie is there.
   */
  readonly newVisitsPerMinute: number;
  /**
   * Beginnings of paths that are never kept waiting, at most 10.
   *
   * @default ['/static/', '/media/'] - what a page that was let in is made of
   */
  readonly exceptPaths?: string[];
  /**
   * When visitors are to ask again, in whole seconds: sent as `Retry-After`.
   *
   * @default Duration.minutes(2)
   */
  readonly retryAfter?: Duration;
  /**
   * The page, in HTML: at most 4 kB, without files of its own (AWS WAF quota).
   *
   * @default - a few plain words, and a script that asks again at a moment between one and two times `retryAfter`
   */
  readonly html?: string;
}

/** The page when none is given. */
export function defaultWaitingPage(retryAfterSeconds: number): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>One moment, please</title>
<style>body{font:1.2rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem}</style>
<h1>One moment, please</h1>
<p>Many people are here right now. This page tries again by itself; you need not do anything.</p>
<script>setTimeout(function(){location.reload()},${retryAfterSeconds}000*(1+Math.random()))</script>
<noscript>Please try again in a few minutes.</noscript>
</html>
`;
}
