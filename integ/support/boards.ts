import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ElasticWebPlatform } from '../../src';

/** The function behind the operations board, and what CloudWatch sends to it. */
export interface OperationsLines {
  readonly functionName: string;
  /** JSON. */
  readonly request: string;
}

/** The lines of a platform's operations board, as its widget asks for them. */
export function operationsLinesOf(platform: ElasticWebPlatform): OperationsLines {
  const board = platform.node.findChild('Monitoring').node.findChild('Operations').node.findAll();
  const lines = board.find((each): each is CfnFunction => each instanceof CfnFunction);
  const dashboard = board.find((each): each is CfnDashboard => each instanceof CfnDashboard);
  if (lines === undefined || dashboard === undefined) throw new Error('expected an operations board with lines');
  return { functionName: lines.ref, request: paramsOf(dashboard) };
}

interface Widget {
  readonly type: string;
  readonly properties: { readonly params?: object };
}

/** The parameters of the widget that calls a function. What is known at deployment only, the names of alarms, stays so. */
function paramsOf(dashboard: CfnDashboard): string {
  const body: unknown = Stack.of(dashboard).resolve(dashboard.dashboardBody);
  const parts = typeof body === 'string' ? [body] : (body as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  const text = parts.map((part, index) => typeof part === 'string' ? part : `<<${index}>>`).join('');
  const params = (JSON.parse(text) as { widgets: Widget[] }).widgets.find(({ type }) => type === 'custom')?.properties.params;
  if (params === undefined) throw new Error('expected a widget that calls a function');
  // The numbers come out between the texts.
  const known = JSON.stringify(params).split(/<<(\d+)>>/);
  return known.map((piece, index) => index % 2 === 0 ? piece : referenceTo(dashboard, parts[Number(piece)])).join('');
}

/** A reference that other stacks understand, too, in place of that within the dashboard's own. */
function referenceTo(dashboard: CfnDashboard, resolved: unknown): string {
  const stack = Stack.of(dashboard);
  const found = stack.node.findAll().find((each): each is CfnResource =>
    each instanceof CfnResource && stack.getLogicalId(each) === (resolved as { Ref?: string }).Ref);
  if (found === undefined) throw new Error(`expected the name of an alarm, got ${JSON.stringify(resolved)}`);
  return found.ref;
}
