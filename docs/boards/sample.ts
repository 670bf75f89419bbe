import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Widget } from './body';
import { Compute, ElasticWebPlatform, EnvironmentProfile, BoardLanguage, Notifications, Owner, Symptom } from '../../src';
import { OperationsApplication, OperationsBoard } from '../../src/observability/boards/private/operations-board';

const ENV = { account: '111111111111', region: 'us-east-1' };
const OWNER = Owner.team({
  name: 'Storefront', contact: '+55 11 5555-0100', hours: '08:00-20:00', runbook: 'https://wiki.example.com/shop',
});

/** A template, and how its references read in a picture. */
type Resources = { readonly [id: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } } };

/** The boards of a platform for production, by the ends of their names. */
export function platformBoards(): { [name: string]: Widget[] } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Sample', { env: ENV });
  new ElasticWebPlatform(stack, 'Shop', {
    compute: Compute.fargate({ image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable') }),
    owner: OWNER,
    notifications: Notifications.email('storefront@example.com'),
  });
  return boardsOf(stack);
}

/** The operations board of several applications: two are in trouble. */
export function operationsBoard(language: BoardLanguage, applications: OperationsApplication[]): Widget[] {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Sample', { env: ENV });
  new OperationsBoard(stack, 'Operations', {
    dashboardName: 'Operations', language, applications, profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key'),
  });
  return boardsOf(stack).Operations;
}

/** Four made-up applications with their teams, named in the reader's language. */
export function sampleApplications(language: BoardLanguage): OperationsApplication[] {
  const english = language === BoardLanguage.ENGLISH;
  const team = (name: string, contact: string, hours?: string) => Owner.team({ name, contact, hours, runbook: 'https://wiki.example.com/help' });
  return [
    application(english ? 'Shop' : 'Loja', 'Shop', english ? team('Storefront team', '+55 11 5555-0100', 'Every day, 7:00 to 23:00') : team('Equipe Vitrine', '+55 11 5555-0100', 'Todos os dias, das 7h às 23h')),
    application('Blog', 'Blog', english ? team('Content team', 'content@example.com', 'Mon to Fri, 9:00 to 18:00') : team('Equipe de Conteúdo', 'conteudo@example.com', 'Seg a sex, das 9h às 18h')),
    application(english ? 'Payments' : 'Pagamentos', 'Payments', english ? team('Payments team', '+55 11 5555-0199') : team('Equipe de Pagamentos', '+55 11 5555-0199')),
    application('Intranet', 'Intranet', english ? team('Workplace team', 'workplace@example.com', 'Mon to Fri, 9:00 to 18:00') : team('Equipe Interna', 'interna@example.com', 'Seg a sex, das 9h às 18h')),
  ];
}

function application(name: string, id: string, owner: Owner): OperationsApplication {
  const symptoms = { Down: Symptom.DOWN, Failing: Symptom.FAILING, Slow: Symptom.SLOW };
  return { name, owner, alarms: Object.entries(symptoms).map(([word, symptom]) => ({ symptom, alarmName: `${id}-Customers-${word}` })) };
}

function boardsOf(stack: Stack): { [name: string]: Widget[] } {
  const { Resources: resources } = Template.fromStack(stack).toJSON() as { Resources: Resources };
  const boards = Object.values(resources).filter(({ Type }) => Type === CfnDashboard.CFN_RESOURCE_TYPE_NAME);
  return Object.fromEntries(boards.map(({ Properties = {} }) => [
    flat(Properties.DashboardName, resources).replace(/^.*-/, ''),
    (JSON.parse(flat(Properties.DashboardBody, resources)) as { widgets: Widget[] }).widgets,
  ]));
}

/** A text of the template as it might read once it is deployed. */
function flat(value: unknown, resources: Resources): string {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as { [name: string]: unknown });
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(part => flat(part, resources)).join((argument as [string])[0]);
  if (name === 'Ref') return String({ 'AWS::Region': ENV.region, 'AWS::AccountId': ENV.account, 'AWS::Partition': 'aws' }[argument as string] ?? argument);
  if (name !== 'Fn::GetAtt') return 'name';
  const [id, attribute] = argument as [string, string];
  const alarmName = resources[id]?.Properties?.AlarmName;
  return attribute === 'Arn' && alarmName !== undefined ? `arn:aws:cloudwatch:${ENV.region}:${ENV.account}:alarm:${flat(alarmName, resources)}` : id;
}
