import { Token } from 'aws-cdk-lib';
import { CfnDBInstance, IEngine } from 'aws-cdk-lib/aws-rds';
import { Engine } from './engines/contract';
import { acknowledge } from '../../core/private/acknowledge';

/**
 * Whether AWS may move an instance to a later minor version by itself. Not where the template names one: RDS refuses to go
 * back, so that a deployment that names a version between the two would fail. A version that names a major one alone leaves
 * it to AWS.
 */
export function mayMoveByItself({ exactVersion }: Engine, { engineVersion }: IEngine): boolean {
  const version = engineVersion?.fullVersion;
  return version !== undefined && !Token.isUnresolved(version) && !exactVersion.test(version);
}

/** Says to the rule packs why instances stay at the version that the template names. */
export function acknowledgeMinorVersions(instances: CfnDBInstance[]): void {
  instances.filter(({ autoMinorVersionUpgrade }) => autoMinorVersionUpgrade === false).forEach(instance => acknowledge(instance,
    ['RDSAutomaticMinorVersionUpgradeEnabled'], 'The template names the version, and RDS refuses to go back to it from a later one; a later one comes with \'version\', or with a release of the library'));
}
