import { matches, Rule } from '../../core/private/validation';

/** First part of the path of media files, for every library. */
export const DEFAULT_PREFIX = 'media';

/** A prefix is a path in a URL and in a bucket: plain names, joined by slashes. */
export const PREFIX_RULE: Rule<{ readonly prefix?: string }> = matches('prefix', /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/,
  'must be a path without a slash at either end', 'give letters, digits, dashes and underscores, such as \'media\' or \'static/images\'');
