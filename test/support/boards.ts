import { Template } from 'aws-cdk-lib/assertions';
import { resources, text } from './template';

/** The boards of a platform, and that of its migration. */
export type Board = 'Operations' | 'Platform' | 'Service' | `${string}-Service` | 'Migration';

/** The body of a board, as text. */
export function boardOf(template: Template, board: Board): string {
  const bodies = resources(template, 'AWS::CloudWatch::Dashboard').filter(({ Properties }) => text(Properties.DashboardName).endsWith(`-${board}`));
  if (bodies.length !== 1) throw new Error(`There are ${bodies.length} boards called ${board}`);
  return text(bodies[0].Properties.DashboardBody);
}
