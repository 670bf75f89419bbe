import { Token } from 'aws-cdk-lib';
import { Rule } from '../../core/private/validation';

/** What takes variables. */
export interface WithVariables {
  readonly environment?: { [name: string]: string };
}

/** Variables of a container, its secrets among them: with more, one was seen to get none at all (public reports; AWS documents no limit). */
const MOST_VARIABLES = 100;

/** Names of variables that shells and languages take (POSIX, "Environment Variables"). */
export const NAME_OF_VARIABLE = /^[A-Za-z_]\w*$/;

/** Every variable must have a text: one without would hide the platform's own, and its secret. */
export const VALUE_RULE: Rule<WithVariables> = ({ environment }) => {
  if (environment === null) return '\'environment\' must be variables by name, got null: leave it out for none';
  const wrong = Object.entries(environment ?? {}).filter(([, value]: [string, unknown]) => typeof value !== 'string' && !Token.isUnresolved(value));
  return wrong.length === 0 ? undefined
    : `'environment' must hold texts, got ${wrong.map(([name, value]) => `${name} ${value}`).join(', ')}: give a text, or leave the variable out for the platform's own`;
};

/** Every name must be one of a variable. */
export const NAME_RULE: Rule<WithVariables> = ({ environment }) => {
  const wrong = Object.keys(environment ?? {}).filter(name => !Token.isUnresolved(name) && !NAME_OF_VARIABLE.test(name));
  return wrong.length === 0 ? undefined
    : `'environment' must be named by letters, digits and underscores, the first no digit, got ${wrong.map(name => JSON.stringify(name)).join(', ')}: give names such as 'APP_MODE'`;
};

/** A container's variables must be few enough, with those of the platform. */
export const COUNT_RULES: Rule<{ readonly given: string[]; readonly all: string[] }>[] = [
  ({ given, all }) => all.length <= MOST_VARIABLES ? undefined
    : `'environment' must leave at most ${MOST_VARIABLES} variables in a container, got ${given.length} beside ${all.length - given.length} of the platform's: keep settings in a file of the image, or several in one variable`,
];
