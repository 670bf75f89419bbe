import { IFileMigration } from './contract';
import { NfsMigrationProps, S3MigrationProps, S3_RULES, SERVER_RULES, SmbMigrationProps } from './file-props';
import { DataSyncMigration } from './private/data-sync-migration';
import { fromNfs, fromS3, fromSmb } from './private/sources';
import { validate } from '../core/private/validation';

/** Ways to fill the media library, by AWS DataSync: all that is there, then what is new or changed. */
export class FileMigration {
  /**
   * From an NFS server, by an agent beside it.
   *
   * @param props the server, the folder and the agent
   * @throws Error when a path does not begin with a slash, there is no agent, or runs are to come more often than hourly
   */
  public static fromNfs(props: NfsMigrationProps): IFileMigration {
    validate('FileMigration.fromNfs', props, SERVER_RULES);
    return new DataSyncMigration(props, fromNfs(props));
  }

  /**
   * From an SMB server, by an agent beside it.
   *
   * @param props the server, the folder, the user and the agent
   * @throws Error when a path does not begin with a slash, there is no agent, or runs are to come more often than hourly
   */
  public static fromSmb(props: SmbMigrationProps): IFileMigration {
    validate('FileMigration.fromSmb', props, SERVER_RULES);
    return new DataSyncMigration(props, fromSmb(props));
  }

  /**
   * From an S3 bucket, without an agent.
   *
   * @param props the bucket and the folder
   * @throws Error when a path does not begin with a slash, or runs are to come more often than hourly
   */
  public static fromS3(props: S3MigrationProps): IFileMigration {
    validate('FileMigration.fromS3', props, S3_RULES);
    return new DataSyncMigration(props, fromS3(props));
  }

  private constructor() {}
}
