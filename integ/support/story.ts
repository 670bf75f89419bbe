import { ExpectedResult, IApiCall, IDeployAssert } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';

/** CloudWatch evaluates an alarm each minute, once the minute's data is there; the local AWS does so at once. */
const PATIENCE = { totalTimeout: Duration.minutes(5), interval: Duration.seconds(5) };

/** Calls that follow one another: each is made when what was expected of the one before has come true. */
export class Story {
  private last?: IApiCall;

  constructor(private readonly asking: IDeployAssert) {}

  /** Calls a service, whatever it answers. */
  public then(service: string, api: string, parameters: object): this {
    return this.follow(this.asking.awsApiCall(service, api, parameters));
  }

  /** Asks a service again and again until it answers as expected. */
  public until(service: string, api: string, parameters: object, expected: { [key: string]: unknown }): this {
    const call = this.asking.awsApiCall(service, api, parameters);
    call.expect(ExpectedResult.objectLike(expected)).waitForAssertions(PATIENCE);
    return this.follow(call);
  }

  /** Invokes a function with a payload of JSON, and compares its answer. */
  public invoke(functionName: string, payload: string, expected: { [key: string]: unknown }): this {
    const call = this.asking.invokeFunction({ functionName, payload });
    call.expect(ExpectedResult.objectLike(expected));
    return this.follow(call);
  }

  private follow(call: IApiCall): this {
    this.last?.next(call);
    this.last = call;
    return this;
  }
}
