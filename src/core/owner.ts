import { Token } from 'aws-cdk-lib';
import { matches, Rule, validate } from './private/validation';

/** Who runs the application, for boards, alarms and tags. */
export interface TeamOwnerProps {
  /** The team's name, as people know it. */
  readonly name: string;
  /** Where the team is reached: an e-mail address, a telephone number or a chat channel. */
  readonly contact: string;
  /**
   * Address of the team's runbook; must begin with `https://`.
   *
   * @default - alarms link to the library's runbook alone
   */
  readonly runbook?: string;
  /**
   * When the team answers, as people say it, such as `Mon to Fri, 9:00 to 18:00 (São Paulo)`.
   *
   * @default - at any time
   */
  readonly hours?: string;
}

/** Longest of each text: an alarm's description holds them all, beside its own, in 1,024 characters (CloudWatch API, PutMetricAlarm). */
const LONGEST: { readonly [prop in keyof TeamOwnerProps]: number } = { name: 80, contact: 120, hours: 80, runbook: 200 };

const RULES: Rule<TeamOwnerProps>[] = [
  ...(['name', 'contact', 'hours', 'runbook'] as const).map(prop => atMost(prop)),
  matches('name', /\S/, 'must not be empty', 'give the team\'s name, such as \'Storefront\''),
  matches('contact', /\S/, 'must not be empty', 'give an e-mail address, a telephone number or a chat channel'),
  matches('hours', /\S/, 'must not be empty', 'leave it out, or say when the team answers, such as \'Mon to Fri, 9:00 to 18:00\''),
  matches('runbook', /^https:\/\/\S+$/, 'must be an https address', 'give the whole address, such as \'https://wiki.example.com/shop\''),
];

/** Who answers for a platform: the boards name them, alarms link to their runbook, and resources carry their name as the tag `Owner`. */
export class Owner {
  /**
   * A team owns the platform.
   *
   * @param props who they are and how to reach them
   * @throws Error when a prop is empty or the runbook is not an https address
   */
  public static team(props: TeamOwnerProps): Owner {
    validate('Owner.team', props, RULES);
    return new Owner(props.name, props.contact, props.runbook, props.hours);
  }

  private constructor(
    /** The team's name. */
    public readonly name: string,
    /** Where the team is reached. */
    public readonly contact: string,
    /** Address of the team's runbook. */
    public readonly runbook?: string,
    /** When the team answers. */
    public readonly hours?: string,
  ) {}

  /**
   * The name as tags of every service take it: letters, digits, spaces and `_ . : / = + - @` (AWS Tagging
   * best practices). Anything else becomes a space.
   */
  public get tag(): string {
    if (Token.isUnresolved(this.name)) return this.name;
    return this.name.replace(/[^\p{L}\p{N} _.:/=+\-@]+/gu, ' ').replace(/ +/g, ' ').trim();
  }
}

function atMost(prop: keyof TeamOwnerProps): Rule<TeamOwnerProps> {
  return ({ [prop]: text }) => {
    const longest = LONGEST[prop]!;
    return text === undefined || Token.isUnresolved(text) || text.length <= longest ? undefined
      : `'${prop}' must not be longer than ${longest} characters, got ${text.length}: every alarm says it; put the rest into the runbook`;
  };
}
