import { Stack, Token } from 'aws-cdk-lib';
import { IWidget, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueryDefinition, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { applicationQueries, DATA_PORTS, firewallQueries, LogQueryText, networkQueries } from './private/log-query-texts';
import { Rule, validate } from '../../core/private/validation';

/** The logs that queries are saved for; all in the Region of the scope. */
export interface LogQueriesProps {
  /** What the name of each query begins with: in the console it is the folder of the queries. */
  readonly name: string;
  /**
   * Where the application writes its logs, best as structured lines.
   *
   * @default - no queries of the application, and no widgets
   */
  readonly application?: ILogGroup;
  /**
   * Where AWS WAF writes what it did with each request.
   *
   * @default - no queries of the firewall
   */
  readonly firewall?: ILogGroup;
  /**
   * Where the VPC's flow logs are written, in their default format.
   *
   * @default - no queries of the network
   */
  readonly network?: ILogGroup;
  /**
   * Ports that data stores answer on, for what is rejected on its way to one.
   *
   * @default - 2049 (NFS), 3306 and 13306 (MySQL), 5432 and 15432 (PostgreSQL), 6379 and 6380 (Valkey)
   */
  readonly dataPorts?: number[];
}

/** Rows of the board. */
const HEIGHT = 6;

/** Queries that wait in CloudWatch Logs Insights, so that nobody writes one at night; and those for the board of a service. */
export class LogQueries extends Construct {
  /** The application's queries. Each asks again, at the price of Logs Insights, whenever the board is opened or refreshed. */
  public readonly widgets: IWidget[];

  constructor(scope: Construct, id: string, private readonly props: LogQueriesProps) {
    super(scope, id);
    const { application, firewall, network, dataPorts = DATA_PORTS } = props;
    validate(this.node.path, props, (['application', 'firewall', 'network'] as const).map(log => inRegionOf(this, log)));
    this.save('Application', applicationQueries(), application);
    this.save('Firewall', firewallQueries(), firewall);
    // Every packet's fate is in it: too much to read whenever a board is opened.
    this.save('Network', networkQueries(dataPorts), network);
    this.widgets = application === undefined ? [] : applicationQueries().map(({ title, lines, view, width }) => new LogQueryWidget({
      title, view, width, height: HEIGHT, logGroupNames: [application.logGroupName], queryLines: lines,
    }));
  }

  private save(namespace: string, queries: LogQueryText[], logGroup?: ILogGroup): void {
    if (logGroup === undefined) return;
    const scope = new Construct(this, namespace);
    queries.forEach(({ id, title, lines }) => new CfnQueryDefinition(scope, id, {
      name: `${this.props.name}/${title}`, logGroupNames: [logGroup.logGroupName], queryString: lines.join('\n| '),
    }));
  }
}

/** A saved query names log groups of its own Region alone. */
function inRegionOf(scope: Construct, log: 'application' | 'firewall' | 'network'): Rule<LogQueriesProps> {
  const { region } = Stack.of(scope);
  return ({ [log]: logGroup }) => {
    if (logGroup === undefined || Token.isUnresolved(region) || Token.isUnresolved(logGroup.env.region)) return undefined;
    return logGroup.env.region === region ? undefined
      : `'${log}' must be in ${region}, got a log group in ${logGroup.env.region}: a saved query is in the Region of what it asks; make it in a stack of ${logGroup.env.region}`;
  };
}
