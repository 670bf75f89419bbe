import { IConnectionLimit } from '../../core';

const GIB = 1024 ** 3;
/** Bytes of memory for each connection of RDS for MySQL (RDS user guide, "Maximum number of database connections"). */
const BYTES_PER_CONNECTION = 12_582_880;

/**
 * Of Aurora MySQL: `max_connections` of its default parameter group,
 * `GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})` with the logarithm to the base
 * 2 (Aurora user guide, "Maximum connections to an Aurora MySQL DB instance").
 */
export const AURORA_MYSQL_CONNECTIONS: IConnectionLimit = {
  maxConnections: memoryGib => {
    const memory = memoryGib * GIB;
    return Math.floor(Math.max(Math.log2(memory / 805_306_368) * 45, Math.log2(memory / 8_187_281_408) * 1000));
  },
};

/** Of RDS for MySQL, by its default `max_connections`. */
export const RDS_MYSQL_CONNECTIONS: IConnectionLimit = {
  maxConnections: memoryGib => Math.floor(memoryGib * GIB / BYTES_PER_CONNECTION),
};
