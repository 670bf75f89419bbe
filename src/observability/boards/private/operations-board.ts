import { Stack } from 'aws-cdk-lib';
import { CustomWidget, Dashboard, IWidget, Row, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { alarmArns, AlarmBoxes } from './alarm-boxes';
import { Board } from './boards';
import { createOperationsFunction } from './operations-function';
import { contactList, contactsHeight, lineOf, linesHeight, OperationsApplication } from './operations-lines';
import { drawn, legend } from './operations-states';
import { BoardLanguage } from '../board-language';
import { Texts, textsIn } from './operations-texts';
import { EnvironmentProfile } from '../../../core';
import { Rule, validate } from '../../../core/private/validation';

export type { OperationsAlarm, OperationsApplication } from './operations-lines';

/** What the board needs. */
export interface OperationsBoardProps {
  readonly dashboardName: string;
  readonly language: BoardLanguage;
  readonly encryptionKey: IKey;
  readonly profile: EnvironmentProfile;
  /** One line for each: 1 to 50. */
  readonly applications: OperationsApplication[];
}

/** More than this nobody takes in at a glance. */
const MAX_APPLICATIONS = 50;
/** The whole row of a board, and half of it (CloudWatch: 24 columns). */
const WIDE = 24;
const HALF = 12;

const RULES: Rule<OperationsBoardProps>[] = [
  ({ applications: { length } }) => length >= 1 && length <= MAX_APPLICATIONS ? undefined
    : `'applications' must be 1 to ${MAX_APPLICATIONS}, got ${length}: make one board for each group of them`,
  ({ applications }) => {
    const twice = applications.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index);
    return twice.length === 0 ? undefined
      : `'applications' must have names of their own, got ${JSON.stringify(twice[0])} twice: nobody could tell their lines apart`;
  },
];

/**
 * The board for people without technical knowledge: for each application one line that says how it is, since when, what
 * customers notice, whom to call and where the instructions are.
 */
export class OperationsBoard extends Construct {
  /** The board. */
  public readonly dashboard: Dashboard;
  private readonly lines: CfnFunction;

  constructor(scope: Construct, id: string, private readonly props: OperationsBoardProps) {
    super(scope, id);
    validate(this.node.path, props, RULES);
    const { dashboardName, encryptionKey, profile, language } = props;
    this.lines = createOperationsFunction(new Construct(this, 'Lines'), encryptionKey, profile);
    const texts = textsIn(language);
    this.dashboard = new Board(this, 'Resource', dashboardName,
      [new TextWidget({ markdown: texts.heading, width: WIDE, height: 2 })],
      [this.linesWidget(texts)],
      [new TextWidget({ markdown: contactList(props.applications, texts), width: WIDE, height: contactsHeight(props.applications) })],
      ...this.boxes(texts).map(widget => [widget]),
      [new Row(
        new TextWidget({ markdown: legend(texts), width: HALF, height: 7 }),
        new TextWidget({ markdown: texts.todo, width: HALF, height: 7 }),
      )],
    );
  }

  /**
   * Lets somebody see the lines: CloudWatch calls the function in the name of whoever looks, and `CloudWatchReadOnlyAccess`,
   * which opens the board and shows the rest of it, does not hold that right.
   *
   * @param grantee who looks at the board
   */
  public grantView(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.lines.attrArn] });
  }

  /** The function says it again whenever the board is renewed; its answer depends on neither size nor time range. */
  private linesWidget(texts: Texts): IWidget {
    const { applications, language } = this.props;
    return new CustomWidget({
      title: texts.lines,
      functionArn: this.lines.attrArn,
      width: WIDE,
      height: linesHeight(applications),
      updateOnRefresh: true,
      updateOnResize: false,
      updateOnTimeRangeChange: false,
      params: { language, texts, states: drawn(), applications: applications.map(each => lineOf(each, texts, Stack.of(this).region)) },
    });
  }

  /** For who may not call the function: the same alarms, as CloudWatch itself draws them, for each application apart. */
  private boxes(texts: Texts): IWidget[] {
    return this.props.applications.flatMap(({ name, alarms }) => {
      if (alarms.length === 0) return [];
      const shown = alarmArns(this, alarms);
      return new AlarmBoxes(texts.boxes.replace('{name}', name), () => shown);
    });
  }
}
