import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Standing } from './case-life';

/** What a function's version is published by, and an alias led to it. */
export const LIVE_VERSION = 'Custom::LiveVersion';

/** Versions that requests are led to, by the ARN of the alias that they name. */
export type LiveVersions = { readonly [aliasArn: string]: string };

/** The versions of all aliases that stand. */
export async function liveVersions(endpoint: string, standing: Standing[]): Promise<LiveVersions> {
  const aliases = standing.filter(({ type }) => type === 'AWS::Lambda::Alias').map(({ physicalId }) => physicalId);
  return Object.fromEntries(await Promise.all(aliases.map(async arn => [arn, await versionOf(endpoint, arn)])));
}

async function versionOf(endpoint: string, aliasArn: string): Promise<string> {
  const [, , , region, , , FunctionName, Name] = aliasArn.split(':');
  const client = new LambdaClient({ endpoint, region, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
  const { FunctionVersion = '' } = await client.send(new GetAliasCommand({ FunctionName, Name }));
  return FunctionVersion;
}

/** Aliases that a step was to lead to another version, and did not. */
export function notLedOn(changed: string[], before: LiveVersions, after: LiveVersions): string[] {
  if (!changed.includes(LIVE_VERSION)) return [];
  if (Object.keys(after).length === 0) return ['no alias stands'];
  return Object.entries(after).filter(([alias, version]) => before[alias] === version || version === '$LATEST')
    .map(([alias, version]) => `${alias} still leads to version ${version}`);
}
