import { Fn, Token } from 'aws-cdk-lib';
import { SecretReference } from '../../../core';

/** Stands for the whole value of a secret, where a field could be. */
const WHOLE = '-';

/** A line for each variable: its name, and its value in Base64, which needs no quotes whatever is in it. */
export function variableLines(variables: { [name: string]: string }): string {
  return Object.entries(variables).map(([name, value]) => `${name} ${base64(value)}`).join('\n');
}

/** A line for each secret: the variable's name, the secret's ARN, and the field in Base64. Not its value. */
export function secretLines(secrets: { [name: string]: SecretReference }): string {
  return Object.entries(secrets)
    .map(([name, { secret, field }]) => `${name} ${secret.secretArn} ${field === undefined ? WHOLE : base64(field)}`).join('\n');
}

function base64(text: string): string {
  return Token.isUnresolved(text) ? Fn.base64(text) : Buffer.from(text).toString('base64');
}

/**
 * Runs before PHP-FPM at every start, also when an instance leaves the warm pool: fetches the secrets as they are now, and
 * writes them with the variables to a file in memory that only root reads, which systemd hands to PHP-FPM.
 */
export const ENVIRONMENT_SCRIPT = `#!/usr/bin/python3
import base64, json, os, subprocess

FOLDER = os.environ.get('APPLICATION_FOLDER', '/etc/application')
TARGET = os.environ.get('APPLICATION_ENVIRONMENT', '/run/application/environment')
SESSION_INI = os.environ.get('APPLICATION_SESSION_INI', '/etc/php.d/90-session.ini')
fetched = {}

def lines(name):
    with open(os.path.join(FOLDER, name)) as file:
        return [line.rstrip('\\n').split(' ') for line in file if line.strip()]

def plain(text):
    return base64.b64decode(text).decode()

def secret(arn, field):
    if arn not in fetched:
        call = ['aws', 'secretsmanager', 'get-secret-value', '--secret-id', arn, '--output', 'json']
        fetched[arn] = json.loads(subprocess.run(call, check=True, stdout=subprocess.PIPE).stdout)['SecretString']
    return fetched[arn] if field == '${WHOLE}' else str(json.loads(fetched[arn])[plain(field)])

def quoted(value):
    for special in '\\\\"$\`':
        value = value.replace(special, '\\\\' + special)
    return '"' + value + '"'

values = {name: plain(text) for name, text in lines('variables')}
values.update((name, secret(arn, field)) for name, arn, field in lines('secrets'))
if 'SESSION_PHP_INI' in values:
    with open(SESSION_INI, 'w') as file:
        file.write(values['SESSION_PHP_INI'] + '\\n')
os.makedirs(os.path.dirname(TARGET), mode=0o700, exist_ok=True)
with open(os.open(TARGET, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as file:
    file.writelines(name + '=' + quoted(value) + '\\n' for name, value in values.items())`;
