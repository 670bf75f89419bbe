import { Token } from 'aws-cdk-lib';
import { SESSION_COOKIES_RULE } from './private/session-cookies';
import { Rule, validate } from './private/validation';

/** What differs from the usual of a runtime. */
export interface RuntimeOptions {
  /**
   * Names of the cookies by which the application knows its sessions, at most 5; none (`[]`) for an application without sessions, such
   * as an API whose callers bring a token.
   *
   * @default - those that the runtime's usual frameworks name
   */
  readonly sessionCookies?: string[];
  /**
   * AWS's managed rule groups for the language and its frameworks, such as `AWSManagedRulesWordPressRuleSet`, besides those that
   * every application has (AWS WAF developer guide, "AWS Managed Rules rule groups list").
   *
   * @default - those for the runtime: of PHP `AWSManagedRulesPHPRuleSet`; AWS has none for the others
   */
  readonly firewallRuleGroups?: string[];
}

/** A runtime that has no factory of its own. */
export interface AnyRuntimeOptions {
  /** As people know it, such as `Ruby`. */
  readonly name: string;
  /**
   * Names of the cookies by which the application knows its sessions, at most 5; none (`[]`) for an application without sessions.
   */
  readonly sessionCookies: string[];
  /**
   * AWS's managed rule groups for the language and its frameworks, such as `AWSManagedRulesWindowsRuleSet`.
   *
   * @default - it has the rules for every application alone
   */
  readonly firewallRuleGroups?: string[];
}

const PHP_INI = 'SESSION_PHP_INI';
const URL = 'SESSION_URL';

const RULES: Rule<RuntimeOptions>[] = [
  SESSION_COOKIES_RULE,
  ({ firewallRuleGroups: groups = [] }) => groups.every(group => Token.isUnresolved(group) || /^AWSManagedRules\w+$/.test(group)) ? undefined
    : `'firewallRuleGroups' must be names of AWS's managed rule groups, got ${JSON.stringify(groups)}: give such as 'AWSManagedRulesWordPressRuleSet'`,
];

/**
 * What the application is written in: the one place that says by which cookie its sessions are known (to the edge that keeps pages,
 * and to the firewall's waiting page), which managed rules guard it, and in which form it is told of the session store.
 */
export class Runtime {
  /**
   * PHP: `PHPSESSID`, AWS's rules for PHP, and `SESSION_PHP_INI`, the text of an ini file.
   *
   * @param options another cookie, other rules
   * @throws Error when a name cannot be
   */
  public static php(options: RuntimeOptions = {}): Runtime {
    validate('Runtime.php', options, RULES);
    const { sessionCookies = ['PHPSESSID'], firewallRuleGroups = ['AWSManagedRulesPHPRuleSet'] } = options;
    return new Runtime('PHP', sessionCookies, firewallRuleGroups, [PHP_INI]);
  }

  /**
   * Node.js: `connect.sid` of express-session, no rules of its own, and `SESSION_URL` (`rediss://…`).
   *
   * @param options another cookie, rules
   * @throws Error when a name cannot be
   */
  public static node(options: RuntimeOptions = {}): Runtime {
    return Runtime.byUrl('node', 'Node.js', ['connect.sid'], options);
  }

  /**
   * Python: `sessionid` of Django and `session` of Flask and Starlette, no rules of its own, and `SESSION_URL` (`rediss://…`).
   *
   * @param options another cookie, rules
   * @throws Error when a name cannot be
   */
  public static python(options: RuntimeOptions = {}): Runtime {
    return Runtime.byUrl('python', 'Python', ['sessionid', 'session'], options);
  }

  /**
   * Java: `JSESSIONID` of servlets and `SESSION` of Spring Session, no rules of its own (those against known bad inputs, which every
   * application has, are for Java, too), and `SESSION_URL` (`rediss://…`).
   *
   * @param options another cookie, rules
   * @throws Error when a name cannot be
   */
  public static java(options: RuntimeOptions = {}): Runtime {
    return Runtime.byUrl('java', 'Java', ['JSESSIONID', 'SESSION'], options);
  }

  /**
   * Any other: what its options say, and `SESSION_URL` (`rediss://…`).
   *
   * @param options what it is called, its cookies and its rules
   * @throws Error when a name cannot be
   */
  public static any(options: AnyRuntimeOptions): Runtime {
    return Runtime.byUrl('any', options.name, [], options);
  }

  /**
   * The runtimes of several applications that share an edge, a firewall or a session store: what any of them needs.
   *
   * @param runtimes one or more
   * @throws Error without any
   */
  public static together(...runtimes: Runtime[]): Runtime {
    validate('Runtime.together', { runtimes }, [({ runtimes: { length } }) => length > 0 ? undefined
      : '\'runtimes\' must be one at least, got none: give that of each application']);
    const all = (of: (runtime: Runtime) => string[]) => [...new Set(runtimes.flatMap(of))];
    return new Runtime(all(({ name }) => [name]).join(', '), all(({ sessionCookies }) => sessionCookies),
      all(({ firewallRuleGroups }) => firewallRuleGroups), all(({ sessionVariables }) => sessionVariables));
  }

  private static byUrl(factory: string, name: string, cookies: string[], options: RuntimeOptions): Runtime {
    validate(`Runtime.${factory}`, options, RULES);
    return new Runtime(name, options.sessionCookies ?? cookies, options.firewallRuleGroups ?? [], [URL]);
  }

  private constructor(
    /** As people know it. */
    public readonly name: string,
    /** Names of the cookies by which sessions are known; empty without sessions. */
    public readonly sessionCookies: string[],
    /** AWS's managed rule groups for it, besides those that every application has. */
    public readonly firewallRuleGroups: string[],
    /** Environment variables by which a session store in Valkey says where it is, in the runtime's own form, besides `SESSION_HOST` and so on. */
    public readonly sessionVariables: string[],
  ) {}
}
