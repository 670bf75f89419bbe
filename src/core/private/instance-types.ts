import { Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Rule } from './validation';

/** A family, a generation, what it has, and a size, such as `m7g.large`: what CDK takes apart to find the processor. */
const NAME = /^[a-z]+\d{1,2}[a-z-]*\.[a-z0-9-]+$/;

/** Whose instances they are. */
export interface InstanceService {
  /** As messages call it. */
  readonly name: string;
  /** What it puts before the name of a type, and people copy with it. */
  readonly prefix?: 'cache' | 'db';
  /** What the families begin with that it has, or has not. */
  readonly families: RegExp;
  /** These families in words. */
  readonly inWords: string;
  /** A type that it has. */
  readonly example: string;
}

/** The instance type, or types, in `prop`, when given and known at synthesis, must be of those that the service has. */
export function instanceTypesOf<P>(prop: keyof P & string, { name, prefix, families, inWords, example }: InstanceService): Rule<P> {
  return props => {
    const given = [props[prop] ?? []].flat() as InstanceType[];
    const types = given.map(String).filter(type => !Token.isUnresolved(type));
    const bare = (type: string) => prefix !== undefined && type.startsWith(`${prefix}.`) ? type.slice(prefix.length + 1) : type;
    const malformed = types.filter(type => !NAME.test(bare(type)));
    if (malformed.length > 0) return `'${prop}' must be a family and a size, got ${inQuotes(malformed)}: give such as new InstanceType('${example}')`;
    const others = types.filter(type => !families.test(bare(type)));
    return others.length === 0 ? undefined : `'${prop}' must be of a family that ${name} has (${inWords}), got ${inQuotes(others)}: give such as new InstanceType('${example}')`;
  };
}

function inQuotes(types: string[]): string {
  return types.map(type => JSON.stringify(type)).join(', ');
}
