import { Size, SizeRoundingBehavior, Stack } from 'aws-cdk-lib';

/** What a replication task copies. */
export interface TableSelection {
  /** The database that it comes from. */
  readonly source: string;
  /** The database that it goes to. */
  readonly target: string;
  readonly tables: string[];
  readonly excludedTables: string[];
}

/** How a replication task treats tables and large columns. */
export interface TaskTreatment {
  readonly tablePreparation: string;
  readonly maxLobSize?: Size;
}

/** Tables that a full load copies at a time: the default of DMS. */
const TABLES_AT_A_TIME = 8;
/** Piece of a large column that is fetched at a time, in KiB: the default of DMS. */
const LOB_CHUNK_KIB = 64;

/**
 * Which tables are copied, as an allow list: DMS leaves out no system schema by itself, and a wildcard for the schema
 * would copy `mysql.user` over the target's. When names differ, the schema is renamed on the way.
 */
export function tableMappings(stack: Stack, { source, target, tables, excludedTables }: TableSelection): string {
  const schema = literal(source);
  const selections = [
    ...tables.map(table => ({ action: 'include', table })),
    ...excludedTables.map(table => ({ action: 'exclude', table })),
  ].map(({ action, table }) => ({
    'rule-type': 'selection',
    'object-locator': { 'schema-name': schema, 'table-name': literal(table) },
    'rule-action': action,
  }));
  const renames = source === target ? [] : [{
    'rule-type': 'transformation',
    'rule-target': 'schema',
    'object-locator': { 'schema-name': schema },
    'rule-action': 'rename',
    'value': target,
  }];
  const rules = [...selections, ...renames].map((rule, index) => ({ 'rule-id': String(index + 1), 'rule-name': String(index + 1), ...rule }));
  return stack.toJsonString({ rules });
}

/** In a selection rule, `_` stands for any character unless it is in brackets (DMS user guide, "Wildcards in table mapping"). */
function literal(name: string): string {
  return name.replace(/_/g, '[_]');
}

/** The settings of a task that copies everything, then follows the changes, and compares every row. */
export function taskSettings({ tablePreparation, maxLobSize }: TaskTreatment): string {
  return JSON.stringify({
    TargetMetadata: {
      SupportLobs: true,
      // Without a size every column arrives whole, however large; with one, what is larger is cut.
      ...maxLobSize === undefined
        ? { FullLobMode: true, LobChunkSize: LOB_CHUNK_KIB, LimitedSizeLobMode: false }
        : { FullLobMode: false, LimitedSizeLobMode: true, LobMaxSize: Math.ceil(maxLobSize.toKibibytes({ rounding: SizeRoundingBehavior.NONE })) },
    },
    FullLoadSettings: { TargetTablePrepMode: tablePreparation, MaxFullLoadSubTasks: TABLES_AT_A_TIME },
    Logging: { EnableLogging: true },
    ValidationSettings: { EnableValidation: true },
    ErrorBehavior: {
      // A row that does not fit is kept in `awsdms_control` and counted; a table that cannot go on is suspended and seen.
      DataErrorPolicy: 'LOG_ERROR',
      DataTruncationErrorPolicy: 'SUSPEND_TABLE',
      TableErrorPolicy: 'SUSPEND_TABLE',
      FullLoadIgnoreConflicts: false,
    },
  });
}
