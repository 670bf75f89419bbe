import { Port } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { phpSessionIni } from './php-sessions';
import { acknowledgeNoRotation } from './rotation';
import { Runtime } from '../../core';
import { hashedNameInAccount } from '../../core/private/naming';

/** The port of Valkey and Redis. */
export const VALKEY_PORT = 6379;
/** Longest name of a cache, a user and a user group (ElastiCache API reference). */
const MAX_NAME = 40;

/** The password of a store, generated in Secrets Manager and never seen in a template. */
export function createPassword(scope: Construct, store: string, encryptionKey: IKey): Secret {
  const secret = new Secret(scope, 'Password', {
    description: `${scope.node.path}: password of the ${store}`,
    encryptionKey,
    // ElastiCache takes 16 to 128 characters, and not each punctuation mark.
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
  acknowledgeNoRotation(secret);
  return secret;
}

/** ElastiCache names are lower case, begin with a letter, and hold no two dashes in a row. */
export function cacheName(scope: Construct): string {
  const name = hashedNameInAccount(scope, MAX_NAME - 1).toLowerCase().replace(/-+/g, '-');
  return /^[a-z]/.test(name) ? name : `c${name}`;
}

/** The store's address in the form of a runtime, by the variable that holds it. */
const IN_ONE: { readonly [name: string]: (host: string, port: string) => string } = {
  SESSION_PHP_INI: phpSessionIni,
  // `rediss` is Redis over TLS, for the clients of Node.js, Python and Java; user and password are variables of their own.
  SESSION_URL: (host, port) => `rediss://${host}:${port}`,
};

/** What a workload needs to know: in the form that every client library takes, and in that of its runtime. */
export function connection(host: string, port: string, user: string, { sessionVariables }: Runtime): { [name: string]: string } {
  return {
    SESSION_HOST: host,
    SESSION_PORT: port,
    SESSION_TLS: 'true',
    SESSION_USER: user,
    ...Object.fromEntries(sessionVariables.map(name => [name, IN_ONE[name](host, port)])),
  };
}

/** The variable that the password of the session store is in. */
export const PASSWORD_VARIABLE = 'SESSION_PASSWORD';

/** Serverless caches answer on a second port too, for reads from the nearest zone. */
export function serverlessPorts(): Port {
  return Port.tcpRange(VALKEY_PORT, VALKEY_PORT + 1);
}
