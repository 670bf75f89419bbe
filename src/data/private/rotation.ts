import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge } from '../../core/private/acknowledge';

/** Says why a generated password is not rotated by itself. */
export function acknowledgeNoRotation(secret: ISecret): void {
  acknowledge(secret, ['AwsSolutions-SMG4', 'SecretsManagerRotationEnabled'],
    'ECS hands a password to a task when the task starts: a rotation locks running tasks out, so it goes together with a deployment');
}
