import { IDatabaseMigration } from './contract';
import { MysqlMigrationProps } from './mysql-props';
import { MysqlMigration } from './private/mysql-migration';

/** Ways to fill the platform's database. */
export class DatabaseMigration {
  /**
   * From a MySQL database elsewhere, by AWS DMS: everything that is there (full load), then every change, until the
   * cut-over. The deployment makes what replicates and starts nothing: the stack's output says by which command.
   *
   * @param props where the source is, and what is copied
   * @throws Error when a prop is out of its range, or the source is one of MySQL's own databases
   */
  public static fromMysql(props: MysqlMigrationProps): IDatabaseMigration {
    return new MysqlMigration(props);
  }

  private constructor() {}
}
