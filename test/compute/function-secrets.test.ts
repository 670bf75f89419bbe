import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { Compute } from '../../src';
import { FUNCTION_CODE } from '../support/platform';
import { resources, text } from '../support/template';
import { workload } from '../support/workloads';

const ROOT = path.join(__dirname, '..', '..');
const SECRETS: { [arn: string]: string } = { login: '{"username":"shop","password":"p\\"w"}', token: 'a b' };
const PLACES = [{ arn: 'login', variables: { DB_USER: 'username', DB_PASSWORD: 'password' } }, { arn: 'token', variables: { TOKEN: null } }];
const READ = { DB_USER: 'shop', DB_PASSWORD: 'p"w', TOKEN: 'a b' };

/** The lines of the page, in one of its languages. */
function documented(language: string): string {
  const [, section = ''] = readFileSync(path.join(ROOT, 'docs', 'compute-function.md'), 'utf8').split('## Secrets');
  return new RegExp(`\`\`\`${language}\n(?<text>[^]*?)\`\`\``).exec(section)!.groups!.text;
}

/** Answers as Secrets Manager does. */
function secretsManager(asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const { SecretId } = JSON.parse(Buffer.concat(parts).toString()) as { SecretId: string };
      asked.push(`${request.headers['x-amz-target']} ${SecretId}`);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ ARN: SecretId, SecretString: SECRETS[SecretId] }));
    });
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function readBy(program: string, args: string[], places?: object): Promise<{ read: unknown; asked: string[] }> {
  const asked: string[] = [];
  const server = await secretsManager(asked);
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        ...places === undefined ? {} : { APPLICATION_SECRETS: JSON.stringify(places) },
      },
    });
    return { read: JSON.parse(stdout), asked };
  } finally {
    server.close();
  }
}

describe.each([
  ['js', process.execPath, (lines: string) => ['-e', `${lines}\nreadSecrets().then(read => console.log(JSON.stringify(read)));`]],
  ['python', path.join(ROOT, '.venv', 'bin', 'python'), (lines: string) => ['-c', `${lines}\nprint(json.dumps(read_secrets()))`]],
] as const)('the documented lines in %s', (language, program, args) => {
  test('read each secret once, and hand out its fields by the names of variables', async () => {
    const { read, asked } = await readBy(program, args(documented(language)), PLACES);
    expect(read).toEqual(READ);
    expect(asked).toEqual(['secretsmanager.GetSecretValue login', 'secretsmanager.GetSecretValue token']);
  });

  test('read nothing where there is none', async () => {
    expect(await readBy(program, args(documented(language)))).toEqual({ read: {}, asked: [] });
  });
});

describe('a function', () => {
  const made = workload(() => Compute.function({ code: FUNCTION_CODE }), {});
  const application = () => resources(made.template, 'AWS::Lambda::Function').find(({ Properties }) => Properties.Handler === 'index.handler' && Properties.Environment !== undefined)!;

  test('is told where its secrets are, in the form that the lines read, and no secret', () => {
    const { Variables } = application().Properties.Environment as { Variables: { [name: string]: unknown } };
    const [secret] = resources(made.template, 'AWS::SecretsManager::Secret');
    expect(JSON.parse(text(Variables.APPLICATION_SECRETS))).toEqual([{ arn: `\${${secret.id}}`, variables: { DB_USER: 'username', TOKEN: null } }]);
    expect(Object.keys(Variables)).toEqual(['DB_HOST', 'DB_PORT', 'APPLICATION_SECRETS']);
  });

  test('may read those, and decrypt them by way of Secrets Manager alone', () => {
    const [secret] = resources(made.template, 'AWS::SecretsManager::Secret');
    const statements = resources(made.template, 'AWS::IAM::ManagedPolicy').flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement);
    expect(statements).toContainEqual(expect.objectContaining({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: { Ref: secret.id } }));
  });
});
