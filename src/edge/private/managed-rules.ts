/** One of AWS's managed rule groups, and its rules that count and do not block. */
export interface RuleGroup {
  readonly name: string;
  readonly count?: string[];
}

/**
 * AWS's managed rule groups for every application, in the order that they are evaluated: 1,125 of the 1,500 web ACL capacity
 * units that the basic price includes (AWS WAF developer guide, "AWS Managed Rules rule groups list"). Those of the runtime come
 * after them, 100 for PHP's; the other rules take 2 each, the waiting page 12 more for each cookie and path at most, and an
 * exception 22 for each path and 2 for each rule.
 */
export const RULE_GROUPS: RuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // Bodies above 8 KiB are counted, not blocked: image uploads and long forms are ordinary in a web application.
  { name: 'AWSManagedRulesCommonRuleSet', count: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesSQLiRuleSet' },
];

/** What the labels of a group begin with, and those of its rules whose label AWS documents (as above, each group's table). */
const LABELLED: { readonly [group: string]: { readonly namespace: string; readonly rules: string[] } } = {
  AWSManagedRulesCommonRuleSet: {
    namespace: 'core-rule-set',
    rules: [
      'NoUserAgent_HEADER', 'UserAgent_BadBots_HEADER', 'SizeRestrictions_QUERYSTRING', 'SizeRestrictions_Cookie_HEADER', 'SizeRestrictions_BODY',
      'SizeRestrictions_URIPATH', 'EC2MetaDataSSRF_BODY', 'EC2MetaDataSSRF_COOKIE', 'EC2MetaDataSSRF_URIPATH', 'EC2MetaDataSSRF_QUERYARGUMENTS',
      'GenericLFI_QUERYARGUMENTS', 'GenericLFI_URIPATH', 'GenericLFI_BODY', 'RestrictedExtensions_URIPATH', 'RestrictedExtensions_QUERYARGUMENTS',
      'GenericRFI_QUERYARGUMENTS', 'GenericRFI_BODY', 'GenericRFI_URIPATH',
      'CrossSiteScripting_COOKIE', 'CrossSiteScripting_QUERYARGUMENTS', 'CrossSiteScripting_BODY', 'CrossSiteScripting_URIPATH',
    ],
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    namespace: 'known-bad-inputs',
    rules: [
      'JavaDeserializationRCE_HEADER', 'JavaDeserializationRCE_BODY', 'JavaDeserializationRCE_URIPATH', 'JavaDeserializationRCE_QUERYSTRING',
      'Host_localhost_HEADER', 'PROPFIND_METHOD', 'ExploitablePaths_URIPATH',
      'Log4JRCE_HEADER', 'Log4JRCE_QUERYSTRING', 'Log4JRCE_BODY', 'Log4JRCE_URIPATH',
    ],
  },
  AWSManagedRulesSQLiRuleSet: {
    namespace: 'sql-database',
    rules: ['SQLi_QUERYARGUMENTS', 'SQLiExtendedPatterns_QUERYARGUMENTS', 'SQLi_BODY', 'SQLiExtendedPatterns_BODY', 'SQLi_COOKIE', 'SQLi_URIPATH'],
  },
  AWSManagedRulesPHPRuleSet: {
    namespace: 'php-app',
    rules: ['PHPHighRiskMethodsVariables_HEADER', 'PHPHighRiskMethodsVariables_QUERYSTRING', 'PHPHighRiskMethodsVariables_BODY'],
  },
};

/** How the last word of a rule is written in its label. */
const IN_LABELS: { readonly [part: string]: string } = {
  HEADER: 'Header', BODY: 'Body', COOKIE: 'Cookie', QUERYSTRING: 'QueryString', QUERYARGUMENTS: 'QueryArguments', URIPATH: 'URIPath',
};

/** Rules whose labels have another name. */
const LABELS_OF_THEIR_OWN: { readonly [rule: string]: string } = {
  UserAgent_BadBots_HEADER: 'BadBots_Header',
  Host_localhost_HEADER: 'Host_Localhost_Header',
  PROPFIND_METHOD: 'Propfind_Method',
};

/** The rules of a group that an exception can be made for: by their label it is known later on what they matched. */
export function labelledRules(group: string): string[] {
  return LABELLED[group]?.rules ?? [];
}

/** The label that a rule gives to what it matches, whether it blocks or counts. */
export function labelOf(group: string, rule: string): string {
  const name = LABELS_OF_THEIR_OWN[rule] ?? rule.replace(/[A-Z]+$/, part => IN_LABELS[part]);
  return `awswaf:managed:aws:${LABELLED[group].namespace}:${name}`;
}
