import { Duration } from 'aws-cdk-lib';
import { OptionConfiguration } from 'aws-cdk-lib/aws-rds';
import { HostedRotation, MultiUserHostedRotationOptions } from 'aws-cdk-lib/aws-secretsmanager';
import { IConnectionLimit } from '../../../core';

/** A relational engine as AWS runs it: all that differs between one and the next. */
export interface Engine extends IConnectionLimit {
  /** As people write it. */
  readonly name: 'MySQL' | 'PostgreSQL';
  /** What the application finds in `DB_ENGINE`, which begins the address of a connection too: `mysql://`. */
  readonly scheme: string;
  /** With who runs it, such as `Aurora MySQL`. */
  readonly title: string;
  /** Id of its construct: with another one, another database is made. */
  readonly id: string;
  /** The choice of it that grows with the traffic, for whoever needs more than the largest instance. */
  readonly elastic: string;
  /** Port by default: not the engine's own, which scans look for. */
  readonly port: number;
  /** Longest names that RDS takes, in characters. */
  readonly longest: { readonly databaseName: number; readonly username: number };
  /** A version that is told to its last number: RDS takes shorter ones, too, and chooses the rest. */
  readonly exactVersion: RegExp;
  /** Whether connections without TLS are refused by default. */
  readonly requiresTls: boolean;
  /** What the server writes to CloudWatch Logs. */
  readonly exportedLogs: string[];
  /** Parameters of the server, but for TLS. */
  readonly parameters: { [name: string]: string };
  /** Types without Performance Insights; without a pattern, every type has it. */
  readonly withoutInsights?: RegExp;
  /** What RDS Proxy speaks. */
  readonly proxy: ProxyLanguage;
  /** Where the alarms send whoever looks. */
  readonly looks: Looks;
  /** Whether transaction ids run out unless old rows are frozen. */
  readonly wrapsAround: boolean;
  /** The parameters by which TLS is required, or is not, of a major version such as `8.0`. */
  tlsParameters(required: boolean, majorVersion?: string): { [name: string]: string };
  /** AWS's function for alternating users. */
  hostedRotation(options: MultiUserHostedRotationOptions): HostedRotation;
}

/** A relational engine as Aurora runs it. */
export interface AuroraEngine extends Engine {
  /** Whether there is a metric of failed logins. */
  readonly countsLoginFailures: boolean;
  /** Whether it could rewind a cluster in place. */
  readonly canBacktrack: boolean;
  /** Connections at the most when the least capacity is half an ACU. */
  readonly mostAtHalfAnAcu?: number;
}

/** A relational engine as RDS runs it. */
export interface RdsEngine extends Engine {
  /** Options of the server, in a group of its own. */
  readonly options?: OptionConfiguration[];
  /** How far a replica may be behind before somebody should look. */
  readonly maxReplicaLag: Duration;
}

/** What RDS Proxy speaks to an engine. */
export interface ProxyLanguage {
  readonly family: string;
  /** A proxy listens on the engine's own port, whatever the port of the database behind it. */
  readonly port: number;
  /** Major versions that a proxy speaks to, and the same in words. */
  readonly versions: RegExp;
  readonly inWords: string;
}

/** Where to look first, in words of the engine. */
export interface Looks {
  readonly slowQueries: string;
  readonly sessions: string;
  readonly deadlocks: string;
}

/** Bytes of a GiB: the formulas of AWS count bytes. */
export const GIB = 1024 ** 3;
