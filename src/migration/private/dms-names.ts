import { Construct } from 'constructs';
import { hashedNameInAccount } from '../../core/private/naming';

/** Longest identifier of a replication instance (DMS API reference, `CreateReplicationInstance`). */
const MAX_IDENTIFIER = 63;

/**
 * An identifier as DMS takes it: lower case, without two dashes in a row. Known before the instance is made, since DMS
 * names the log group of the instance's tasks after it.
 */
export function dmsIdentifier(scope: Construct): string {
  return hashedNameInAccount(scope, MAX_IDENTIFIER).toLowerCase().replace(/-+/g, '-');
}
