import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { cronFields } from '../core/private/time/schedules';
import { wholeSize } from '../core/private/units';
import { matches, Rule } from '../core/private/validation';

/** What DataSync compares after it has copied. */
export enum FileVerification {
  /** The files that were copied: enough for increments, and cheap. */
  ONLY_FILES_TRANSFERRED = 'ONLY_FILES_TRANSFERRED',
  /** Every file on both sides, at the end: for the last run before the cut-over. */
  POINT_IN_TIME_CONSISTENT = 'POINT_IN_TIME_CONSISTENT',
  /** Nothing but each transfer's own checksum. */
  NONE = 'NONE',
}

/** What every file migration takes. */
export interface FileMigrationProps {
  /**
   * When a run begins; each copies what is new or changed. DataSync runs once an hour at the most.
   *
   * @default - runs are started by the command of the stack's output
   */
  readonly schedule?: Schedule;
  /**
   * Most that is copied in a second.
   *
   * @default - as much as the network carries
   */
  readonly bandwidthPerSecond?: Size;
  /**
   * What is compared after a run.
   *
   * @default FileVerification.ONLY_FILES_TRANSFERRED
   */
  readonly verification?: FileVerification;
  /**
   * Whether a file that is no longer at the source is deleted in the media library. What the application has written there
   * itself is no longer at the source either.
   *
   * @default false
   */
  readonly deleteRemoved?: boolean;
  /**
   * Files and folders that are not copied, from the source's folder on, such as `/cache` or `*.tmp`.
   *
   * @default - every file is copied
   */
  readonly excludes?: string[];
}

/** What a migration from a file server takes. */
export interface FileServerProps extends FileMigrationProps {
  /** Name or address of the server, as the agent reaches it. */
  readonly serverHostname: string;
  /** The folder that holds the files, as the server exports it, such as `/srv/images`. */
  readonly subdirectory: string;
  /** ARNs of 1 to 4 DataSync agents, activated outside of the template beside the server. */
  readonly agentArns: string[];
}

/** Options of a migration from an NFS server. */
export interface NfsMigrationProps extends FileServerProps {}

/** Options of a migration from an SMB server. */
export interface SmbMigrationProps extends FileServerProps {
  /** User that may read the files. */
  readonly user: string;
  /** The user's password, as the whole value of a secret. */
  readonly passwordSecret: ISecret;
  /**
   * Windows domain of the user.
   *
   * @default - the server's own users
   */
  readonly domain?: string;
}

/** Options of a migration from an S3 bucket. */
export interface S3MigrationProps extends FileMigrationProps {
  /** The bucket; of another account, its policy must let the role of the location read it. */
  readonly bucket: IBucket;
  /**
   * The folder that holds the files.
   *
   * @default '/' - the whole bucket
   */
  readonly subdirectory?: string;
}

/** The form of a schedule, and that its minute is one: DataSync runs once an hour at the most. */
function isHourly(expression: string): boolean {
  const minute = cronFields(expression)?.[0];
  return /^rate\((1 hour|1 day|[1-9]\d* (hours|days))\)$/.test(expression) || (minute !== undefined && /^\d+$/.test(minute));
}

const RULES: Rule<FileMigrationProps>[] = [
  ({ schedule }) => schedule === undefined || Token.isUnresolved(schedule.expressionString) || /^rate\(\d+ minutes?\)$/.test(schedule.expressionString)
    || isHourly(schedule.expressionString) ? undefined
    : `'schedule' must be a rate of hours or days, or a cron expression at one minute of the hour, got ${schedule.expressionString}: give such as Schedule.cron({ hour: '2', minute: '0' })`,
  ({ schedule }) => schedule === undefined || !/^rate\(\d+ minutes?\)$/.test(schedule.expressionString) ? undefined
    : `'schedule' must not be below an hour, got ${schedule.expressionString}: DataSync runs once an hour at the most`,
  ({ bandwidthPerSecond: size }) => size?.isUnresolved() || size?.toBytes({ rounding: SizeRoundingBehavior.NONE }) !== 0 ? undefined
    : '\'bandwidthPerSecond\' must be 1 byte at least, got 0: leave it out for no limit',
  wholeSize('bandwidthPerSecond', 'bytes', 'DataSync counts in bytes per second'),
  ({ excludes }) => excludes === undefined || excludes.every(each => each !== '' && !each.includes('|')) ? undefined
    : `'excludes' must be patterns without '|', got ${JSON.stringify(excludes)}: give one for each, such as '/cache' or '*.tmp'`,
];

/** Rules of {@link S3MigrationProps}. */
export const S3_RULES: Rule<S3MigrationProps>[] = [
  ...RULES,
  matches('subdirectory', /^\//, 'must begin with a slash', 'give the folder from the root of the bucket, such as \'/images\''),
];

/** Rules of {@link FileServerProps}. */
export const SERVER_RULES: Rule<FileServerProps>[] = [
  ...RULES,
  matches('subdirectory', /^\//, 'must begin with a slash', 'give the exported folder, such as \'/srv/images\''),
  ({ agentArns }) => agentArns.length >= 1 && agentArns.length <= 4 ? undefined
    : `'agentArns' must name 1 to 4 agents, got ${agentArns.length}: activate an agent beside the server and give its ARN`,
];
