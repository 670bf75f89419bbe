import { noneOf } from './rules';
import { SESSION_COOKIES_RULE } from '../../../core/private/session-cookies';
import { wholeSize } from '../../../core/private/units';
import { matches, Rule } from '../../../core/private/validation';
import { InstancePhp } from '../instance-php';

/** What the pool of PHP-FPM sets, so that an ini file would set it in vain. */
const DECIDED: ReadonlyMap<string, string> = new Map([
  ['memory_limit', '\'workerMemory\' decides it, and how many processes run'],
  ['upload_max_filesize', '\'maxUpload\' decides it, for nginx too'],
  ['post_max_size', '\'maxUpload\' decides it, for nginx too'],
  ['log_errors', 'errors go to the log group, and to nobody else'],
  ['display_errors', 'errors go to the log group, and to nobody else'],
  ['error_log', 'errors go to the log group, and to nobody else'],
]);

/** What must hold of how PHP is set up. */
export const PHP_RULES: Rule<InstancePhp>[] = [
  SESSION_COOKIES_RULE,
  matches('version', /^8\.\d$/, 'must be a version of PHP 8', 'give one that Amazon Linux 2023 has, such as \'8.4\''),
  ({ extensions = [] }) => noneOf('extensions', extensions, /^[A-Za-z]\w*-[\w.]+$/, 'give names with versions, such as \'redis-6.2.0\''),
  wholeSize('workerMemory', 'MiB', 'a PHP process needs some memory, and an instance has room for several', [16, 4096]),
  ({ maxUpload }) => maxUpload?.isUnresolved() !== true ? undefined
    : '\'maxUpload\' must be known at synthesis, got a token: nginx takes 1 MiB more, for what a form holds beside its file',
  props => props.maxUpload?.isUnresolved() === true ? undefined
    : wholeSize<InstancePhp>('maxUpload', 'MiB', 'nginx and PHP keep what is sent on the volume until the page ends', [1, 2048])(props),
  ({ ini = {} }) => noneOf('ini', Object.keys(ini), /^[A-Za-z_][\w.-]*$/, 'names are those of php.ini, such as \'date.timezone\'; sections are not for here'),
  ({ ini = {} }) => noneOf('ini', Object.values(ini), /^(?:"[^"\p{Cc}]*"|'[^'\p{Cc}]*'|[^"'\p{Cc}]*)$/u,
    'values are one line, as in php.ini, in quotes as a whole or without any'),
  ({ ini = {} }) => {
    const decided = Object.keys(ini).filter(name => DECIDED.has(name));
    return decided.length === 0 ? undefined
      : `'ini' must not hold ${decided.join(', ')}: ${[...new Set(decided.map(name => DECIDED.get(name)))].join('; ')}`;
  },
];
