import { Duration } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { wholeDuration } from '../core/private/units';
import { Rule, validate } from '../core/private/validation';

/** Options of a rotation by alternating users. */
export interface AlternatingUsersProps {
  /**
   * The secret of a user that is in the database already, with the rights that the application needs: JSON with `engine`
   * (`mysql` or `postgres`), `host` (the endpoint of AWS), `port`, `username`, `password` and `masterarn` (the ARN of the secret of the
   * database's master user).
   */
  readonly secret: ISecret;
  /**
   * Time between two rotations, 1 to 1,000 days. Each unit must start anew, or read the secret again, at least once in
   * that time: the password of the time before is valid until the next rotation.
   *
   * @default Duration.days(30)
   */
  readonly automaticallyAfter?: Duration;
}

const RULES: Rule<AlternatingUsersProps>[] = [
  ({ automaticallyAfter }) => {
    if (automaticallyAfter === undefined) return undefined;
    if (automaticallyAfter.isUnresolved()) return '\'automaticallyAfter\' must be known at synthesis, got a token: a schedule is made of it; give a time such as Duration.days(30)';
    const days = automaticallyAfter.toDays({ integral: false });
    return days >= 1 && days <= 1000 ? undefined
      : `'automaticallyAfter' must be between 1 and 1000 days, got ${days} days: Secrets Manager waits 1,000 days at the most, and within a day not every unit is replaced`;
  },
  props => props.automaticallyAfter?.isUnresolved() ? undefined : wholeDuration<AlternatingUsersProps>('automaticallyAfter', 'hours', 'Secrets Manager counts in hours')(props),
];

/** How a database's password changes by itself. */
export class PasswordRotation {
  /**
   * RDS makes the master user's password, keeps it in a secret of its own and changes it every 7 days. No function runs
   * and nothing has to reach the database, so it works in isolated subnets.
   *
   * Units got their password when they started: after a change their next connection is refused. The application must
   * read the secret `DB_SECRET_ARN`, which it may, and connect again; or show a token of its role (`iamAuthentication`),
   * to which the password does not matter. The period is changed in Secrets Manager: CloudFormation has no property for it.
   */
  public static managed(): PasswordRotation {
    return new PasswordRotation();
  }

  /**
   * AWS's function of Secrets Manager for alternating users changes the password of one user while the application uses
   * the other, of the same rights. The password that running units hold stays valid until the rotation after.
   *
   * The function is made by a transform of CloudFormation (`AWS::SecretsManager-2024-09-16`), so whoever deploys the
   * template by hand allows `CAPABILITY_AUTO_EXPAND`. It runs in the application's subnets, which need a NAT gateway or
   * an endpoint of Secrets Manager. It cannot go through RDS Proxy.
   *
   * @param props the user that the application has, and how often it changes
   * @throws Error when the period is out of its range
   */
  public static alternatingUsers(props: AlternatingUsersProps): PasswordRotation {
    validate('PasswordRotation.alternatingUsers', props, RULES);
    return new PasswordRotation(props.secret, props.automaticallyAfter ?? Duration.days(30));
  }

  private constructor(
    /**
     * The secret of the alternating users.
     *
     * @default - RDS manages the password of the master user
     */
    public readonly alternatingSecret?: ISecret,
    /**
     * Time between two rotations of alternating users.
     *
     * @default - RDS manages the password of the master user, and changes it every 7 days
     */
    public readonly automaticallyAfter?: Duration,
  ) {}
}
