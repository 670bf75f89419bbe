import { App, CfnElement, Stack } from 'aws-cdk-lib';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { conditionOf } from './alarm-words';
import { Symptom } from '../../../src';
import { AlarmAdvice } from '../../../src/core/private/alarms/with-advice';
import { Resource, text } from '../../support/template';

/** Whom an alarm is for. */
export enum Audience {
  PEOPLE = 'people',
  /** The operations board. */
  BOARD = 'board',
  /** Another alarm, which is made of it. */
  ALARM = 'alarm',
  SCALING = 'scaling',
  /** DNS, by a health check. */
  DNS = 'dns',
}

/** An alarm as the template has it, with what it says of itself. */
export interface FoundAlarm {
  /** Without what the platform's path puts before it. */
  readonly name: string;
  readonly audience: Audience;
  readonly severity?: string;
  /** When it is raised, in words. */
  readonly condition: string;
  /** Without one, a person would not know what to do. */
  readonly advice?: AlarmAdvice;
  readonly description: string;
}

/** The name of each alarm begins with the stack and the platform of `appOf`. */
const PREFIX = /^Stack(-[a-z]+-[a-z]+-\d)?-Shop-/;
const SEVERITY = /-(Critical|Warning)$/;
const ALARM_TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** Every alarm of an app's stacks. */
export function alarmsOf(app: App): FoundAlarm[] {
  const stated = statedAdvice(app);
  return app.synth().stacks.flatMap(({ id, template }) => {
    const resources = resourcesOf(template as Template);
    const names = new Map(resources.map(each => [each.id, nameOf(each.Properties, each.id)]));
    return resources.filter(({ Type }) => ALARM_TYPES.includes(Type)).map((alarm): FoundAlarm => {
      const description = text(alarm.Properties.AlarmDescription ?? '');
      const name = names.get(alarm.id)!;
      return {
        name,
        audience: audienceOf(alarm, resources),
        severity: SEVERITY.exec(name)?.[1],
        condition: conditionOf(alarm, names),
        advice: stated.get(`${id}/${alarm.id}`) ?? adviceIn(description),
        description,
      };
    });
  });
}

interface Template {
  readonly Resources: { readonly [id: string]: Omit<Resource, 'id'> };
}

function resourcesOf({ Resources }: Template): Resource[] {
  return Object.entries(Resources).map(([id, resource]) => ({ id, ...resource, Properties: resource.Properties ?? {} }));
}

/** What the facades know of the alarms that they made, by stack and logical id. */
function statedAdvice(app: App): Map<string, AlarmAdvice> {
  const facades = app.node.findAll().filter(node => node instanceof MonitoringFacade);
  return new Map(facades.flatMap(facade => facade.createdAlarms()).flatMap(({ alarm, customParams }) => {
    const advice = customParams?.advice as AlarmAdvice | undefined;
    const stack = Stack.of(alarm);
    return advice === undefined ? [] : [[`${stack.artifactId}/${String(stack.resolve((alarm.node.defaultChild as CfnElement).logicalId))}`, advice] as const];
  }));
}

/** A composite alarm is in no facade's list: what it says is in its description alone. */
function adviceIn(description: string): AlarmAdvice | undefined {
  const found = /^(?<why>.*?) First check: (?<firstCheck>.*?) \r\n[^]*\/docs\/runbooks\/(?<runbook>[a-z-]+)\.md/.exec(description)?.groups;
  return found === undefined ? undefined : { why: found.why, firstCheck: found.firstCheck, runbook: found.runbook };
}

/** What follows a blank is known at deployment only. */
function nameOf({ AlarmName }: Resource['Properties'], id: string): string {
  return AlarmName === undefined ? `${id.replace(/^Shop|[0-9A-F]{8}$/g, '')} (named by CloudFormation)`
    : ofOneApplication(text(AlarmName).replace(PREFIX, '').replace(/ .*/, ''));
}

/** As it is named in a platform of one application: one of two puts the application's name before its alarms. */
function ofOneApplication(name: string): string {
  return name.replace(/^(Frontend|Backend)-/, '').replace(/^(API|Pages)-/, 'Application-');
}

function audienceOf({ id, Type, Properties }: Resource, resources: Resource[]): Audience {
  const actions = JSON.stringify(Properties.AlarmActions ?? []);
  const tells = (type: string) => resources.some(other => other.Type.endsWith(type) && actions.includes(`"${other.id}"`));
  const readBy = (type: string) => resources.some(other => other.Type === type && JSON.stringify(other.Properties).includes(`"${id}"`));
  if (tells('::ScalingPolicy')) return Audience.SCALING;
  if (actions !== '[]') return Audience.PEOPLE;
  if (readBy('AWS::Route53::HealthCheck')) return Audience.DNS;
  if (readBy('AWS::CloudWatch::CompositeAlarm')) return Audience.ALARM;
  return Type === 'AWS::CloudWatch::CompositeAlarm' ? Audience.BOARD : Audience.PEOPLE;
}

/** What customers notice, in words. */
export function noticed(symptom?: string): string {
  if (symptom === undefined) return 'nothing yet';
  return { [Symptom.DOWN as string]: 'nothing works', [Symptom.FAILING]: 'some of what they do fails', [Symptom.SLOW]: 'they wait' }[symptom];
}
