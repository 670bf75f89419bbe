import { Size, Token } from 'aws-cdk-lib';
import { LifecyclePolicy, PosixUser, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { PREFIX_RULE } from './private/prefix';
import { SignedUrls } from './signed-urls';
import { wholeSize } from '../core/private/units';
import { matches, Rule } from '../core/private/validation';

/** Options of a media file system. */
export interface MediaFileSystemProps {
  /**
   * First part of the path of every media file at the edge: the application serves `/media/cat.jpg` from `cat.jpg` in the
   * mounted folder.
   *
   * @default 'media'
   */
  readonly prefix?: string;
  /**
   * Whether the application may add, replace and delete media files.
   *
   * @default true
   */
  readonly writable?: boolean;
  /**
   * Where each unit finds the files, which the application is told as `MEDIA_PATH`.
   *
   * @default '/mnt/media'
   */
  readonly mountPath?: string;
  /**
   * The folder of the file system that the application sees, up to 4 deep and 100 characters long (EFS API reference,
   * "RootDirectory"). It is made when it is not there. Another one shows other files, and deletes none.
   *
   * @default '/media'
   */
  readonly rootDirectory?: string;
  /**
   * The user that all files are read and written as, whoever the application runs as; not root. Files that come from
   * elsewhere keep their owner: give the one that owns them.
   *
   * @default - user 1000 of group 1000
   */
  readonly posixUser?: PosixUser;
  /**
   * How throughput is paid for.
   *
   * @default ThroughputMode.ELASTIC - gigabytes per second at once, paid by the GB, as suits rare, sharp peaks (EFS user
   * guide, "Throughput modes")
   */
  readonly throughputMode?: ThroughputMode;
  /**
   * Throughput per second, paid for whether used or not; at least 1 MiB.
   *
   * @default - none; needed with ThroughputMode.PROVISIONED
   */
  readonly provisionedThroughputPerSecond?: Size;
  /**
   * When a file that nobody reads moves to Infrequent Access, at a twelfth of the price of storage; at its next reading it
   * moves back.
   *
   * @default LifecyclePolicy.AFTER_30_DAYS
   */
  readonly lifecyclePolicy?: LifecyclePolicy;
  /**
   * Makes the files private: the edge answers signed requests alone.
   *
   * @default - the files are public, as images of a shop are
   */
  readonly signedUrls?: SignedUrls;
}

const PROVISIONED = 'provisioned' as ThroughputMode.PROVISIONED;

/** What must hold of the props. */
export const RULES: Rule<MediaFileSystemProps>[] = [
  PREFIX_RULE,
  matches('mountPath', /^(\/[A-Za-z0-9._-]+)+$/, 'must be an absolute path without a slash at its end',
    'give a folder that the image may leave out, such as \'/mnt/media\''),
  matches('rootDirectory', /^(?=.{2,100}$)(\/(?!\.)[A-Za-z0-9._-]+){1,4}$/, 'must be an absolute path of 1 to 4 folders and at most 100 characters',
    'give a folder of the file system, such as \'/media\''),
  ({ posixUser }) => posixUser === undefined || [posixUser.uid, posixUser.gid].every(id => Token.isUnresolved(id) || /^[1-9]\d*$/.test(id)) ? undefined
    : `'posixUser' must be a user and a group by number, and not root, got uid ${posixUser.uid} and gid ${posixUser.gid}: give those that own the files, such as { uid: '1000', gid: '1000' }`,
  ({ throughputMode: mode, provisionedThroughputPerSecond: throughput }) => (mode === PROVISIONED) === (throughput !== undefined) ? undefined
    : `'provisionedThroughputPerSecond' must be given with ThroughputMode.PROVISIONED and with no other, got ${throughput === undefined ? 'none' : `${throughput.isUnresolved() ? 'a token of' : throughput.toMebibytes({ rounding: 1 })} MiB`} with ${mode ?? 'elastic'}: give both, or neither`,
  wholeSize('provisionedThroughputPerSecond', 'MiB', 'EFS counts in MiB per second'),
];
