import { Token } from 'aws-cdk-lib';
import { Rule } from './validation';

/** The firewall's waiting page has one condition for each cookie. */
const MOST_COOKIES = 5;

/** Cookies by which an application knows its sessions, when given, must be names, and few. */
export const SESSION_COOKIES_RULE: Rule<{ readonly sessionCookies?: string[] }> = ({ sessionCookies: cookies = [] }) =>
  cookies.length <= MOST_COOKIES && cookies.every(isCookie) ? undefined
    : `'sessionCookies' must be at most ${MOST_COOKIES} names of cookies, got ${JSON.stringify(cookies)}: give those by which the application knows its sessions, such as 'sid'`;

/** A name of a cookie (RFC 9110). */
function isCookie(name: string): boolean {
  return Token.isUnresolved(name) || /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}
