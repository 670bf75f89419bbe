/** Where rules of the managed groups let pass what they block everywhere else, such as an editor that posts HTML. */
export interface FirewallException {
  /**
   * Beginnings of paths, such as `/wp-admin/`: at most 10 over all exceptions. AWS WAF compares them with the path of the request
   * once it is decoded and `..` is resolved, so that no other page can be asked for by them.
   */
  readonly paths: string[];
  /**
   * The rules, by the name of their group, such as `{ AWSManagedRulesCommonRuleSet: ['CrossSiteScripting_BODY'] }`: what the saved
   * query "Rules that block, or would" shows of requests that are right.
   */
  readonly rules: { [ruleGroup: string]: string[] };
}
