import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** A command that runs at certain times, in a unit of its own: the application's image, with its variables, secrets, folders and rights. */
export interface ScheduledTask {
  /**
   * When it runs, such as `ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.of('America/Sao_Paulo') })`; in UTC unless
   * it names a time zone.
   */
  readonly schedule: ScheduleExpression;
  /**
   * What the application's container runs in the place of its web server, such as `['php', 'bin/clean.php']`: a program and its arguments.
   * An image with an entry point gets them as arguments of that.
   */
  readonly command: string[];
  /**
   * How long AWS tries to start it when it cannot, 1 minute to 24 hours; after that the run is told in the queue of failed runs. A command
   * that ran and failed is not tried again.
   *
   * @default Duration.hours(1) - what starts later meets other traffic than it was meant for
   */
  readonly maxEventAge?: Duration;
}
