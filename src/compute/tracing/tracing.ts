import { ITracing } from './contract';
import { OpenTelemetry, OpenTelemetryProps } from './open-telemetry';

/** Ways to trace requests through the application. */
export class Tracing {
  /**
   * Traces by OpenTelemetry, in X-Ray. On Fargate a collector (AWS Distro for OpenTelemetry) runs in each unit, takes at most a
   * quarter of its memory and 256 MiB, and keeps every trace until it knows whether the request failed or was slow. On
   * instances the CloudWatch agent passes on what the application chose to trace.
   *
   * The application needs an SDK of OpenTelemetry, which finds all that it has to know in its environment.
   *
   * @param props how many traces are kept
   * @throws Error when a prop is out of its range, or when instances bind it with one that is for Fargate alone
   */
  public static openTelemetry(props: OpenTelemetryProps = {}): ITracing {
    return new OpenTelemetry(props);
  }

  private constructor() {}
}
